"""What the Leitlinien-Check offers to desk, search and need for action."""

from guidelines.catalogue.loading import load_guidelines
from guidelines.checks.partnership_part import affected_statements, checks_of, next_steps
from guidelines.contributions.page import served_guidelines
from guidelines.delegations import desk as desk_delegations
from guidelines.delegations.own_data import questions_to
from guidelines.extensions import desk as desk_extensions
from guidelines.queries import desk as desk_queries
from guidelines.request_letters import desk as desk_letters
from guidelines.request_letters.actions import note_delivery
from guidelines.rounds import desk as desk_coordination
from guidelines.rounds.attention import attention_items
from guidelines.search import search_criteria, search_guidelines, search_statements
from guidelines.statements.desk import desk_items, desk_rows
from guidelines.statements.own_data import drafts_of
from ministries.loading.register_loading import register_loader
from ministries.mail.outbox import DELIVERIES
from ministries.models import Notification
from partnerships.records.activities.page import register_section
from partnerships.register.partners.page import Tab, register_next_steps, register_tab
from partnerships.reorganisation.facts import register_affected
from ui.offers import (
    DeskSource,
    OwnData,
    register_attention,
    register_desk,
    register_own_data,
    register_search,
)

register_desk(DeskSource(desk_items, desk_rows))
register_desk(DeskSource(desk_queries.desk_items, desk_queries.desk_rows))
register_desk(DeskSource(desk_delegations.desk_items, desk_delegations.desk_rows))
register_desk(DeskSource(desk_extensions.desk_items, desk_extensions.desk_rows))
register_desk(DeskSource(desk_letters.desk_items, desk_letters.desk_rows))
register_desk(DeskSource(desk_coordination.desk_items, desk_coordination.desk_rows))
register_attention(attention_items)
register_search(search_statements, position=40)
register_search(search_guidelines, position=50)
register_search(search_criteria, position=60)
register_tab(Tab("checks", "Leitlinien-Checks", "guidelines:of-partnership", 60, checks_of))
register_next_steps(next_steps)
register_affected(affected_statements)
register_section(served_guidelines)
register_own_data(OwnData("Meine Entwürfe", drafts_of, "bis zum Speichern oder Verwerfen"))
register_own_data(OwnData("Fragen an mich", questions_to, "so lange wie die Stellungnahme"))
register_loader(load_guidelines, position=40)
DELIVERIES[Notification.Kind.REQUEST] = note_delivery
