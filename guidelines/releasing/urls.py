"""The address below /stellungnahmen/ of whoever releases."""

from django.urls import path

from guidelines.releasing import views

releasing_urls = [
    path("stellungnahmen/freigeben/", views.release_several, name="statements-release"),
]
