"""The real address table plus views that fail."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import urls

handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)


@login_not_required
def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("kaputt@demo.example")


@login_not_required
def write_to_full_disk(request: HttpRequest) -> HttpResponse:
    Path("/dev/full").write_text("x")
    return HttpResponse()


@login_not_required
def write_to_full_database(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(
            "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
        )
    return HttpResponse()


urlpatterns = [
    *urls.urlpatterns,
    path("absturz/", crash),
    path("voll/datei/", write_to_full_disk),
    path("voll/datenbank/", write_to_full_database),
]
