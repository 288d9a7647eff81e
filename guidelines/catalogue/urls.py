"""/leitlinien/: the editions with their guidelines and questions."""

from django.urls import path

from guidelines.catalogue import comparison_views as comparison
from guidelines.catalogue import edition_views as editions
from guidelines.catalogue import mapping_views as mapping
from guidelines.catalogue import views as catalogue
from guidelines.catalogue.models import Criterion
from guidelines.contributions import views as contributions

catalogue_urls = [
    path("leitlinien/", catalogue.catalogue, name="catalogue"),
    path("leitlinien/fassungen/", editions.edition_list, name="edition-list"),
    path("leitlinien/fassungen/neu/", editions.EditionCreate.as_view(), name="edition-create"),
    path(
        "leitlinien/fassungen/leitlinie/<int:pk>/streichen/",
        editions.PartDrop.as_view(),
        name="guideline-drop",
    ),
    path(
        "leitlinien/fassungen/frage/<int:pk>/streichen/",
        editions.PartDrop.as_view(model=Criterion),
        name="criterion-drop",
    ),
    path("leitlinien/<slug:slug>/vergleich/", comparison.edition_compare, name="edition-compare"),
    path(
        "leitlinien/<slug:slug>/fruehere-fragen/",
        mapping.MappingEdit.as_view(),
        name="edition-mapping",
    ),
    path(
        "leitlinien/<slug:slug>/verwerfen/",
        editions.EditionDiscard.as_view(),
        name="edition-discard",
    ),
    path(
        "leitlinien/<slug:slug>/veroeffentlichen/",
        catalogue.EditionPublish.as_view(),
        name="edition-publish",
    ),
    path(
        "leitlinien/beitraege/<int:pk>/",
        contributions.Contributions.as_view(),
        name="contributions",
    ),
]
