"""`{% load ui %}`: the components in the design system's terms. Markup lives in templates/ui/,
that of the smallest pieces in `ui.markup`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.template.base import render_value_in_context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui import badges, dates, demo, markup
from ui.columns import Column
from ui.lists import Listing, url_with
from ui.receipts import TOKEN_FIELD, new_token
from ui.text import blocks

register = template.Library()

register.filter("german_number", dates.german_number)
register.filter("euro", dates.euro)


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the error summary; without a target it belongs to the whole form."""

    text: str
    label: str = ""
    target: str = ""


@register.simple_tag
def house_name() -> str:
    """The house that runs Brücke, for the strip above the header."""
    return getattr(settings, "HOUSE_NAME", "")


@register.simple_tag
def demo_mark() -> str:
    """That all this is an example; empty on a real system."""
    return demo.demo_mark()


@register.simple_tag
def deadline_badge(state: str) -> SafeString:
    """A deadline state by its code or its German word (ui/badges.py lists them)."""
    found = badges.deadline_badge(state)
    return markup.badges([found]) if found else markup.nothing(markup.NOTHING)


@register.simple_tag
def badge(word: str, tone: str = "plain", icon: str = "") -> SafeString:
    """Any other word as a badge; tones: info success warning danger quiet plain."""
    return markup.badge(str(word), tone, icon)


@register.inclusion_tag("ui/_deadline.html")
def deadline(
    due_on: date | None, working_days: int | None = None, state: str = ""
) -> dict[str, Any]:
    """A due date with its distance and, if given, its state as a badge."""
    return {"due_on": due_on, "working_days": working_days, "state": state}


@register.simple_tag
def german_date(day: date | None, working_days: int | None = None) -> SafeString:
    return markup.german_date(day, working_days)


@register.simple_tag
def partial_date(day: date | None, precision: str = "day") -> SafeString:
    return markup.partial_date(day, str(precision))


@register.simple_tag
def abbr(ministry: Any) -> SafeString:
    """A ministry by its abbreviation, the full name behind it."""
    short, full = (getattr(ministry, name, "") or "" for name in ("abbreviation", "name"))
    return markup.abbreviation(short, full)


@register.inclusion_tag("ui/_unconfirmed.html")
def unconfirmed(fact: Any, inline: bool = False) -> dict[str, Any]:
    """The mark of a fact nobody has confirmed; `inline` inside links and paragraphs."""
    return {"fact": None if fact is None or fact.is_confirmed else fact, "inline": inline}


@register.simple_tag(takes_context=True)
def fact(context: template.Context, value: Any, missing: str = markup.NOTHING) -> str:
    """A value, or in words that nothing is recorded; never an empty cell."""
    if value in (None, "", [], ()):
        return markup.nothing(missing)
    return render_value_in_context(value, context)


@register.inclusion_tag("ui/_prose.html")
def prose(text: str | None) -> dict[str, Any]:
    """Plain text as paragraphs and lists."""
    return {"blocks": blocks(text or "")}


@register.simple_tag
def icon(name: str) -> SafeString:
    return markup.icon(name)


@register.simple_tag
def crumb(label: str, url: str = "") -> SafeString:
    """A step of the breadcrumb; the last one has no address."""
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html('<li><span aria-current="page">{}</span></li>', label)


@register.inclusion_tag("ui/_tabs.html")
def tabs(items: Iterable[Any], label: str = "Bereiche dieser Seite") -> dict[str, Any]:
    """Links as tabs; an item has label, url, active and maybe count."""
    return {"items": list(items), "label": label}


@register.inclusion_tag("ui/_progress.html")
def progress(value: int, maximum: int, label: str = "") -> dict[str, Any]:
    return {"value": value, "maximum": maximum, "label": label or f"{value} von {maximum}"}


@register.inclusion_tag("ui/_stepper.html")
def stepper(steps: Iterable[Any], label: str = "Ablauf") -> dict[str, Any]:
    """Where a process stands: steps have label, state (done, current, open) and maybe detail."""
    return {"steps": list(steps), "label": label}


@register.inclusion_tag("ui/_empty_state.html")
def empty_state(text: str, action_label: str = "", action_url: str = "") -> dict[str, Any]:
    return {"text": text, "action_label": action_label, "action_url": action_url}


@register.inclusion_tag("ui/_form_token.html")
def form_token() -> dict[str, Any]:
    return {"name": TOKEN_FIELD, "token": new_token()}


@register.inclusion_tag("ui/_act_button.html")
def act_button(
    label: str,
    url: str,
    version: int | None = None,
    *,
    look: str = "secondary",
    about: str = "",
    **hidden: str,
) -> dict[str, Any]:
    """A form of one button: {% act_button "Freigeben" url version %}; `look="link"` for one in a row."""
    return {
        "label": label,
        "url": url,
        "version": version,
        "look": look,
        "about": about,
        "hidden": hidden,
    }


@register.simple_tag
def problems(form: BaseForm | None) -> list[Problem]:
    """What the error summary lists: form-wide sentences first, then field by field."""
    if form is None or not form.is_bound:
        return []
    found = [Problem(str(text)) for text in form.non_field_errors()]
    for bound in form:
        target = getattr(bound, "target_id", bound.auto_id)
        # The label of a checkbox, said before the problem, would read as if it were ticked.
        is_silent = bound.is_hidden or getattr(bound, "is_checkbox", False)
        label = "" if is_silent else str(bound.label)
        target = "" if bound.is_hidden else target
        found += [Problem(str(text), label, target) for text in bound.errors]
    return found


@register.inclusion_tag("ui/_column_header.html", takes_context=True)
def column_header(context: template.Context, column: Column) -> dict[str, Any]:
    """A column header; in a list it sorts when the column can, and says so to screen readers."""
    listing: Listing | None = context.get("listing")
    if listing is None or not column.sort:
        return {"column": column, "url": "", "order": ""}
    is_current = listing.sort == column.key
    query = context["state"].copy()
    query["sort"] = f"-{column.key}" if is_current and not listing.descending else column.key
    order = ("descending" if listing.descending else "ascending") if is_current else ""
    url = url_with(context["list_path"], query)
    return {"column": column, "url": url, "order": order}


@register.simple_tag(takes_context=True)
def list_url(context: template.Context, **changes: Any) -> str:
    """The address of this list with some parameters changed; None or "" removes one."""
    query = context["state"].copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return url_with(context["list_path"], query)


@register.simple_tag(takes_context=True)
def page_links(context: template.Context) -> list[dict[str, Any]]:
    """Numbers of the pagination, gaps as an empty number."""
    page = context["listing"].page
    return [
        {
            "number": number,
            "is_gap": not isinstance(number, int),
            "is_current": number == page.number,
        }
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]


@register.filter
def cell(row: Any, column: Column) -> Any:
    """What a column shows of a row."""
    value = (column.cell or column.read)(row)
    if isinstance(value, datetime):
        return dates.german_moment(value)
    return markup.german_date(value) if isinstance(value, date) else value


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "", level: int = 2) -> SafeString:
    """A message that must be read: {% alert "danger" "Titel" %}…{% endalert %}."""
    context = {"content": content, "tone": tone, "title": title, "level": level}
    return render_to_string("ui/_alert.html", context)


@register.simple_block_tag
def panel(content: str, title: str = "", level: int = 2, tone: str = "") -> SafeString:
    """A framed part of a page with its own heading."""
    return render_to_string(
        "ui/_panel.html", {"content": content, "title": title, "level": level, "tone": tone}
    )


@register.simple_block_tag
def descriptions(content: str) -> SafeString:
    """The frame of a description list."""
    return render_to_string("ui/_descriptions.html", {"content": content})


@register.simple_block_tag
def description(content: str, label: str) -> SafeString:
    """A line of it: {% description "Sitz" %}Breslau{% enddescription %}; empty says so in words."""
    return render_to_string(
        "ui/_description.html", {"content": content, "label": label, "empty": not content.strip()}
    )
