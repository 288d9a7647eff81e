"""The letters of a Leitlinien-Check as PDF, as Word files, as text, and all of a round in one."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guidelines.rounds.request_text import GREETING, RequestText
from reports.content import Table
from reports.pdf import compile_pdf
from reports.word import add_table
from ui.dates import german_date
from ui.demo import demo_mark
from ui.markup import NOTHING
from ui.text import clean_all
from ui.word import new_document, saved

SOURCE = Path(__file__).parent / "documents" / "letters.typ"
HEAD = ("Partnerschaft", "Ihr Haus ist gefragt, weil")
LISTED = "Ihr Haus ist beteiligt bei:"


def letters_pdf(letters: Sequence[RequestText]) -> bytes:
    first = letters[0].dated
    title = letters[0].subject if len(letters) == 1 else f"{len(letters)} Anschreiben"
    data = {
        "title": title,
        "mark": demo_mark(),
        "year": first.year,
        "month": first.month,
        "day": first.day,
        "letters": [_letter(one) for one in letters],
    }
    return compile_pdf(SOURCE, clean_all(data))


def _letter(letter: RequestText) -> dict[str, Any]:
    return {
        "sender": list(letter.sender),
        "recipient": list(letter.recipient),
        "dated": german_date(letter.dated),
        "subject": letter.subject,
        "greeting": GREETING,
        "request": letter.request,
        "rows": [[word or NOTHING for word in row] for row in letter.rows],
        "closing": list(letter.closing),
        "address": letter.address,
        "signature": letter.signature,
    }


def letter_docx(letters: Sequence[RequestText]) -> bytes:
    (letter,) = clean_all(list(letters))
    made = new_document(letter.subject, mark=demo_mark())
    made.add_paragraph("\n".join(letter.sender))
    made.add_paragraph("\n".join(letter.recipient))
    made.add_paragraph(german_date(letter.dated))
    made.add_heading(letter.subject, level=1)
    for paragraph in (GREETING, letter.request, LISTED):
        made.add_paragraph(paragraph)
    add_table(made, Table(HEAD, letter.rows))
    made.add_paragraph()
    for paragraph in (*letter.closing, letter.address, letter.signature):
        made.add_paragraph(paragraph)
    return saved(made)


def letter_text(letters: Sequence[RequestText]) -> bytes:
    (letter,) = clean_all(list(letters))
    parts = [demo_mark(), f"Betreff: {letter.subject}", letter.body, letter.address]
    text = "\n\n".join(filter(None, parts))
    return f"{text}\n".replace("\n", "\r\n").encode()


def letters_zip(letters: Sequence[RequestText]) -> bytes:
    """Of each a Word file and a PDF."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for letter in letters:
            archive.writestr(f"{letter.file_name}.docx", letter_docx([letter]))
            archive.writestr(f"{letter.file_name}.pdf", letters_pdf([letter]))
    return target.getvalue()
