from tests.factories import *


def test_x(db):
    s = make_statement()
    assert s.state == "open"
