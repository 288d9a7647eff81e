"""What letters are handed out as; the makers of the files are registered from above."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from guidelines.rounds.request_text import RequestText


@dataclass(frozen=True)
class FileKind:
    extension: str
    label: str
    media_type: str
    make: Callable[[Sequence[RequestText]], bytes]


# For one letter, and for all of a round.
FOR_ONE: dict[str, FileKind] = {}
FOR_ALL: dict[str, FileKind] = {}


def file_response(kind: FileKind, texts: Sequence[RequestText], name: str) -> HttpResponse:
    response = HttpResponse(kind.make(texts), content_type=kind.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind.extension}"'
    return response
