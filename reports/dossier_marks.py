"""What a dossier says behind a fact: who may know of it, and that nobody has confirmed it.

Inside only: what is taken along holds nothing that is not open to all, and no inner doubts.
"""

from ministries.history.dated import Sourced
from partnerships.models import Owned
from partnerships.records.shared.models import Shared
from reports.asked import Asked


def restricted(row: Shared, words: str) -> str:
    if row.is_confidential:
        return f"{words} (vertraulich)"
    return f"{words} (nur {row.ministry.abbreviation})" if row.visibility == "house" else words


def doubted(asked: Asked, row: Sourced, words: str) -> str:
    """What a house wrote itself needs no confirmation, what it took from somewhere does."""
    is_from_elsewhere = bool(row.source) or not isinstance(row, Owned)
    is_doubted = asked.is_internal and is_from_elsewhere and not row.is_confirmed
    return f"{words} (unbestätigt)" if is_doubted and words else words
