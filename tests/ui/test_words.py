"""Dates, numbers, texts and differences in German words."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines

from tests.templates import folded
from ui.conflicts import marked
from ui.dates import distance, euro, german_number, partial_date
from ui.maps import FRAMES, project
from ui.text import blocks, clean_text


def render(source: str, **context: Any) -> str:
    template = engines["django"].from_string("{% load ui %}" + source)
    return template.render(context).strip()


def test_crumb_leads_back_and_the_last_one_says_where_one_is() -> None:
    assert (
        render("{% crumb 'Kontakte' '/kontakte/' %}")
        == '<li><a href="/kontakte/">Kontakte</a></li>'
    )
    assert render("{% crumb 'Neu' %}") == '<li><span aria-current="page">Neu</span></li>'


@pytest.mark.parametrize(
    ("precision", "words"), [("year", "2010"), ("month", "Mai 2010"), ("day", "03.05.2010")]
)
def test_partial_date_says_what_is_known(precision: str, words: str) -> None:
    assert partial_date(date(2010, 5, 3), precision) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (16, "in 16 Arbeitstagen"),
        (1, "in 1 Arbeitstag"),
        (0, "heute"),
        (-1, "seit 1 Arbeitstag vorbei"),
        (-2, "seit 2 Arbeitstagen vorbei"),
    ],
)
def test_distance_counts_working_days(days: int, words: str) -> None:
    assert distance(days) == words


def test_numbers_are_grouped_the_german_way() -> None:
    assert german_number(1234567.891, 2) == "1.234.567,89"
    assert euro(145000) == "145.000 €"
    assert euro("12.5") == "12,50 €"
    assert euro("unbekannt") == "unbekannt"


def test_german_date_with_distance() -> None:
    html = render("{% german_date day 16 %}", day=date(2026, 12, 15))

    assert '<time datetime="2026-12-15">15.12.2026</time>' in html
    assert "(in 16 Arbeitstagen)" in html


def test_missing_facts_are_said_in_words() -> None:
    source = "{% german_date x %}{% fact x %}{% abbr x %}{% prose x %}"

    assert render(source, x=None).count("erfasst") == 4


def test_badge_has_the_icon_of_its_tone_or_its_own() -> None:
    assert "icon--warning" in render("{% badge 'fehlt' 'warning' %}")
    assert "icon--lock" in render("{% badge 'vertraulich' 'warning' 'lock' %}")


@pytest.mark.parametrize("state", ["overdue", "überfällig"])
def test_deadline_badge_knows_code_and_word(state: str) -> None:
    assert "icon--clock" in render("{% deadline_badge state %}", state=state)


def test_unconfirmed_fact_shows_its_source() -> None:
    fact = SimpleNamespace(is_confirmed=False, source="<Medienservice>", as_of=date(2026, 1, 5))

    html = render("{% unconfirmed fact %}", fact=fact)

    assert "unbestätigt" in html
    assert "&lt;Medienservice&gt;, Stand 05.01.2026" in html


def test_confirmed_fact_carries_no_mark() -> None:
    assert render("{% unconfirmed fact %}", fact=SimpleNamespace(is_confirmed=True)) == ""


def test_prose_prints_paragraphs_and_lists() -> None:
    html = folded(render("{% prose text %}", text="Ziele:\n- eins\n- <b>\n\nEnde"))

    assert "<p>Ziele:</p><ul><li>eins</li><li>&lt;b&gt;</li></ul><p>Ende</p>" in html


def test_empty_description_says_so() -> None:
    html = folded(render("{% description 'Sitz' %}{{ seat }}{% enddescription %}", seat=""))

    assert html == '<div><dt>Sitz</dt><dd><span class="nothing">nichts erfasst</span></dd></div>'


def test_alert_content_is_escaped() -> None:
    html = render("{% alert 'danger' x %}{{ x }}{% endalert %}", x="<b>")

    assert "<b>" not in html


def test_blocks_split_a_list_from_its_sentence() -> None:
    assert [(block.is_list, block.lines) for block in blocks("a\n- b")] == [
        (False, ("a",)),
        (True, ("b",)),
    ]


def test_clean_text_is_stable() -> None:
    once = clean_text("•\tx\n\n\n– y\n  z")

    assert clean_text(once) == once


def test_difference_is_marked_word_by_word() -> None:
    mine, stored = marked("Rom im Juni", "Rom im Mai")

    assert [part.text for part in mine if part.changed] == ["Juni"]
    assert [part.text for part in stored if part.changed] == ["Mai"]


def test_difference_of_very_long_texts_is_quick() -> None:
    mine, stored = marked("a " * 50_000, "b " * 50_000)

    assert len(mine) == len(stored) == 1


def test_map_places_dresden_inside_both_frames() -> None:
    for frame in FRAMES.values():
        x, y = project(51.05, 13.74, frame.name)
        assert 0 < x < frame.width
        assert 0 < y < frame.height


def test_map_frames_say_what_they_hold() -> None:
    assert FRAMES["europe"].contains(54.7, 55.9)
    assert not FRAMES["europe"].contains(46.8, -71.2)
