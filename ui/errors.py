"""What an action may raise so that a page can answer in German instead of failing."""

from typing import Any


class Refusal(Exception):
    """The state or the completeness of a record does not allow the act.

    The text is a German sentence that says what to do; pages show it in the error summary.
    """


class Conflict(Exception):
    """Somebody else saved the record after this form was opened.

    `current` is the record as it is stored now, with its `version`.
    """

    def __init__(self, current: Any) -> None:
        super().__init__("Inzwischen hat jemand anderes gespeichert.")
        self.current = current
