"""A form is written once: every POST carries a token that is kept in the same transaction.

Templates print it with `{% form_token %}`; function views for verbs take the decorator:

    @require_POST
    @once
    def release(request: HttpRequest, pk: int) -> HttpResponse:
        ...
        return redirect(statement)

A second POST with the same token waits for the first and gets its redirect. Whatever does not
redirect (an invalid form, a refusal, a conflict) is rolled back with the receipt, so the same
token can be sent again.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from ui.models import FormReceipt

TOKEN_FIELD = "_token"  # noqa: S105  the name of a form field
HIDDEN_FIELDS = frozenset({TOKEN_FIELD, "csrfmiddlewaretoken", "_version"})
LOCK_NOT_AVAILABLE = "55P03"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Answer = Callable[[HttpRequest], HttpResponse]


class StillBusy(Exception):
    """The first POST with this token has not finished yet."""


def new_token() -> str:
    return str(uuid.uuid4())


def sent_token(request: HttpRequest) -> uuid.UUID | None:
    """The token of a POST, None when it is missing or garbage."""
    try:
        return uuid.UUID(request.POST.get(TOKEN_FIELD, ""))
    except ValueError:
        return None


def once(view: View[P]) -> View[P]:
    """Let a POST act once per token; see the top of this module."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        return answer_once(request, lambda current: view(current, *args, **kwargs))

    return wrapper


def answer_once(
    request: HttpRequest,
    act: Callable[[HttpRequest], HttpResponseBase],
    *,
    without_token: Answer | None = None,
) -> HttpResponseBase:
    """Run `act` and keep its redirect, or return the redirect kept for the same token."""
    token = sent_token(request)
    if token is None:
        return (without_token or token_refused)(request)
    try:
        return _in_one_transaction(request, token, act)
    except StillBusy:
        return render(request, "ui/still_busy.html", status=409)


def token_refused(request: HttpRequest) -> HttpResponse:
    """400 in German, with whatever was typed, so that nothing has to be written twice."""
    typed = [
        (name, value)
        for name in request.POST
        if name not in HIDDEN_FIELDS and "password" not in name
        for value in request.POST.getlist(name)
        if value.strip()
    ]
    return render(request, "ui/token_refused.html", {"typed": typed}, status=400)


def _in_one_transaction(
    request: HttpRequest, token: uuid.UUID, act: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    with transaction.atomic():
        receipt = _insert(request, token)
        if receipt is None:
            return _repeated(request, token)
        response = act(request)
        if not 300 <= response.status_code < 400:
            transaction.set_rollback(True)
            return response
        receipt.location = response["Location"]
        receipt.save(update_fields=["location"])
        return response


def _insert(request: HttpRequest, token: uuid.UUID) -> FormReceipt | None:
    """Insert the receipt, None if it is there; waits for a transaction with the same token."""
    try:
        with transaction.atomic():
            return FormReceipt.objects.create(
                token=token, user_id=request.user.pk, path=request.path[:500]
            )
    except IntegrityError:
        return None
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise StillBusy from error
        raise


def _repeated(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    receipt = FormReceipt.objects.filter(
        token=token, user_id=request.user.pk, path=request.path[:500]
    ).first()
    if receipt is None:
        return token_refused(request)
    return redirect(receipt.location)
