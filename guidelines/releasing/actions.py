"""Several released at once: each by itself, and told by itself."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied

from guidelines.queries.actions import answer
from guidelines.queries.models import Query, Written
from guidelines.statements.actions import release
from guidelines.states.done import Done, attempt
from ministries.models import User
from ui.errors import Refusal


def release_all(*, chosen: Sequence[tuple[Written, int]], by: User, now: datetime) -> Done[Written]:
    """`chosen`: with the version that was read; by partnership, as whoever closes them goes."""
    done: Done[Written] = Done()
    for written, version in sorted(chosen, key=_sort_key):
        if not by.has_perm("guidelines.return_statement", written):
            raise PermissionDenied
        attempt(done, written, partial(_release, written, version, by, now))
    return done


def _release(written: Written, version: int, by: User, now: datetime) -> None:
    if not by.has_perm("guidelines.release_statement", written):
        raise Refusal(
            "Sie haben das vorgelegt oder allein geschrieben; freigeben muss es jemand anderes."
        )
    if isinstance(written, Query):
        answer(query=written, by=by, now=now, expected_version=version)
    else:
        release(statement=written, by=by, now=now, expected_version=version)


def _sort_key(pair: tuple[Written, int]) -> str:
    return pair[0].guideline_check.partnership.sort_key
