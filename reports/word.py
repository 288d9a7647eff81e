"""A report as Word file, for who works on in it."""

from docx.document import Document
from docx.oxml.ns import qn

from reports.content import Facts, Part, Report, Table
from ui.markup import NOTHING
from ui.text import blocks
from ui.word import new_document, saved


def report_docx(report: Report) -> bytes:
    made = new_document(report.title, mark=report.mark, footer=f"{report.footer} {report.stamp}")
    made.add_heading(report.title, level=0)
    made.add_paragraph(f"{report.subtitle}\n{report.stamp}")
    for section in report.sections:
        made.add_heading(section.title, level=1)
        if not section.parts:
            made.add_paragraph(section.missing)
        for part in section.parts:
            _add(made, part)
    return saved(made)


def _add(made: Document, part: Part) -> None:
    if isinstance(part, Facts):
        for label, value in part.rows:
            paragraph = made.add_paragraph()
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(value or NOTHING)
    elif isinstance(part, Table):
        add_table(made, part)
    else:
        if part.heading:
            made.add_heading(part.heading, level=2)
        for block in blocks(part.text):
            if block.is_list:
                for line in block.lines:
                    made.add_paragraph(line, style="List Bullet")
            else:
                made.add_paragraph("\n".join(block.lines))
        if part.note:
            made.add_paragraph().add_run(part.note).italic = True


def add_table(made: Document, part: Table) -> None:
    table = made.add_table(rows=1, cols=len(part.head), style="Table Grid")
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(head._tr.makeelement(qn("w:tblHeader"), {}))
    for cell, word in zip(head.cells, part.head, strict=True):
        cell.paragraphs[0].add_run(word).bold = True
    for row in part.cells:
        for cell, word in zip(table.add_row().cells, row, strict=True):
            cell.text = word
