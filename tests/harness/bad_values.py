"""What no form and no filter was made for: values, bodies, addresses and headers.

Hypothesis draws from these; a value of its own is one line here. Nothing may answer them with an
error of the server.
"""

from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

Data = dict[str, list[str]]
Body = tuple[bytes, str]

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "grenze"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
VALUES_AT_ONCE = 16
MEGABYTE = 1_000_000
NUL = "\x00"

NUMBERS = [
    "0", "-1", "1", "9" * 30, "-" + "9" * 30, "2147483648", "9223372036854775808", "1e999", "-1e999",
    "1e-999", "NaN", "Infinity", "1_000", "٣", "²", "½", "２０２６", "0x10", "1.5", "1,5", "+7", " 7 ",
    "007", "1;2", "[1]", "true", "on", "9" * 5000,
]  # fmt: skip
DATES = [
    "0000-00-00", "9999-12-31", "0001-01-01", "10000-01-01", "31.02.2026", "1.1.1", "29.02.2025",
    "01.01.0001", "31.12.9999", "2026-W05", "2026-11-01T25:61", "٠١.٠١.٢٠٢٦", "1.1.99999999999999999999",
]  # fmt: skip
TEXTS = [
    "", " ", "\t\r\n", "\ud800", "a\udfffb", "\ufffe\uffff", "\u202eumgekehrt", "\u200b\u200d\ufeff",
    "\x01\x1b[2J\x7f", "😀" * 300, "a" + "\u0301" * 400, "ﷺ" * 40, "İIıß" * 99, "%00%ff%zz", "%s%n{0}",
    "{{ 7*7 }}{% now %}", "' OR 1=1 --", "\\", '"><script>', "../../../../etc/passwd", "\r\nSet-Cookie: a=b",
    "null", "undefined", "None", "__class__", "-name", "pk__gt", "password", "a" * 501, "(" * 2000,
    "*)(|", "[a-", "a&b=c;d", "𝕱𝖗𝖆𝖐𝖙𝖚𝖗", "http://[::1", "//[", "00000000-0000-0000-0000-000000000000",
]  # fmt: skip
# Longer than anything, and shaped to make patterns and clean-ups slow.
LONG = [
    "x" * MEGABYTE, "ü" * (MEGABYTE // 2), " " * MEGABYTE, "\n" * MEGABYTE, "\r\n- " * (MEGABYTE // 4),
    "1" * MEGABYTE, "<" * MEGABYTE, "'=" * (MEGABYTE // 2), "a@" * (MEGABYTE // 2), "a." * (MEGABYTE // 2),
]  # fmt: skip

values = st.one_of(
    st.sampled_from(NUMBERS), st.sampled_from(DATES), st.sampled_from(TEXTS), st.text(max_size=30)
)

CONTENT_TYPES = [
    "", "text/plain", "application/json", "application/xml", "application/octet-stream", "quatsch", "a/b;c",
    f"{FORM}; charset=utf-16", f"{FORM}; charset=quatsch", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=ü", "multipart/form-data; boundary=" + "x" * 300, "multipart/mixed; boundary=x",
]  # fmt: skip
BROKEN_BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe\x00",
    b"=",
    b"&&&",
    b"%",
    b"a" * 5000 + b"=" * 5000,
    b"--x\r\n",
]

# In the place of a key or a short name in an address; all percent-encoded.
SEGMENTS = [
    "0", "-1", "9" * 30, "1e999", "%00", "%ED%A0%80", "%FF", "%D9%A3", "%C2%B2", "x" * 3000, "a%20b", "%2e%2e",
    "%0d%0aX:y", "'", "%22%3E", "_00", "_", "%5B",
]  # fmt: skip

HEADERS = [
    {"HX-Request": "true", "HX-Current-URL": "http://[::1"},
    {"HX-Request": "true", "HX-Current-URL": "\x7f:///\\"},
    {"HX-Request": "true", "HX-Target": "\xff" * 99, "HX-Trigger-Name": "\xff", "HX-Prompt": "%ff"},
    {"HX-Request": "quatsch", "HX-Boosted": "quatsch"},
    {"HX-Request": "true", "HX-History-Restore-Request": "true"},
    {"Accept": "*/*;q=quatsch,,;", "Accept-Language": "x" * 5000, "Accept-Encoding": "\xff"},
    {"Referer": "http://[", "Origin": "null"},
    {"Cookie": "bruecke_session=%00; =; ;;; bruecke_csrf=\xff; a=b=c"},
    {"Cookie": "bruecke_session=" + "x" * 8000},
    {"If-Modified-Since": "gestern", "If-None-Match": '"', "Range": "bytes=9-1"},
    {"X-Forwarded-For": "quatsch,,\xff", "X-Forwarded-Proto": "gopher", "Forwarded": "for=["},
]  # fmt: skip


def encoded(data: Data) -> Body:
    """As a browser sends a form; a lone surrogate goes as the three bytes nobody should send."""
    pairs = [(name, value) for name, values in data.items() for value in values]
    return urlencode(pairs, errors="surrogatepass").encode(), FORM


def multipart(data: Data, *, disposition: str = "form-data", extra: str = "") -> Body:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: {disposition}; name="{name}"{extra}\r\n\r\n{value}\r\n'
        for name, values in data.items()
        for value in values
    ]
    whole = "".join([*parts, f"--{BOUNDARY}--\r\n"])
    return whole.encode(errors="surrogatepass"), MULTIPART


@st.composite
def bodies(draw: Any, data: Data) -> Body:
    """The form as somebody would send it, then spoilt in one of nine ways."""
    return draw(st.sampled_from(SPOILT))(draw, data)


@st.composite
def queries(draw: Any, names: list[str]) -> str:
    """Every parameter with a strange value, some of them twice or not at all."""
    data = {name: draw(st.lists(values, max_size=2)) for name in names}
    kind = draw(st.integers(0, 9))
    if kind == 0:
        data[draw(st.sampled_from(names))] = [NUL]
    elif kind == 1:
        data |= {draw(st.sampled_from(names)): [draw(st.sampled_from(LONG))]}
    elif kind == 2:
        data = {f"{name}{draw(st.sampled_from(LOOKUPS))}": given for name, given in data.items()}
    body, _ = encoded(data)
    return body.decode() + draw(st.sampled_from(["", "", "", "&", "&%", "&=&=x", "&%ff=%ff", ";a"]))


LOOKUPS = ["__in", "__isnull", "__gt", "__quatsch", "[]", "\x00", "__exact", "_0", "_min", "."]


def strange_values(draw: Any, data: Data) -> Body:
    """Several fields at once; the first of them may be the only one, as a form stops at some."""
    few = draw(st.sampled_from([1, VALUES_AT_ONCE, VALUES_AT_ONCE * 2]))
    names = draw(st.permutations(sorted(data)))[:few]
    return encoded(data | {name: [draw(values)] for name in names})


def doubled_keys(draw: Any, data: Data) -> Body:
    return encoded({name: [*given, draw(values)] for name, given in data.items()})


def missing_fields(draw: Any, data: Data) -> Body:
    """Management forms of formsets among them."""
    gone = draw(st.sets(st.sampled_from(sorted(data)), min_size=1))
    return encoded({name: given for name, given in data.items() if name not in gone})


def strange_counts(draw: Any, data: Data) -> Body:
    """The numbers of a formset's rows, and the keys of its rows."""
    counts = [name for name in data if name.endswith(("_FORMS", "-id", "_version"))]
    number = st.sampled_from(NUMBERS)
    return encoded(data | {name: [draw(number)] for name in counts or sorted(data)})


def with_nul(draw: Any, data: Data) -> Body:
    name = draw(st.sampled_from(sorted(data)))
    return encoded(data | draw(st.sampled_from([{name: ["a\x00b"]}, {f"{name}\x00": ["a"]}])))


def one_long(draw: Any, data: Data) -> Body:
    return encoded(data | {draw(st.sampled_from(sorted(data))): [draw(st.sampled_from(LONG))]})


def torn_multipart(draw: Any, data: Data) -> Body:
    body, kind = multipart(data)
    return body[: draw(st.integers(0, len(body)))], kind


def odd_multipart(draw: Any, data: Data) -> Body:
    """Files where texts belong, encodings nobody has, no names."""
    extra = draw(st.sampled_from(ODD_PARTS))
    return multipart(
        data, disposition=draw(st.sampled_from(["form-data", "attachment", ""])), extra=extra
    )


ODD_PARTS = [
    '; filename="a.txt"', '; filename="\x00"', '; filename="../../x"', "; filename*=quatsch''%ff", '; name=""',
    "\r\nContent-Transfer-Encoding: base64", "\r\nContent-Transfer-Encoding: quatsch",
    "\r\nContent-Type: text/plain; charset=quatsch", "\r\nContent-Length: -1", "\r\n: \r\nX", "\r\nContent-Type: \xff",
]  # fmt: skip


def other_type(draw: Any, data: Data) -> Body:
    body = draw(
        st.one_of(st.just(encoded(data)[0]), st.sampled_from(BROKEN_BODIES), st.binary(max_size=99))
    )
    return body, draw(st.sampled_from(CONTENT_TYPES))


SPOILT = [
    *[strange_values] * 8, *[strange_counts] * 2, doubled_keys, missing_fields, with_nul, one_long,
    torn_multipart, odd_multipart, other_type,
]  # fmt: skip
