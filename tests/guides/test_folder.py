"""Content travels as a folder of files: dumped and loaded again it is the same, and mistakes name their file."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guides import rows
from guides.exchange import folder
from guides.models import Guide, Revision
from tests.guides.factories import load_small_library

pytestmark = pytest.mark.django_db


def everything() -> list[object]:
    return [document for kind in rows.MODELS for document in rows.read_all(kind)]


def test_dumping_and_loading_gives_the_same_rows_and_no_new_revision(tmp_path: Path) -> None:
    load_small_library()
    before, revisions = everything(), Revision.objects.count()
    call_command("dump_guides", tmp_path, verbosity=0)
    call_command("load_guides", tmp_path, verbosity=0)
    assert everything() == before
    assert Revision.objects.count() == revisions


def test_a_dump_loads_into_an_empty_installation(tmp_path: Path) -> None:
    load_small_library()
    before = everything()
    call_command("dump_guides", tmp_path, verbosity=0)
    for kind in reversed(rows.MODELS):
        rows.MODELS[kind].objects.all().delete()
    call_command("load_guides", tmp_path, verbosity=0)
    assert everything() == before


def test_every_problem_names_its_file_and_nothing_is_loaded(tmp_path: Path) -> None:
    load_small_library()
    folder.write(tmp_path, everything())
    (tmp_path / "guides" / "password-expired.yaml").write_text("reference: FLOW-2\ncolour: red\n")
    (tmp_path / "notices" / "latin.yaml").write_bytes(b"slug: \xff")
    Guide.objects.update(title="Changed since")
    with pytest.raises(CommandError) as refused:
        call_command("load_guides", tmp_path, verbosity=0)
    assert "guides/password-expired.yaml: colour: there is no such field" in str(refused.value)
    assert "notices/latin.yaml: the file is not UTF-8 text" in str(refused.value)
    assert set(Guide.objects.values_list("title", flat=True)) == {"Changed since"}


def test_two_files_with_one_reference_are_refused(tmp_path: Path) -> None:
    load_small_library()
    folder.write(tmp_path, everything())
    path = tmp_path / "mitigations" / "FIX-1.yaml"
    (tmp_path / "mitigations" / "copy.yaml").write_text(path.read_text())
    with pytest.raises(CommandError, match=r"“FIX-1” is taken by mitigations/FIX-1\.yaml"):
        call_command("load_guides", tmp_path, verbosity=0)


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there is no document here"):
        call_command("load_guides", tmp_path, verbosity=0)
