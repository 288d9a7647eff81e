"""Forms about accounts, in our look and in our words."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import validate_password

from ministries.accounts.roles import Role
from ministries.accounts.users import User
from ministries.clock import today
from ministries.houses.models import Ministry
from ministries.permissions import INVITING, NO_ORDER, NOT_INVITING, inviting, lacks_order
from ui.forms import Form, Look

PASSWORD_HELP = "Mindestens zwölf Zeichen; kein gängiges Wort und nicht Ihr Name."  # noqa: S105
MISMATCH = "Die beiden Passwörter stimmen nicht überein."


def relabel(form: forms.BaseForm, **texts: tuple[str, str]) -> None:
    """German label and help, without the placeholders allauth puts into the fields."""
    for name, (label, help_text) in texts.items():
        field = form.fields[name]
        field.label, field.help_text = label, help_text
        field.widget.attrs.pop("placeholder", None)


class LoginForm(Look, allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, login=("E-Mail-Adresse", ""), password=("Passwort", ""))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ResetPasswordForm(Look, allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, email=("E-Mail-Adresse", "Die Adresse, mit der Sie sich anmelden."))


class ResetPasswordKeyForm(Look, allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(
            self,
            password1=("Neues Passwort", PASSWORD_HELP),
            password2=("Neues Passwort wiederholen", ""),
        )


class ChangePasswordForm(Look, allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(
            self,
            oldpassword=("Bisheriges Passwort", ""),
            password1=("Neues Passwort", PASSWORD_HELP),
            password2=("Neues Passwort wiederholen", ""),
        )


class FirstPasswordForm(Form):
    """An invited person sets the first password."""

    password1 = forms.CharField(
        label="Passwort",
        help_text=PASSWORD_HELP,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Passwort wiederholen",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password1" in data and data.get("password2") not in (None, data["password1"]):
            self.add_error("password2", MISMATCH)
        return data


class InvitationForm(Form):
    email = forms.EmailField(label="Dienstliche E-Mail-Adresse", max_length=254)
    name = forms.CharField(label="Name", max_length=120)
    unit = forms.CharField(label="Referat", max_length=120, required=False)
    role = forms.ChoiceField(label="Funktion", choices=Role.choices, initial=Role.OFFICER)
    ministry = forms.ModelChoiceField(
        label="Ressort", queryset=Ministry.objects.none(), empty_label="Bitte wählen"
    )
    valid_from = forms.DateField(label="Funktion ab")
    valid_until = forms.DateField(
        label="Funktion bis", required=False, help_text="Letzter Tag; leer, wenn ohne Ende."
    )
    order_reference = forms.CharField(
        label="Aktenzeichen des schriftlichen Auftrags",
        help_text=f"Nicht nötig, wo „{Role.HEAD.label}“ des Hauses die Funktion bestätigt.",
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        rows = [row for row in INVITING if by.has_role(row.by)]
        offered = {role for row in rows for role in row.into}
        self.offer(role=[(role.value, role.label) for role in Role if role in offered])
        houses = Ministry.objects.visible_to(by).on(today()).in_protocol_order()
        if all(row.in_chancellery for row in rows):
            houses = houses.filter(is_chancellery=True)
        if not any(row.by_order for row in rows):
            del self.fields["order_reference"]
        field: Any = self.fields["ministry"]
        field.queryset = houses
        field.label_from_instance = lambda house: house.label

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        role, house = data.get("role"), data.get("ministry")
        if role and house:
            row = inviting(self.by, role, house)
            if row is None:
                self.add_error("role", NOT_INVITING)
            elif lacks_order(row, house, data.get("order_reference", ""), today()):
                self.add_error("order_reference", NO_ORDER)
        return data


class FeedbackForm(Form):
    """Barriere melden; an address is only needed by those who want an answer."""

    page = forms.CharField(
        label="Auf welcher Seite?",
        help_text="Adresse oder Name der Seite, wenn Sie sie kennen.",
        max_length=300,
        required=False,
    )
    text = forms.CharField(
        label="Was hindert Sie?", widget=forms.Textarea(attrs={"rows": 6}), max_length=4000
    )
    email = forms.EmailField(
        label="Ihre E-Mail-Adresse",
        help_text="Nur, wenn Sie eine Antwort möchten.",
        required=False,
        max_length=254,
    )
