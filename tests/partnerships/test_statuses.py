"""Every status of a partnership says what it looks like."""

from partnerships.register.partners.statuses import LOOKS, Status, status_badge, status_marker


def test_every_status_has_a_look() -> None:
    assert set(LOOKS) == set(Status)


def test_status_badge_carries_word_and_icon() -> None:
    html = status_badge("dormant", True)

    assert 'class="badge badge--quiet icon--pause">ruhend<' in html
    assert "auf dem Prüfstand" in html


def test_status_that_is_not_recorded_says_so() -> None:
    assert "nichts erfasst" in status_badge(None)
    assert 'class="marker marker--unknown"' in status_marker(None)
