"""Mein Konto, invitations and the first password."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ministries.accounts.appointments import PENDING_DAYS
from ministries.accounts.forms import FirstPasswordForm, InvitationForm
from ministries.accounts.invitation_actions import Invitation, invite, invite_again
from ministries.accounts.invitations import LIFETIME_DAYS, invited_user
from ministries.accounts.roles import Role
from ministries.accounts.users import User
from ministries.clock import today
from ministries.permissions import may_invite_again
from ui.errors import Refusal
from ui.offers import ACCOUNT_LINKS
from ui.receipts import once
from ui.views import FormPage

MOST_INVITATIONS = 50


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    user = request.user
    context = {
        "title": "Mein Konto",
        "appointments": user.appointments.select_related("ministry").order_by("-valid_from", "pk"),
        "today": today(),
        "links": [link for link in ACCOUNT_LINKS if user.has_perm(link.permission)],
        "may_invite": user.has_perm("ministries.invite"),
        "may_confirm": user.has_perm("ministries.confirm_appointment"),
        "mail_count": user.notifications.count(),
        "session_minutes": settings.SESSION_COOKIE_AGE // 60,
    }
    return render(request, "ministries/account.html", context)


@login_not_required
@require_POST
def cancel_sign_in(request: HttpRequest) -> HttpResponse:
    """The password was right and the code is not at hand: begin again."""
    if not request.user.is_authenticated:
        request.session.flush()
    return redirect(settings.LOGIN_URL)


class Invite(FormPage):
    request: HttpRequest
    form_class = InvitationForm
    template_name = "ministries/invite.html"
    title = "Person einladen"
    submit_label = "Einladung senden"
    audience = "Die Koordinierung, die Technik, das Haus und die eingeladene Person."

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        if not request.user.has_perm("ministries.invite"):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"by": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": today()}

    def get_context(self, form: Any) -> dict[str, Any]:
        by = self.request.user
        newest = User.objects.visible_to(by).invited().order_by("-created_at")
        accounts = newest.prefetch_related("appointments__ministry")[:MOST_INVITATIONS]
        invited = [person for person in accounts if may_invite_again(by, person)]
        return {"lifetime_days": LIFETIME_DAYS, "invited": invited}

    def save(self, form: InvitationForm) -> User:
        values = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        return invite(Invitation(**values), by=self.request.user)

    def get_success_message(self, result: User) -> str:
        if any(held.is_pending for held in result.appointments.all()):
            return (
                f"Das Haus erfährt von der Einladung. Sie geht an {result.email}, sobald "
                f"„{Role.HEAD.label}“ sie bestätigt, und verfällt nach {PENDING_DAYS} Tagen."
            )
        return (
            f"Die Einladung geht an {result.email}. Der Link darin gilt {LIFETIME_DAYS} Tage. "
            "Sie können gleich die nächste Person einladen."
        )

    def get_success_url(self, result: User) -> str:
        return reverse("accounts:invite")

    def get_cancel_url(self) -> str:
        return reverse("accounts:account")


@require_POST
@once
def invite_once_more(request: HttpRequest, pk: int) -> HttpResponseBase:
    if not request.user.has_perm("ministries.invite"):
        raise PermissionDenied
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    try:
        invite_again(user, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Eine neue Einladung geht an {user.email}.")
    return redirect("accounts:invite")


@method_decorator([login_not_required, sensitive_post_parameters()], name="dispatch")
class AcceptInvitation(FormPage):
    """The invited person sets the first password and is signed in."""

    form_class = FirstPasswordForm
    template_name = "ministries/invitation.html"
    title = "Passwort festlegen"
    submit_label = "Passwort festlegen und anmelden"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.invited = invited_user(kwargs["key"])
        if self.invited is None:
            context = {"title": "Einladung nicht mehr gültig", "lifetime_days": LIFETIME_DAYS}
            return render(request, "ministries/invitation_expired.html", context, status=410)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.invited}

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"invited": self.invited}

    def save(self, form: FirstPasswordForm) -> User:
        user = form.user
        user.set_password(form.cleaned_data["password1"])
        user.save(update_fields=["password"])
        get_adapter().login(self.request, user)
        return user

    def get_success_message(self, result: User) -> str:
        return f"Willkommen bei Brücke, {result.name}. Ihr Passwort ist festgelegt."

    def get_success_url(self, result: User) -> str:
        return "/"
