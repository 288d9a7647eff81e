"""Brücke as it is, with one more page: an empty one."""

from config.settings import *  # noqa: F403, TID251 - a settings module, not a reader of settings

ROOT_URLCONF = "tests.bench.own_urls"
