"""What a dossier says behind a fact: who may know of it, and that nobody has confirmed it.

Inside only: what is taken along holds nothing that is not open to all, and no inner doubts.
"""

from typing import Any

from partnerships.models import Owned
from reports.asked import Asked


def restricted(row: Any, words: str) -> str:
    if row.is_confidential:
        return f"{words} (vertraulich)"
    return f"{words} (nur {row.ministry.abbreviation})" if row.visibility == "house" else words


def doubted(asked: Asked, row: Any, words: str) -> str:
    """What a house wrote itself needs no confirmation, what it took from somewhere does."""
    is_from_elsewhere = bool(row.source) or not isinstance(row, Owned)
    is_doubted = asked.is_internal and is_from_elsewhere and not row.is_confirmed
    return f"{words} (unbestätigt)" if is_doubted and words else words
