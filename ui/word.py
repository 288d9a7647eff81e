"""A Word file to begin with: in German, with the mark of the demonstration."""

import io

import docx
from docx.document import Document
from docx.oxml.ns import qn

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def new_document(title: str, *, mark: str, footer: str = "") -> Document:
    """In German, for the reader of a screen too."""
    made = docx.Document()
    made.core_properties.title = title
    made.core_properties.language = "de-DE"
    made.core_properties.author = "Brücke"
    style = made.styles["Normal"].element.get_or_add_rPr()
    style.append(style.makeelement(qn("w:lang"), {qn("w:val"): "de-DE"}))
    made.sections[0].footer.paragraphs[0].text = footer
    made.sections[0].header.paragraphs[0].text = mark
    return made


def saved(made: Document) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()
