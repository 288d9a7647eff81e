"""A partnership that was taken out of the running round, and one house of another."""

from typing import TYPE_CHECKING

from guidelines.models import GuidelineCheck, Statement
from tests import factories
from tests.harness import states

if TYPE_CHECKING:
    from tests.harness.world import World


def take_out(world: "World") -> None:
    """Asked in the running round and taken out of it, with what the SMWK has written."""
    partnership = factories.make_partnership(name="Partnerschaft out", slug="p-out")
    world.add("partnership_out", partnership, slug=partnership.slug)
    check = states.make_check(world, world.records["round_open"], "out", "check_out")
    states.write(world, states.make_statement(world, check, world.own, "statement_out"))
    states.make_statement(world, check, world.elsewhere, "statement_out_elsewhere")
    GuidelineCheck.objects.filter(pk=check.pk).update(
        taken_out_on=world.day,
        taken_out_by=world.users["coordination"],
        taken_out_because="Ruht seit dem Sommer",
    )
    other = factories.make_partnership(name="Partnerschaft apart", slug="p-apart")
    world.add("partnership_apart", other, slug=other.slug)
    check = states.make_check(world, world.records["round_open"], "apart", "check_apart")
    excused = states.make_statement(world, check, world.own, "statement_apart")
    states.write(world, excused)
    states.make_statement(world, check, world.elsewhere, "statement_apart_elsewhere")
    Statement.objects.filter(pk=excused.pk).update(
        taken_out_on=world.day, taken_out_because="Anderswo zuständig"
    )
