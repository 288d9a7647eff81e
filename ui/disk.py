"""A full disk, however it shows: as an error of the system or of the database, or in what a program says."""

import errno

from psycopg.errors import DiskFull

FULL = "Der Speicherplatz des Servers ist erschöpft."
NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
WORDS = ("No space left on device", "Disk quota exceeded", "File too large")


def is_full(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, DiskFull) or (isinstance(error, OSError) and error.errno in NUMBERS):
            return True
        error = error.__cause__ or error.__context__
    return False


def tells_full(words: str) -> bool:
    return any(text in words for text in WORDS)
