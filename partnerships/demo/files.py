"""Files of the demonstration: a document, a list waiting to be taken over, another one that was."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from ministries.models import Ministry, User
from partnerships.demo.texts import CONTACT_FUNCTIONS, DOCUMENT, DOCUMENT_TITLE, EXAMPLE
from partnerships.imports.actions import (
    check_import,
    request_take_over,
    start_import,
    take_over_import,
)
from partnerships.imports.models import Import
from partnerships.imports.registry import KINDS
from partnerships.records.documents.actions import upload_document
from partnerships.records.documents.models import Document
from partnerships.register.partners.partnerships import Partnership
from ui.demo import MARK

HEAD = "Funktion;Partnerschaft;Telefon;Sprache"
PHONE = "+49 351 000000"  # nobody's


def bring_files(house: Ministry, officer: User, partnership: Partnership, now: datetime) -> None:
    document = Document(title=DOCUMENT_TITLE, partnership=partnership, ministry=house)
    content = DOCUMENT.format(mark=MARK, partnership=partnership)
    upload_document(file=_text("uebersicht.txt", content), document=document, by=officer, now=now)

    desk = f"Referat Protokoll {EXAMPLE};{partnership};;Englisch"
    known = f"{CONTACT_FUNCTIONS[0]};{partnership};{PHONE};"
    new = f"Pressestelle {EXAMPLE};{partnership};;Englisch"
    _checked("kontakte-nachtrag.csv", known, new, house=house, officer=officer, now=now)
    done = _checked("kontakte-protokoll.csv", desk, house=house, officer=officer, now=now)
    request_take_over(row=done, by=officer)
    take_over_import(done.pk)


def _checked(name: str, *rows: str, house: Ministry, officer: User, now: datetime) -> Import:
    row = start_import(
        file=_text(name, "\n".join((HEAD, *rows))),
        kind=KINDS["kontakte"],
        ministry=house,
        by=officer,
        now=now,
    )
    check_import(row.pk)
    return row


def _text(name: str, content: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())
