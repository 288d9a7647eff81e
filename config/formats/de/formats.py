"""Days and moments of the admin areas as everywhere else in Brücke: 27.11.2026, 23:54."""

DATE_FORMAT = "d.m.Y"
DATETIME_FORMAT = "d.m.Y, H:i"
