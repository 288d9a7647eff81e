from django.db import migrations

# A closed round is immutable, and a name it always had is no change: the history gets it as well.
ROUNDS = """
SET LOCAL pgtrigger.ignore = '{pgtrigger_closed_round_5557e,pgtrigger_update_update_1340f}';
UPDATE guidelines_checkround SET slug = year::text WHERE slug = '';
SET LOCAL pgtrigger.ignore = '{}';
"""
HISTORY = "UPDATE guidelines_checkroundevent SET slug = year::text WHERE slug = ''"


class Migration(migrations.Migration):

    dependencies = [
        ('guidelines', '0011_round_names'),
    ]

    operations = [
        migrations.RunSQL([ROUNDS, HISTORY], migrations.RunSQL.noop),
    ]
