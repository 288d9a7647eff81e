"""The words of generated partnerships: names that sound like regions and are none."""

import random

# Country → how often, how its regions are called, the language of their official names.
COUNTRIES = {
    "PL": (20, "Woiwodschaft", "pl"),
    "CZ": (16, "Bezirk", "cs"),
    "FR": (10, "Region", "fr"),
    "AT": (7, "Land", "de"),
    "IT": (6, "Region", "it"),
    "GB": (5, "Grafschaft", "en"),
    "UA": (5, "Oblast", "uk"),
    "ES": (4, "Region", "es"),
    "US": (4, "Bundesstaat", "en"),
    "CN": (4, "Provinz", "zh"),
    "JP": (3, "Präfektur", "ja"),
    "SK": (3, "Bezirk", "sk"),
    "HU": (3, "Komitat", "hu"),
    "BE": (2, "Provinz", "nl"),
    "NL": (2, "Provinz", "nl"),
    "CH": (2, "Kanton", "de"),
    "IN": (2, "Bundesstaat", "en"),
    "CA": (2, "Provinz", "en"),
    "KZ": (2, "Gebiet", "kk"),
    "LT": (1, "Bezirk", "lt"),
    "RO": (1, "Kreis", "ro"),
    "VN": (1, "Provinz", "vi"),
    "BR": (1, "Bundesstaat", "pt"),
    "IL": (1, "Bezirk", "he"),
    "ZA": (1, "Provinz", "en"),
}
BORDERING = ("PL", "CZ")
FIRST = """
    Alt Bel Bor Brá Cal Dol Dun Ést Fal Gar Hol Isk Jár Kar Lind Łom Mar Nor Ost Öst Pér
    Quen Ras Sal Šum Tar Úst Val Wes Zar
""".split()
MIDDLE = "a e i o u an ar em en er il in is ol on or ov un ur ém üd".split()
LAST = """
    berg burg dal en feld grad ien ina ka land lin mark more nia nien ów owa sk stadt ská
    tal tien vár vice wald
""".split()
SCRUTINY = (
    "Seit zwei Jahren keine gemeinsame Maßnahme",
    "Politische Lage in der Partnerregion",
    "Ansprechstelle auf der Gegenseite unbekannt",
)
STATUS_REASONS = {
    "exploratory": "Erstes Gespräch auf Arbeitsebene",
    "active": "Gemeinsame Erklärung unterzeichnet",
    "dormant": "Keine Ansprechstelle auf der Gegenseite",
    "ended": "Im Einvernehmen beendet",
}
RESUME_CONDITION = "Die Partnerregion benennt eine Ansprechstelle."
WORDING = (
    "Der Freistaat pflegt die Zusammenarbeit auf der Grundlage gemeinsamer Ziele.\n\n"
    "- Schwerpunkte sind Wissenschaft, Wirtschaft und Kultur.\n"
    "- Neue Vorhaben werden mit den Ressorts abgestimmt."
)


def region_name(chance: random.Random, taken: set[str]) -> str:
    """A name nobody has yet; the second of the same sound becomes "Neu-…"."""
    while True:
        name = chance.choice(FIRST) + chance.choice(MIDDLE) + chance.choice(LAST)
        if name in taken:
            name = f"{chance.choice(('Neu', 'Nieder', 'Ober', 'West', 'Ost'))}-{name}"
        if name in taken:
            name = f"{name} und {chance.choice(FIRST)}{chance.choice(LAST)}"
        if name not in taken:
            taken.add(name)
            return name


def seat_name(chance: random.Random) -> str:
    return chance.choice(FIRST) + chance.choice(LAST)
