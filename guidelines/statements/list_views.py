"""The list of the Stellungnahmen of one's own houses."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from guidelines.permissions import RELEASERS
from guidelines.rounds.switch import RoundSwitch
from guidelines.statements.columns import COLUMNS
from guidelines.statements.lists import StatementFilter, own_statements, rounds_asking
from guidelines.statements.models import Statement
from ministries.clock import today
from partnerships.permissions import WRITERS
from ui.columns import Column
from ui.lists import Listing
from ui.views import ListPage

NO_HOUSE = (
    "Ihre Funktion gehört zu keinem Ressort, das Stellungnahmen abgibt. Was vorliegt, "
    "steht im jeweiligen Leitlinien-Check."
)


class StatementList(ListPage):
    title = "Stellungnahmen Ihres Hauses"
    noun = ("Stellungnahme", "Stellungnahmen")
    export_name = "stellungnahmen"
    filterset_class = StatementFilter
    actions_template = "guidelines/_statement_list_actions.html"
    empty_text = "Ihr Haus ist in keinem laufenden Leitlinien-Check um eine Stellungnahme gebeten."
    default_sort = "turn"
    columns = COLUMNS
    on_page = ("partnership", "round", "ministry", "turn", "due", "asked", "vote_words")

    def queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        if not request.user.reads_content:
            raise PermissionDenied
        return own_statements(request.user, today())

    def get_context(self, listing: Listing) -> dict[str, Any]:
        user = self.request.user
        return {
            "empty_text": self.empty_text if user.ministry_ids() else NO_HOUSE,
            "of_round": RoundSwitch(rounds_asking(self.request), self.request.GET).query,
            "can_write": user.has_role(*WRITERS),
            "can_release": user.has_role(*RELEASERS),
        }

    def page_columns(self) -> list[Column]:
        """The house, where somebody has several."""
        has_several = len(self.request.user.ministry_ids()) > 1
        shown = super().page_columns()
        return [column for column in shown if has_several or column.key != "ministry"]
