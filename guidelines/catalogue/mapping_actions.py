"""Questions of an edition being written, each with the earlier one it goes on from."""

from collections.abc import Mapping

from django.db import transaction

from guidelines.catalogue.drafts import locked_draft
from guidelines.catalogue.matching import free_questions, questions_of
from guidelines.catalogue.models import Criterion, Edition
from ministries.models import User
from ui.errors import Refusal


@transaction.atomic
def map_questions(
    *, draft: Edition, older: Edition, chosen: Mapping[int, int | None], by: User
) -> None:
    """`chosen`: question of the draft → question of the older edition, None for a new one."""
    row = locked_draft(draft, by)
    # Whoever else goes on from the same edition waits here.
    former = Edition.objects.select_for_update().get(pk=older.pk)
    offered = {question.pk: question for question in free_questions(former, row)}
    changed = []
    for question in questions_of(row):
        wanted = chosen.get(question.pk, question.predecessor_id)
        if wanted == question.predecessor_id:
            continue
        if wanted is not None and wanted not in offered:
            raise Refusal(
                "Eine der Fragen ist inzwischen anders zugeordnet. Laden Sie die Seite neu."
            )
        question.predecessor_id = wanted
        changed.append(question)
    pks = [question.pk for question in changed]
    Criterion.objects.filter(pk__in=pks, predecessor__isnull=False).update(predecessor=None)
    Criterion.objects.bulk_update(
        [question for question in changed if question.predecessor_id], ["predecessor"]
    )
