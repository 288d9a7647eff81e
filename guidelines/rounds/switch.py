"""Of several rounds at once, the one that a page shows, and the way to the others."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import QueryDict

from guidelines.rounds.models import CheckRound


class RoundSwitch:
    """`?round=2026-2` leaves what is of that round; one with nothing in it leaves nothing."""

    def __init__(self, rounds: Iterable[CheckRound], query: QueryDict) -> None:
        self.rounds = list(dict.fromkeys(rounds))
        self.wanted = query.get("round", "")
        self.chosen = next((one for one in self.rounds if one.slug == self.wanted), None)

    def shows(self, check_round: CheckRound) -> bool:
        return self.wanted in ("", check_round.slug)

    @property
    def is_offered(self) -> bool:
        has_others = self.rounds and self.wanted and not self.chosen
        return bool(len(self.rounds) > 1 or has_others)

    @property
    def query(self) -> str:
        """For an address that stays in the round; empty where all are shown."""
        return f"?{urlencode({'round': self.chosen.slug})}" if self.chosen else ""
