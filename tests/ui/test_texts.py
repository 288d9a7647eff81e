"""What is kept of a text, whatever was typed or pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signs import TYPED_AND_KEPT
from ui.text import clean_line, clean_text, folded

# Blanks, list signs and what escapes are made of, so that clean-ups meet.
ODD = "ab_x0D5F*–- •\to\n\r\u0301é\u200d\u200c\u00ad\u2029ب😀\ud83d\ude00\x92\ufeff"
odd_texts = st.one_of(st.text(), st.text(alphabet=ODD))


@pytest.mark.parametrize(("typed", "kept"), TYPED_AND_KEPT.values(), ids=TYPED_AND_KEPT)
def test_line_keeps_what_can_be_read(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept
    assert " ".join(clean_text(typed).split()) == kept


@given(odd_texts)
def test_clean_text_is_not_cleaned_further(text: str) -> None:
    once = clean_text(text)

    assert clean_text(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)


@pytest.mark.parametrize("text", ["* 1960 in Dresden", "– Nein", "— Pause", "Ja.\n– Nein\nDoch."])
def test_a_single_dash_or_star_is_no_list(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("* Chor\n* Sprache", "- Chor\n- Sprache"),
        ("Ziele:\n– Chor\n–\tSprache\nEnde", "Ziele:\n- Chor\n- Sprache\nEnde"),
        ("•\tChor", "- Chor"),
        ("o\tChor", "- Chor"),
        ("- Chor", "- Chor"),
        ("* 1960 in Dresden\n– Nein", "* 1960 in Dresden\n– Nein"),
    ],
)
def test_lists_are_two_lines_or_have_a_sign_of_their_own(pasted: str, kept: str) -> None:
    assert clean_text(pasted) == kept


def test_line_breaks_of_every_kind_are_one() -> None:
    assert clean_text("a\r\nb\rc\x0bd\x0ce\u2028f\u2029g_x000D_\nh") == "a\nb\nc\nd\ne\nf\n\ng\nh"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Québec", "QUE\u0301BEC"),
        ("Oberösterreich", "Ober\u00adösterreich"),
        ("Niederschlesien", "Nieder\u00a0schlesien"),
        ("Provence-Alpes-Côte d'Azur", "Provence\u2011Alpes–Côte  d’Azur"),
        ("Großpolen", "Grosspolen\u200d"),
    ],
)
def test_names_that_look_the_same_are_one(name: str, other: str) -> None:
    assert folded(name) == folded(other)


def test_other_names_stay_others() -> None:
    assert folded("Haut-Rhin") != folded("Bas-Rhin")
    assert folded("Cote") != folded("Côte")
