"""The addresses below /stellungnahmen/ that are about several at once."""

from django.urls import path

from guidelines.answering import nil_returns, submit_views, views

answering_urls = [
    path("stellungnahmen/tabelle/", views.StatementTable.as_view(), name="statement-table"),
    path(
        "stellungnahmen/tabelle/entwurf/",
        views.keep_table_draft,
        name="statement-table-draft",
    ),
    path("stellungnahmen/fehlanzeige/", nil_returns.NilReturn.as_view(), name="nil-return"),
    path("stellungnahmen/vorlegen/", submit_views.submit_several, name="statements-submit"),
]
