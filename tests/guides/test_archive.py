"""An archive that is not one of ours is refused in a sentence that names the file, whatever it holds."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import parsing
from guides.exchange import archive
from guides.exchange.archive import Content
from guides.exchange.staff_data import StaffData
from tests.guides.factories import document, notice_data, small_library

NOTICE = parsing.to_yaml(document("notice", notice_data())).encode()
STAFF = {"FLOW-1": StaffData(owner="sam", note="Ask **Kim** first."), "FLOW-2": StaffData(owner="kim")}
GOOD = archive.write(Content(small_library(), STAFF))

Entry = tuple[str | zipfile.ZipInfo, bytes]


def zipped(entries: Iterable[Entry], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as packed:
        for name, content in entries:
            packed.writestr(name, content)
    return stream.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry


def refused(content: bytes) -> str:
    with pytest.raises(parsing.DocumentError) as error:
        archive.read(content)
    return str(error.value)


def test_what_was_written_is_read_again_and_the_same_content_gives_the_same_bytes() -> None:
    content = archive.read(GOOD)
    assert sorted(map(repr, content.documents)) == sorted(map(repr, small_library()))
    assert content.staff == STAFF
    assert archive.write(content) == GOOD
    assert archive.write(Content(list(reversed(small_library())), STAFF)) == GOOD


def test_files_stand_in_the_folders_of_the_content() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packed:
        names = packed.namelist()
    assert names == [
        "guides/flow-turned-off.yaml",
        "guides/password-expired.yaml",
        "mitigations/FIX-1.yaml",
        "notices/source-first.yaml",
        "questions/flow-on.yaml",
        "staff.yaml",
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("../notices/a.yaml", "notices/../../a.yaml", "notices/./a.yaml", "/notices/a.yaml", "..", "../"),
        *("notices\\a.yaml", "..\\a.yaml", "C:/notices/a.yaml", "C:\\a.yaml"),
    ],
)
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    said = refused(zipped([("notices/source-first.yaml", NOTICE), (name, NOTICE)]))
    assert said == f"{name}: the name leads out of the archive"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("notices/inner.zip", "notices/inner.zip: this is itself an archive"),
        ("more.tar.gz", "more.tar.gz: this is itself an archive"),
        ("readme.txt", "readme.txt: only files such as guides/flow-turned-off.yaml belong here, in the folders guides"),
        ("notices/a.yml", "notices/a.yml: only files such as"),
        ("notices/deep/a.yaml", "notices/deep/a.yaml: only files such as"),
        ("content/notices/a.yaml", "content/notices/a.yaml: only files such as"),
        ("Notices/a.yaml", "Notices/a.yaml: only files such as"),
        ("a" * 500, "a…: only files such as"),
        ("notices/\x1b[31m.yaml.exe", "notices/�[31m.yaml.exe: only files such as"),
    ],
)
def test_a_file_that_does_not_belong_there_is_named(name: str, said: str) -> None:
    assert said in refused(zipped([("notices/source-first.yaml", NOTICE), (name, b"x")]))


def test_what_systems_add_on_their_own_is_passed_over() -> None:
    own = [("notices/", b""), ("__MACOSX/notices/._source-first.yaml", b"\xff"), ("notices/.DS_Store", b"\x00")]
    assert len(archive.read(zipped([*own, ("notices/source-first.yaml", NOTICE)])).documents) == 1


def test_a_link_is_refused() -> None:
    assert refused(zipped([(link("notices/a.yaml"), b"/etc/passwd")])) == (
        "notices/a.yaml: this is a link to another file"
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["notices/source-first.yaml", "notices/Source-First.yaml"])
def test_a_name_that_is_there_twice_is_refused(second: str) -> None:
    assert refused(zipped([("notices/source-first.yaml", NOTICE), (second, NOTICE)])) == (
        f"{second}: this name is there twice"
    )


def test_an_encrypted_file_is_refused() -> None:
    content = bytearray(zipped([("notices/source-first.yaml", NOTICE)]))
    content[6] |= 1  # the flags in front of the file, and again in the directory
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(content)) == (
        "notices/source-first.yaml: the file is encrypted; export again without a password"
    )


def test_another_way_of_packing_is_refused() -> None:
    said = refused(zipped([("notices/source-first.yaml", NOTICE)], zipfile.ZIP_LZMA))
    assert "packed in a way that is not read here" in said


def test_a_damaged_file_is_named() -> None:
    content = bytearray(zipped([("notices/source-first.yaml", NOTICE)], zipfile.ZIP_STORED))
    content[content.index(b"Start in")] ^= 1
    assert refused(bytes(content)) == "notices/source-first.yaml: the file is damaged; export the archive again"


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", GOOD[:-30], GOOD[: len(GOOD) // 2], b"PK" * 1000])
def test_what_is_no_archive_or_only_a_part_is_refused(content: bytes) -> None:
    assert refused(content) == "This is not a zip archive, or only a part of one. Export it again."


def test_an_archive_without_documents_is_refused() -> None:
    assert "There is no document in the archive" in refused(zipped([]))
    assert "There is no document in the archive" in refused(zipped([("staff.yaml", b"FLOW-1: {owner: sam}")]))


def test_a_text_that_is_not_utf_8_or_no_document_is_named_and_so_are_all_others() -> None:
    said = refused(
        zipped(
            [
                ("notices/latin.yaml", b"slug: \xff"),
                ("notices/short.yaml", b"slug: short"),
                ("notices/inner.yaml", zipped([("a", b"b")])),
                ("notices/empty.yaml", b""),
                ("notices/a.yaml", NOTICE),
                ("notices/b.yaml", NOTICE),
                ("staff.yaml", b"FLOW-1: {ower: sam}\nflow: {}"),
            ]
        )
    )
    assert said.splitlines() == [
        "notices/b.yaml: slug: “source-first” is taken by notices/a.yaml",
        "notices/empty.yaml: the file is empty",
        "notices/inner.yaml: this is itself an archive",
        "notices/latin.yaml: the file is not UTF-8 text",
        "notices/short.yaml: title: this field is needed",
        "notices/short.yaml: text: this field is needed",
        "staff.yaml: FLOW-1: ower: there is no such field; the fields here are owner, review_by, note",
        "staff.yaml: flow: write a guide's reference, such as FLOW-3",
    ]


def test_a_file_that_unpacks_to_more_than_a_document_may_have_is_refused() -> None:
    said = refused(zipped([("notices/a.yaml", b"#" * 5_000_000)]))
    assert said == "notices/a.yaml: the file has more than 800,000 bytes, unpacked"
    said = refused(zipped([("notices/a.yaml", b"#" * 300_000)]))
    assert said == "notices/a.yaml: the document has 300000 characters; 200000 are allowed"


def test_a_header_that_lies_about_the_size_changes_nothing() -> None:
    content = bytearray(zipped([("notices/a.yaml", b"#" * 5_000_000)]))
    directory = content.index(b"PK\x01\x02")
    content[22:26] = content[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    assert refused(bytes(content)) == "notices/a.yaml: the file is damaged; export the archive again"


def test_files_that_together_unpack_to_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 2 * 1024 * 1024)
    said = refused(zipped((f"notices/{number}.yaml", b"#" * 700_000) for number in range(4)))
    assert said == "notices/2.yaml: here the files come to more than 2 MB, unpacked"


def test_too_many_files_and_too_large_an_archive_are_refused_before_they_are_read() -> None:
    many = zipped(((f"notices/{number}.yaml", b"") for number in range(archive.MAX_FILES + 1)), zipfile.ZIP_STORED)
    assert refused(many) == "There are more than 20,000 files in the archive."
    assert refused(b"x" * (archive.MAX_UPLOAD + 1)) == "The archive has more than 20 MB."


def test_of_very_many_problems_the_first_hundred_are_told() -> None:
    said = refused(zipped((f"{number}.txt", b"") for number in range(150))).splitlines()
    assert len(said) == 101
    assert said[-1] == "… and 50 more problems"


def answer(content: bytes) -> Content | list[str]:
    try:
        return archive.read(content)
    except parsing.DocumentError as error:
        return error.problems


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_an_archive_with_wrong_bytes_anywhere_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    content = bytearray(GOOD)
    for place, byte in changes:
        content[place] = byte
    assert answer(bytes(content))


@given(st.integers(0, len(GOOD)), st.integers(0, len(GOOD)))
def test_an_archive_with_a_part_cut_out_is_read_or_refused(start: int, end: int) -> None:
    assert answer(GOOD[:start] + GOOD[end:])
