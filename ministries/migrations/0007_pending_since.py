from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ministries", "0006_confirmed_appointments")]

    operations = [ValidateConstraint("appointment", "appointment_pending_since")]
