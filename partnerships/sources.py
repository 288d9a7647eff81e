"""What the register offers to desk, search and need for action."""

from ministries.registry import register_attention, register_desk, register_search
from partnerships.attention import attention_items
from partnerships.desk import desk_items, desk_rows
from partnerships.search import search_agreements, search_partnerships, search_regions

register_desk(desk_items, rows=desk_rows)
register_attention(attention_items)
register_search(search_partnerships, position=10)
register_search(search_regions, position=20)
register_search(search_agreements, position=30)
