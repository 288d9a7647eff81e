"""The addresses of a house that asks for more time."""

from django.urls import path

from guidelines.extensions import views

extension_urls = [
    path(
        "stellungnahmen/fristverlaengerung/", views.ExtensionAsk.as_view(), name="extension-request"
    ),
    path(
        "stellungnahmen/fristverlaengerung/<int:pk>/zuruecknehmen/",
        views.take_back,
        name="extension-take-back",
    ),
]
