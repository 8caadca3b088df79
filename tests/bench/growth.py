"""What content of one size costs: time to get ready, to diagnose, to read a text and to search; and room."""

from __future__ import annotations

import datetime
import tracemalloc
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from guides import parsing
from guides.document import Document
from guides.knowledge import Knowledge, Live, LiveQuestion
from guides.library import Library
from guides.search import Index, entries_of
from tests.bench.synthetic import Size, documents
from tests.bench.timing import Clock, percentile
from tests.bench.walks import TURNS, after, beginning
from troubleshooter.diagnosis.decide import diagnose
from troubleshooter.diagnosis.model import Model
from troubleshooter.diagnosis.recognise import MOST_READ
from troubleshooter.diagnosis.tables import compiled

DAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Growth:
    """What one size costs. Times are those of this machine; `ordinary` gives those of an ordinary one."""

    size: Size
    slowness: float
    documents_s: float
    """Of checking the stored documents."""
    model_s: float
    compile_s: float
    turn_p50_ms: float
    turn_p99_ms: float
    memory_mb: float
    """Of the model and its tables."""
    recogniser_s: float = 0.0
    """Of getting ready to read texts, and reading the first one."""
    usual_ms: float = 0.0
    worst_ms: float = 0.0
    index_s: float = 0.0
    query_ms: float = 0.0

    @property
    def ordinary(self) -> Growth:
        times = {field.name for field in fields(self) if field.name.endswith(("_s", "_ms"))}
        return replace(self, **{name: getattr(self, name) / self.slowness for name in times})

    def as_dict(self) -> dict[str, float]:
        """The numbers, times as they would be on an ordinary machine."""
        return {name: round(value, 6) for name, value in vars(self.ordinary).items() if name != "size"}


def measured(size: Size, people: int, *, texts: bool = True) -> Growth:
    """Build content of a size and walk so many people through it; `texts`: read and search in it, too."""
    stored = list(documents(size))
    clock = Clock()
    checked, documents_s = clock.timed(lambda: [parsing.validate(kind, data) for kind, data in stored])
    library = Library.of(checked)
    model, model_s = clock.timed(lambda: library.model)
    _tables, compile_s = clock.timed(lambda: compiled(model))
    turns = [1000 * turn for person in range(people) for turn in _turns(clock, model, person)]
    read = _read(clock, library) | _searched(clock, library) if texts else {}
    return Growth(
        size=size,
        slowness=clock.stopped(),
        documents_s=documents_s,
        model_s=model_s,
        compile_s=compile_s,
        turn_p50_ms=percentile(turns, 50),
        turn_p99_ms=percentile(turns, 99),
        memory_mb=_room(checked),
        **read,
    )


def _turns(clock: Clock, model: Model, person: int) -> Iterable[float]:
    """Seconds of each diagnosis that one person is shown."""
    evidence = beginning(model, person)
    for _ in range(TURNS + 1):
        (diagnosis, once), (_, again) = (clock.timed(lambda: diagnose(model, evidence)) for _ in range(2))  # noqa: B023
        yield min(once, again)
        said = after(diagnosis, person)
        if said is None:
            return
        evidence = said


def _room(checked: list[Document]) -> float:
    """Megabytes that a model and its tables take, beside the documents they are made of."""
    tracemalloc.start()
    model = Library.of(checked).model
    tables = compiled(model)
    room = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del tables
    return room / MEGABYTE


def _read(clock: Clock, library: Library) -> dict[str, float]:
    guides = library.model.guides
    _, seconds = clock.timed(lambda: library.recogniser.read(_usual_text(library, 0)))  # some of it gets ready then
    recogniser = library.recogniser
    usual = [_usual_text(library, place * len(guides) // 10) for place in range(10)]
    return {
        "recogniser_s": seconds,
        "usual_ms": 1000 * max(clock.best(lambda: recogniser.read(text), 3) for text in usual),  # noqa: B023
        "worst_ms": 1000 * max(clock.best(lambda: recogniser.read(text), 2) for text in _long_texts(library)),  # noqa: B023
    }


def _usual_text(library: Library, place: int) -> str:
    """An error as people paste it: a code and a message among what else the run of a flow says."""
    guide = library.model.guides[place]
    message = guide.messages[0].template.replace("<name>", "Orders 2026")
    return (
        f"Hello, my flow has failed since this morning. {guide.phrases[0]}. What can I do?\n"
        f'{{"error": {{"code": "{guide.codes[0].token}", "message": "{message}"}}, "clientRequestId": '
        '"3c1b9f57-0000-4a0e-9f1e-5a1d00000001", "innerError": {"status": 400, "source": "flow-apim-europe.example"}}\n'
        "Action 'Run_a_flow' failed. The response is not in a JSON format. Start time 21/11/2026 09:14, 3 seconds."
    )


def _long_texts(library: Library) -> list[str]:
    """Texts of the greatest length that is read, each hard on another part of the reader."""
    guides = library.model.guides
    pieces = [
        " ".join(guide.phrases[0] for guide in guides[:1000]),
        " ".join(guide.messages[0].template for guide in guides[:1000]),
        " ".join(code.token for guide in guides[:1000] for code in guide.codes),
        guides[0].messages[0].template,
        '{"error": "' + "\\" * 20,
        "it does not ",
    ]
    return [(piece + " ") * (MOST_READ // (len(piece) + 1)) + piece[:MOST_READ] for piece in pieces]


def _searched(clock: Clock, library: Library) -> dict[str, float]:
    knowledge = Knowledge(
        version=1,
        stamp="1",
        changed=None,
        library=library,
        guides={reference: Live(guide, 0, DAY) for reference, guide in library.guides.items()},
        retired={},
        mitigations={reference: Live(row, 0, DAY) for reference, row in library.mitigations.items()},
        notices={},
        questions={slug: LiveQuestion(question, 0, DAY) for slug, question in library.questions.items()},
    )
    index, seconds = clock.timed(lambda: Index(entries_of(knowledge)))
    guide = library.model.guides[-1]
    queries = (guide.title, guide.phrases[0], f"{guide.title[:-3]}x", "mend", guide.meaning)
    return {
        "index_s": seconds,
        "query_ms": 1000 * max(clock.best(lambda: index.search(query), 3) for query in queries),  # noqa: B023
    }
