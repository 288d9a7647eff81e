"""Work shared between copies: as many at a time as there are."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

from tests.mutants.copies import Copy

Item = TypeVar("Item")
Found = TypeVar("Found")


def shared(
    items: Iterable[Item], act: Callable[[Item, Copy], Found], copies: Sequence[Copy]
) -> list[Found]:
    """One after the other in each copy; the answers in the order of the items."""
    free: SimpleQueue[Copy] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def one(item: Item) -> Found:
        copy = free.get()
        try:
            return act(item, copy)
        finally:
            free.put(copy)

    with ThreadPoolExecutor(len(copies)) as pool:
        try:
            return list(pool.map(one, items))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for copy in copies:
                copy.stop()
            raise
