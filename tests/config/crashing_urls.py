"""The real address table plus one view that fails."""

from django.contrib.auth.decorators import login_not_required
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


urlpatterns = [*urls.urlpatterns, path("absturz/", crash)]
