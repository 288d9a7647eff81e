"""Files as people bring them, and as attackers do; built here, nothing is stored."""

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import reduce

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from partnerships.files.inspection import TEST_VIRUS
from tests.partnerships import mails

WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>"
)
TYPES = (
    '<?xml version="1.0"?><Types><Override ContentType="application/vnd.openxmlformats"/></Types>'
)
ODT = "application/vnd.oasis.opendocument.text"
# What takes a second to build is built where it is tried, not where tests are collected.
Content = bytes | Callable[[], bytes]


def built(content: Content) -> bytes:
    return content() if callable(content) else content


def writer(text: str) -> PdfWriter:
    made = PdfWriter()
    page = made.add_blank_page(width=595, height=842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): made._add_object(font)})}
    )
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1"))
    page[NameObject("/Contents")] = made._add_object(stream)
    return made


def saved(made: PdfWriter) -> bytes:
    target = io.BytesIO()
    made.write(target)
    return target.getvalue()


def pdf(text: str) -> bytes:
    return saved(writer(text))


def archive(parts: dict[str, str | bytes], **options: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def docx(text: str = "Text", **more: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": WORD.format(text),
    }
    return archive(parts | {name.replace("__", "/"): part for name, part in more.items()})


def xlsx(strings: str, sheet: str = "") -> bytes:
    return archive(
        {
            "[Content_Types].xml": TYPES,
            "xl/workbook.xml": "<workbook/>",
            "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet>{sheet}</worksheet>",
        }
    )


def odt(text: str) -> bytes:
    return archive({"mimetype": ODT, "content.xml": f"<text:p>{text}</text:p>"})


def picture(kind: str = "PNG", size: tuple[int, int] = (20, 20)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "white").save(target, kind)
    return target.getvalue()


def flood(width: int = 60_000, height: int = 60_000) -> bytes:
    """A tiny PNG that claims to be enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return len(data).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    pixels = zlib.compress(b"\x00" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def bomb(document: bytes, name: str = "word/media", megabytes: int = 300) -> bytes:
    """Zeros in a document of a few hundred kilobytes.

    Piece by piece: the most that a test ever held counts as memory of each process it starts.
    """
    target = io.BytesIO(document)
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as made,
        made.open(name, "w") as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(1024 * 1024))
    return target.getvalue()


def with_link() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("[Content_Types].xml", TYPES)
        made.writestr("word/document.xml", WORD.format("Text"))
        link = zipfile.ZipInfo("word/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    return target.getvalue()


def encrypted_zip() -> bytes:
    """The flag alone is enough to say that a password would be needed."""
    content = bytearray(docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def active_pdf(kind: str) -> bytes:
    made = writer("Text")
    if kind == "attachment":
        made.add_attachment("x.exe", b"MZ")
        return saved(made)
    what = {"script": ("/JavaScript", "/JS"), "launch": ("/Launch", "/F")}[kind]
    action = DictionaryObject(
        {NameObject("/S"): NameObject(what[0]), NameObject(what[1]): TextStringObject("x")}
    )
    made._root_object[NameObject("/OpenAction")] = made._add_object(action)
    return saved(made)


def locked_pdf() -> bytes:
    made = writer("Text")
    made.encrypt("geheim", algorithm="RC4-128")
    return saved(made)


def hostile() -> Iterator[tuple[str, Content]]:
    """Name and content of what must never be accepted."""
    fine = pdf("Text")
    names = [
        "a.exe", "a.svg", "a.html", "a.docm", "a.xlsm", "a.zip", "a.pdf.exe", "a.exe.pdf",
        "a.html.pdf", "a.js.png", ".pdf", "..\\..\\a.pdf", "a\u202efdp.pdf", "a\u200b.pdf",
        "a\x07.pdf", f"{'a' * 180}.pdf", "VS-NfD Bericht.pdf", "VS_-_NfD.pdf", "a.lnk", "a", "a.php.pdf",
    ]  # fmt: skip
    yield from ((name, fine) for name in names)
    yield "leer.pdf", b""
    yield "html.pdf", b"<html><script>alert(1)</script></html>"
    yield "programm.pdf", b"MZ\x90\x00" + fine
    yield "abgebrochen.pdf", fine[:200]
    yield "anhang.pdf", fine + b"PK\x03\x04" + b"x" * 5000
    yield "muell.pdf", b"%PDF-1.7\n" + b"\xff" * 5000 + b"\n%%EOF"
    yield "skript.pdf", active_pdf("script")
    yield "eingebettet.pdf", active_pdf("attachment")
    yield "start.pdf", active_pdf("launch")
    yield "kennwort.pdf", locked_pdf()
    yield "vs.pdf", pdf("VS-NUR FUER DEN DIENSTGEBRAUCH")
    yield "eicar.txt", TEST_VIRUS
    yield "eicar.docx", TEST_VIRUS
    yield "flut.png", flood()
    yield "kaputt.png", picture()[:40]
    yield "anders.png", picture("JPEG")
    yield "anders.jpg", picture("PNG")
    yield "skript.jpg", picture("JPEG") + b"<script>alert(1)</script>"
    yield "gif.png", b"GIF89a/*<script>*/=1;"
    yield "skript.txt", b"<script>alert(1)</script>"
    yield "null.txt", b"a\x00b"
    yield "latin.txt", "Größe".encode("latin-1")
    yield "vs.txt", b"VS-NfD\nText"
    yield "makro.docx", docx(word__vbaProject=b"x")
    yield (
        "makrotyp.docx",
        archive({"[Content_Types].xml": "macroEnabled", "word/document.xml": WORD}),
    )
    yield "objekt.docx", docx(word__embeddings__oleObject1=b"x")
    yield "raus.docx", archive({"../../etc/cron": "x", "word/document.xml": WORD})
    yield "wurzel.docx", archive({"/etc/passwd": "x", "word/document.xml": WORD})
    yield "verweis.docx", with_link()
    yield "viele.docx", archive({f"word/{number}.xml": "" for number in range(5000)})
    yield "bombe.docx", lambda: bomb(docx())
    yield "kennwort.docx", encrypted_zip()
    yield "andere.docx", archive({"irgendwas.txt": "x"})
    yield "excel.xlsx", docx()
    yield "entity.docx", docx('&x;</w:t><!DOCTYPE a [<!ENTITY x "y">]>')
    yield from marked()
    yield from hostile_mails()
    yield "vs.docx", docx("VS - NUR FÜR DEN DIENSTGEBRAUCH")
    yield "vs.odt", odt("VS-NfD")
    yield "vs.xlsx", xlsx("<si><t>VS-NfD</t></si><si><t>Plan</t></si>")
    yield "vs-kopfzeile.xlsx", xlsx("", "<oddHeader>&amp;CVS-NfD</oddHeader>")
    yield "typ.odt", archive({"mimetype": "text/plain", "content.xml": "x"})
    yield "kaputt.docx", docx()[:100]


HEADER = WORD.replace("w:document", "w:hdr")
WATERMARK = '<w:hdr><v:textpath style="x" string="VS-NfD"/></w:hdr>'


def marked() -> Iterator[tuple[str, bytes]]:
    """Classified, whatever the sign of it looks like and wherever it stands."""
    lines = (
        "VS – Nur für den Dienstgebrauch", "VS-NUR FÜR DEN DIENSTGEBRAUCH - 3 -", "VS-Vertraulich",
        "Geheim", "G E H E I M", "STRENG GEHEIM", "*** VS\u2011NfD ***", "Einstufung: VS-NfD",
        "EU RESTRICTED", "RESTREINT UE/EU RESTRICTED", "NATO CONFIDENTIAL", "COSMIC TOP SECRET",
        "Nur für den Dienstgebrauch", "VS-\u00adNfD Seite 2 von 5", "VS-NfD\rText",
    )  # fmt: skip
    for number, line in enumerate(lines):
        yield f"zeile-{number}.txt", f"Vermerk\n{line}\nText".encode()
    talk = "Staatskanzlei, VS-NfD, Referat 24"
    yield "kopf.docx", with_part("word/header1.xml", HEADER.format(talk))
    yield "bindestrich.docx", docx("VS<w:noBreakHyphen/>NfD")
    yield "wasserzeichen.docx", with_part("word/header1.xml", WATERMARK)
    yield "fuss.docx", with_part("word/footer2.xml", HEADER.format(talk))
    yield "titel.docx", with_part("docProps/core.xml", "<dc:title>VS-NfD</dc:title>")
    yield "fuss.xlsx", xlsx("", "<oddFooter>&amp;R&amp;12VS-NfD Referat 24</oddFooter>")
    yield (
        "kopf.odt",
        archive({"mimetype": ODT, "content.xml": "<a/>", "styles.xml": f"<text:p>{talk}</text:p>"}),
    )
    yield "kopf.pdf", pages(talk + ", Seite {}", "Der Text der Seite {}")
    yield "NATO_RESTRICTED_Lage.pdf", pdf("Text")
    yield "2026-03_geheim_Lage.pdf", pdf("Text")


def hostile_mails() -> Iterator[tuple[str, bytes]]:
    program, virus = ("rechnung.exe", b"MZ"), ("a.txt", TEST_VIRUS)
    macro = ("makro.docx", docx(word__vbaProject=b"x"))
    for ending, made in ((".eml", mails.eml), (".msg", mails.msg)):
        for number, attached in enumerate(
            (program, virus, macro, ("a.zip", b"PK"), ("a.pdf", b"x"))
        ):
            yield f"anlage-{number}{ending}", made(("Programm.pdf", pdf("Text")), attached)
        yield f"betreff{ending}", made(subject="WG: [VS-NfD] Lage")
        yield f"text{ending}", made(body="Guten Tag\n\nVS-NfD\n\nText")
        yield f"anlage-vs{ending}", made(("Lage.txt", "VS – Nur für den Dienstgebrauch".encode()))
        yield f"anlage-name{ending}", made(("VS-NfD.txt", b"Text"))
        yield f"VS-NfD Lage{ending}", made()
        yield f"viele{ending}", made(*((f"{number}.txt", b"x") for number in range(51)))
        yield f"pdf{ending}", pdf("Text")
        yield f"html{ending}", b"<html><script>alert(1)</script></html>"
        yield f"abgebrochen{ending}", made()[: 40 if ending == ".eml" else 700]
    yield "html-zeile.eml", mails.eml(html="<p>Guten Tag</p><div>VS-<b>NfD</b></div><p>Text</p>")
    yield "skript.eml", mails.eml(html="<script>alert(1)</script>")
    yield "anlage-mail.eml", mails.forwarded(mails.eml(program))
    yield "tief.eml", reduce(lambda inner, _: mails.forwarded(inner), range(6), mails.eml())
    yield "verschluesselt.eml", mails.eml().replace(b"text/plain", b"application/pkcs7-mime")
    yield "null.eml", mails.eml() + b"\0"
    yield "gefaelscht.msg", mails.eml()
    yield "word.msg", mails.compound({"WordDocument": b"x"})
    yield "objekt.msg", mails.msg(**{"__attach_version1.0_#00000001": {"\1Ole10Native": b"MZ"}})
    yield "html-zeile.msg", mails.msg(**{"__substg1.0_10130102": b"<p>VS-NfD</p>"})
    yield "weitergeleitet.msg", mails.forwarded_msg("VS-NfD: Lage")


def doubtful() -> Iterator[tuple[str, bytes]]:
    """Talk about such things, which the person is asked about."""
    talk = "Die Schulung zu VS-NfD ist am Montag."
    yield "satz.txt", talk.encode()
    yield "satz.docx", docx(talk)
    yield "satz.odt", odt(talk)
    yield "satz.xlsx", xlsx(f"<si><t>{talk}</t></si>")
    yield "satz.pdf", pdf(talk)
    yield "satz.eml", mails.eml(body=talk)
    yield "betreff.eml", mails.eml(subject="Merkblatt VS-NfD für alle")
    yield "anlage.eml", mails.eml(("satz.txt", talk.encode()))
    yield "satz.msg", mails.msg(body=talk)
    yield "anlage.msg", mails.msg(("satz.docx", docx(talk)))
    yield "eigener.txt", b"Keine VS-NfD-Inhalte! Und das war streng geheim."


def with_part(name: str, content: str) -> bytes:
    return archive(
        {"[Content_Types].xml": TYPES, "word/document.xml": WORD.format("Text"), name: content}
    )


def pages(*lines: str, number: int = 3) -> bytes:
    made = writer("")
    stream = " T* ".join
    for page in range(number):
        if page:
            made.add_page(made.pages[0])
        shown = stream(f"({line.format(page + 1)}) Tj" for line in lines)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode("latin-1"))
        made.pages[page][NameObject("/Contents")] = made._add_object(content)
    return saved(made)


def honest() -> Iterator[tuple[str, bytes, str]]:
    """Name, content and type of what people rightly bring."""
    office = "application/vnd.openxmlformats-officedocument"
    yield "Gemeinsame Erklärung.pdf", pdf("Gemeinsame Erklaerung"), "application/pdf"
    yield "Programm (2).PDF", pdf("Programm"), "application/pdf"
    yield "Vermerk.docx", docx("Geheimnisse der Küche"), f"{office}.wordprocessingml.document"
    yield "Bild.png", picture(), "image/png"
    yield "Bild.jpeg", picture("JPEG"), "image/jpeg"
    yield "Notiz.txt", "Größe: 3 m".encode(), "text/plain"
    yield "Vermerk.odt", odt("Sitzung"), ODT
    own = (
        "Schreiben Sie so, dass der Text dem Landtag vorgelegt werden könnte. Keine VS-NfD-Inhalte."
    )
    yield "Stellungnahme.txt", own.encode(), "text/plain"
    yield "Formular.pdf", pages(*own.split(". ")), "application/pdf"
    yield (
        "Fuß.docx",
        with_part("word/footer1.xml", HEADER.format(own)),
        f"{office}.wordprocessingml.document",
    )
    fine = [("Programm.pdf", pdf("Programm")), ("Logo.png", picture()), ("Text.txt", b"Text")]
    yield "WG Programm.eml", mails.eml(*fine, html="<p>Guten Tag</p>"), "message/rfc822"
    yield "Unterschrieben.eml", mails.signed(), "message/rfc822"
    yield "Antwort.eml", mails.forwarded(mails.eml(*fine)), "message/rfc822"
    yield "Programm.msg", mails.msg(*fine, body="x" * 5000), "application/vnd.ms-outlook"
    yield "Weitergeleitet.MSG", mails.forwarded_msg("AW: Programm"), "application/vnd.ms-outlook"
