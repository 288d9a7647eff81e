"""What the register offers to desk, search and need for action."""

from ministries.registry import register_attention, register_desk, register_search
from partnerships import follow_up_desk, record_desk
from partnerships.attention import attention_items
from partnerships.desk import desk_items, desk_rows
from partnerships.models import Agreement, FollowUp
from partnerships.next_steps import next_steps
from partnerships.page import Tab, count_of, register_next_steps, register_tab
from partnerships.search import search_agreements, search_partnerships, search_regions

register_desk(desk_items, rows=desk_rows)
register_attention(attention_items)
register_search(search_partnerships, position=10)
register_search(search_regions, position=20)
register_search(search_agreements, position=30)

register_tab(Tab("profile", "Steckbrief", "partnerships:detail", position=0))
register_tab(
    Tab(
        "agreements",
        "Vereinbarungen",
        "partnerships:agreements",
        position=20,
        count=lambda user, day: count_of(Agreement.objects.all()),
    )
)
register_tab(Tab("changes", "Änderungen", "partnerships:changes", position=90, is_further=True))
register_next_steps(next_steps)

# Records of the houses that change hands
register_desk(record_desk.desk_items, rows=record_desk.desk_rows)

# Wiedervorlagen
register_desk(follow_up_desk.desk_items, rows=follow_up_desk.desk_rows)
register_tab(
    Tab(
        "follow_ups",
        "Wiedervorlagen",
        "partnerships:follow-ups",
        position=85,
        count=lambda user, day: count_of(FollowUp.objects.visible_to(user).open()),
        is_further=True,
    )
)
