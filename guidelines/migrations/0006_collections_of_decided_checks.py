"""Cells that earlier decisions have frozen: keine Stellungnahme.

Where a decision is not visible yet, the day is that of the migration and tells nothing of it; there
the collection is closed even if every house has answered, so that none can withdraw.
"""

from django.db import migrations

UNFREEZE = "SELECT set_config('pgtrigger.ignore', '{pgtrigger_closed_round_49525}', true)"
FREEZE = "SELECT set_config('pgtrigger.ignore', '{}', true)"
CLOSE = """
UPDATE guidelines_guidelinecheck c
SET collection_closed_on = CASE
        WHEN d.visible_from > CURRENT_DATE THEN CURRENT_DATE
        ELSE (d.recorded_at AT TIME ZONE 'Europe/Berlin')::date
    END,
    collection_closed_by_id = d.recorded_by_id
FROM guidelines_decision d
WHERE d.guideline_check_id = c.id AND c.collection_closed_on IS NULL
  AND (d.visible_from > CURRENT_DATE OR EXISTS (
    SELECT 1 FROM guidelines_statement s
    WHERE s.guideline_check_id = c.id AND s.state <> 'released'
  ))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("guidelines", "0005_collection"),
    ]

    operations = [
        migrations.RunSQL([UNFREEZE, CLOSE, FREEZE], migrations.RunSQL.noop),
    ]
