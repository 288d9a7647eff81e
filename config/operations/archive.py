"""One file that holds a whole Brücke: a dump of the database, the documents, and a list of both with checksums.

The list is read in the same snapshot as the dump, so that a restored database can be compared with it row by
row. Documents are added after the dump: one that the dump names is in the file, one that came later does no harm.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

import psycopg

from ui import disk

FORMAT = 1
MANIFEST, DUMP, DOCUMENTS = "manifest.json", "database.dump", "documents"
PIECE = 1 << 20


class ArchiveError(Exception):
    """A sentence for the person at the terminal."""


@contextmanager
def explained() -> Iterator[None]:
    """What system or database refuse becomes a sentence."""
    try:
        yield
    except (OSError, psycopg.Error) as error:
        if disk.is_full(error):
            text = f"{disk.FULL} Bitte Platz schaffen und den Befehl wiederholen."
        elif isinstance(error, OSError):
            text = f"{error.filename or 'Datei'}: {error.strerror}"
        else:
            text = f"Die Datenbank antwortet nicht oder lehnt ab:\n{error}"
        raise ArchiveError(text) from error


@dataclass(frozen=True)
class Table:
    rows: int
    checksum: str


@dataclass
class Manifest:
    made_at: str
    postgresql: str
    migrations: list[str]
    tables: dict[str, Table]
    sequences: dict[str, int | None]
    checksums: dict[str, str] = field(default_factory=dict)  # of the dump and the documents
    format: int = FORMAT

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def read_manifest(text: bytes) -> Manifest:
    try:
        values: dict[str, Any] = json.loads(text)
        if values["format"] != FORMAT:
            raise ArchiveError(
                "Die Sicherung hat ein anderes Format; dazu gehört eine andere Fassung."
            )
        tables = {name: Table(**value) for name, value in values.pop("tables").items()}
        return Manifest(tables=tables, **values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveError("Das Verzeichnis der Sicherung ist nicht lesbar.") from error


def write(target: Path, documents: Path, make_dump: Callable[[Path], Manifest]) -> Manifest:
    """Beside the final name first: a backup that stands under it is whole."""
    dump, part = (target.with_name(f".{target.name}.{kind}") for kind in ("dump", "part"))
    try:
        for path in (dump, part):
            path.unlink(missing_ok=True)
            path.touch(mode=0o600)
        manifest = make_dump(dump)
        with part.open("wb") as file, zipfile.ZipFile(file, "w") as archive:
            manifest.checksums[DUMP] = add(archive, dump, DUMP)
            for path, name in files_below(documents):
                manifest.checksums[name] = add(archive, path, name)
            archive.writestr(MANIFEST, manifest.as_json())
            archive.close()
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        for path in (dump, part):
            path.unlink(missing_ok=True)
    return manifest


def files_below(documents: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(documents.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path, f"{DOCUMENTS}/{path.relative_to(documents).as_posix()}"


def add(archive: zipfile.ZipFile, path: Path, name: str) -> str:
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        return copy(source, target)


def copy(source: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest()


@contextmanager
def opened(path: Path, workplace: Path) -> Iterator[tuple[Manifest, Path]]:
    """The list and a folder with dump and documents, all of them as they were written."""
    for left_behind in workplace.glob(".restore-*"):  # by one that was killed
        shutil.rmtree(left_behind, ignore_errors=True)
    folder = workplace / f".restore-{os.getpid()}"
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield unpack(path, folder), folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unpack(path: Path, folder: Path) -> Manifest:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            manifest = read_manifest(archive.read(MANIFEST))
            for name, checksum in manifest.checksums.items():
                extract(archive, name, folder, checksum)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise ArchiveError(f"{path} ist keine vollständige Sicherung von Brücke.") from error
    return manifest


def extract(archive: zipfile.ZipFile, name: str, folder: Path, checksum: str) -> None:
    parts = PurePosixPath(name).parts
    if parts[0] not in (DUMP, DOCUMENTS) or ".." in parts:
        raise ArchiveError(f"Die Sicherung enthält einen fremden Namen: {name}")
    target = folder.joinpath(*parts)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("xb") as file:
        if copy(source, file) != checksum:
            raise ArchiveError(f"Die Sicherung ist beschädigt: {name}")


def former(documents: Path) -> Path:
    return documents.with_name(f".{documents.name}.former")


@contextmanager
def exchanged_documents(folder: Path, documents: Path) -> Iterator[None]:
    """The folders change places whole; unless the block succeeds, they change back."""
    fresh, kept = folder / DOCUMENTS, former(documents)
    fresh.mkdir(mode=0o700, exist_ok=True)
    documents.mkdir(mode=0o700, exist_ok=True)
    documents.rename(kept)
    try:
        fresh.rename(documents)
        yield
    except BaseException:
        if documents.exists():
            documents.rename(fresh)
        kept.rename(documents)
        raise
    shutil.rmtree(kept, ignore_errors=True)
