"""What the register offers to desk, search and need for action."""

from ministries.registry import register_attention, register_desk
from partnerships.attention import attention_items
from partnerships.desk import desk_items, desk_rows

register_desk(desk_items, rows=desk_rows)
register_attention(attention_items)
