from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('guidelines', '0013_broken_off_rounds'),
    ]

    operations = [
        ValidateConstraint(model_name='checkround', name='round_broken_off_with_reason'),
    ]
