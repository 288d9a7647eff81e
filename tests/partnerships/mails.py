"""Mails as people save them, as .eml; built here, nothing is stored."""

from email.message import EmailMessage

File = tuple[str, bytes]


def message(subject: str = "Programm", body: str = "Guten Tag", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "a@demo.example", "b@demo.example"
    made["Date"], made["Subject"] = "Mon, 30 Nov 2026 09:00:00 +0100", subject
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made


def eml(*attached: File, html: str = "", **words: str) -> bytes:
    made = message(**words)
    if html:
        made.add_alternative(html, subtype="html")
    for name, content in attached:
        made.add_attachment(content, "application", "octet-stream", filename=name)
    return made.as_bytes()


def forwarded(inner: bytes) -> bytes:
    made = message(subject="WG: Programm")
    made.add_attachment(inner, "application", "octet-stream", filename="Nachricht.eml")
    return made.as_bytes()
