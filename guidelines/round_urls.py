"""Addresses of the coordination: rounds and checks."""

from django.urls import path

from guidelines.chasing import views as chasing
from guidelines.checks import of_partnership_views as of_partnership
from guidelines.checks import views as checks
from guidelines.collection import reopening_views as reopening
from guidelines.collection import views as collection
from guidelines.decisions import views as decisions
from guidelines.extensions import views as extensions
from guidelines.leaving import house_views as leaving_house
from guidelines.leaving import views as leaving
from guidelines.rounds import ending_views as ending
from guidelines.rounds import joining_views as joining
from guidelines.rounds import matrix_views as matrix
from guidelines.rounds import preparation_views as preparation
from guidelines.rounds import views as rounds

# /leitlinien-checks/: the rounds
round_urls = [
    path("leitlinien-checks/", rounds.round_list, name="rounds"),
    path("leitlinien-checks/neu/", rounds.RoundCreate.as_view(), name="round-create"),
    path("leitlinien-checks/<slug:round_slug>/", matrix.matrix, name="round"),
    path(
        "leitlinien-checks/<slug:round_slug>/vorbereitung/",
        preparation.round_prepare,
        name="round-prepare",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/vorbereitung/angaben/",
        rounds.RoundEdit.as_view(),
        name="round-edit",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/vorbereitung/beteiligung/",
        preparation.houses_save,
        name="houses-save",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/vorbereitung/ressort/",
        preparation.house_change,
        name="house-change",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/verwerfen/",
        ending.RoundDiscard.as_view(),
        name="round-discard",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/abbrechen/",
        ending.RoundBreakOff.as_view(),
        name="round-break-off",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/ressort-beteiligen/",
        joining.HouseAdd.as_view(),
        name="round-house-add",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/ressort-herausnehmen/<slug:house>/",
        leaving_house.HouseTakeOut.as_view(),
        name="round-house-take-out",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/partnerschaften-nachtragen/",
        joining.PartnershipsAdd.as_view(),
        name="round-partnerships-add",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/beteiligen/",
        joining.HouseJoin.as_view(),
        name="round-join",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/eroeffnen/",
        preparation.RoundOpen.as_view(),
        name="round-open",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/zulieferung/",
        collection.CollectionsClose.as_view(),
        name="collections-close",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/erinnern/",
        chasing.RoundRemind.as_view(),
        name="round-remind",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/fristen/",
        extensions.ExtensionAnswers.as_view(),
        name="extensions",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/beschluss/",
        decisions.DecisionRecord.as_view(),
        name="decision-record",
    ),
]

# /leitlinien-checks/<round_slug>/<slug>/: the check of one partnership
check_urls = [
    path("leitlinien-checks/<slug:round_slug>/<slug:slug>/", checks.check, name="check"),
    path(
        "leitlinien-checks/<slug:round_slug>/<slug:slug>/stand/",
        checks.check_advance,
        name="check-advance",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/<slug:slug>/zulieferung/",
        collection.CollectionClose.as_view(),
        name="collection-close",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/<slug:slug>/wieder-oeffnen/",
        reopening.CollectionReopen.as_view(),
        name="collection-reopen",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/<slug:slug>/wieder-oeffnen/<slug:house>/",
        reopening.CellReopen.as_view(),
        name="cell-reopen",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/<slug:slug>/herausnehmen/",
        leaving.CheckTakeOut.as_view(),
        name="check-take-out",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/<slug:slug>/wieder-aufnehmen/",
        leaving.CheckTakeIn.as_view(),
        name="check-take-in",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/<slug:slug>/auswertung/",
        checks.EvaluationEdit.as_view(),
        name="evaluation-edit",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/<slug:slug>/vorschlag/",
        checks.ProposalWrite.as_view(),
        name="proposal-write",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/<slug:slug>/frist/<slug:house>/",
        matrix.DeadlineExtend.as_view(),
        name="deadline-extend",
    ),
    path(
        "leitlinien-checks/<slug:round_slug>/<slug:slug>/rueckfrage/<slug:house>/",
        checks.StatementQuery.as_view(),
        name="statement-query",
    ),
]

# /partnerschaften/<slug>/: a tab of the partnership's page
tab_urls = [
    path(
        "partnerschaften/<slug:slug>/leitlinien-checks/",
        of_partnership.of_partnership,
        name="of-partnership",
    ),
]
