from django.urls import path

from partnerships.records.gifts import views as gifts

# /gastgeschenke/…
urlpatterns = [
    path("partnerschaften/<slug:slug>/gastgeschenke/", gifts.gifts, name="gifts"),
    path(
        "partnerschaften/<slug:slug>/gastgeschenke/neu/", gifts.GiftAdd.as_view(), name="gift-add"
    ),
    path("gastgeschenke/<int:pk>/bearbeiten/", gifts.GiftEdit.as_view(), name="gift-edit"),
]
