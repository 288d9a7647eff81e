"""axe-core on the page that is open, in both colour schemes.

Colours are the only thing a scheme changes, so the second run asks the rules about colour alone.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
# The narrowest at which lists are still tables.
TABLES = {"width": 1025, "height": 900}
LONG_WORD = "M" * 60
# Puts the word before every text, measures, and takes it out again.
STRETCH = """word => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, node =>
        node.data.trim() && !node.parentElement.closest('script, style') ? 1 : 2);
    const texts = [];
    while (walker.nextNode()) texts.push([walker.currentNode, walker.currentNode.data]);
    texts.forEach(([node, text]) => { node.data = `${word} ${text}`; });
    const wide = document.scrollingElement.scrollWidth > innerWidth;
    const found = [...document.querySelectorAll('body *')]
        .filter(e => wide && e.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 6).map(e => e.outerHTML.replaceAll(word, '').slice(0, 160));
    texts.forEach(([node, text]) => { node.data = text; });
    return wide && !found.length ? ['somewhere'] : found;
}"""
# Colours that are still changing from one scheme to the other are not judged.
RUN = """options => Promise.all(document.getAnimations().map(each => each.finished))
    .then(() => axe.run(document, options)).then(result => result.violations)"""


@cache
def source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def findings(page: Page) -> list[str]:
    """axe in both schemes at both widths, and what sticks out sideways; empty is right."""
    found = []
    page.evaluate(source())
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found += [f"{size['width']} px {line}" for line in violations(page)]
        found += [f"{size['width']} px, words do not fit: {line}" for line in squeezed(page)]
    for size in (WIDE, TABLES, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if scrolls_sideways(page):
            found += [f"{size['width']} px, sticks out: {line}" for line in widest(page)]
    found += [f"{size['width']} px, too wide with long words: {line}" for line in stretched(page)]
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return found


def violations(page: Page) -> list[str]:
    """One line per finding."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        options = {
            "resultTypes": ["violations"],
            "preload": False,  # would write style sheets of its own into the page
            "runOnly": {"type": "tag", "values": TAGS}
            if scheme == "light"
            else {"type": "rule", "values": COLOURS},
        }
        found += [f"{scheme}: {line}" for line in lines(page.evaluate(RUN, options))]
    page.emulate_media(color_scheme="light")
    return found


def lines(result: list[dict[str, Any]]) -> list[str]:
    return [
        f"{rule['id']}: {node['html'][:200]} {json.dumps(node['any'][:1])[:200]}"
        for rule in result
        for node in rule["nodes"][:3]
    ]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.scrollingElement.scrollWidth > innerWidth"))


def stretched(page: Page) -> list[str]:
    """What makes a page wider than the screen when every text begins with a word of 60 letters."""
    found: list[str] = page.evaluate(STRETCH, LONG_WORD)
    return found


def squeezed(page: Page) -> list[str]:
    """Buttons that are smaller than their words."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.kern-btn')]
            .filter(e => e.offsetWidth && e.scrollWidth > e.clientWidth + 1)
            .slice(0, 6).map(e => e.outerHTML.slice(0, 160))"""
    )
    return found


def widest(page: Page) -> list[str]:
    """Which elements stick out, for the message of a failed test."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 6).map(e => e.outerHTML.slice(0, 160))"""
    )
    return found
