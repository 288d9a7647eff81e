from django.urls import path

from partnerships.records.notes import views as notes

# /vermerke/…
urlpatterns = [
    path("partnerschaften/<slug:slug>/vermerke/", notes.notes, name="notes"),
    path("partnerschaften/<slug:slug>/vermerke/neu/", notes.NoteAdd.as_view(), name="note-add"),
    path("vermerke/<int:pk>/", notes.note, name="note"),
    path("vermerke/<int:pk>/bearbeiten/", notes.NoteEdit.as_view(), name="note-edit"),
    path("vermerke/<int:pk>/freigeben/", notes.note_release, name="note-release"),
    path("vermerke/<int:pk>/ablage/", notes.NoteFile.as_view(), name="note-file"),
    path("vermerke/<int:pk>/ersetzen/", notes.NoteSupersede.as_view(), name="note-supersede"),
]
