"""Days, periods and sums as people type them."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ui.amounts import amount_words, parse_amount, parse_number
from ui.day_fields import PeriodField
from ui.periods import (
    Period,
    YearMissing,
    parse_day,
    parse_partial,
    parse_period,
    parse_time,
    period_words,
)

TODAY = date(2026, 11, 30)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    return TODAY


@pytest.mark.parametrize(
    ("text", "first", "precision", "last"),
    [
        ("3.4.26", date(2026, 4, 3), "day", None),
        ("03.04.2026", date(2026, 4, 3), "day", None),
        ("3. April 2026", date(2026, 4, 3), "day", None),
        ("2026-04-03", date(2026, 4, 3), "day", None),
        ("am 3.4.1999", date(1999, 4, 3), "day", None),
        ("April 2026", date(2026, 4, 1), "month", None),
        ("Apr 2026", date(2026, 4, 1), "month", None),
        ("im März 2026", date(2026, 3, 1), "month", None),
        ("4/2026", date(2026, 4, 1), "month", None),
        ("2026", date(2026, 1, 1), "year", None),
        ("3.–5.4.2026", date(2026, 4, 3), "day", date(2026, 4, 5)),
        ("3. - 5. April 2026", date(2026, 4, 3), "day", date(2026, 4, 5)),
        ("3.4. bis 5.5.26", date(2026, 4, 3), "day", date(2026, 5, 5)),
        ("vom 3.4.2026 bis zum 5.4.2026", date(2026, 4, 3), "day", date(2026, 4, 5)),
        ("28.12.–3.1.2026", date(2025, 12, 28), "day", date(2026, 1, 3)),
        ("April bis Juni 2026", date(2026, 4, 1), "month", date(2026, 6, 30)),
        ("2025 - 2026", date(2025, 1, 1), "year", date(2026, 12, 31)),
        ("2026-04-03 - 2026-04-05", date(2026, 4, 3), "day", date(2026, 4, 5)),
        ("3.4.2026 - 3.4.2026", date(2026, 4, 3), "day", None),
        ("5. Sept. 2026", date(2026, 9, 5), "day", None),
        ("1.Okt.2026", date(2026, 10, 1), "day", None),
        ("Fr, 3.4.2026", date(2026, 4, 3), "day", None),
        ("Freitag, den 3. April 2026", date(2026, 4, 3), "day", None),
        ("2026-04-03 00:00:00", date(2026, 4, 3), "day", None),
        ("3.4.2026 00:00 Uhr", date(2026, 4, 3), "day", None),
        ("3.\xa04.\u200b2026", date(2026, 4, 3), "day", None),
        ("12./13.4.24", date(2024, 4, 12), "day", date(2024, 4, 13)),
        ("12. u. 13.04.2026", date(2026, 4, 12), "day", date(2026, 4, 13)),
        ("30.4./1.5.2026", date(2026, 4, 30), "day", date(2026, 5, 1)),
        ("12., 13. und 14. April 2026", date(2026, 4, 12), "day", date(2026, 4, 14)),
        ("Do 30.4. bis So 3.5.2026", date(2026, 4, 30), "day", date(2026, 5, 3)),
        ("2026-04", date(2026, 4, 1), "month", None),
        ("Jänner 2026", date(2026, 1, 1), "month", None),
        ("Ma\u0308rz 2026", date(2026, 3, 1), "month", None),
        ("April/Mai 2026", date(2026, 4, 1), "month", date(2026, 5, 31)),
        ("Q1/2025", date(2025, 1, 1), "month", date(2025, 3, 31)),
        ("IV. Quartal 2025", date(2025, 10, 1), "month", date(2025, 12, 31)),
        ("2. Halbjahr 2025", date(2025, 7, 1), "month", date(2025, 12, 31)),
        ("Frühjahr 2026", date(2026, 3, 1), "month", date(2026, 5, 31)),
        ("Winter 2025/26", date(2025, 12, 1), "month", date(2026, 2, 28)),
    ],
)
def test_period_is_understood(text: str, first: date, precision: str, last: date | None) -> None:
    assert parse_period(text) == Period(first, precision, last)


@pytest.mark.parametrize(
    "text",
    [
        *("31.2.2026", "Aprilo 2026", "irgendwann", "3.", "1.1.0001", "2026 - 2025", "-"),
        *("12. u. 20.4.2026", "Winter 2026", "Q5/2026", "April und Juni 2026"),
        *("1-2-3", "5.4.2026 - 3.4.2026", "٣.٤.٢٠٢٦", "0.0.00", "13/2026", "1" * 500),
    ],
)
def test_what_is_no_period_is_told_in_german(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(Geben Sie einen Zeitraum ein|Das Ende liegt vor)"):
        parse_period(text)


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [
        ("12.05.65", date(1965, 5, 12), None),
        ("3.4.99", date(1999, 4, 3), None),
        ("31.12.30", date(1930, 12, 31), date(2030, 12, 31)),
        ("1.1.26", date(2026, 1, 1), date(2026, 1, 1)),
        ("1.1.46", date(1946, 1, 1), date(2046, 1, 1)),
        ("1.1.47", date(1947, 1, 1), None),
    ],
)
def test_two_digits_of_a_year(text: str, past: date, coming: date | None) -> None:
    """Never a day to come where only one that has been makes sense; else never a guess."""
    assert parse_day(text, is_past=True) == past
    if coming:
        assert parse_day(text) == coming
    else:
        with pytest.raises(ValueError, match="mit vier Ziffern"):
            parse_day(text)


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [
        ("15.12.", "15.12.2025", "15.12.2026"),
        ("15.12", "15.12.2025", "15.12.2026"),
        ("30.11.", "30.11.2026", "30.11.2026"),
        ("29. Februar", "29.02.2024", "29.02.2028"),
        ("3.–5.4.", "03.04.2026 bis 05.04.2026", "03.04.2027 bis 05.04.2027"),
        ("30.12.–2.1.", "30.12.2025 bis 02.01.2026", "30.12.2026 bis 02.01.2027"),
        ("im Mai", "Mai 2026", "Mai 2027"),
        ("Fr, 3.4.", "03.04.2026", "03.04.2026"),
    ],
)
def test_missing_year_is_proposed(text: str, past: str, coming: str) -> None:
    for is_past, completed in ((True, past), (False, coming)):
        with pytest.raises(YearMissing) as raised:
            parse_period(text, is_past=is_past)
        assert str(raised.value.completed) == completed


@pytest.mark.parametrize("text", ["April 2027", "Q1/2025", "3.–5.4.2026", "2026", "im Mai"])
def test_more_than_a_day_is_refused_where_a_day_is_needed(text: str) -> None:
    with pytest.raises(ValueError, match="Geben Sie einen Tag ein"):
        parse_day(text)


def test_what_contradicts_itself_is_said() -> None:
    with pytest.raises(ValueError, match=r"Der 03\.04\.2026 ist ein Freitag\."):
        parse_day("Mo, 3.4.2026")
    with pytest.raises(ValueError, match="ohne Uhrzeit"):
        parse_day("3.4.2026, 9 Uhr")
    with pytest.raises(ValueError, match="einen Tag, einen Monat oder ein Jahr"):
        parse_partial("Q1/2025")


@pytest.mark.parametrize("text", ["9 Uhr", "9", "09:00", "9.00 Uhr", "um 9 Uhr", "09:00:00"])
def test_time_of_day(text: str) -> None:
    assert parse_time(text) == time(9)


@pytest.mark.parametrize("text", ["24:00", "9:5", "morgens", "9:61"])
def test_what_is_no_time_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="Geben Sie eine Uhrzeit ein"):
        parse_time(text)


DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2100, 12, 31))


@given(first=DAYS, last=DAYS, precision=st.sampled_from(["day", "month", "year"]))
def test_words_of_a_period_are_read_as_the_same_period(
    first: date, last: date, precision: str
) -> None:
    if precision != "day":
        first = first.replace(day=1, month=1 if precision == "year" else first.month)
    until = last if last > first else None

    assert parse_period(period_words(first, precision, until)) == Period(first, precision, until)


@given(text=st.text(max_size=80))
def test_any_text_is_answered_with_a_period_or_a_sentence(text: str) -> None:
    field = PeriodField()
    try:
        answer = str(field.clean(text))
    except ValidationError as error:
        answer = error.messages[0]

    assert answer


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("145.000", "145000"),
        ("1.500,50 €", "1500.50"),
        ("1500", "1500"),
        ("149,90", "149.90"),
        ("12.5", "12.5"),
        ("1 500 Euro", "1500"),
        ("200,-", "200"),
        ("150,--", "150"),
        ("1'500,50", "1500.50"),
        ("1\u202f500\xa0€", "1500"),
        ("145 T€", "145000"),
        ("1,5 Mio. Euro", "1500000"),
        ("€ 12", "12"),
        ("0", "0"),
    ],
)
def test_amount_is_understood(text: str, amount: str) -> None:
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["viel", "-5", "1.50.0", "1,234", "1e9", "99999999999999", "NaN", "1.8.2", "1 50", "1.500'000"],
)
def test_what_is_no_amount_is_told_in_german(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4.000.000", 4_000_000),
        ("4 000", 4_000),
        ("4\u202f000\xa0000", 4_000_000),
        ("4'000", 4_000),
        ("17", 17),
    ],
)
def test_number_is_understood(text: str, number: int) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text", ["1234567.8", "4.5", "1.8.2", "1,5", "12 34", "4.000 000", "", "viel", "-3"]
)
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ganze Zahl"):
        parse_number(text)


@given(st.decimals(min_value=0, max_value=9_999_999_999, places=2))
def test_words_of_an_amount_are_read_as_the_same_amount(amount: Decimal) -> None:
    assert parse_amount(amount_words(amount)) == amount
