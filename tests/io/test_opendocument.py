"""OpenDocument texts: no word is lost, deletions are left out, and what is not talk is reported."""

import pytest

from focus_analysis.errors import ReadError
from tests.io.making import notes, odt, odt_paragraph, odt_table, packed, said

BOX = "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>"
DELETED = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>M: skreślone</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes>"
)


def talk(inner):
    """A document in which R1 says this, with XML inside."""
    return odt(odt_paragraph("M: Czego brakuje?"), f"<text:p>R1: Nie ma {inner} u nas.</text:p>")


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("<text:span>żłobka</text:span>", "żłobka"),
        ("żłobka<text:s text:c='3'/>i<text:tab/>szkoły", "żłobka i szkoły"),
        ("żłobka\n   i", "żłobka i"),
        ("<text:a>żłobka</text:a><text:soft-page-break/>", "żłobka"),
        ("żłobka<text:bookmark-start/>", "żłobka"),
    ],
)
def test_words_of_a_paragraph_are_read_whatever_wraps_them(read, inner, words):
    assert said(read(talk(inner), "w.odt")) == [("M", "Czego brakuje?"), ("R1", f"Nie ma {words} u nas.")]


def test_lists_sections_headings_and_line_breaks_hold_turns(read):
    blocks = [
        "<text:h>M: Co?</text:h>",
        "<text:list><text:list-item><text:p>R1: Bieda.</text:p></text:list-item></text:list>",
        "<text:section><text:p>R2: Żal.<text:line-break/>M: Tak?</text:p></text:section>",
    ]
    assert said(read(odt(*blocks), "w.odt")) == [("M", "Co?"), ("R1", "Bieda."), ("R2", "Żal."), ("M", "Tak?")]


def test_a_label_may_be_bold_without_a_colon(read):
    blocks = [odt_paragraph(" Czego brakuje?", "Moderator"), odt_paragraph(" Żłobka.", "R1")] * 2
    styled = [block.replace("> ", ">\t") for block in blocks]
    assert [speaker for speaker, _ in said(read(odt(*styled), "w.odt"))] == ["Moderator", "R1"] * 2


def test_bold_comes_from_parent_styles_too(read):
    child = '<style:style style:name="C" style:parent-style-name="B"/><style:style style:name="D"/>'
    lines = [f'<text:p><text:span text:style-name="C">{who}</text:span></text:p><text:p>No.</text:p>' for who in "AB"]
    draft = read(odt(*lines * 3, styles=child), "w.odt")
    assert {speaker for speaker, _ in said(draft)} == {"A", "B"}


def test_a_style_that_is_its_own_parent_ends(read):
    pairs = (("X", "Y"), ("Y", "X"))
    loop = "".join(f'<style:style style:name="{one}" style:parent-style-name="{other}"/>' for one, other in pairs)
    assert said(read(odt(odt_paragraph("M: A?"), odt_paragraph("R1: B."), styles=loop), "w.odt"))[1] == ("R1", "B.")


def test_text_boxes_are_read_once_and_after_their_paragraph(read):
    inner = BOX.format(odt_paragraph("dla dzieci"))
    box = BOX.format(f"<text:p>i świetlicy{inner}</text:p>")
    draft = read(odt(odt_paragraph("M: A?"), f"<text:p>R1: Nie ma żłobka{box}</text:p>"), "w.odt")
    assert said(draft)[1] == ("R1", "Nie ma żłobka i świetlicy dla dzieci")


def test_deletions_comments_and_footnotes_are_left_out_and_the_latter_reported(read):
    comment = "<office:annotation><text:p>Źle słychać</text:p></office:annotation>"
    footnote = "<text:note><text:note-body><text:p>Chodzi o gminę</text:p></text:note-body></text:note>"
    draft = read(odt(DELETED, odt_paragraph("M: A?"), f"<text:p>R1: Bie{comment}da{footnote}.</text:p>"), "w.odt")
    assert said(draft) == [("M", "A?"), ("R1", "Bieda.")]
    assert notes(draft, "comment_left_out") == [{"n": "1", "text": "Źle słychać"}]
    assert notes(draft, "footnote_left_out") == [{"n": "1", "text": "Chodzi o gminę"}]


def test_a_table_of_turns_and_a_header_table_are_read(read):
    head = odt_table(("Gmina", "Łoniów"), ("Data", "2018-06"))
    turns = odt_table(("Mówca", "Tekst"), ("M", "Cóż?"), ("R1", "Bieda."))
    draft = read(odt(head, turns), "w.odt")
    assert draft.header == {"gmina": "Łoniów", "date": "2018-06"}
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda.")]


def test_a_document_with_a_password_is_refused(read):
    with pytest.raises(ReadError, match="has a password"):
        read(odt(odt_paragraph("M: A?"), manifest="<encryption-data/>"), "w.odt")


@pytest.mark.parametrize(
    "files", [{}, {"content.xml": b"<a/>"}, {"META-INF/manifest.xml": b"", "content.xml": b"<a/>"}]
)
def test_an_archive_of_something_else_is_refused(read, files):
    with pytest.raises(ReadError, match=r"w\.odt"):
        read(packed(files), "w.odt")


HIDDEN_STYLES = (
    '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="I" style:parent-style-name="H"/>'
    '<style:style style:name="S" style:parent-style-name="H"><style:text-properties text:display="true"/></style:style>'
)


@pytest.mark.parametrize(
    "hidden",
    [
        "<text:p text:style-name='H'>R9: Nie pisać.</text:p>",
        "<text:p text:style-name='I'>R9: Nie pisać.</text:p>",
        "<text:p><text:span text:style-name='H'>R9: Nie pisać.</text:span></text:p>",
        "<text:section text:display='none'><text:p>R9: Nie pisać.</text:p></text:section>",
        "<text:section text:is-hidden='true'><text:p>R9: Nie pisać.</text:p></text:section>",
        "<text:p><text:hidden-paragraph text:is-hidden='true'/>R9: Nie pisać.</text:p>",
        "<text:p><text:hidden-text>R9: Nie pisać.</text:hidden-text></text:p>",
    ],
)
def test_hidden_words_are_left_out_and_reported(read, hidden):
    draft = read(odt(odt_paragraph("M: Cóż?"), hidden, odt_paragraph("R1: Bieda."), styles=HIDDEN_STYLES), "w.odt")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda.")]
    assert notes(draft, "hidden_left_out") == [{"n": "1", "text": "R9: Nie pisać."}]


@pytest.mark.parametrize(
    "shown",
    [
        "<text:p text:style-name='S'>R1: Bieda.</text:p>",
        "<text:section text:display='true'><text:p>R1: Bieda.</text:p></text:section>",
        "<text:p>R1: <text:hidden-text text:is-hidden='false'>Bieda.</text:hidden-text></text:p>",
        "<text:p><text:hidden-paragraph text:is-hidden='false'/>R1: Bieda.</text:p>",
    ],
)
def test_words_that_could_be_hidden_and_are_not_are_read(read, shown):
    draft = read(odt(odt_paragraph("M: Cóż?"), shown, styles=HIDDEN_STYLES), "w.odt")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda.")]
    assert not notes(draft, "hidden_left_out")
