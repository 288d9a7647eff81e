"""The addresses below /stellungnahmen/ around questions that are given inside a house."""

from django.urls import path

from guidelines.delegations import giving_views, mailbox_views, views

delegation_urls = [
    path("stellungnahmen/zuarbeit/", views.DelegationPage.as_view(), name="delegations"),
    path("stellungnahmen/zuarbeit/entwurf/", views.keep_typed_answers, name="delegation-draft"),
    path(
        "stellungnahmen/<int:pk>/zuarbeit/<int:criterion>/",
        giving_views.DelegationGive.as_view(),
        name="delegation-give",
    ),
    path(
        "stellungnahmen/zuarbeit/<int:pk>/formular/",
        mailbox_views.MailboxForm.as_view(),
        name="delegation-mailbox",
    ),
    path(
        "stellungnahmen/zuarbeit/<int:pk>/formular.docx",
        mailbox_views.mailbox_form_file,
        name="delegation-mailbox-file",
    ),
    path(
        "stellungnahmen/zuarbeit/<int:pk>/zuruecknehmen/",
        giving_views.DelegationWithdraw.as_view(),
        name="delegation-withdraw",
    ),
]
