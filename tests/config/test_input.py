"""What the database cannot store is refused at the door, in German, before any view runs."""

import io

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
HEADING = "Diese Anfrage konnten wir nicht lesen"


@pytest.mark.parametrize(
    "path",
    ["/konto/%00/", "/konto/login/?next=%00", "/konto/login/?%00=1", "/konto/login/?a=1&a=x%00y"],
)
def test_nul_in_address_is_refused(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 400
    assert HEADING in response.content.decode()


@pytest.mark.parametrize("fields", [{"login": "a\x00b"}, {"a\x00b": "x"}, {"login": ["x", "\x00"]}])
def test_nul_in_form_is_refused(client: Client, fields: dict[str, str]) -> None:
    response = client.post("/konto/login/", fields)

    assert response.status_code == 400
    assert HEADING in response.content.decode()


def test_nul_in_cookie_is_refused(client: Client) -> None:
    response = client.get("/konto/login/", headers={"cookie": 'bruecke_session="abc\\000def"'})

    assert response.status_code == 400


def test_lone_surrogate_in_form_is_refused_or_replaced(client: Client) -> None:
    form = "application/x-www-form-urlencoded"
    response = client.post("/konto/login/", "login=%ED%A0%80", content_type=form)

    assert response.status_code in {200, 400}


def test_broken_multipart_is_refused(client: Client) -> None:
    response = client.post("/konto/login/", b"--x", content_type="multipart/form-data; boundary=")

    assert response.status_code == 400
    assert HEADING in response.content.decode()


def test_too_many_fields_are_refused(client: Client) -> None:
    form = "application/x-www-form-urlencoded"
    fields = "&".join(f"f{number}=x" for number in range(5001))  # short enough for anybody

    assert client.post("/konto/login/", fields, content_type=form).status_code == 400


def test_endless_query_is_refused(client: Client) -> None:
    assert client.get(f"/konto/login/?next=/{'x' * 8000}").status_code == 400


def test_ordinary_umlauts_pass(client: Client) -> None:
    assert client.get("/konto/login/?next=/%C3%96sterreich").status_code == 200


class Untouched(io.RawIOBase):
    """A body that nobody may read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("The body was read.")


def announce(client: Client, length: int, **headers: str) -> int:
    environment = {
        "wsgi.input": Untouched(),
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        **headers,
    }
    return client.generic("POST", "/konto/login/", **environment).status_code


@pytest.mark.parametrize("length", [100_001, 3_000_000, 300_000_000])
def test_long_body_of_a_stranger_is_refused_unread(client: Client, length: int) -> None:
    assert announce(client, length) == 413


@pytest.mark.parametrize("cookie", ["", "x" * 32, "f" * 40_000, "geheim'--", "%00"])
def test_made_up_session_opens_nothing(client: Client, cookie: str) -> None:
    client.cookies["bruecke_session"] = cookie

    assert announce(client, 3_000_000) == 413


def test_nobody_sends_more_than_the_largest_document(client: Client) -> None:
    client.force_login(factories.make_user())

    assert announce(client, 300_000_000) == 413


def test_ended_session_is_a_strangers(client: Client) -> None:
    client.force_login(user := factories.make_user())
    user.is_active = False
    user.save()

    assert announce(client, 3_000_000) == 413


def test_body_of_unknown_length_is_refused_unread(client: Client) -> None:
    client.force_login(factories.make_user())

    assert announce(client, 0, HTTP_TRANSFER_ENCODING="chunked") == 411


def test_refused_body_gets_a_german_page(client: Client) -> None:
    response = client.post("/konto/login/", {"login": "x" * 100_000})

    assert response.status_code == 413
    assert "Dateien bis 25 MB" in response.text


def test_long_text_of_somebody_signed_in_passes(client: Client) -> None:
    client.force_login(factories.make_user())

    response = client.post("/barriere-melden/", {"message": "x" * 200_000})

    assert "Barriere melden" in response.text  # the form's own answer
