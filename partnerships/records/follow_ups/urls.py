from django.urls import path

from partnerships.records.follow_ups import act_views as follow_up_acts
from partnerships.records.follow_ups import handing_over
from partnerships.records.follow_ups import views as follow_ups

urlpatterns = [
    # /wiedervorlagen/
    path("wiedervorlagen/", follow_ups.FollowUpList.as_view(), name="follow-up-list"),
    path("wiedervorlagen/neu/", follow_up_acts.FollowUpCreate.as_view(), name="follow-up-create"),
    path(
        "wiedervorlagen/uebergeben/", handing_over.HandOver.as_view(), name="follow-ups-hand-over"
    ),
    path("wiedervorlagen/vertretung/", handing_over.Deputy.as_view(), name="deputy-request"),
    path("wiedervorlagen/<int:pk>/", follow_up_acts.FollowUpEdit.as_view(), name="follow-up"),
    path("wiedervorlagen/<int:pk>/erledigt/", follow_up_acts.done, name="follow-up-done"),
    path("wiedervorlagen/<int:pk>/verschieben/", follow_up_acts.move, name="follow-up-move"),
    path("wiedervorlagen/<int:pk>/wieder-oeffnen/", follow_up_acts.reopen, name="follow-up-reopen"),
    # /partnerschaften/<slug>/
    path(
        "partnerschaften/<slug:slug>/wiedervorlagen/", follow_ups.of_partnership, name="follow-ups"
    ),
]
