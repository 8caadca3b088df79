"""Documents in a folder, one file each: guides/ mitigations/ notices/ questions/ with `<name>.yaml` inside."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import document as shapes
from . import parsing

STARTER = Path(__file__).parent / "content"
"""The documents that every new installation begins with."""

_FOLDERS = {"notice": "notices", "question": "questions", "mitigation": "mitigations", "guide": "guides"}


def read(folder: Path) -> list[shapes.Document]:
    """All documents of a folder. Raises DocumentError with every problem of every file, each naming its file."""
    documents: dict[tuple[str, str], tuple[Path, shapes.Document]] = {}
    problems: list[str] = []
    for kind, name in _FOLDERS.items():
        for path in sorted((folder / name).glob("*.yaml")):
            place = path.relative_to(folder)
            try:
                document = parsing.parse(kind, path.read_text(encoding="utf-8"))
            except UnicodeDecodeError:
                problems.append(f"{place}: the file is not UTF-8 text")
                continue
            except parsing.DocumentError as error:
                problems += [f"{place}: {problem}" for problem in error.problems]
                continue
            first, _same = documents.setdefault((kind, document.key), (place, document))
            if first != place:
                problems.append(f"{place}: {document.KEY}: “{document.key}” is taken by {first}")
    if not documents and not problems:
        problems.append(f"{folder}: there is no document here; expected files such as guides/flow-turned-off.yaml")
    if problems:
        raise parsing.DocumentError(problems)
    return [document for _place, document in documents.values()]


def write(folder: Path, documents: Iterable[shapes.Document]) -> int:
    """Write documents as files, each under its slug or reference; how many there were."""
    count = 0
    for document in documents:
        path = folder / _FOLDERS[document.KIND] / f"{getattr(document, 'slug', document.key)}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(parsing.to_yaml(document), encoding="utf-8")
        count += 1
    return count
