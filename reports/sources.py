"""What reports offer to the page of a partnership, to the account and to the letters of a round."""

from guidelines.request_letters.files import FOR_ALL, FOR_ONE, FileKind
from partnerships.register.partners.page import PageAction, register_page_action
from reports.pdf import PDF_TYPE
from reports.request_letters import letter_docx, letter_text, letters_pdf, letters_zip
from ui.offers import AccountLink, register_account_link
from ui.word import WORD_TYPE

register_page_action(PageAction("Dossier", "reports:dossier"))
register_account_link(
    AccountLink("Alle Daten unseres Hauses", "reports:house-data", "partnerships.add_record")
)
FOR_ONE["pdf"] = FileKind("pdf", "PDF", PDF_TYPE, letters_pdf)
FOR_ONE["docx"] = FileKind("docx", "Word", WORD_TYPE, letter_docx)
FOR_ONE["txt"] = FileKind("txt", "Mailtext", "text/plain; charset=utf-8", letter_text)
FOR_ALL["pdf"] = FileKind("pdf", "Alle als PDF", PDF_TYPE, letters_pdf)
FOR_ALL["zip"] = FileKind("zip", "Alle einzeln (ZIP)", "application/zip", letters_zip)
