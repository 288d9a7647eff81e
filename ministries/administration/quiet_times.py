"""The coordination's upkeep of the days on which no deadline should end."""

from django.contrib.admin import display

from ministries.administration.houses import OnDayFilter
from ministries.administration.policy_admin import PolicyAdmin
from ministries.quiet_times.models import QuietTime


class QuietTimeAdmin(PolicyAdmin):
    permission = "ministries.maintain_ministries"
    list_display = ["name", "period"]
    list_filter = [OnDayFilter]
    search_fields = ["name"]
    fields = ["name", "preposition", "valid_from", "valid_until"]

    @display(description="Zeitraum", ordering="valid_from")
    def period(self, obj: QuietTime) -> str:
        return obj.period


ADMIN_CLASSES = [(QuietTime, QuietTimeAdmin)]
