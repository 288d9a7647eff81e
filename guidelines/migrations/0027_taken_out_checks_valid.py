from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('guidelines', '0026_taken_out_checks'),
    ]

    operations = [
        ValidateConstraint(model_name='guidelinecheck', name='check_taken_out_with_reason'),
    ]
