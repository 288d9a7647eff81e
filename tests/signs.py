"""One text of each class of signs that reach a text field, and what Brücke keeps of it on one line."""

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
