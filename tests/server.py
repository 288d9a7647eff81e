"""The PostgreSQL of the tests, beside the one of `make run` and with other settings."""

from config.operations import postgres

# What a test commits need not outlast a power failure; to wait for the disk takes longer than most tests.
IN_A_HURRY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def start() -> None:
    if postgres.is_wanted():
        postgres.SETTINGS |= IN_A_HURRY
        postgres.start()
