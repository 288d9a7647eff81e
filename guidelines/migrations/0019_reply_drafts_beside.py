from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('guidelines', '0018_reply_drafts_unique'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='statementdraft',
            name='draft_once_a_person',
        ),
    ]
