"""What the database cannot store is refused at the door, in German, before any view runs."""

import pytest
from django.test import Client

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
    response = client.post("/konto/login/", {f"f{number}": "x" for number in range(5001)})

    assert response.status_code == 400


def test_endless_query_is_refused(client: Client) -> None:
    assert client.get(f"/konto/login/?next=/{'x' * 8000}").status_code == 400


def test_ordinary_umlauts_pass(client: Client) -> None:
    assert client.get("/konto/login/?next=/%C3%96sterreich").status_code == 200
