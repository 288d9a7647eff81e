"""What looking into a file gives: its type, its words, and what is packed in it; or a refusal."""

from dataclasses import dataclass, field


class Refused(Exception):
    """A German sentence for the person who uploads."""


@dataclass(frozen=True)
class Found:
    """`margins` are headers and footers; `parts` are attached files, by name."""

    media_type: str
    text: str = ""
    margins: str = ""
    parts: list[tuple[str, bytes]] = field(default_factory=list)
