"""The log of changes: lines are added, none is rewritten."""

import csv
from datetime import UTC, datetime

import pytest

from focus_analysis.coding.human import coding_changes
from focus_analysis.errors import ArgumentError
from focus_analysis.io.change_log import log_changes
from tests.builders import codings

BEFORE, AFTER = codings(("s", 1, "x")), codings(("s", 1, "x", "denied"), ("s", 2, "y"))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def lines(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_who_when_what_and_why_are_written(tmp_path):
    path = tmp_path / "log" / "zmiany.csv"
    assert log_changes(coding_changes(BEFORE, AFTER), path, "Ala", "po rozmowie", NOON) == 2
    assert lines(path) == [
        ["when", "who", "session_id", "turn", "code", "before", "after", "why"],
        ["2026-03-01T12:00:00+00:00", "Ala", "s", "1", "x", "affirmed", "denied", "po rozmowie"],
        ["2026-03-01T12:00:00+00:00", "Ala", "s", "2", "y", "none", "affirmed", "po rozmowie"],
    ]


def test_lines_are_added_after_those_that_stand(tmp_path):
    path = tmp_path / "zmiany.csv"
    log_changes(coding_changes(BEFORE, AFTER), path, "Ala", "raz", NOON)
    first = path.read_bytes()
    log_changes(coding_changes(AFTER, BEFORE), path, "Ola", "dwa")
    assert path.read_bytes().startswith(first)
    assert len(lines(path)) == 5


def test_a_reason_of_its_own_is_kept_and_no_cell_is_a_formula(tmp_path):
    changes = coding_changes(BEFORE, AFTER).assign(reason=["=1+1", None])
    log_changes(changes, tmp_path / "z.csv", "Ala", "ogólnie", NOON)
    assert [line[-1] for line in lines(tmp_path / "z.csv")[1:]] == ["'=1+1", "ogólnie"]


def test_nobody_and_no_reason_are_refused(tmp_path):
    changes = coding_changes(BEFORE, AFTER)
    for who, why in (("", "x"), ("x", " ")):
        with pytest.raises(ArgumentError, match="say who changed"):
            log_changes(changes, tmp_path / "z.csv", who, why)
    (tmp_path / "inny.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(ArgumentError, match="is not a log"):
        log_changes(changes, tmp_path / "inny.csv", "Ala", "x")
    (tmp_path / "stary.csv").write_bytes(b"when,who,session_id,turn,code,before,after,why\n1,J\xf3zef,s,1,x,,,y\n")
    with pytest.raises(ArgumentError, match="is not in UTF-8"):
        log_changes(changes, tmp_path / "stary.csv", "Ala", "x")
    for nothing in (None, "zmiany", BEFORE):
        with pytest.raises(ArgumentError, match="the changes lack"):
            log_changes(nothing, tmp_path / "z.csv", "Ala", "x")
    assert not (tmp_path / "z.csv").exists()


def test_a_log_that_an_editor_saved_goes_on_with_a_line_of_its_own(tmp_path):
    path = tmp_path / "z.csv"
    log_changes(coding_changes(BEFORE, AFTER), path, "Ala", "raz", NOON)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().rstrip(b"\n"))
    log_changes(coding_changes(BEFORE, AFTER), path, "Ola", "dwa", NOON)
    assert [line[-1] for line in lines(path)[1:]] == ["raz", "raz", "dwa", "dwa"]
