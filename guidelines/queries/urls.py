"""The addresses below /stellungnahmen/rueckfragen/."""

from django.urls import path

from guidelines.queries import act_views as acts
from guidelines.queries import correcting_views as correcting
from guidelines.queries import views

PREFIX = "stellungnahmen/rueckfragen/<int:pk>/"
query_urls = [
    path(PREFIX, views.QueryPage.as_view(), name="query"),
    path(f"{PREFIX}entwurf/", views.keep_reply_draft, name="query-draft"),
    path(f"{PREFIX}entwurf/verwerfen/", views.discard_reply_draft, name="query-draft-discard"),
    path(f"{PREFIX}vorlegen/", acts.ReplySubmit.as_view(), name="query-submit"),
    path(f"{PREFIX}zurueckholen/", acts.take_back_reply, name="query-take-back"),
    path(f"{PREFIX}zurueckgeben/", acts.ReplyReturn.as_view(), name="query-return"),
    path(f"{PREFIX}freigeben/", acts.ReplyRelease.as_view(), name="query-release"),
    path(
        f"{PREFIX}aendern-und-freigeben/",
        correcting.ReplyCorrect.as_view(),
        name="query-correct",
    ),
    path(
        f"{PREFIX}freigabe-eintragen/",
        acts.ReplyRecordRelease.as_view(),
        name="query-record-release",
    ),
    path(f"{PREFIX}zuruecknehmen/", acts.QueryWithdraw.as_view(), name="query-withdraw"),
]
