"""What the Leitlinien-Check offers to desk, search and need for action."""

from guidelines.attention import attention_items
from guidelines.desk import desk_items, desk_rows
from guidelines.search import search_criteria, search_guidelines, search_statements
from ministries.registry import register_attention, register_desk, register_search

register_desk(desk_items, rows=desk_rows)
register_attention(attention_items)
register_search(search_statements, position=40)
register_search(search_guidelines, position=50)
register_search(search_criteria, position=60)
