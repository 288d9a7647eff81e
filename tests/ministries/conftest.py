"""A mail server that answers, a worker that runs until nothing is left to do, people with a second factor."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from procrastinate.contrib.django import app

from ministries.models import Role, User
from tests.factories import make_user
from tests.ministries.one_time_codes import make_second_factor
from tests.ministries.sink import Sink, free_port


@pytest.fixture
def smtp_port(settings: Any) -> int:
    port = free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    return port


@pytest.fixture
def sink(smtp_port: int) -> Iterator[Sink]:
    sink = Sink(smtp_port)
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def work() -> Callable[[], None]:
    """Run the real worker on the test database until its queue is empty."""

    def run() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    return run


# Second factor


@pytest.fixture
def demanded(settings: Any) -> None:
    """As in production."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def coordinator() -> User:
    return make_user(role=Role.COORDINATOR)


@pytest.fixture
def protected() -> User:
    user = make_user(role=Role.OFFICER)
    make_second_factor(user)
    return user
