"""Addresses of the letters of a round."""

from django.urls import path

from guidelines.request_letters import sending_views as sending
from guidelines.request_letters import views

# /leitlinien-checks/<round_slug>/anschreiben/
request_letter_urls = [
    path(
        "leitlinien-checks/<slug:round_slug>/anschreiben/",
        views.letter_list,
        name="request-letters",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/anschreiben/versand/",
        sending.SendingsRecord.as_view(),
        name="request-letters-sending",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/anschreiben/<int:pk>/",
        views.letter,
        name="request-letter",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/anschreiben/<int:pk>/versand/",
        sending.SendingEdit.as_view(),
        name="request-letter-sending",
    ),
]
