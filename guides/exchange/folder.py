"""Documents in a folder, one file each: guides/ mitigations/ notices/ questions/ with `<name>.yaml` inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from guides import document as shapes
from guides import parsing

from . import staff_data
from .staff_data import Staff

STARTER = Path(__file__).parent.parent / "content"
"""The documents that every new installation begins with."""

FOLDERS = {"notice": "notices", "question": "questions", "mitigation": "mitigations", "guide": "guides"}
EXAMPLE = "guides/flow-turned-off.yaml"


def read(folder: Path) -> list[shapes.Document]:
    """All documents of a folder. Raises DocumentError with every problem of every file, each naming its file."""
    return read_files(folder).checked()


def read_files(folder: Path) -> Files:
    """The documents of a folder with their files, and what is wrong with them."""
    files = Files()
    for kind, name in FOLDERS.items():
        for path in sorted((folder / name).glob("*.yaml")):
            files.add(kind, str(path.relative_to(folder)), path.read_bytes())
    if not files.documents and not files.problems:
        files.problems.append(f"{folder}: there is no document here; expected files such as {EXAMPLE}")
    return files


def staff(folder: Path) -> Staff:
    """What the folder says about guides for staff only. Raises DocumentError."""
    path = folder / staff_data.FILE
    return read_staff(path.read_bytes()) if path.exists() else {}


def read_staff(content: bytes) -> Staff:
    """What the content of a staff file says. Raises DocumentError with problems that name the file."""
    try:
        return staff_data.parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problems = ["the file is not UTF-8 text"]
    except parsing.DocumentError as error:
        problems = error.problems
    raise parsing.DocumentError([f"{staff_data.FILE}: {problem}" for problem in problems])


def write(folder: Path, documents: Iterable[shapes.Document], staff: Staff | None = None) -> int:
    """Write documents as files, each under its slug or reference; how many there were."""
    count = 0
    for name, text in texts(documents):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        count += 1
    if staff:
        (folder / staff_data.FILE).write_text(staff_data.to_yaml(staff), encoding="utf-8")
    return count


def texts(documents: Iterable[shapes.Document]) -> Iterator[tuple[str, str]]:
    """The name of each document's file inside the folder, and what stands in it."""
    for document in documents:
        yield f"{FOLDERS[document.KIND]}/{getattr(document, 'slug', document.key)}.yaml", parsing.to_yaml(document)


class Files:
    """The documents of many files, and what is wrong with them."""

    def __init__(self) -> None:
        self.documents: dict[tuple[str, str], shapes.Document] = {}
        self.problems: list[str] = []
        self.names: dict[tuple[str, str], str] = {}
        """Of the files, by the kind and key of their documents."""

    def add(self, kind: str, name: str, content: bytes) -> None:
        """Read one file of a kind; what is wrong with it becomes problems that name it."""
        try:
            document = parsing.parse(kind, content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.problems.append(f"{name}: the file is not UTF-8 text")
            return
        except parsing.DocumentError as error:
            self.problems += [f"{name}: {problem}" for problem in error.problems]
            return
        place = (kind, document.key)
        if place in self.documents:
            self.problems.append(f"{name}: {document.KEY}: “{document.key}” is taken by {self.names[place]}")
        else:
            self.documents[place], self.names[place] = document, name

    def checked(self) -> list[shapes.Document]:
        """All documents. Raises DocumentError when anything was wrong."""
        if self.problems:
            raise parsing.DocumentError(self.problems)
        return list(self.documents.values())
