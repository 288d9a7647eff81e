from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("guidelines", "0006_collections_of_decided_checks"),
    ]

    operations = [
        ValidateConstraint("guidelinecheck", "check_collection_closed_by_somebody"),
    ]
