"""Everything as one zip file: the documents in the same folders as on disk, and what staff keep beside them.

What comes in is not trusted: nothing is written to disk, names and sizes are bounded before they are believed, and
every refusal is a sentence that names the file.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guides import document as shapes
from guides.parsing import MAX_DOCUMENT, DocumentError

from . import staff_data
from .folder import EXAMPLE, FOLDERS, Files, read_staff, texts
from .staff_data import Staff

MAX_UPLOAD = 20 * 1024 * 1024
"""Bytes of the archive itself."""
MAX_TOTAL = 60 * 1024 * 1024
"""Bytes of all files in it, unpacked."""
MAX_STAFF = 10 * 1024 * 1024
"""Bytes of the staff file, unpacked."""
MAX_FILES = 20_000
_MAX_BYTES = 4 * MAX_DOCUMENT
"""Of one document: no character takes more than four. Its characters are counted when it is parsed."""
_MOST_PROBLEMS = 100
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_ENTRY = b"PK\x01\x02"
_KINDS = {name: kind for kind, name in FOLDERS.items()}
_ARCHIVES = re.compile(r"\.(zip|7z|rar|gz|tgz|bz2|xz|zst|tar|jar|cab)$", re.IGNORECASE)


@dataclass(frozen=True)
class Content:
    """What an archive holds."""

    documents: list[shapes.Document]
    staff: Staff = field(default_factory=dict)
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Of the files that the documents came from, by kind and key."""


def write(content: Content) -> bytes:
    """The archive; the same content gives the same bytes."""
    files = dict(texts(content.documents))
    if content.staff:
        files[staff_data.FILE] = staff_data.to_yaml(content.staff)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            packed.writestr(entry, files[name].encode())
    return stream.getvalue()


def read(archive: bytes) -> Content:
    """What an archive holds. Raises DocumentError with every problem of every file, each naming its file."""
    if len(archive) > MAX_UPLOAD:
        raise DocumentError([f"The archive has more than {_megabytes(MAX_UPLOAD)}."])
    if archive.count(_ENTRY) > MAX_FILES:
        raise DocumentError([f"There are more than {MAX_FILES:,} files in the archive."])
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            return _content(packed)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError, EOFError) as error:
        if isinstance(error, DocumentError):
            raise DocumentError(_few(error.problems)) from None
        raise DocumentError(["This is not a zip archive, or only a part of one. Export it again."]) from None


def _content(packed: zipfile.ZipFile) -> Content:
    entries = _entries(packed.infolist())
    if all(entry.filename == staff_data.FILE for entry in entries):
        raise DocumentError([f"There is no document in the archive; expected files such as {EXAMPLE}"])
    files, left = Files(), MAX_TOTAL
    staff: Staff = {}
    for entry in sorted(entries, key=lambda entry: entry.filename):
        name, is_staff = _shown(entry.filename), entry.filename == staff_data.FILE
        content = _unpacked(packed, entry, MAX_STAFF if is_staff else _MAX_BYTES, files.problems)
        left -= len(content)
        if left < 0:
            raise DocumentError([f"{name}: here the files come to more than {_megabytes(MAX_TOTAL)}, unpacked"])
        if is_staff and content:
            try:
                staff = read_staff(content)
            except DocumentError as error:
                files.problems += error.problems
        elif content:
            files.add(_KINDS[name.partition("/")[0]], name, content)
    return Content(files.checked(), staff, files.names)


def _entries(entries: Iterable[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The files to read. Raises DocumentError when one of the others is more than a folder or a system's own note."""
    wanted: dict[str, zipfile.ZipInfo] = {}
    problems: list[str] = []
    for entry in entries:
        name = _shown(entry.orig_filename)
        problem = _unsafe(entry)
        if problem:
            problems.append(f"{name}: {problem}")
        elif entry.is_dir() or name.startswith("__MACOSX/") or name.rpartition("/")[2] == ".DS_Store":
            continue
        elif name.casefold() in wanted:
            problems.append(f"{name}: this name is there twice")
        elif problem := _out_of_place(name):
            problems.append(f"{name}: {problem}")
        else:
            wanted[name.casefold()] = entry
    if problems:
        raise DocumentError(problems)
    return list(wanted.values())


def _unsafe(entry: zipfile.ZipInfo) -> str:
    """Why an entry is refused whatever it is called, or ""."""
    name = entry.orig_filename
    if entry.flag_bits & _ENCRYPTED:
        return "the file is encrypted; export again without a password"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "this is a link to another file"
    if name.startswith("/") or "\\" in name or ":" in name or "\x00" in name or {"..", "."} & set(name.split("/")):
        return "the name leads out of the archive"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "the file is packed in a way that is not read here; use an ordinary zip"
    return ""


def _out_of_place(name: str) -> str:
    """Why a file cannot be one of ours, or ""."""
    if _ARCHIVES.search(name):
        return "this is itself an archive"
    folder, _, file = name.partition("/")
    if name == staff_data.FILE or (folder in _KINDS and file.endswith(".yaml") and "/" not in file):
        return ""
    return f"only files such as {EXAMPLE} belong here, in the folders {', '.join(sorted(_KINDS))}"


def _unpacked(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, problems: list[str]) -> bytes:
    """At most so many bytes of a file, whatever its header promises; b"" and a problem when it cannot be read."""
    name, problem, content = _shown(entry.filename), "", b""
    try:
        with packed.open(entry) as stream:
            content = stream.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        problem = "the file is damaged; export the archive again"
    if len(content) > most:
        raise DocumentError([f"{name}: the file has more than {most:,} bytes, unpacked"])
    if content.startswith(b"PK\x03\x04"):
        problem = "this is itself an archive"
    elif not content:
        problem = problem or "the file is empty"
    if problem:
        problems.append(f"{name}: {problem}")
    return b"" if problem else content


def _shown(name: str) -> str:
    """A name as it may stand in a sentence."""
    printable = "".join(character if character.isprintable() else "�" for character in name)
    return printable if len(printable) <= 120 else printable[:119] + "…"


def _few(problems: list[str]) -> list[str]:
    more = len(problems) - _MOST_PROBLEMS
    return problems if more <= 0 else [*problems[:_MOST_PROBLEMS], f"… and {more:,} more problems"]


def _megabytes(count: int) -> str:
    return f"{count / 1024 / 1024:.0f} MB"
