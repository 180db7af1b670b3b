"""Limits, and what else a hostile or unlucky file may hold."""

import time

import pytest

from focus_analysis import Limits, labels
from focus_analysis.errors import ReadError
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.readers import READERS, REFUSED, read_draft
from focus_analysis.resources import toml
from focus_analysis.schemas import Finding
from tests.io.making import packed, parts, pdf, said
from tests.io.samples import SAMPLES, TALK


@pytest.mark.parametrize("suffix", READERS)
def test_a_file_of_half_a_gigabyte_is_refused_at_once(tmp_path, suffix):
    path = tmp_path / f"w{suffix}"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    started = time.perf_counter()
    with pytest.raises(ReadError, match=r"500 MB; the limit is 100 MB.*Limits\(file_mb=500\)"):
        read_draft(path)
    assert time.perf_counter() - started < 5


def test_sizes_are_told_in_units_that_they_fill(tmp_path):
    (tmp_path / "w.txt").write_text("M: Bieda.\n" * 20, encoding="utf-8")
    with pytest.raises(ReadError, match=r"has 200 B; the limit is 0 MB.*file_mb=1"):
        read_draft(tmp_path / "w.txt", limits=Limits(file_mb=0))


@pytest.mark.parametrize("name", ["w.txt", "w.md", "w.srt", "w.vtt", "w.cha", "w.TextGrid"])
def test_a_line_without_end_is_refused_and_the_limit_can_be_raised(tmp_path, name):
    path = tmp_path / name
    content = SAMPLES[name].decode("utf-16" if name == "w.vtt" else "cp1250" if name == "w.txt" else "utf-8")
    path.write_text(content.replace("autobusu", "autobusu" + "u" * 5_000), encoding="utf-8")
    with pytest.raises(ReadError, match=r"a line has \d+ characters; the limit is 4000"):
        read_draft(path, limits=Limits(line_chars=4_000))
    assert len(read_draft(path, limits=Limits(line_chars=9_000)).segments) == len(TALK)


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        *((name, "elements") for name in ("w.docx", "w.odt", "w.html", "w.json", "w.eaf", "w.trs", "w.xml")),
        *((name, "unpacked_mb") for name in ("w.docx", "w.odt", "w.xlsx")),
        *((name, "members") for name in ("w.docx", "w.odt", "w.xlsx")),
        *((name, "rows") for name in ("w.csv", "w.tsv", "w.xlsx")),
        ("w.pdf", "pages"),
        ("w.pdf", "elements"),
    ],
)
def test_every_limit_is_kept_where_it_matters(tmp_path, name, limit):
    path = tmp_path / name
    path.write_bytes(SAMPLES[name])
    with pytest.raises(ReadError, match=rf"Limits\({limit}="):
        read_draft(path, limits=Limits(**{limit: 0}))
    assert read_draft(path).segments


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("limit", Limits.__dataclass_fields__)
def test_every_limit_has_a_message_that_says_how_to_raise_it(limit, lang):
    assert f"over_{limit}" in toml("messages.toml")
    words = (("found", "2"), ("size", "2 MB"), ("allowed", "1"))
    assert f"limits=Limits({limit}=" in labels.message(Finding(f"over_{limit}", "error", words=words), lang).how


def test_a_file_that_is_not_there_or_may_not_be_read_says_so(tmp_path):
    with pytest.raises(ReadError, match="no such file"):
        TranscriptFile(tmp_path / "nie_ma.txt").read_bytes()


@pytest.mark.parametrize("suffix", REFUSED)
def test_a_suffix_that_is_never_opened_is_refused_with_advice(tmp_path, suffix):
    path = tmp_path / f"w{suffix}"
    path.write_bytes(SAMPLES["w.docx"])
    with pytest.raises(ReadError, match=r"[Ss]ave it as \.(?:docx|xlsx)|save as \.docx"):
        read_draft(path)


def test_macros_inside_a_document_are_left_alone(read):
    files = parts(SAMPLES["w.docx"]) | {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen()"}
    assert said(read(packed(files), "w.docx")) == TALK


@pytest.mark.parametrize("name", ["w.docx", "w.xlsx"])
def test_an_office_file_with_a_password_is_refused(read, name):
    with pytest.raises(ReadError, match="password"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage" * 100, name)


def test_a_pdf_with_a_password_is_refused(read):
    keys = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    locked = pdf([(50, 60, "M: Co?")]).replace(b"/Root 1 0 R", b"/Root 1 0 R " + keys)
    with pytest.raises(ReadError, match="has a password"):
        read(locked, "w.pdf")


@pytest.mark.parametrize("sign", ["\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u2060"])
@pytest.mark.parametrize("name", ["w.txt", "w.vtt", "w.csv", "w.json"])
def test_signs_that_nobody_sees_change_neither_speakers_nor_words(read, sign, name):
    source = SAMPLES[name]
    encoding = "cp1250" if name in ("w.txt", "w.csv") else "utf-16" if name == "w.vtt" else "utf-8"
    text = source.decode(encoding).replace("R1", f"{sign}R{sign}1").replace("No tak", f"N{sign}o{sign} tak")
    assert said(read(text, name)) == TALK


def test_two_encodings_in_one_file_lose_no_line(read):
    text = "M: Cóż słychać, proszę państwa?\nR1: Źle, bieda i łzy.\n".encode() * 5
    draft = read(text + "M: Ależ dlaczego?\nR1: Bo śnieg.\n".encode("cp1250"), "w.txt")
    assert [speaker for speaker, _ in said(draft)] == ["M", "R1"] * 6
    assert draft.encoding == "utf-8, damaged"
