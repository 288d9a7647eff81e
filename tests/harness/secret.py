"""A partnership that is ended by a decision not visible yet."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from partnerships.models import Partnership
from tests import factories
from tests.harness import states
from tests.harness.states import JUDGEMENT

if TYPE_CHECKING:
    from tests.harness.world import World


def decide_in_secret(world: "World") -> None:
    """Ended by a decision that is not visible: to all but a few it is active and on the mark."""
    yesterday, later = world.day - timedelta(days=1), world.day + timedelta(days=30)
    partnership = factories.make_partnership(
        name="Partnerschaft decided",
        slug="p-decided",
        status=None,
        lead=world.own,
        scrutiny_since=date(2026, 1, 1),
        scrutiny_reason="Anlass",
        scrutiny_until=yesterday,
        scrutiny_end_visible_from=later,
    )
    world.add("partnership_decided", partnership, slug=partnership.slug)
    factories.make_status_period(
        partnership=partnership, valid_from=date(2020, 1, 1), valid_until=yesterday
    )
    factories.make_status_period(
        partnership=partnership,
        status=Partnership.Status.ENDED,
        valid_from=world.day,
        visible_from=later,
        reason=f"{JUDGEMENT} Grund",
        deciding_body=f"{JUDGEMENT} Kabinett",
        reference=f"{JUDGEMENT} 7",
    )
    check = states.make_check(world, world.records["round_open"], "decided", "check_decided")
    states.make_statement(world, check, world.own, "statement_decided")
    states.close_collection(world, check)
    states.decide(world, check, is_visible=False)
