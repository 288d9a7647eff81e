"""The addresses below /stellungnahmen/."""

from django.urls import path

from guidelines.statements import act_views as acts
from guidelines.statements import activity_views as activities
from guidelines.statements import correcting_views as correcting
from guidelines.statements import draft_views as drafts
from guidelines.statements import list_views as lists
from guidelines.statements import views as statements

statement_urls = [
    path("stellungnahmen/", lists.StatementList.as_view(), name="statements"),
    path("stellungnahmen/<int:pk>/", statements.StatementPage.as_view(), name="statement"),
    path(
        "stellungnahmen/<int:pk>/fragen/<int:criterion>/aktivitaet/",
        activities.CitedActivity.as_view(),
        name="statement-activity",
    ),
    path(
        "stellungnahmen/<int:pk>/druck/",
        statements.print_statement,
        name="statement-print",
    ),
    path(
        "stellungnahmen/<int:pk>/entwurf/",
        drafts.keep_statement_draft,
        name="statement-draft",
    ),
    path(
        "stellungnahmen/<int:pk>/entwurf/verwerfen/",
        drafts.discard_statement_draft,
        name="statement-draft-discard",
    ),
    path(
        "stellungnahmen/<int:pk>/vorlegen/",
        acts.StatementSubmit.as_view(),
        name="statement-submit",
    ),
    path(
        "stellungnahmen/<int:pk>/zurueckholen/",
        acts.take_statement_back,
        name="statement-take-back",
    ),
    path(
        "stellungnahmen/<int:pk>/zurueckgeben/",
        acts.StatementReturn.as_view(),
        name="statement-return",
    ),
    path(
        "stellungnahmen/<int:pk>/freigeben/",
        acts.StatementRelease.as_view(),
        name="statement-release",
    ),
    path(
        "stellungnahmen/<int:pk>/aendern-und-freigeben/",
        correcting.correct_statement,
        name="statement-correct",
    ),
    path(
        "stellungnahmen/<int:pk>/freigabe-eintragen/",
        acts.StatementRecordRelease.as_view(),
        name="statement-record-release",
    ),
    path(
        "stellungnahmen/<int:pk>/zurueckziehen/",
        acts.StatementWithdraw.as_view(),
        name="statement-withdraw",
    ),
]
