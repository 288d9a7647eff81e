from django.db import migrations, models

ROLE = {
    "choices": [
        ("coordinator", "Koordinierung (Staatskanzlei)"),
        ("officer", "Bearbeitung (Ressort)"),
        ("head", "Freigabe (Ressort)"),
        ("manager", "Leitung"),
        ("auditor", "Revision"),
        ("administrator", "Technik"),
    ],
    "max_length": 16,
    "verbose_name": "Rolle",
}


class Migration(migrations.Migration):
    dependencies = [
        ("ministries", "0001_squashed_0008_new_address"),
    ]

    operations = [
        migrations.AlterField("appointment", "role", models.CharField(**ROLE)),
        migrations.AlterField("appointmentevent", "role", models.CharField(**ROLE)),
    ]
