"""What the demonstration says on every page, in every file and beside every picture.

The mode says it, not the data: `load_demo` runs in no other, and a real system refuses a database
that holds what it made (`config/demonstration.py`). So the mark goes with that database alone.
"""

from django.conf import settings

MARK = "Beispiel, frei erfunden"


def demo_mark() -> str:
    """Empty on a real system."""
    return MARK if settings.BRUECKE_DEMO or settings.BRUECKE_DEBUG else ""
