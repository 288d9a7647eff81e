"""One text of each class of signs that reach a text field, and what Brücke keeps of it on one line."""

from typing import TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)

TYPED_AND_KEPT: dict[str, tuple[str, str]] = {
    "decomposed": ("Que\u0301bec", "Québec"),
    "control": ("Dres\x00den\x07\x1f", "Dresden"),
    "control of Windows": ("d\x92Ávila\x81, 5 \x80", "d’Ávila, 5 €"),
    "no character": ("Lem\uffffberg\ufdd0\U0010ffff", "Lemberg"),
    "half a character": ("Li\ud800on \ud83d\ude00", "Lion 😀"),
    "unbreakable blank": ("\u00a0Nieder\u202fschlesien\u3000", "Nieder schlesien"),
    "soft hyphen": ("Ober\u00adösterreich", "Oberösterreich"),
    "zero width": ("\ufeffBre\u200btagne\u2060\u200d", "Bretagne"),
    "direction": ("\u202eBrünn\u202c \u2066Ost\u2069\u200e", "Brünn Ost"),
    "joined": ("👩\u200d👧 می\u200cخواهم", "👩\u200d👧 می\u200cخواهم"),
    "astral": ("𝕱rei 🌉", "𝕱rei 🌉"),
    "escape of a spreadsheet": ("Böh_x00AD_men_x000D_\nOst_x005F_", "Böhmen Ost_"),
    "runs of blanks": ("  Ost  \t\r\n West ", "Ost West"),
    "one word": ("x" * 60, "x" * 60),
    "markup": (
        "<b>*a*</b> #_b_ $c$ \\d {{ e }} &amp; =1",
        "<b>*a*</b> #_b_ $c$ \\d {{ e }} &amp; =1",
    ),
}


def stored_and_told() -> dict[str, tuple[str, str]]:
    """As rows from before hold them, where the database can: without NUL and halves of a character."""
    return {name: (storable(typed), kept) for name, (typed, kept) in TYPED_AND_KEPT.items()}


def storable(text: str) -> str:
    halves = text.replace("\x00", "").encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "ignore")


def store(row: Row, **texts: str) -> Row:
    """Past every clean-up, as rows were written before there was one."""
    quote, meta = connection.ops.quote_name, row._meta
    table, key = quote(meta.db_table), quote(meta.pk.column)
    with connection.cursor() as cursor:
        for field, text in texts.items():
            column = quote(meta.get_field(field).column)
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [text, row.pk])
    return row
