"""Archives of transcripts: read like folders, and harmless."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from focus_analysis import Limits, read_corpus
from focus_analysis.errors import ReadError
from tests.io.making import packed

TALK = "M: Czego brakuje w gminie?\nR1: Nie ma u nas żłobka.\nM: A co jeszcze?\nR1: Nie ma autobusu.\n".encode()
OTHER = TALK.replace(b"autobusu", b"lekarza")


@pytest.fixture
def archive(tmp_path):
    def write(files, name="wywiady.zip"):
        path = tmp_path / name
        path.write_bytes(files if isinstance(files, bytes) else packed(files))
        return path

    return write


def special(name, content=b"x", **fields):
    """An archive with one member whose fields are set by hand."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        member = zipfile.ZipInfo(name)
        for field, value in fields.items():
            setattr(member, field, value)
        zipped.writestr(member, content)
        zipped.writestr("grupa.txt", TALK)
    return buffer.getvalue()


def keys(corpus):
    return {note.key for note in corpus.notes}


def test_an_archive_is_read_like_a_folder_with_its_tables(archive):
    tables = {"w/sessions.csv": b"file,gmina,powiat\na.txt,Bieliny,kielecki\n"}
    corpus = read_corpus(archive({"w/a.txt": TALK, "w/b/c.txt": OTHER, "__MACOSX/w/._a.txt": b"x", **tables}))
    assert list(corpus.sessions["source"]) == ["wywiady.zip/w/a.txt", "wywiady.zip/w/b/c.txt"]
    assert list(corpus.sessions["session_id"]) == ["a", "c"]
    assert corpus.sessions["gmina"].iloc[0] == "Bieliny"
    assert len(corpus.turns) == 8


def test_tables_beside_an_archive_hold_for_what_is_in_it(archive):
    path = archive({"a.txt": TALK})
    (path.parent / "speakers.csv").write_text("file,speaker,role,institution\na.txt,R1,participant,GOPS\n")
    assert list(read_corpus(path.parent).speakers["institution"].dropna()) == ["gops"]


def test_an_archive_among_files_of_a_folder_is_read_too(archive):
    path = archive({"a.txt": TALK, "zdjecie.png": b"x"})
    (path.parent / "b.txt").write_bytes(OTHER)
    corpus = read_corpus(path.parent)
    assert list(corpus.sessions["source"]) == ["b.txt", "wywiady.zip/a.txt"]
    assert [note.file for note in corpus.notes if note.key == "suffix_unknown"] == ["wywiady.zip/zdjecie.png"]


@pytest.mark.parametrize("name", ["../zly.txt", "/zly.txt", "a/../../zly.txt", "..\\zly.txt", "C:\\zly.txt"])
def test_a_path_that_leads_out_is_refused_and_nothing_is_written(archive, name, tmp_path):
    path = archive(special(name, TALK))
    before = set(tmp_path.parent.rglob("zly.txt")) | set(Path("/tmp").glob("zly.txt"))
    with pytest.raises(ReadError, match="leads out of its folder"):
        read_corpus(path)
    assert set(tmp_path.parent.rglob("zly.txt")) | set(Path("/tmp").glob("zly.txt")) == before


def test_a_link_in_an_archive_is_left_out(archive):
    link = special("link.txt", b"/etc/hostname", external_attr=(stat.S_IFLNK | 0o777) << 16)
    corpus = read_corpus(archive(link))
    assert list(corpus.sessions["source"]) == ["wywiady.zip/grupa.txt"]
    assert "link_left_out" in keys(corpus)


def test_an_archive_inside_an_archive_is_noted_and_not_opened(archive):
    corpus = read_corpus(archive({"a.txt": TALK, "b.zip": packed({"c.txt": OTHER})}))
    assert len(corpus) == 1
    assert "archive_in_archive" in keys(corpus)


@pytest.mark.parametrize(
    ("limits", "limit"),
    [(Limits(members=3), "members"), (Limits(unpacked_mb=1), "unpacked_mb"), (Limits(file_mb=0), "file_mb")],
)
def test_limits_are_kept_and_the_message_says_how_to_raise_them(archive, limits, limit):
    path = archive({f"{n}.txt": TALK for n in range(4)} | {"nic.bin": b"\0" * 1_100_000})
    with pytest.raises(ReadError, match=rf"read_corpus\(…, limits=Limits\({limit}=\d+\)\)"):
        read_corpus(path, limits=limits)


def test_a_limit_can_be_raised(archive):
    path = archive({"a.txt": TALK + b" " * 2_000_000 + b"R1: Nic.\n"})
    with pytest.raises(ReadError, match="line_chars=2000"):
        read_corpus(path)
    assert len(read_corpus(path, limits=Limits(line_chars=3_000_000))) == 1


def test_a_bomb_is_refused_before_it_is_unpacked(archive):
    content = bytearray(packed({"a.txt": TALK}))
    size = content.find(b"PK\x01\x02") + 24
    content[size : size + 4] = (400_000_000).to_bytes(4, "little")
    with pytest.raises(ReadError, match="unpacked, the file has 400 MB"):
        read_corpus(archive(bytes(content)))


def test_a_password_is_not_asked_for(archive):
    content = bytearray(packed({"a.txt": TALK}))
    for place, offset in ((content.find(b"PK\x01\x02"), 8), (content.find(b"PK\x03\x04"), 6)):
        content[place + offset] |= 1
    with pytest.raises(ReadError, match="has a password"):
        read_corpus(archive(bytes(content)))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"to nie jest zip", packed({"a.txt": TALK})[:60]],
    ids=["empty", "its first bytes", "no archive", "cut"],
)
def test_a_broken_archive_is_refused(archive, content):
    with pytest.raises(ReadError, match=r"wywiady\.zip"):
        read_corpus(archive(content))


def test_an_archive_whose_inside_is_damaged_is_refused(archive):
    content = bytearray(packed({"a.txt": TALK * 200}))
    content[45:60] = b"\xff" * 15
    with pytest.raises(ReadError, match="broken archive"):
        read_corpus(archive(bytes(content)))


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("a\x07b?.txt", "ab_.txt"),
        ("CON:.txt", "CON_.txt"),
        ("a" * 300 + ".txt", "a" * 150 + ".txt"),
        ("‮txt.a.txt", "txt.a.txt"),
    ],
)
def test_names_that_file_systems_do_not_take_are_mended(archive, name, read):
    corpus = read_corpus(archive(special(name, OTHER)))
    assert f"wywiady.zip/{read}" in set(corpus.sessions["source"])


def test_names_of_an_old_polish_windows_are_understood(archive):
    content = packed({"xxxxxx.txt": TALK}).replace(b"xxxxxx.txt", "Łoniów.txt".encode("cp852"))
    assert list(read_corpus(archive(content)).sessions["source"]) == ["wywiady.zip/Łoniów.txt"]


def test_names_that_collide_are_told_apart(archive):
    with pytest.warns(UserWarning, match="Duplicate"):
        content = special("grupa.txt", OTHER)
    sources = list(read_corpus(archive(content)).sessions["source"])
    assert sources == ["wywiady.zip/grupa-2.txt", "wywiady.zip/grupa.txt"]


def test_links_out_of_a_folder_are_left_out_and_those_inside_are_followed(tmp_path):
    folder = tmp_path / "badanie"
    folder.mkdir()
    (tmp_path / "obcy.txt").write_bytes(OTHER)
    (folder / "a.txt").write_bytes(TALK)
    (folder / "obcy.txt").symlink_to(tmp_path / "obcy.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    corpus = read_corpus(folder)
    assert len(corpus) == 1
    assert [note.file for note in corpus.notes if note.key == "link_left_out"] == ["obcy.txt"]
    assert len(read_corpus(folder / "obcy.txt")) == 1


def test_a_pipe_is_no_file(tmp_path):
    import os

    os.mkfifo(tmp_path / "rura.txt")
    (tmp_path / "a.txt").write_bytes(TALK)
    corpus = read_corpus(tmp_path)
    assert [note.file for note in corpus.notes if note.key == "not_a_file"] == ["rura.txt"]
