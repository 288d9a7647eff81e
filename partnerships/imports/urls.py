from django.urls import path

from partnerships.imports import views as imports

# /import/…
urlpatterns = [
    path("import/", imports.ImportList.as_view(), name="imports"),
    path("import/vorlage/<slug:kind>/", imports.import_template, name="import-template"),
    path("import/neu/<slug:kind>/", imports.ImportNew.as_view(), name="import-new"),
    path("import/<int:pk>/", imports.import_page, name="import"),
    path("import/<int:pk>/zuordnung/", imports.ImportMapping.as_view(), name="import-mapping"),
    path("import/<int:pk>/uebernehmen/", imports.import_run, name="import-run"),
    path("import/<int:pk>/verwerfen/", imports.import_discard, name="import-discard"),
]
