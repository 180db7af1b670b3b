from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import ReadError
from focus_analysis.io.metadata import Tables, iso_date, read_tables

MONTHS = (
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("12.09.2018", "2018-09-12"),
        ("1.9.2018", "2018-09-01"),
        ("12-09-2018", "2018-09-12"),
        ("12/09/2018", "2018-09-12"),
        ("2018-09-12", "2018-09-12"),
        ("2018-9-2", "2018-09-02"),
        ("2018-09-12 10:30:00", "2018-09-12"),
        ("2018-09-12T10:30", "2018-09-12"),
        ("12.09.2018 r.", "2018-09-12"),
        ("12.09.2018r.", "2018-09-12"),
        ("12 września 2018", "2018-09-12"),
        ("12 września 2018 r.", "2018-09-12"),
        ("12 Wrzesnia 2018 roku", "2018-09-12"),
        ("12 September 2018", "2018-09-12"),
        ("2018-06", "2018-06"),
        ("06.2018", "2018-06"),
        ("czerwiec 2018", "2018-06"),
        ("październik 2018 r.", "2018-10"),
        ("2018", "2018"),
        ("2018 r.", "2018"),
        ("29.02.2016", "2016-02-29"),
        ("  12.09.2018  ", "2018-09-12"),
    ],
)
def test_a_date_is_understood(text, iso):
    assert iso_date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wczoraj",
        "31.02.2018",
        "29.02.2018",
        "12.13.2018",
        "2018-13",
        "2018-00",
        "12 brumaire'a 2018",
        "12.09.18",
        "9",
    ],
)
def test_what_is_no_date_is_none(text):
    assert iso_date(text) is None


@given(st.dates(min_value=date(1900, 1, 1)))
@settings(deadline=None, max_examples=80)
def test_every_day_is_understood_in_each_way_of_writing_it(day):
    written = (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year} r.",
    )
    assert [iso_date(text) for text in written] == [day.isoformat()] * 4


def test_without_tables_nothing_is_known():
    tables = read_tables(None, None)
    assert (tables.session("a.txt"), tables.roster("a.txt"), tables.notes) == ({}, (), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "iso8859-2", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_from_excel_is_read_in_any_encoding_and_with_any_delimiter(tmp_path, encoding, delimiter):
    rows = [["plik", "gmina", "województwo", "data"], ["świlcza.txt", "Łoniów", "świętokrzyskie", "12.09.2018"]]
    path = tmp_path / "sessions.csv"
    path.write_text("\r\n".join(delimiter.join(row) for row in rows), encoding=encoding, newline="")
    assert read_tables(path, None).session("świlcza.txt") == {
        "file": "świlcza.txt",
        "gmina": "Łoniów",
        "voivodeship": "świętokrzyskie",
        "date": "12.09.2018",
    }


def test_an_xlsx_gives_dates_and_numbers_as_text(tmp_path, workbook):
    path = workbook(
        tmp_path / "sessions.xlsx",
        ["File", "Session_ID", "TERYT", "Date"],
        ["a.txt", 7, 1814062, datetime(2018, 9, 12)],
    )
    row = read_tables(path, None).session("a.txt")
    assert row == {"file": "a.txt", "session_id": "7", "teryt": "1814062", "date": "2018-09-12"}


def test_columns_that_nobody_knows_are_left_out(tmp_path):
    (tmp_path / "sessions.csv").write_text("file,gmina,moje uwagi\na.txt,Oksa,do sprawdzenia\n")
    assert read_tables(tmp_path / "sessions.csv", None).session("a.txt") == {"file": "a.txt", "gmina": "Oksa"}


def test_a_short_row_has_empty_cells(tmp_path):
    (tmp_path / "sessions.csv").write_text("file,gmina,powiat\na.txt,Oksa\nb.txt,Bieliny,kielecki\n")
    assert read_tables(tmp_path / "sessions.csv", None).session("a.txt")["powiat"] == ""


@pytest.mark.parametrize("name", ["Grupa A.TXT", "grupa a.txt", "G1", "g1"])
def test_a_session_is_found_by_file_or_id_whatever_the_case(tmp_path, name):
    (tmp_path / "sessions.csv").write_text("file,session_id,gmina\nGrupa A.txt,G1,Oksa\n")
    assert read_tables(tmp_path / "sessions.csv", None).session(name)["gmina"] == "Oksa"


def test_a_path_written_on_windows_is_the_same_path(tmp_path):
    (tmp_path / "sessions.csv").write_text("file,gmina\npodkarpackie\\a.txt,Krempna\n")
    assert read_tables(tmp_path / "sessions.csv", None).session("podkarpackie/a.txt")["gmina"] == "Krempna"


def test_the_first_name_that_has_a_row_counts(tmp_path):
    (tmp_path / "sessions.csv").write_text("file,gmina\nb/x.txt,Oksa\nx.txt,Bieliny\n")
    tables = read_tables(tmp_path / "sessions.csv", None)
    assert tables.session("b/x.txt", "x.txt")["gmina"] == "Oksa"
    assert tables.session("c/x.txt", "x.txt")["gmina"] == "Bieliny"


@pytest.mark.parametrize(
    ("rows", "key"), [("a.txt,Oksa\na.txt,Bieliny\n", "row_twice"), ("a.txt,Oksa\n,Bieliny\n", "row_without_file")]
)
def test_a_row_that_cannot_be_used_is_reported_with_its_number(tmp_path, rows, key):
    (tmp_path / "sessions.csv").write_text(f"file,gmina\n{rows}")
    notes = read_tables(tmp_path / "sessions.csv", None).notes
    assert [(note.key, note.severity, note.file, note.place) for note in notes] == [
        (key, "warning", "sessions.csv", "3")
    ]


def test_a_roster_keeps_label_institution_and_role_in_order(tmp_path):
    (tmp_path / "speakers.csv").write_text(
        "plik;mówca;rola;instytucja\na.txt;Pani Ż;uczestniczka;GOPS\na.txt;M;prowadząca;\na.txt;R2;;straż\n",
        encoding="cp1250",
    )
    roster = read_tables(None, tmp_path / "speakers.csv").roster("a.txt")
    assert [(entry.label, entry.role, entry.institution) for entry in roster] == [
        ("Pani Ż", "participant", "GOPS"),
        ("M", "moderator", ""),
        ("R2", "", "straż"),
    ]


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("moderator", "moderator"),
        ("Moderatorka", "moderator"),
        ("PROWADZĄCY", "moderator"),
        ("badaczka", "moderator"),
        ("participant", "participant"),
        ("uczestnik", "participant"),
        ("Uczestniczka", "participant"),
        ("unknown", "unknown"),
        ("?", "unknown"),
        ("", ""),
    ],
)
def test_roles_are_understood_in_both_languages(tmp_path, written, role):
    (tmp_path / "speakers.csv").write_text(f"file,speaker,role,institution\na.txt,R1,{written},GOPS\n")
    tables = read_tables(None, tmp_path / "speakers.csv")
    assert [entry.role for entry in tables.roster("a.txt")] == [role]
    assert tables.notes == ()


def test_an_unknown_role_is_reported_with_its_row_and_counts_as_none(tmp_path):
    (tmp_path / "speakers.csv").write_text("file,speaker,role\na.txt,R1,participant\na.txt,R2,gość\n")
    tables = read_tables(None, tmp_path / "speakers.csv")
    assert [entry.role for entry in tables.roster("a.txt")] == ["participant", ""]
    (note,) = tables.notes
    assert (note.key, note.severity, note.file, note.place) == ("role_unknown", "warning", "speakers.csv", "3")
    assert dict(note.words) == {"role": "gość", "label": "R2"}


def test_a_speaker_who_stands_twice_is_reported_and_the_first_row_holds(tmp_path):
    (tmp_path / "speakers.csv").write_text("file,speaker,institution\na.txt,R1,GOPS\na.txt,r1.,Policja\nb.txt,R1,WTZ\n")
    tables = read_tables(None, tmp_path / "speakers.csv")
    assert [entry.institution for entry in tables.roster("a.txt")] == ["GOPS"]
    assert [entry.institution for entry in tables.roster("b.txt")] == ["WTZ"]
    assert [(note.key, note.place) for note in tables.notes] == [("speaker_twice", "3")]


@pytest.mark.parametrize(
    ("kind", "head", "needed"),
    [
        ("sessions", "gmina,powiat", "file / session_id"),
        ("speakers", "speaker,role", "file / session_id"),
        ("speakers", "file,role", "speaker"),
    ],
)
def test_a_table_without_a_column_that_it_needs_names_the_column_and_those_allowed(tmp_path, kind, head, needed):
    path = tmp_path / f"{kind}.csv"
    path.write_text(f"{head}\nx,y\n")
    with pytest.raises(ReadError, match=f"{kind}.csv, 1: .*{needed}.*session_id"):
        read_tables(path if kind == "sessions" else None, path if kind == "speakers" else None)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip"])
def test_an_unreadable_table_raises_and_names_the_table(tmp_path, content):
    (tmp_path / "sessions.xlsx").write_bytes(content)
    with pytest.raises(ReadError, match=r"sessions\.xlsx"):
        read_tables(tmp_path / "sessions.xlsx", None)


def test_tables_built_by_hand_answer_too():
    assert Tables({"a.txt": {"gmina": "Oksa"}}).session("A.txt") == {"gmina": "Oksa"}
