import openpyxl
import pytest

from focus_analysis import labels
from focus_analysis.io.corpora import read_corpus
from focus_analysis.io.institutions import institutions
from focus_analysis.io.workbooks import write_workbooks

HEADER = "Gmina: Bieliny\nData: 12.09.2018\nDane: zmyślone\nUczestnicy:\nR1 – GOPS\nR2 – Policja\n\n"
GUESS, HEAD = "00FFF2CC", "00DDE8F0"


def init(folder, lang="pl"):
    return write_workbooks(read_corpus(folder), folder, lang)


def sheet(path):
    return openpyxl.load_workbook(path).worksheets[0]


def table(path):
    """Rows of the first sheet by their heads; an empty cell is None."""
    head, *rows = sheet(path).iter_rows(values_only=True)
    return [{name: value or None for name, value in zip(head, row, strict=True)} for row in rows]


def fills(path, column):
    head = [cell.value for cell in sheet(path)[1]]
    return [row[head.index(column)].fill.fgColor.rgb for row in sheet(path).iter_rows(min_row=2)]


def test_both_workbooks_are_written_and_named(study, talk):
    folder = study({"a.txt": HEADER + talk})
    assert [tuple(written) for written in init(folder)] == [
        (folder / "sessions.xlsx", 1, None),
        (folder / "speakers.xlsx", 3, None),
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "sessions.xlsx", "speakers.xlsx"]


def test_sessions_are_prefilled_with_what_was_read(study, talk):
    folder = study({"a.txt": HEADER + talk})
    init(folder)
    assert table(folder / "sessions.xlsx") == [
        {
            "plik": "a.txt",
            "sesja": "a",
            "gmina": "Bieliny",
            "teryt": "2604012",
            "powiat": "kielecki",
            "województwo": "świętokrzyskie",
            "data": "2018-09-12",
            "zmyślone": "tak",
            "zanonimizowane": None,
            "wypowiedzi (odczytane)": 5,
            "słowa (odczytane)": 21,
            "uwagi programu": None,
        }
    ]


def test_speakers_are_prefilled_with_what_was_read(study, talk):
    folder = study({"a.txt": HEADER + talk})
    init(folder, "en")
    rows = {row["speaker"]: row for row in table(folder / "speakers.xlsx")}
    assert [rows[name]["role"] for name in ("R1", "R2", "Moderator")] == ["participant", "participant", "moderator"]
    assert [rows[name]["institution"] for name in ("R1", "R2", "Moderator")] == ["gops", "police", None]
    assert rows["R2"] == {
        "file": "a.txt",
        "speaker": "R2",
        "role": "participant",
        "institution": "police",
        "turns (read)": 1,
        "words (read)": 8,
        "first words": "Nie ma autobusu, a do lekarza trzeba jechać.",
        "remarks of the program": None,
    }


def test_long_first_words_end_with_an_ellipsis(study):
    folder = study({"a.txt": "Moderator: Tak?\n\nR1: " + "samotność " * 40 + "\n\nModerator: Dziękuję.\n\nR1: Tak.\n"})
    init(folder)
    first = {row["mówca"]: row["pierwsze słowa"] for row in table(folder / "speakers.xlsx")}["R1"]
    assert (len(first), first[-1], first[:9]) == (140, "…", "samotność")


@pytest.mark.parametrize(
    ("lang", "heads", "titles"),
    [
        ("pl", ["plik", "sesja", "gmina"], [["sesje", "instrukcja"], ["mówcy", "instrukcja"]]),
        ("en", ["file", "session_id", "gmina"], [["sessions", "guide"], ["speakers", "guide"]]),
    ],
)
def test_heads_and_guide_speak_the_language_asked_for(study, talk, lang, heads, titles):
    folder = study({"a.txt": talk})
    init(folder, lang)
    books = [openpyxl.load_workbook(folder / f"{name}.xlsx") for name in ("sessions", "speakers")]
    assert [cell.value for cell in books[0].worksheets[0][1]][:3] == heads
    assert [book.sheetnames for book in books] == titles
    assert all(book.worksheets[1]["A1"].value for book in books)


def test_guesses_are_marked_and_what_the_files_say_is_not(study, talk):
    folder = study({"oksa.txt": talk, "pewne.txt": HEADER + talk})
    init(folder)
    sessions, speakers = folder / "sessions.xlsx", folder / "speakers.xlsx"
    for column in ("gmina", "teryt", "powiat", "województwo"):
        assert [fill == GUESS for fill in fills(sessions, column)] == [True, False]
    assert GUESS not in fills(sessions, "data")
    marked = {
        (row["plik"], row["mówca"]): (fill == GUESS, row["uwagi programu"])
        for row, fill in zip(table(speakers), fills(speakers, "rola"), strict=True)
    }
    assert marked["oksa.txt", "R1"] == (True, labels.words("workbook.guess", "pl"))
    assert marked["pewne.txt", "R1"] == (False, None)


def test_what_is_wrong_with_a_session_stands_in_its_remark(study, talk):
    folder = study({"grupa.txt": talk})
    init(folder)
    (row,) = table(folder / "sessions.xlsx")
    assert "nie wiadomo, jakiej gminy dotyczy plik" in row["uwagi programu"]
    assert "nie ma listy uczestników; odezwało się 2" in row["uwagi programu"]
    assert row["gmina"] is None


def test_roles_and_institutions_offer_their_choices(study, talk):
    folder = study({"a.txt": talk})
    init(folder)
    choices = [rule.formula1 for rule in sheet(folder / "speakers.xlsx").data_validations.dataValidation]
    assert choices == ['"moderator,participant,unknown"', f'"{",".join(institutions())}"']
    # a list inside a cell rule may have 255 characters, else the program that opens it calls the file broken
    assert all(len(choice.strip('"')) <= 255 for choice in choices)


def test_a_workbook_just_written_says_what_was_read(study, talk):
    folder = study({"a.txt": HEADER + talk, "podkarpackie/oksa.txt": talk})
    before = read_corpus(folder)
    init(folder)
    after = read_corpus(folder)
    columns = ["session_id", "gmina", "teryt", "powiat", "voivodeship", "date", "source", "invented", "anonymised"]
    assert after.sessions[columns].equals(before.sessions[columns])
    assert after.turns.equals(before.turns)
    key = ["session_id", "speaker"]
    roles = [corpus.speakers.set_index(key)[["role", "institution"]].sort_index() for corpus in (before, after)]
    assert roles[0].equals(roles[1])


@pytest.mark.parametrize("hostile", ["=1+1", "=HYPERLINK(0)", "+48", "-1", "@SUM(A1)"])
def test_a_workbook_holds_no_live_formula(study, hostile):
    text = f"Moderator: Tak?\n\nR1: {hostile} powiedział.\n\nModerator: I?\n\nR1: Nic.\n"
    folder = study({f"{hostile}.txt": text})
    init(folder)
    for name in ("sessions", "speakers"):
        book = openpyxl.load_workbook(folder / f"{name}.xlsx")
        cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
        assert any(str(cell.value).startswith(hostile) for cell in cells)
        assert [cell.value for cell in cells if cell.data_type == "f"] == []


def test_beside_a_csv_a_second_workbook_is_written(study, talk):
    csv = "file,gmina\na.txt,Oksa\n"
    folder = study({"a.txt": talk, "sessions.csv": csv})
    sessions, speakers = init(folder)
    assert tuple(sessions) == (folder / "sessions-2.xlsx", 1, folder / "sessions.csv")
    assert tuple(speakers) == (folder / "speakers.xlsx", 3, None)
    assert (folder / "sessions.csv").read_text() == csv
    assert not (folder / "sessions.xlsx").exists()
    assert table(folder / "sessions-2.xlsx")[0]["gmina"] == "Oksa"


@pytest.mark.parametrize("content", [b"", b"to nie jest arkusz", b"PK\x03\x04"])
def test_beside_an_unreadable_workbook_a_second_one_is_written(study, talk, content):
    folder = study({"a.txt": talk})
    corpus = read_corpus(folder)
    (folder / "sessions.xlsx").write_bytes(content)
    sessions, _ = write_workbooks(corpus, folder, "pl")
    assert tuple(sessions) == (folder / "sessions-2.xlsx", 1, folder / "sessions.xlsx")
    assert (folder / "sessions.xlsx").read_bytes() == content


def test_a_second_workbook_is_not_overwritten_either(study, talk):
    folder = study({"a.txt": talk, "sessions.csv": "file,gmina\na.txt,Oksa\n", "sessions-2.xlsx": b"moje"})
    init(folder)
    assert (folder / "sessions-2.xlsx").read_bytes() == b"moje"
    assert (folder / "sessions.csv").read_text() == "file,gmina\na.txt,Oksa\n"


def test_guesses_that_nobody_confirmed_are_no_roster(study, talk):
    folder = study({"a.txt": talk})
    before = read_corpus(folder)
    init(folder)
    after = read_corpus(folder)
    assert after.sessions["n_participants"].isna().all()
    known = ["speaker", "role", "institution", "n_turns"]
    assert after.speakers[known].equals(before.speakers[known])
    assert not after.speakers.query("role != 'moderator'")["in_roster"].any()
