from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guidelines', '0016_reopening'),
    ]

    operations = [
        migrations.AddField(
            model_name='statementdraft',
            name='is_reply',
            field=models.BooleanField(db_default=False, default=False, verbose_name='Antwort auf eine Rückfrage'),
        ),
    ]
