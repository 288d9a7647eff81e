"""Names beside the points of a map, placed so that they hide as little as possible."""

from collections.abc import Sequence
from dataclasses import dataclass

LETTER_WIDTH = 8.6
LINE_HEIGHT = 20.0
RADIUS = 11.0
GAP = 5.0


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return round(self.right - self.left, 1)

    @property
    def height(self) -> float:
        return round(self.bottom - self.top, 1)

    def overlap(self, other: "Box") -> float:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(across, 0.0) * max(down, 0.0)


@dataclass(frozen=True)
class Label:
    """Where the text starts, and its `text-anchor`."""

    x: float
    y: float
    anchor: str
    box: Box


def place_labels(
    points: Sequence[tuple[float, float, str]],
    *,
    width: float,
    height: float,
    keep_clear: Box | None = None,
) -> list[Label]:
    """One label a point: right, left, below or above it, wherever the least lies underneath."""
    paper = Box(0, 0, width, height)
    taken = [Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y, _ in points]
    if keep_clear is not None:
        taken.append(keep_clear)
    labels = []
    for x, y, text in points:
        best = min(_candidates(x, y, text), key=lambda label: _cost(label.box, taken, paper))
        taken.append(best.box)
        labels.append(best)
    return labels


def _candidates(x: float, y: float, text: str) -> list[Label]:
    """In the order of preference; the first of equals wins."""
    wide, away = len(text) * LETTER_WIDTH, RADIUS + GAP
    baseline, half = LINE_HEIGHT * 0.3, LINE_HEIGHT / 2
    middle = wide / 2
    return [
        _label(x + away, y + baseline, "start", Box(x + away, y - half, x + away + wide, y + half)),
        _label(x - away, y + baseline, "end", Box(x - away - wide, y - half, x - away, y + half)),
        _label(
            x,
            y + away + LINE_HEIGHT * 0.8,
            "middle",
            Box(x - middle, y + away, x + middle, y + away + LINE_HEIGHT),
        ),
        _label(
            x,
            y - away - baseline,
            "middle",
            Box(x - middle, y - away - LINE_HEIGHT, x + middle, y - away),
        ),
    ]


def _label(x: float, y: float, anchor: str, box: Box) -> Label:
    return Label(round(x, 1), round(y, 1), anchor, box)


def _cost(box: Box, taken: Sequence[Box], paper: Box) -> float:
    """Hidden area; what leaves the paper counts many times."""
    outside = box.width * box.height - box.overlap(paper)
    return outside * 100 + sum(box.overlap(other) for other in taken)
