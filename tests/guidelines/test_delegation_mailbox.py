"""A Fachreferat without an account: the Word form out, filled in, and back in with a preview."""

import io
import re
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guidelines.delegations.actions import Addressee, take_back
from guidelines.delegations.labels import ANSWER, NUMBER, REASON
from guidelines.models import Delegation, ReviewNote
from ministries.models import Notification
from tests.factories import NOW, make_check, make_partnership, make_statement
from tests.guidelines.conftest import World, signed_in, submitted
from tests.guidelines.test_delegations import CANARY, PAGE, given, path
from tests.guidelines.test_query_pages import post, text
from ui.receipts import new_token

MAILBOX = "referat34@demo.example"


@pytest.fixture
def one(world: World) -> Delegation:
    return given(world, to=Addressee(unit="Referat 34", mailbox=MAILBOX))


def page(one: Delegation, name: str = "formular/") -> str:
    return f"{PAGE}{one.pk}/{name}"


def form_of(world: World, one: Delegation) -> Any:
    response = signed_in(world.house.officer).get(page(one, "formular.docx"))
    assert response.status_code == 200
    return docx.Document(io.BytesIO(response.content))


def words_in(form: Any) -> str:
    cells = [cell.text for table in form.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in form.paragraphs), *cells])


def typed(form: Any, **values: str) -> bytes:
    """The first question filled in, by its labels."""
    labels = {"number": NUMBER, "answer": ANSWER, "reason": REASON}
    for row in form.tables[0].rows:
        for name, value in values.items():
            if row.cells[0].text == labels[name]:
                row.cells[1].text = value
    target = io.BytesIO()
    form.save(target)
    return target.getvalue()


def upload(world: World, one: Delegation, content: bytes, name: str = "formular.docx") -> Any:
    data = {"_token": new_token(), "file": SimpleUploadedFile(name, content)}
    return signed_in(world.house.officer).post(page(one), data)


def keep(world: World, one: Delegation, preview: str, **changes: str) -> Any:
    hidden = dict(re.findall(r'name="(reason_\d+)" value="([^"]*)"', preview))
    chosen = dict(re.findall(r'name="(answer_\d+)".*?value="([^"]*)" selected', preview, re.DOTALL))
    ticked = {f"take_{one.pk}": "on"}
    data = {"_step": "uebernehmen", **hidden, **chosen, **ticked, **changes}
    return post(signed_in(world.house.officer), page(one), **data)


def test_form_has_the_question_and_nothing_anybody_wrote(world: World, one: Delegation) -> None:
    ReviewNote.objects.filter(statement=world.statement).update(answer="2", reason=CANARY)

    words = words_in(form_of(world, one))

    assert world.check.partnership.name in words
    assert one.criterion.question in words
    assert CANARY not in words


def test_what_became_confidential_is_not_in_the_form(world: World, one: Delegation) -> None:
    hidden = make_partnership(name="Vertraulich geworden")
    check = make_check(check_round=world.check_round, partnership=hidden)
    statement = make_statement(ministry=world.house.ministry, check=check, criteria=world.criteria)
    given(world, statements=[statement], to=Addressee(unit="Referat 34", mailbox=MAILBOX))
    assert hidden.name in words_in(form_of(world, one))
    hidden.is_confidential = True
    hidden.save(update_fields=["is_confidential"])
    hidden.circle.add(world.house.officer)

    assert hidden.name not in words_in(form_of(world, one))


def test_brücke_mails_nothing_and_prepares_the_officers_own(world: World, one: Delegation) -> None:
    told = text(world.house.officer, page(one))

    link = unquote(next(found for found in re.findall(r'href="(mailto:[^"]*)"', told)))
    assert link.startswith(f"mailto:{MAILBOX}?subject=Zuarbeit zum")
    assert not Notification.objects.exists()


def test_filled_form_is_previewed_and_kept(world: World, one: Delegation) -> None:
    word = dict(one.criterion.answers)["2"]
    preview = upload(
        world, one, typed(form_of(world, one), answer=f" {word.upper()}.", reason=CANARY)
    )

    assert preview.status_code == 200
    assert CANARY in preview.content.decode()
    assert Delegation.objects.get().state == Delegation.State.OPEN
    keep(world, one, preview.content.decode())

    kept = Delegation.objects.get()
    assert (kept.answer, kept.reason, kept.answered_by) == ("2", CANARY, world.house.officer)
    assert CANARY in text(world.house.officer, path(world))
    assert not ReviewNote.objects.exclude(answer="").exists()


def test_nothing_ticked_keeps_nothing_and_loses_nothing(world: World, one: Delegation) -> None:
    preview = upload(
        world, one, typed(form_of(world, one), answer="trifft nicht zu", reason=CANARY)
    )

    response = keep(world, one, preview.content.decode(), **{f"take_{one.pk}": ""})

    assert response.status_code == 422
    assert CANARY in response.content.decode()
    assert Delegation.objects.get().state == Delegation.State.OPEN


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"answer": "trifft nicht zu", "reason": "x" * 5001}, "hat mehr als 5000 Zeichen"),
        ({"number": "999999", "answer": "trifft nicht zu"}, "gehört zu keiner offenen Frage"),
        ({"number": "eins", "answer": "trifft nicht zu"}, "gehört zu keiner offenen Frage"),
        ({}, "keine Antwort, die übernommen werden kann"),
    ],
)
def test_what_cannot_be_assigned_is_told(
    world: World, one: Delegation, values: dict[str, str], told: str
) -> None:
    response = upload(world, one, typed(form_of(world, one), **values))

    assert told in response.content.decode()
    assert "Ausgewählte Antworten festhalten" not in response.content.decode()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"answer": "vielleicht", "reason": CANARY}, "ist keine der Antworten"),
        ({"reason": CANARY}, "Beantworten Sie Frage"),
    ],
)
def test_answer_is_chosen_where_its_word_is_wrong(
    world: World, one: Delegation, values: dict[str, str], told: str
) -> None:
    preview = upload(world, one, typed(form_of(world, one), **values)).content.decode()
    assert told in preview

    asked = keep(world, one, preview)
    kept = keep(world, one, preview, **{f"answer_{one.pk}": "3"})

    assert asked.status_code == 422
    assert "Beantworten Sie Frage" in asked.content.decode()
    assert kept.request["PATH_INFO"] == path(world)
    row = Delegation.objects.get()
    assert (row.answer, row.reason) == ("3", CANARY)


def test_several_partnerships_lead_back_to_the_one_asked_from(
    world: World, one: Delegation
) -> None:
    check = make_check(check_round=world.check_round, partnership=make_partnership(name="Aa"))
    other = make_statement(ministry=world.house.ministry, check=check, criteria=world.criteria)
    second = given(world, statements=[other], to=Addressee(unit="R", mailbox=MAILBOX))
    sent = {f"answer_{pk}": "2" for pk in (one.pk, second.pk)}

    kept = keep(world, one, "", **sent, **{f"take_{second.pk}": "on"})

    assert kept.request["PATH_INFO"] == path(world)
    assert Delegation.objects.filter(state="answered").count() == 2


def test_form_comes_too_late(world: World, one: Delegation) -> None:
    content = typed(form_of(world, one), answer="trifft nicht zu")
    preview = upload(world, one, content)
    submitted(world.statement, by=world.house.officer)

    late = keep(world, one, preview.content.decode())

    assert late.status_code == 422
    assert "(die Stellungnahme ist inzwischen vorgelegt)" in late.content.decode()
    assert signed_in(world.house.officer).get(page(one, "formular.docx")).status_code == 404
    assert Delegation.objects.get().state == Delegation.State.OPEN


def test_row_read_in_by_another_meanwhile_is_told(world: World, one: Delegation) -> None:
    second = given(world, criterion=world.criteria[1], to=Addressee(unit="R", mailbox=MAILBOX))
    take_back(delegations=[second], by=world.house.officer, now=NOW)
    sent = {f"answer_{one.pk}": "2", f"reason_{one.pk}": CANARY, f"answer_{second.pk}": "yes"}

    response = keep(world, one, "", **sent, **{f"take_{second.pk}": "on"})

    page = " ".join(response.content.decode().split())
    assert response.status_code == 422
    assert (
        f"Nicht mehr gefragt: {world.check.partnership}: Frage {second.criterion.code} (zurückgenommen)."
        in page
    )
    assert CANARY in page
    assert not Delegation.objects.filter(state="answered").exists()


def test_row_that_became_confidential_or_unseen_is_told(world: World, one: Delegation) -> None:
    partnership = world.check.partnership
    partnership.is_confidential = True
    partnership.save(update_fields=["is_confidential"])
    partnership.circle.add(world.house.officer)
    sent = {f"answer_{one.pk}": "2", f"take_{one.pk + 1000}": "on"}

    page = " ".join(keep(world, one, "", **sent).content.decode().split())

    assert "(die Partnerschaft ist jetzt vertraulich)" in page
    assert "eine Frage, die Sie nicht sehen dürfen" in page


def test_form_is_the_houses_own(world: World, one: Delegation) -> None:
    for name in ("formular/", "formular.docx"):
        for reader in (world.coordinator, world.other.officer, world.stranger.head, world.auditor):
            assert signed_in(reader).get(page(one, name)).status_code == 404
        assert signed_in(world.house.manager).get(page(one, name)).status_code == 403
