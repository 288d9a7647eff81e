from django.urls import path

from partnerships.records.contacts import export as contact_export
from partnerships.records.contacts import views as contacts

# /kontakte/…
urlpatterns = [
    path("partnerschaften/<slug:slug>/kontakte/", contacts.contacts, name="contacts"),
    path(
        "partnerschaften/<slug:slug>/kontakte/neu/",
        contacts.ContactAdd.as_view(),
        name="contact-add",
    ),
    path("kontakte/", contacts.ContactList.as_view(), name="contact-list"),
    path("kontakte/ausgabe/", contact_export.ContactExport.as_view(), name="contact-export"),
    path("kontakte/ausgabe/<int:pk>/", contact_export.ContactFile.as_view(), name="contact-file"),
    path("kontakte/<int:pk>/", contacts.contact, name="contact"),
    path("kontakte/<int:pk>/bearbeiten/", contacts.ContactEdit.as_view(), name="contact-edit"),
    path("kontakte/<int:pk>/bestaetigen/", contacts.contact_confirm, name="contact-confirm"),
    path(
        "kontakte/<int:pk>/zusammenfuehren/", contacts.ContactMerge.as_view(), name="contact-merge"
    ),
]
