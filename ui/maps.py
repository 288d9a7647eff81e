"""Where a place lies on the two static maps (drawn by ui/assets/build.mjs, land only).

A template shows a map as `<svg viewBox="{{ frame.view_box }}">` with
`<use href="{% static 'maps/world.svg' %}#land">` and puts points at `project(...)`.
"""

import json
from dataclasses import dataclass
from pathlib import Path

MEASURES = json.loads((Path(__file__).parent / "assets" / "frames.json").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the world on plain paper: x grows with longitude, y falls with latitude."""

    name: str
    west: float
    east: float
    south: float
    north: float
    x_per_degree: float
    y_per_degree: float

    @property
    def width(self) -> int:
        return round((self.east - self.west) * self.x_per_degree)

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.y_per_degree)

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    def contains(self, latitude: float, longitude: float) -> bool:
        inside_x = self.west <= longitude <= self.east
        return inside_x and self.south <= latitude <= self.north


FRAMES = {
    name: Frame(name, **{key: measures[key] for key in Frame.__annotations__ if key != "name"})
    for name, measures in MEASURES.items()
}


def project(latitude: float, longitude: float, frame_name: str) -> tuple[float, float]:
    """Return x and y in the units of the map's view box."""
    frame = FRAMES[frame_name]
    x = (float(longitude) - frame.west) * frame.x_per_degree
    y = (frame.north - float(latitude)) * frame.y_per_degree
    return round(x, 1), round(y, 1)
