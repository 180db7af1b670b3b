import hashlib
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from focus_analysis.errors import ReadError
from focus_analysis.io.files import find_sources, sha256, write_whole


def find(paths, leave_out=()):
    with TemporaryDirectory() as bench:
        return find_sources(paths, Path(bench), leave_out)


def names(*paths, leave_out=()):
    return [source.name for source in find(paths, leave_out)[0]]


def test_a_folder_is_read_with_its_folders_in_order_of_name(study):
    folder = study({"b.txt": "x", "a.docx": "x", "świętokrzyskie/oksa.csv": "x", "podkarpackie/2018/ostrów.xlsx": "x"})
    assert names(folder) == ["a.docx", "b.txt", "podkarpackie/2018/ostrów.xlsx", "świętokrzyskie/oksa.csv"]


@pytest.mark.parametrize(
    "suffix", ["txt", "md", "docx", "doc", "srt", "vtt", "csv", "xlsx", "json", "TXT", "Docx", "pdf", "TextGrid"]
)
def test_every_suffix_that_a_reader_knows_is_a_transcript(study, suffix):
    assert names(study({f"grupa.{suffix}": "x"})) == [f"grupa.{suffix}"]


@pytest.mark.parametrize(
    "never",
    [
        "README.md",
        "readme.txt",
        "README",
        "Readme_o_badaniu.docx",
        "sessions.csv",
        "Sessions.xlsx",
        "sessions-2.xlsx",
        "sessions-13.xlsx",
        "speakers.csv",
        "SPEAKERS.XLSX",
        "speakers-2.xlsx",
        "guide.csv",
        "guide.docx",
        ".hidden.txt",
        "~$grupa.docx",
        ".git/opis.txt",
        "podkarpackie/README.md",
        "podkarpackie/sessions.xlsx",
        "podkarpackie/~$grupa.docx",
    ],
)
def test_some_files_are_never_transcripts_nor_worth_a_word(study, never):
    sources, notes = find([study({"grupa.txt": "x", never: "x"})])
    assert [source.name for source in sources] == ["grupa.txt"]
    assert notes == []


@pytest.mark.parametrize("name", ["sesja.csv", "speaker.txt", "guidelines.txt", "about-readme.md", "a~$b.docx"])
def test_names_that_only_look_alike_are_transcripts(study, name):
    assert names(study({name: "x"})) == [name]


@pytest.mark.parametrize("name", ["nagranie.mp3", "zdjęcie.png", "projekt.nvp", "bez_rozszerzenia"])
def test_a_suffix_that_no_reader_knows_is_noted_and_changes_nothing(study, name):
    sources, notes = find([study({"grupa.txt": "x", name: "x"})])
    assert [source.name for source in sources] == ["grupa.txt"]
    assert [(note.key, note.severity, note.file) for note in notes] == [("suffix_unknown", "note", name)]


def test_the_output_folder_is_not_read(study):
    folder = study({"grupa.txt": "x", "wyniki/turns.csv": "x", "wyniki/tables/codes.csv": "x", "inne/b.txt": "x"})
    assert names(folder, leave_out=[folder / "wyniki"]) == ["grupa.txt", "inne/b.txt"]


def test_the_output_folder_is_known_by_any_path_that_leads_to_it(study, monkeypatch):
    folder = study({"grupa.txt": "x", "wyniki/turns.csv": "x"})
    monkeypatch.chdir(folder)
    assert names(folder, leave_out=["wyniki"]) == ["grupa.txt"]
    assert names(".", leave_out=[folder / "wyniki" / ".." / "wyniki"]) == ["grupa.txt"]


def test_results_of_an_earlier_run_are_known_by_their_manifest(study):
    manifest = '{"inputs": [], "codebook": {}, "documents": {}}'
    results = {"turns.csv": "x", "codings.csv": "x", "tables/codes.csv": "x", "figures/a.svg": "x", "report.html": "x"}
    written = {f"wyniki/{name}": content for name, content in {**results, "manifest.json": manifest}.items()}
    sources, notes = find([study({"grupa.txt": "x", **written})])
    assert [source.name for source in sources] == ["grupa.txt"]
    assert notes == []


def test_a_manifest_of_another_program_hides_nothing(study):
    assert names(study({"manifest.json": '{"segments": []}', "turns.csv": "x"})) == ["manifest.json", "turns.csv"]


def test_a_file_given_twice_is_read_once(study):
    folder = study({"a.txt": "x", "sub/b.txt": "x"})
    assert names(folder, folder / "a.txt", folder / "sub") == ["a.txt", "sub/b.txt"]


def test_a_file_alone_knows_its_folder(study):
    folder = study({"sub/grupa.txt": "x"})
    (source,), _ = find([folder / "sub" / "grupa.txt"])
    assert (source.name, source.folder, source.path) == ("grupa.txt", folder / "sub", folder / "sub" / "grupa.txt")


def test_an_empty_folder_has_no_transcripts(study):
    assert find([study({})]) == ([], [])


def test_a_path_that_leads_nowhere_raises(tmp_path):
    with pytest.raises(ReadError, match=r"nie_ma\.txt: there is no such file or folder"):
        find([tmp_path / "nie_ma.txt"])


def test_a_single_file_of_an_unknown_suffix_raises_and_names_those_known(study):
    with pytest.raises(ReadError, match=r"nagranie\.mp3.*txt, md, docx, odt, rtf, pdf"):
        find([study({"nagranie.mp3": "x"}) / "nagranie.mp3"])


def test_the_hash_is_that_of_the_bytes(study):
    content = "Zażółć gęślą jaźń\r\n".encode("cp1250")
    assert sha256(study({"a.txt": content}) / "a.txt") == hashlib.sha256(content).hexdigest()


def test_a_file_is_written_with_the_folders_above_it(tmp_path):
    path = tmp_path / "wyniki" / "tables" / "a.csv"
    write_whole(path, lambda unfinished: unfinished.write_text("żółw", encoding="utf-8"))
    assert path.read_text(encoding="utf-8") == "żółw"
    assert [file.name for file in path.parent.iterdir()] == ["a.csv"]


def test_a_file_that_fails_half_way_leaves_the_old_one_and_nothing_else(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("stare")

    def fail(unfinished):
        unfinished.write_text("połow", encoding="utf-8")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_whole(path, fail)
    assert path.read_text() == "stare"
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_who_may_read_what_is_written_is_for_the_user_to_say(tmp_path, mask, mode):
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "a.csv", lambda unfinished: unfinished.write_text("x", encoding="utf-8"))
    finally:
        os.umask(before)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == mode


def test_the_unfinished_file_has_the_suffix_and_is_no_transcript(tmp_path):
    seen = []
    write_whole(tmp_path / "a.csv", lambda unfinished: (seen.append(unfinished), unfinished.write_text("x")))
    assert seen[0].suffix == ".csv"
    assert seen[0].name.startswith(".")
