from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('guidelines', '0017_reply_drafts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "draft_once_a_person_and_form" '
                    'ON "guidelines_statementdraft" ("statement_id", "user_id", "is_reply")',
                    'DROP INDEX CONCURRENTLY IF EXISTS "draft_once_a_person_and_form"',
                ),
            ],
            state_operations=[
                migrations.AddConstraint(
                    model_name='statementdraft',
                    constraint=models.UniqueConstraint(models.F('statement'), models.F('user'), models.F('is_reply'), name='draft_once_a_person_and_form', violation_error_message='Zu dieser Stellungnahme gibt es schon einen Entwurf.'),
                ),
            ],
        ),
    ]
