"""What the worker does for the pages: forget receipts nobody can repeat any more."""

from django.utils import timezone
from procrastinate.contrib.django import app

from ui.models import FormReceipt


@app.periodic(cron="30 3 * * *")
@app.task(name="ui.forget_receipts")
def forget_receipts(timestamp: int) -> None:
    FormReceipt.objects.expired(timezone.now()).delete()
