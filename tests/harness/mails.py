"""Every mail that an act sends, and whether it says more than its reader may know.

A house's mailbox has many readers: it may hold what everybody of the house may read.
"""

from collections.abc import Iterable, Iterator

from guidelines.models import Statement
from ministries.models import Notification
from tests.harness import canaries
from tests.harness.acts import Act
from tests.harness.canaries import Canary, Legend
from tests.harness.snapshot import Change
from tests.harness.world import World

TEXTS = ("subject", "body", "link", "to_address")


def sent(changes: Iterable[Change]) -> Iterator[dict[str, object]]:
    table = Notification._meta.db_table
    yield from (one.after for one in changes if one.table == table and not one.before)


def told_too_much(world: World, legend: Legend, act: Act, mail: dict[str, object]) -> list[str]:
    """Tokens in a mail that its readers must not receive; who writes to whom may be said."""
    readers = _readers(world, mail)
    named = {world.users[act.role].pk if act.role in world.users else None, mail["recipient_id"]}
    wrong = []
    for token in canaries.TOKEN.findall(" ".join(str(mail[name]) for name in TEXTS)):
        canary = legend.get(token)
        is_named = canary is not None and canary.model.endswith("User") and canary.pk in named
        if canary is None or is_named or _is_opened(act, canary, mail):
            continue
        if not readers <= canary.readers:
            wrong.append(f"{canary} in „{mail['subject']}“ an {mail['to_address']}")
    return wrong


def _is_opened(act: Act, canary: Canary, mail: dict[str, object]) -> bool:
    """Opening a round tells each house why it is asked; until then the reason was hidden."""
    if act.route != "guidelines:round-open" or canary.field != "asked_because":
        return False
    return Statement.objects.get(pk=canary.pk).ministry.mailbox == mail["to_address"]


def _readers(world: World, mail: dict[str, object]) -> set[str]:
    """The roles that open this mail; a new account has none of them yet."""
    people = {name for name, user in world.users.items() if user.pk == mail["recipient_id"]}
    if mail["recipient_id"] is not None:
        return people or {"invited"}
    return next(
        (
            set(roles)
            for house, roles in HOUSES
            if getattr(world, house).mailbox == mail["to_address"]
        ),
        {"outside"},
    )


HOUSES = [
    ("own", ("officer", "head", "manager", "author")),
    ("elsewhere", ("officer_elsewhere",)),
    ("unasked", ("officer_unasked",)),
    ("chancellery", ("coordination", "chief")),
]
