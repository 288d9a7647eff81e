from django.urls import path

from partnerships.records.gifts import views as gifts
from partnerships.records.notes import views as notes

# /vermerke/…, /gastgeschenke/…
urlpatterns = [
    path("partnerschaften/<slug:slug>/vermerke/", notes.notes, name="notes"),
    path("partnerschaften/<slug:slug>/vermerke/neu/", notes.NoteAdd.as_view(), name="note-add"),
    path("vermerke/<int:pk>/", notes.note, name="note"),
    path("vermerke/<int:pk>/bearbeiten/", notes.NoteEdit.as_view(), name="note-edit"),
    path("vermerke/<int:pk>/freigeben/", notes.note_release, name="note-release"),
    path("vermerke/<int:pk>/ablage/", notes.NoteFile.as_view(), name="note-file"),
    path("vermerke/<int:pk>/ersetzen/", notes.NoteSupersede.as_view(), name="note-supersede"),
    path("partnerschaften/<slug:slug>/gastgeschenke/", gifts.gifts, name="gifts"),
    path(
        "partnerschaften/<slug:slug>/gastgeschenke/neu/", gifts.GiftAdd.as_view(), name="gift-add"
    ),
    path("gastgeschenke/<int:pk>/bearbeiten/", gifts.GiftEdit.as_view(), name="gift-edit"),
]
