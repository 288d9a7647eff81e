"""What reports offer to the page of a partnership and to the account."""

from partnerships.register.partners.page import PageAction, register_page_action
from ui.offers import AccountLink, register_account_link

register_page_action(PageAction("Dossier", "reports:dossier"))
register_account_link(
    AccountLink("Alle Daten unseres Hauses", "reports:house-data", "partnerships.add_record")
)
