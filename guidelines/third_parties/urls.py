"""The addresses of views of third parties, below /stellungnahmen/."""

from django.urls import path

from guidelines.third_parties import views

PREFIX = "stellungnahmen/dritte/<int:pk>/"
third_party_urls = [
    path(
        "stellungnahmen/<int:pk>/dritte/",
        views.ThirdPartyCreate.as_view(),
        name="third-party-create",
    ),
    path(PREFIX, views.ThirdPartyEdit.as_view(), name="third-party-edit"),
    path(f"{PREFIX}behalten/", views.ThirdPartyKeep.as_view(), name="third-party-keep"),
    path(f"{PREFIX}entfernen/", views.ThirdPartyRemove.as_view(), name="third-party-remove"),
]
