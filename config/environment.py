"""What the environment says, as values; a missing or odd one is told by its name."""

import os

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_bool(name: str) -> bool:
    return env(name) == "1"


def env_int(name: str, default: int) -> int:
    return int(env(name) or default)


def env_list(name: str) -> list[str]:
    return [part.strip() for part in env(name).split(",") if part.strip()]


def required(name: str, why: str) -> str:
    if not env(name):
        raise ImproperlyConfigured(f"{name} fehlt: {why}")
    return env(name)
