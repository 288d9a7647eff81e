"""Every component renders without an undefined name and without anything the CSP would refuse."""

import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.ui.pages"), pytest.mark.django_db]


def test_gallery_renders(client: Client) -> None:
    response = client.get("/probe/galerie/")

    assert response.status_code == 200
    assert "auf dem Prüfstand" in response.text


def test_gallery_has_nothing_inline(client: Client) -> None:
    html = client.get("/probe/galerie/").text

    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", html)
