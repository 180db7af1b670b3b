"""Broken, truncated, empty, misnamed and hostile files raise ReadError and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import ReadError
from focus_analysis.io.readers import READERS
from tests.io.making import NAMESPACES, packed, paragraph, parts, said
from tests.io.samples import SAMPLES, TALK

TEXTS = {name: content for name, content in SAMPLES.items() if not name.endswith(("docx", "xlsx", "odt", "pdf"))}
ARCHIVES = {name: SAMPLES[name] for name in ("w.docx", "w.xlsx", "w.odt")}
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "haha">'
    + "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
    + "]>"
)
each_real = pytest.mark.parametrize("name", SAMPLES)
each_suffix = pytest.mark.parametrize("suffix", READERS)


def refused_or_read(read, content, name):
    """Whether the file was read; an error of any other kind than ReadError fails the test."""
    try:
        draft = read(content, name)
    except ReadError as error:
        assert error.file == name
        assert error.key
        return False
    assert draft.segments
    assert all(segment.text.strip() for segment in draft.segments)
    return True


@each_real
def test_the_whole_files_are_read_to_the_same_talk(read, name):
    assert said(read(SAMPLES[name], name)) == TALK


@each_suffix
@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(read, suffix, content):
    assert not refused_or_read(read, content, f"pusty{suffix}")


@each_suffix
@pytest.mark.parametrize("content", [b"\0", b"\0" * 1000, b"M: Co\0 tam?\nR1: Bie\0da.\n", bytes(range(256)) * 4])
def test_a_file_with_nul_bytes_is_refused(read, suffix, content):
    assert not refused_or_read(read, content, f"nagranie{suffix}")


@each_suffix
@pytest.mark.parametrize("name", ARCHIVES)
def test_a_document_or_workbook_under_another_suffix_is_refused(read, suffix, name):
    if not name.endswith(suffix):
        assert not refused_or_read(read, ARCHIVES[name], f"inny{suffix}")


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".json"])
@pytest.mark.parametrize("name", ["w.txt", "w.md", "w.srt", "w.vtt", "w.csv"])
def test_text_under_the_suffix_of_another_program_is_refused(read, suffix, name):
    assert not refused_or_read(read, SAMPLES[name], f"inny{suffix}")


@pytest.mark.parametrize("suffix", [".srt", ".vtt", ".csv"])
def test_talk_without_cues_or_columns_is_refused(read, suffix):
    assert not refused_or_read(read, "\n".join(f"{who}: {text}" for who, text in TALK).encode(), f"inny{suffix}")


@each_suffix
@settings(deadline=None, max_examples=60)
@given(content=st.binary(max_size=400))
def test_random_bytes_are_refused_or_read(read, suffix, content):
    refused_or_read(read, content, f"losowy{suffix}")


@each_suffix
@settings(deadline=None, max_examples=60)
@given(content=st.text(st.sampled_from("MR1:;,\"'<v> -\n\t[]{}()0:0.,–#*|ąłŻ=\\&%"), max_size=120))
def test_random_signs_are_refused_or_read(read, suffix, content):
    refused_or_read(read, content, f"losowy{suffix}")


@each_real
@settings(deadline=None, max_examples=60)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_truncated_file_is_refused_or_read(read, name, share):
    content = SAMPLES[name][: int(len(SAMPLES[name]) * share)]
    was_read = refused_or_read(read, content, name)
    assert not (was_read and name in ARCHIVES)


@pytest.mark.parametrize("name", TEXTS)
@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_a_text_file_with_changed_bytes_is_refused_or_read(read, name, data):
    content = bytearray(TEXTS[name])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=12)):
        content[place] = data.draw(st.integers(0, 255))
    refused_or_read(read, bytes(content), name)


@pytest.mark.parametrize("name", TEXTS)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_text_file_with_pieces_lost_or_doubled_is_refused_or_read(read, name, data):
    content = TEXTS[name]
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(content)), st.integers(0, len(content)))))
    refused_or_read(read, content[:start] + content[end:], name)
    refused_or_read(read, content[:end] + content[start:], name)


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_a_document_with_changed_bytes_is_refused_or_read(read, data):
    content = bytearray(SAMPLES["w.docx"])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=12)):
        content[place] = data.draw(st.integers(0, 255))
    refused_or_read(read, bytes(content), "w.docx")


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_document_whose_parts_are_cut_is_refused_or_read(read, data):
    files = parts(SAMPLES["w.docx"])
    part = data.draw(st.sampled_from(sorted(files)))
    files[part] = files[part][: data.draw(st.integers(0, len(files[part])))]
    refused_or_read(read, packed(files), "w.docx")


@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_a_document_that_lacks_a_part_is_refused_or_read(read, data):
    files = parts(SAMPLES["w.docx"])
    for part in data.draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=3, unique=True)):
        del files[part]
    refused_or_read(read, packed(files), "w.docx")


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"zepsute", b"<a><b></a>", "<ż".encode("utf-16")])
def test_a_document_with_a_broken_part_is_refused(read, part, content):
    assert not refused_or_read(read, packed(parts(SAMPLES["w.docx"]) | {part: content}), "w.docx")


@pytest.mark.parametrize("files", [{}, {"czytaj.txt": b"nic"}, {"word/document.xml": b"<a/>"}])
def test_an_archive_of_something_else_is_no_document(read, files):
    assert not refused_or_read(read, packed(files), "inny.docx")


def test_a_document_that_unfolds_without_end_is_refused(read):
    body = f"{BOMB}<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>M: &a9;</w:t></w:r></w:p></w:body></w:document>"
    files = parts(ARCHIVES["w.docx"]) | {"word/document.xml": body.encode()}
    assert not refused_or_read(read, packed(files), "w.docx")


def test_a_document_nested_without_end_is_refused(read):
    inside = "<w:sdt><w:sdtContent>" * 3000 + paragraph("M: Cóż?") + "</w:sdtContent></w:sdt>" * 3000
    body = f"<w:document {NAMESPACES}><w:body>{inside}</w:body></w:document>"
    files = parts(ARCHIVES["w.docx"]) | {"word/document.xml": body.encode()}
    assert not refused_or_read(read, packed(files), "w.docx")


def test_a_refusal_says_how_to_mend_it(read):
    with pytest.raises(ReadError, match=r"uciety\.docx: a broken Word document .* save it as \.docx again"):
        read(SAMPLES["w.docx"][:200], "uciety.docx")
