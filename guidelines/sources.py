"""What the Leitlinien-Check offers to desk, search and need for action."""

from guidelines.attention import attention_items
from guidelines.desk import desk_items, desk_rows
from ministries.registry import register_attention, register_desk

register_desk(desk_items, rows=desk_rows)
register_attention(attention_items)
