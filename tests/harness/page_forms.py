"""Reads the forms of a page, so that a test can send them as a browser would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = list[tuple[str, str]]


@dataclass
class PageForm:
    action: str
    method: str
    fields: Fields = field(default_factory=list)
    # name → values on offer: radio buttons, check boxes and options
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    hidden: Fields = field(default_factory=list)
    # name → app, model and field whose records are offered on request
    autocompletes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def data(self) -> dict[str, list[str]]:
        values: dict[str, list[str]] = {}
        for name, value in self.fields:
            values.setdefault(name, []).append(value)
        return values


class FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._select = self._text = ""
        self._typed: list[str] = []

    @property
    def form(self) -> PageForm:
        return self.forms[-1] if self.forms else PageForm("", "get")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(at.get("action", ""), at.get("method", "get").lower()))
        elif tag == "input":
            self._input(at)
        elif tag == "select":
            self._select = at.get("name", "")
            if "data-field-name" in at:
                parts = (at[f"data-{part}"] for part in ("app-label", "model-name", "field-name"))
                self.form.autocompletes[self._select] = tuple(parts)
        elif tag == "option" and self._select:
            self.form.choices.setdefault(self._select, []).append(at.get("value", ""))
            if "selected" in at:
                self.form.fields.append((self._select, at.get("value", "")))
        elif tag == "textarea":
            self._text, self._typed = at.get("name", ""), []
            self.form.texts.append(self._text)

    def _input(self, at: dict[str, str]) -> None:
        name, kind = at.get("name", ""), at.get("type", "text")
        if not name or kind in ("submit", "button", "reset", "image", "file"):
            return
        if kind in ("radio", "checkbox"):
            self.form.choices.setdefault(name, []).append(at.get("value", "on"))
            if "checked" not in at:
                return
        value = at.get("value", "on" if kind == "checkbox" else "")
        self.form.fields.append((name, value))
        if kind == "hidden":
            self.form.hidden.append((name, value))

    def handle_data(self, data: str) -> None:
        if self._text:
            self._typed.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea" and self._text:
            text = "".join(self._typed).removeprefix("\n")
            self.form.fields.append((self._text, text))
            self._text = ""


def forms_of(body: bytes) -> list[PageForm]:
    reader = FormReader()
    reader.feed(body.decode())
    return reader.forms


def main_form(body: bytes) -> PageForm:
    """The form of the page that writes, not the search and not the button that signs out."""
    writing = [form for form in forms_of(body) if form.method == "post"]
    return max(writing, key=lambda form: len(form.fields), default=PageForm("", "post"))
