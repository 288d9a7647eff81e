from django.urls import path

from partnerships.records.documents import views as documents

# /dokumente/<pk>/…
urlpatterns = [
    path("partnerschaften/<slug:slug>/dokumente/", documents.documents, name="documents"),
    path(
        "partnerschaften/<slug:slug>/dokumente/neu/",
        documents.DocumentUpload.as_view(),
        name="document-upload",
    ),
    path("dokumente/<int:pk>/", documents.document, name="document"),
    path("dokumente/<int:pk>/datei/", documents.document_file, name="document-file"),
    path("dokumente/<int:pk>/bearbeiten/", documents.DocumentEdit.as_view(), name="document-edit"),
]
