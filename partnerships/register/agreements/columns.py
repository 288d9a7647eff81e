"""The columns of the list of agreements."""

from django.db.models import F
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ministries.clock import today
from partnerships.register.agreements.models import Agreement
from partnerships.register.agreements.terms import term_words
from ui import markup
from ui.columns import Column


def _title(row: Agreement) -> SafeString:
    return markup.noted(
        markup.row_link(row.get_absolute_url(), row.title),
        "" if row.is_confirmed else "unbestätigt",
    )


def _partnership(row: Agreement) -> SafeString:
    return markup.link(row.partnership.get_absolute_url(), row.partnership.name)


def _signed(row: Agreement) -> SafeString:
    return markup.noted(row.signed_words, row.place)


def _term_words(row: Agreement) -> str:
    return term_words(row, today(), is_renewed=row.is_renewed)


def _term(row: Agreement) -> SafeString:
    ended = markup.badge("abgelaufen", "danger") if row.has_run_out else ""
    words = _term_words(row)
    told = markup.nothing(words) if row.term == "unknown" else format_html("<span>{}</span>", words)
    return markup.noted(format_html("{} {}", ended, told), _notice(row))


def _notice(row: Agreement) -> str:
    if not row.notice_by or row.is_renewed:
        return ""
    return format_html("Kündigung bis {}", markup.german_date(row.notice_by))


COLUMNS: list[Column[Agreement]] = [
    Column("title", "Vereinbarung", sort=["title", "partnership__sort_key"], cell=_title),
    Column("partnership", "Partnerschaft", "partnership.name",
           ["partnership__sort_key", F("signed_on").desc(nulls_last=True)], _partnership),
    Column("kind", "Art", lambda row: row.get_kind_display(), ["kind", "partnership__sort_key"]),
    Column("signed", "Unterzeichnet", "signed_words", [F("signed_on").asc(nulls_last=True)], _signed),
    Column("place", "Ort"),
    Column("saxon_signatory", "Unterzeichner (Sachsen)"),
    Column("partner_signatory", "Unterzeichner (Partner)"),
    Column("term", "Laufzeit", _term_words,
           [F("has_run_out").desc(), F("valid_until").asc(nulls_last=True), F("signed_on").desc(nulls_last=True)],
           _term),
    Column("effective_on", "In Kraft ab"),
    Column("valid_until", "Laufzeit bis"),
    Column("ends_on", "Nächstes Ende"),
    Column("notice_by", "Letzter Tag für eine Kündigung"),
    Column("terminated_on", "Gekündigt zum"),
    Column("review_on", "Zu prüfen am"),
    Column("languages", "Sprachen"),
    Column("file_reference", "Aktenzeichen"),
    Column("is_confirmed", "Bestätigt"),
    Column("source", "Quelle"),
]  # fmt: skip
