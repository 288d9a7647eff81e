from django.urls import path

from partnerships.history import views

urlpatterns = [
    path("partnerschaften/<slug:slug>/aenderungen/", views.of_partnership, name="changes"),
    path("unterlagen/<slug:kind>/<int:pk>/aenderungen/", views.changes, name="record-changes"),
]
