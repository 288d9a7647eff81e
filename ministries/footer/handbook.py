"""The handbook: Markdown files of this repository, `docs/handbuch/NN-<slug>.md`, in that order."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import markdown
from django.conf import settings
from django.templatetags.static import static
from markdown.extensions import Extension

FILE_NAME = re.compile(r"\d\d-(?P<slug>[a-z-]+)\.md")
PICTURE = re.compile(r"\(\.\./\.\./ui/static/(ui/handbuch/[a-z-]+\.png)\)")
LINK = re.compile(r"\((?:\d\d-)?([a-z-]+)\.md(#[a-z0-9-]+)?\)")


class Rendered(str):
    """HTML made from our own files; templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Chapter:
    slug: str
    title: str
    summary: str
    body: Rendered


class WithoutHtml(Extension):
    """Markdown only: HTML inside the files stays visible text."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  Markdown's hook
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")


def folder() -> Path:
    return settings.BASE_DIR / "docs" / "handbuch"


@cache
def introduction() -> Rendered:
    return render((folder() / "index.md").read_text(encoding="utf-8"))


@cache
def chapters() -> tuple[Chapter, ...]:
    files = sorted(path for path in folder().glob("*.md") if FILE_NAME.fullmatch(path.name))
    return tuple(_read(path) for path in files)


def chapter(slug: str) -> Chapter | None:
    return next((chapter for chapter in chapters() if chapter.slug == slug), None)


def _read(path: Path) -> Chapter:
    heading, _, text = path.read_text(encoding="utf-8").partition("\n")
    match = FILE_NAME.fullmatch(path.name)
    slug = match["slug"] if match else path.stem
    summary = text.strip().partition("\n\n")[0].replace("\n", " ").replace("**", "")
    return Chapter(slug, heading.lstrip("# ").strip(), summary, render(text))


def render(text: str) -> Rendered:
    linked = LINK.sub(r"(/handbuch/\1/\2)", text)
    linked = PICTURE.sub(lambda found: f"({static(found[1])})", linked)
    return Rendered(
        markdown.markdown(linked, extensions=["tables", "sane_lists", "toc", WithoutHtml()])
    )
