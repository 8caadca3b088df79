import json

import pytest

from troubleshooter.diagnosis.evaluate import Record, RecordError, parse_records, score

RECORDS = (
    Record("a", "off", ("turned-off", "blank"), "message", "public"),
    Record("b", "empty", ("turned-off", "blank"), "description", "public"),
    Record("c", "weather", ("none",), "description", "made"),
    Record("d", "weather", ("none", "turned-off"), "", ""),
    Record("e", "gone", ("none",), "message", "made"),
)
ANSWERS = {"off": "turned-off", "empty": "blank", "weather": "turned-off", "gone": "none"}


def test_rates_count_accepted_first_labels_and_false_guides():
    report = score(RECORDS, ANSWERS.__getitem__)
    assert report.overall.as_dict() == {
        "records": 5,
        "accepted": 4,
        "first": 2,
        "none": 2,
        "false_guides": 1,
        "accepted_rate": 0.8,
        "first_rate": 0.4,
        "false_guide_rate": 0.5,
    }
    assert {name: (tally.records, tally.accepted) for name, tally in report.by_kind.items()} == {
        "description": (2, 1),
        "message": (2, 2),
    }
    assert {name: tally.records for name, tally in report.by_origin.items()} == {"made": 2, "public": 2}
    assert [(miss.record.id, miss.answer) for miss in report.misses] == [("c", "turned-off")]


def test_a_kind_without_none_labels_has_no_false_guide_rate():
    report = score(RECORDS[:1], ANSWERS.__getitem__)
    assert report.overall.as_dict()["false_guide_rate"] is None
    assert score((), ANSWERS.__getitem__).overall.as_dict()["accepted_rate"] is None


def test_the_report_reads_as_a_table_and_as_data():
    report = score(RECORDS, ANSWERS.__getitem__)
    lines = report.as_text().splitlines()
    assert lines[1].split() == ["all", "5", "80.0", "%", "40.0", "%", "1", "of", "2"]
    assert lines[-1] == "  c: turned-off, not none"
    assert json.loads(json.dumps(report.as_dict()))["misses"] == [
        {"id": "c", "labels": ["none"], "answer": "turned-off"}
    ]
    assert score((), ANSWERS.__getitem__).as_text()


def test_lines_become_records_and_other_fields_do_not_matter():
    lines = [
        '{"id": "a", "text": "x", "labels": ["l"], "kind": "json", "origin": "public", "note": "n"}',
        "",
        '{"id": "b", "text": "", "labels": ["none"]}',
    ]
    assert parse_records(lines) == (Record("a", "x", ("l",), "json", "public"), Record("b", "", ("none",)))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: this is not JSON"),
        ("[1]", "line 2: write an object with id, text and labels"),
        ('{"text": "x", "labels": ["l"]}', "line 2: id is needed and must be a text"),
        ('{"id": "b", "text": 1, "labels": ["l"]}', "line 2: text is needed and must be a text"),
        ('{"id": "b", "text": "x", "labels": []}', "line 2: labels is needed"),
        ('{"id": "b", "text": "x", "labels": "l"}', "line 2: labels is needed"),
        ('{"id": "a", "text": "x", "labels": ["l"]}', "the id “a” is there twice"),
        ("[" * 100_000, "line 2: this is nested too deeply"),
    ],
)
def test_a_bad_line_is_named_with_its_number(line, message):
    with pytest.raises(RecordError, match=message):
        parse_records(['{"id": "a", "text": "x", "labels": ["l"]}', line])
