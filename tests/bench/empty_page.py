"""A page that only knows who is signed in: what remains is the price of the middleware."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

EMPTY = "/leere-seite/"


@login_required
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"Angemeldet: {request.user.pk}")
