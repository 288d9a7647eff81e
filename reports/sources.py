"""What reports offer to the page of a partnership."""

from partnerships.page import PageAction, register_page_action

register_page_action(PageAction("Dossier", "reports:dossier"))
