"""Database triggers that keep the one text in which a search finds a partnership.

A generated column cannot look into other tables, and a search over two tables cannot use one index.
"""

import pgtrigger

# Planned anew each time: a plan made for few regions would read all of them for every row of many.
GATHERED = (
    "EXECUTE 'SELECT public.de_sort(concat_ws(E''\\n'', $1, $2, ("
    "SELECT string_agg(region.search_text, E''\\n'' ORDER BY region.id) "
    "FROM partnerships_region region "
    "JOIN partnerships_partnership_regions link ON link.region_id = region.id "
    "WHERE link.partnership_id = $3)))' "
    "INTO NEW.search_text USING NEW.name, NEW.file_reference, NEW.id; RETURN NEW;"
)
# What is written does not matter: the trigger above gathers anew.
GATHER_AGAIN = "UPDATE partnerships_partnership SET search_text = '' WHERE id {}; RETURN NULL;"


def gathers_search_text() -> pgtrigger.Trigger:
    """Of a partnership: its own names and those of its regions, a line each."""
    return pgtrigger.Trigger(
        name="gather_search_text",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=GATHERED,
    )


def is_searched_by_partnership() -> pgtrigger.Trigger:
    """Of a link between the two."""
    return pgtrigger.Trigger(
        name="gather_search_text",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=GATHER_AGAIN.format("IN (OLD.partnership_id, NEW.partnership_id)"),
    )


def is_searched_by_its_partnerships() -> pgtrigger.Trigger:
    """Of a region under another name."""
    links = "SELECT partnership_id FROM partnerships_partnership_regions WHERE region_id = NEW.id"
    return pgtrigger.Trigger(
        name="gather_search_text",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__search_text__df=pgtrigger.F("new__search_text")),
        func=GATHER_AGAIN.format(f"IN ({links})"),
    )
