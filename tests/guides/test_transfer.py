"""What goes out comes in again, exactly; an import is planned first, and then everything or nothing happens."""

from __future__ import annotations

import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides import knowledge, markdown, parsing, publishing, rows
from guides.exchange import archive, transfer
from guides.exchange.archive import Content
from guides.exchange.staff_data import StaffData
from guides.models import CodeAlias, ContentVersion, ErrorCode, Guide, Mitigation, Question, Revision
from guides.parsing import DocumentError
from tests.guides.bundle import bundle
from tests.guides.factories import (
    document,
    guide_data,
    load_small_library,
    mitigation_data,
    notice_data,
    question_data,
    second_guide_data,
    small_library,
)

pytestmark = pytest.mark.django_db

GONE = {"slug": "gone", "text": "It is gone", "summary": "You said the flow is gone.", "normal": "usually"}
NOTE = StaffData(owner="sam", review_by=datetime.date(2027, 1, 31), note="Ask **Kim** first.\n\n- 日本語 🙂")


def import_(content: Content) -> transfer.Done:
    return publishing.finish(transfer.importing(content))


def empty() -> None:
    """As in an installation that has no guides yet."""
    Question.objects.update(only_if=None)
    for kind in reversed(rows.MODELS):
        rows.MODELS[kind].objects.all().delete()
    for model in (Revision, ErrorCode, ContentVersion):
        model.objects.all().delete()


def everything_stored() -> list[Any]:
    fields = ("pk", "edits", "edited_at", "live", "differs")
    stored = [row for model in rows.MODELS.values() for row in model.objects.values_list(*fields)]
    return [*stored, Revision.objects.count(), ContentVersion.now()]


@pytest.mark.usefixtures("starter_content")
def test_the_starter_guides_come_out_of_an_empty_installation_byte_by_byte_as_they_went_in() -> None:
    User.objects.create_user("sam", is_staff=True)
    content = Content(transfer.all_live().documents, {"FLOW-1": NOTE, "FLOW-12": StaffData(note="One line.")})
    first = archive.write(content)
    empty()
    import_(archive.read(first))
    assert archive.write(transfer.all_live()) == first
    assert archive.write(transfer.all_drafts()) == first


def test_questions_that_change_places_do_not_spoil_the_round_trip() -> None:
    second = document("question", question_data(slug="second", order=20))
    expects = {"flow-on": {"on": "rarely", "off": "usually"}, "second": {"off": "never"}}
    publishing.load([*small_library()[:2], second, *small_library(expects=expects)[2:]])
    publishing.load([document("question", question_data(order=30, choices=question_data()["choices"][::-1]))])
    first = archive.write(transfer.all_live())
    assert archive.write(transfer.all_drafts()) == first
    empty()
    import_(archive.read(first))
    assert archive.write(transfer.all_live()) == first


def test_texts_of_all_kinds_survive_the_way() -> None:
    odd = " x\t\\ \"q\" 'a' # no: comment\n\n    code\n🙂 日本語 \u2028 end \u00a0."
    loaded = small_library(
        before=odd, samples=[{"text": f"  FlowIsTurnedOff\r\n{odd}\n\n"}, {"text": "- no\n", "leads": "elsewhere"}]
    )
    publishing.load(loaded)
    first = archive.write(transfer.all_live())
    empty()
    import_(archive.read(first))
    assert archive.write(transfer.all_live()) == first


def test_the_second_import_changes_nothing() -> None:
    User.objects.create_user("sam", is_staff=True)
    content = Content(bundle(6), {"FLOW-2": NOTE})
    done = import_(content)
    assert (len(done.revisions), done.staff) == (len(content.documents), 1)
    before = everything_stored()
    done = import_(content)
    assert (len(done.revisions), done.staff) == (0, 0)
    assert everything_stored() == before
    plan = transfer.plan(content)
    assert (plan.created, plan.changed, plan.staff, plan.problems) == ([], [], [], [])
    assert len(plan.left) == len(content.documents)


def test_a_plan_says_what_is_created_changed_and_left_and_writes_nothing() -> None:
    load_small_library()
    before = everything_stored()
    new = document("mitigation", mitigation_data(reference="FIX-2"))
    plan = transfer.plan(Content([*small_library(title="Switch it on"), new], {"FLOW-1": NOTE}))
    assert [row.key for row in plan.created] == ["FIX-2"]
    assert [row.document.key for row in plan.changed] == ["FLOW-1"]
    assert [(change.word, change.place) for change in plan.changed[0].changes] == [("Changed", "Title")]
    assert not plan.changed[0].loses_draft
    assert [row.key for row in plan.left] == ["source-first", "flow-on", "FIX-1", "FLOW-2"]
    assert plan.staff == ["FLOW-1"]
    assert everything_stored() == before


def test_a_plan_says_whose_unpublished_work_would_be_lost() -> None:
    guide = load_small_library()
    Guide.objects.filter(pk=guide.pk).update(title="Written here")
    (changed,) = transfer.plan(Content(small_library())).changed
    assert changed.loses_draft
    assert changed.changes == ()


def test_an_import_says_how_far_it_is() -> None:
    told = list(transfer.importing(Content(bundle(60))))
    last = {phase: (done, of) for phase, done, of in told}
    count = len(bundle(60))
    assert last == {"written": (count, count), "checked": (60, 60), "published": (count, count)}
    assert len([phase for phase, _done, _of in told if phase == "written"]) > 3
    for phase in last:
        numbers = [done for other, done, _of in told if other == phase]
        assert numbers == sorted(numbers)


def test_work_that_nobody_waits_for_any_more_leaves_nothing() -> None:
    work = transfer.importing(Content(bundle(6)))
    while next(work).phase != "published":
        pass
    assert Guide.objects.exists()
    work.close()
    assert not Guide.objects.exists()
    assert not Revision.objects.exists()


def test_what_staff_keep_is_set_for_guides_that_the_archive_brings() -> None:
    kim = User.objects.create_user("kim", is_staff=True)
    User.objects.create_user("visitor")
    load_small_library()
    Guide.objects.update(owner=kim, internal_note="Kept here.")
    staff = {
        "FLOW-1": NOTE,
        "FLOW-2": StaffData(owner="visitor", note="New"),
        "FLOW-9": StaffData(note="No such guide"),
    }
    assert import_(Content(small_library()[:4], staff)).staff == 1
    first, second = Guide.objects.order_by("reference")
    assert (first.owner, first.review_by, first.internal_note) == (kim, NOTE.review_by, NOTE.note)
    assert second.internal_note == "Kept here."
    User.objects.create_user("sam", is_staff=True)
    import_(Content(small_library(), staff))
    first, second = Guide.objects.order_by("reference")
    assert first.owner.username == "sam"
    assert (second.owner, second.internal_note) == (kim, "New")


def test_a_note_that_an_import_brings_is_a_save_that_whoever_has_the_page_open_is_told_of() -> None:
    guide = load_small_library()
    before = Guide.objects.get(pk=guide.pk)
    import_(Content(small_library(), {"FLOW-1": StaffData(note="Ask **Kim** first.")}))
    now = Guide.objects.get(pk=guide.pk)
    assert (now.edits, now.differs) == (before.edits + 1, False)


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (
            [("guide", guide_data(reference="FLOW-7", codes=[], messages=[], samples=[]))],
            "FLOW-7: slug: “flow-turned-off” belongs to FLOW-1 already",
        ),
        (
            [("question", question_data(choices=[question_data()["choices"][0], GONE]))],
            "FLOW-1: expects: “flow-on” has no choice “off”",
        ),
        (
            [("guide", second_guide_data(reference="FLOW-1", title="Something else"))],
            "FLOW-1: reference: this is another guide here, “Turn the flow back on”; choose a free reference",
        ),
        ([("notice", notice_data()), ("guide", second_guide_data(notices=["nowhere"]))], "there is no “nowhere”"),
        (
            [("guide", second_guide_data(codes=[{"token": "PasswordExpired", "aliases": ["FlowIsOff"]}]))],
            "FLOW-2: codes: “FlowIsOff” of PasswordExpired already stands for FlowIsTurnedOff",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_the_field_and_nothing_happens(extra: list[Any], said: str) -> None:
    load_small_library()
    before = everything_stored()
    with pytest.raises((DocumentError, publishing.PublishError)) as refused:
        import_(Content([document(kind, data) for kind, data in extra], {"FLOW-1": NOTE}))
    assert said in str(refused.value)
    assert everything_stored() == before
    assert Guide.objects.get(reference="FLOW-1").internal_note == ""


def test_a_text_that_the_renderer_gives_up_on_is_refused_by_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def render(text: str) -> str:
        raise markdown.RefusedError("Lists stand too deep inside each other here.")

    monkeypatch.setattr(markdown, "render", render)
    with pytest.raises(publishing.PublishError, match=r"^source-first: text: Lists stand too deep"):
        import_(Content(small_library()))
    assert not Guide.objects.exists()


def test_a_choice_that_only_a_draft_here_uses_is_not_removed() -> None:
    load_small_library()
    rows.write(
        document("guide", second_guide_data(reference="FLOW-8", slug="a-draft", expects={"flow-on": {"on": "usually"}}))
    )
    off = question_data()["choices"][1]
    content = Content([document("question", question_data(choices=[off, GONE]))])
    said = "flow-on: choices: “on” is removed, but still named by FLOW-8; change these first"
    assert said in transfer.plan(content).problems
    with pytest.raises(DocumentError, match="still named by FLOW-8"):
        import_(content)
    assert Question.objects.get(slug="flow-on").choices.count() == 2


def test_an_alias_moves_to_another_code_when_its_guide_lets_go_of_it() -> None:
    load_small_library()
    freed = guide_data(codes=[{"token": "FlowIsTurnedOff"}])
    taker = second_guide_data(codes=[{"token": "PasswordExpired", "aliases": ["FlowIsOff"]}])
    import_(Content([document("guide", freed), document("guide", taker)]))
    assert CodeAlias.objects.get().code.token == "PasswordExpired"


def test_an_import_asks_the_database_about_each_thing_only_once_or_twice() -> None:
    content = Content(bundle(60))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        import_(content)
    assert len(asked) < 2.5 * len(content.documents)
    with CaptureQueriesContext(connection) as asked:
        import_(content)
    assert len(asked) < 150


def test_an_archive_is_dumped_and_loaded_by_commands(tmp_path: Path) -> None:
    User.objects.create_user("sam", is_staff=True)
    load_small_library()
    Guide.objects.filter(reference="FLOW-1").update(internal_note="Only for us.")
    for name in ("guides.zip", "folder"):
        call_command("dump_guides", tmp_path / name, verbosity=0)
    before = archive.write(transfer.all_drafts())
    assert (tmp_path / "guides.zip").read_bytes() == before
    for name in ("guides.zip", "folder"):
        empty()
        out = StringIO()
        call_command("load_guides", tmp_path / name, stdout=out)
        assert out.getvalue() == "5 documents read, 5 published.\n"
        assert archive.write(transfer.all_drafts()) == before
        assert Mitigation.objects.get().is_live


def test_a_dry_run_of_the_command_tells_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "guides.zip"
    path.write_bytes(archive.write(Content(small_library(title="Switch it on"))))
    load_small_library()
    before, out = everything_stored(), StringIO()
    call_command("load_guides", path, "--dry-run", stdout=out)
    assert out.getvalue().splitlines() == [
        "Changed: guide FLOW-1",
        "  Changed: Title",
        "Left as they are: 4",
    ]
    path.write_bytes(archive.write(Content([document("guide", second_guide_data(notices=["nowhere"]))])))
    with pytest.raises(
        CommandError, match=r"refused\.\nguides/password-expired\.yaml: FLOW-2: notices: there is no “nowhere”"
    ):
        call_command("load_guides", path, "--dry-run", stdout=out)
    assert everything_stored() == before


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_command_shows_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "guides.zip"
    path.write_bytes(archive.write(Content(small_library())))
    out = Terminal()
    call_command("load_guides", path, stdout=out)
    assert "5 of 5 documents published" in out.getvalue()
    assert "2 of 2 guides checked" in out.getvalue()
    assert out.getvalue().endswith("5 documents read, 5 published.\n")


@pytest.mark.parametrize("command", ["load_guides", "dump_guides"])
def test_a_path_that_cannot_be_is_answered_in_plain_words(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError) as refused:
        call_command(command, tmp_path / "file" / "guides.zip")
    assert "guides.zip" in str(refused.value)


def test_a_refusal_names_the_file_that_a_document_came_from(tmp_path: Path) -> None:
    path = tmp_path / "guides" / "any name.yaml"
    path.parent.mkdir()
    path.write_text(parsing.to_yaml(document("guide", second_guide_data())))
    with pytest.raises(CommandError, match=r"guides/any name\.yaml: FLOW-2: mitigations: there is no “FIX-1”"):
        call_command("load_guides", tmp_path)


def test_a_file_that_is_no_archive_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "guides.zip").write_text("hello")
    with pytest.raises(CommandError, match="This is not a zip archive"):
        call_command("load_guides", tmp_path / "guides.zip")


def test_readers_see_what_was_imported() -> None:
    import_(Content(small_library()))
    assert knowledge.current().guides["FLOW-1"].document.title == "Turn the flow back on"
