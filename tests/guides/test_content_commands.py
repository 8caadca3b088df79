"""The commands about content: a folder is checked without touching the database, stored HTML is made again."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guides import knowledge, markdown
from guides.exchange import folder
from guides.models import Guide, Revision
from tests.guides.factories import document, load_small_library, question_data, small_library


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder of documents that fit together."""
    folder.write(tmp_path, small_library())
    return tmp_path


def said_of(content: Path) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("check_guides", content)
    return str(refused.value)


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_starter_guides_are_in_order() -> None:
    out = StringIO()
    call_command("check_guides", folder.STARTER, stdout=out)
    assert "nothing is wrong" in out.getvalue()


def test_an_unknown_field_and_a_key_that_is_there_twice_are_named_with_their_files(content: Path) -> None:
    add(content / "guides" / "flow-turned-off.yaml", "colour: red\n")
    add(content / "notices" / "source-first.yaml", "title: Again\n")
    said = said_of(content)
    assert "guides/flow-turned-off.yaml: colour: there is no such field" in said
    assert "notices/source-first.yaml: line 4: “title” is there twice" in said


def test_a_guide_that_names_a_mitigation_without_steps_is_told_where_the_steps_are_missing(content: Path) -> None:
    path = content / "mitigations" / "FIX-1.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("steps:")[0], encoding="utf-8")
    assert said_of(content) == "mitigations/FIX-1.yaml: steps: this field is needed"


def test_conditions_that_go_in_a_circle_are_named(content: Path) -> None:
    first = question_data(only_if={"question": "second", "choice": "on"})
    second = question_data(slug="second", only_if={"question": "flow-on", "choice": "on"})
    folder.write(content, [document("question", first), document("question", second)])
    assert "its condition leads in a circle back to itself; remove one of flow-on, second" in said_of(content)


@pytest.mark.django_db
def test_without_a_folder_the_drafts_are_checked() -> None:
    load_small_library()
    Guide.objects.filter(reference="FLOW-1").update(verification="")
    with pytest.raises(CommandError, match="verification: say how people know that it worked"):
        call_command("check_guides")


@pytest.mark.django_db
def test_html_of_an_older_renderer_is_made_again_and_readers_get_it() -> None:
    guide = load_small_library()
    Revision.objects.filter(pk=guide.live_id).update(html={"verification": "old"}, renderer=markdown.RENDERER - 1)
    before = knowledge.current()
    call_command("rebuild_html", stdout=StringIO())
    known = knowledge.current()
    assert known.stamp != before.stamp
    assert "<strong" in knowledge.guide_html(known, known.guides["FLOW-1"]).verification
