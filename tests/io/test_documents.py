"""Word documents: no word is lost, deletions are left out, and what is not talk is reported."""

import io

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import ReadError
from focus_analysis.io.documents import read_docx
from focus_analysis.io.draft import Cells
from focus_analysis.io.opening import TranscriptFile
from tests.io.making import NAMESPACES, notes, packed, paragraph, parts, run, said, saved, table, text_box, word

DELETED = '<w:del w:id="1" w:author="A"><w:r><w:delText>skreślone</w:delText></w:r></w:del>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK adres </w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("żłobek")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BREAK = "<w:r><w:br/></w:r>"
WRAPPERS = {
    "tracked insertion": '<w:ins w:id="1" w:author="A">{}</w:ins>',
    "tracked move to here": '<w:moveTo w:id="1" w:author="A">{}</w:moveTo>',
    "content control": "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "hyperlink": '<w:hyperlink r:id="rId9">{}</w:hyperlink>',
    "smart tag": '<w:smartTag w:uri="u" w:element="e">{}</w:smartTag>',
    "simple field": '<w:fldSimple w:instr="DATE">{}</w:fldSimple>',
    "custom xml": '<w:customXml w:uri="u" w:element="e">{}</w:customXml>',
    "direction": '<w:bdo w:val="ltr">{}</w:bdo>',
}


def talk(*pieces):
    """A document in which R1 says these pieces."""
    return word(paragraph("M: Czego brakuje?"), paragraph("R1: Nie ma ", *pieces, " u nas."))


def note_part(kind, text):
    """The part of a document that holds footnotes or endnotes."""
    return f'<w:{kind}s {NAMESPACES}><w:{kind} w:id="1">{paragraph(text)}</w:{kind}></w:{kind}s>'.encode()


@pytest.mark.parametrize("wrapper", WRAPPERS.values(), ids=WRAPPERS)
def test_words_inside_a_wrapper_are_read(read, wrapper):
    draft = read(talk(wrapper.format(run("żłobka"))), "w.docx")
    assert said(draft) == [("M", "Czego brakuje?"), ("R1", "Nie ma żłobka u nas.")]


@pytest.mark.parametrize("inner", WRAPPERS.values(), ids=WRAPPERS)
@pytest.mark.parametrize("outer", WRAPPERS.values(), ids=WRAPPERS)
def test_words_inside_a_wrapper_inside_a_wrapper_are_read(read, outer, inner):
    draft = read(talk(outer.format(inner.format(run("żłobka")))), "w.docx")
    assert said(draft)[1] == ("R1", "Nie ma żłobka u nas.")


@pytest.mark.parametrize("kind", ["tracked insertion", "content control", "custom xml"])
def test_whole_paragraphs_inside_a_wrapper_are_turns(read, kind):
    block = WRAPPERS[kind].format(paragraph("R1: Bieda.") + paragraph("R2: Żal."))
    draft = read(word(paragraph("M: Co słychać?"), block), "w.docx")
    assert said(draft) == [("M", "Co słychać?"), ("R1", "Bieda."), ("R2", "Żal.")]


@pytest.mark.parametrize(
    "deleted",
    [
        DELETED,
        '<w:moveFrom w:id="1" w:author="A"><w:r><w:t>skreślone</w:t></w:r></w:moveFrom>',
        f'<w:ins w:id="2" w:author="B">{DELETED}</w:ins>',
    ],
)
def test_deleted_words_are_left_out(read, deleted):
    assert said(read(talk(deleted, "nic"), "w.docx"))[1] == ("R1", "Nie ma nic u nas.")


def test_a_field_gives_its_result_not_its_instruction(read):
    assert said(read(talk(FIELD), "w.docx"))[1] == ("R1", "Nie ma żłobek u nas.")


def test_a_text_box_is_read_once(read):
    box = text_box(paragraph("i świetlicy"), paragraph("dla dzieci"))
    draft = read(word(paragraph("M: A?"), paragraph("R1: Nie ma żłobka", box), paragraph("R2: Źle.")), "w.docx")
    assert said(draft) == [("M", "A?"), ("R1", "Nie ma żłobka i świetlicy dla dzieci"), ("R2", "Źle.")]


def test_words_kept_twice_for_older_programs_are_read_once(read):
    twice = "<mc:AlternateContent><mc:Choice Requires='wps'>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>"
    draft = read(talk(f"{twice.format(run('żłobka'))}</mc:AlternateContent>"), "w.docx")
    assert said(draft)[1] == ("R1", "Nie ma żłobka u nas.")


def test_a_turn_may_start_in_a_text_box(read):
    draft = read(word(paragraph("M: A?", text_box(paragraph("R1: Bieda."))), paragraph("M: Tak?")), "w.docx")
    assert said(draft) == [("M", "A?"), ("R1", "Bieda."), ("M", "Tak?")]


def test_tables_inside_tables_lose_no_word(read):
    inner = paragraph("przed") + table(["lewa", "prawa"]) + paragraph("po")
    draft = read(word(paragraph("R1: Spójrzcie:"), table([inner, "obok", "dalej"])), "w.docx")
    assert said(draft) == [("R1", "Spójrzcie: przed lewa prawa po obok dalej")]


def test_rows_and_cells_inside_content_controls_are_read(tmp_path):
    cell = f"<w:sdt><w:sdtContent><w:tc>{paragraph('Łukasz')}</w:tc></w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell}<w:tc>{paragraph('Bieda.')}</w:tc></w:tr></w:sdtContent></w:sdt>"
    path = tmp_path / "w.docx"
    path.write_bytes(word(f"<w:tbl><w:tblPr/><w:tblGrid/>{row}</w:tbl>"))
    items, _ = read_docx(TranscriptFile(path))
    assert [item for item in items if isinstance(item, Cells)] == [("Łukasz", "Bieda.")]


def test_line_breaks_may_start_turns(read):
    draft = read(word(paragraph("M: Co?", BREAK, "R1: Bieda.", BREAK, "Naprawdę.", BREAK, "M: Tak?")), "w.docx")
    assert said(draft) == [("M", "Co?"), ("R1", "Bieda. Naprawdę."), ("M", "Tak?")]


def test_tabs_and_hyphens_part_and_join_words(read):
    pieces = [run("żłobka"), "<w:r><w:tab/></w:r>", run("biało"), "<w:r><w:noBreakHyphen/></w:r>", run("czer")]
    soft = ["<w:r><w:softHyphen/></w:r>", run("wonego")]
    assert said(read(talk(*pieces, *soft), "w.docx"))[1] == ("R1", "Nie ma żłobka biało-czerwonego u nas.")


def test_a_label_cut_into_runs_is_a_label(read):
    blocks = [paragraph(run("R", bold=True), run("1", bold=True), ": Bieda."), paragraph(run("M"), run(":"), " Tak?")]
    assert said(read(word(*blocks), "w.docx")) == [("R1", "Bieda."), ("M", "Tak?")]


def test_bold_is_counted_at_the_start_of_a_paragraph_only(tmp_path):
    path = tmp_path / "w.docx"
    off = '<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>Kurator</w:t></w:r>'
    path.write_bytes(
        word(
            paragraph(run("Kurator", bold=True), " mówi"),
            paragraph("mówi ", run("Kurator", bold=True)),
            paragraph(off, " mówi"),
        )
    )
    items, _ = read_docx(TranscriptFile(path))
    assert [(item.text, item.bold) for item in items] == [("Kurator mówi", 7), ("mówi Kurator", 0), ("Kurator mówi", 0)]


def test_comments_are_left_out_and_reported(read):
    document = docx.Document()
    document.add_paragraph("M: Co?")
    spoken = document.add_paragraph("R1: Bieda.")
    document.add_comment(spoken.runs, text="Źle słychać", author="Transkrybentka")
    draft = read(saved(document), "w.docx")
    assert said(draft) == [("M", "Co?"), ("R1", "Bieda.")]
    assert notes(draft, "comment_left_out") == [{"n": "1", "text": "Źle słychać"}]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_footnotes_and_endnotes_are_left_out_and_reported(read, kind):
    files = parts(word(paragraph("M: Co?"), paragraph("R1: Bieda.")))
    draft = read(packed(files | {f"word/{kind}s.xml": note_part(kind, "Chodzi o gminę Łoniów")}), "w.docx")
    assert said(draft) == [("M", "Co?"), ("R1", "Bieda.")]
    assert notes(draft, f"{kind}_left_out") == [{"n": "1", "text": "Chodzi o gminę Łoniów"}]


def test_footnotes_without_words_are_not_reported(read):
    files = parts(word(paragraph("M: Co?"), paragraph("R1: Bieda.")))
    draft = read(packed(files | {"word/footnotes.xml": note_part("footnote", "")}), "w.docx")
    assert not notes(draft, "footnote_left_out")


def test_automatic_numbering_is_reported(read):
    marks = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    numbered = f"<w:p>{marks}{run('Bieda jest.')}</w:p>"
    draft = read(word(paragraph("M: Co?"), numbered, numbered), "w.docx")
    assert notes(draft, "numbering_left_out") == [{"n": "2"}]
    assert said(draft) == [("M", "Co? Bieda jest. Bieda jest.")]


def test_a_plain_document_has_nothing_to_report(tmp_path):
    path = tmp_path / "w.docx"
    path.write_bytes(word(paragraph("M: Co?"), paragraph("R1: Bieda.")))
    assert read_docx(TranscriptFile(path))[1] == []


def test_comments_of_xml_between_paragraphs_do_no_harm(read):
    files = parts(word(paragraph("M: Co?"), paragraph("R1: Bieda.")))
    files["word/document.xml"] = files["word/document.xml"].replace(b"<w:p>", b"<!-- x --><?pi y?><w:p>")
    assert said(read(packed(files), "w.docx")) == [("M", "Co?"), ("R1", "Bieda.")]


@pytest.mark.parametrize("name", ["stary.doc", "zaszyfrowany.docx"])
def test_an_old_or_encrypted_document_is_refused_with_advice(read, name):
    with pytest.raises(ReadError, match=r"save as \.docx without a password"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), name)


pieces = st.sampled_from(["żłobka", "ławki", "śniegu"]).flatmap(
    lambda text: st.sampled_from([*WRAPPERS.values(), "{}"]).map(lambda wrapper: (text, wrapper.format(run(text))))
)


@settings(deadline=None, max_examples=60)
@given(turns=st.lists(st.lists(pieces, min_size=1, max_size=5), min_size=1, max_size=6))
def test_every_word_of_every_turn_is_read_in_order(read, turns):
    labels = ["M" if number % 2 else "R1" for number in range(1, len(turns) + 1)]
    blocks = []
    for label, spoken in zip(labels, turns, strict=True):
        spaced = [piece for _, xml in spoken for piece in (xml, " ")]
        blocks.append(paragraph(f"{label}: ", DELETED, *spaced))
    texts = [" ".join(text for text, _ in spoken) for spoken in turns]
    assert said(read(word(*blocks), "w.docx")) == list(zip(labels, texts, strict=True))


def test_a_text_box_inside_a_text_box_is_read_once(read):
    inner = text_box(paragraph("dla dzieci"))
    draft = read(word(paragraph("M: A?"), paragraph("R1: Nie ma", text_box(paragraph("świetlicy", inner)))), "w.docx")
    assert said(draft)[1] == ("R1", "Nie ma świetlicy dla dzieci")


def test_bold_labels_need_no_colon(read):
    talk = [("Moderator", "Czego brakuje?"), ("R1", "Nie ma żłobka."), ("Moderator", "A co jeszcze?"), ("R2", "Nic.")]
    draft = read(word(*(paragraph(run(who, bold=True), f" {text}") for who, text in talk)), "w.docx")
    assert said(draft) == talk


def test_bold_words_that_do_not_come_again_are_words(read):
    blocks = [
        paragraph("M: Co?"),
        paragraph("R1: Tak,"),
        paragraph(run("Ważne", bold=True), " jest to, że nie ma nic."),
    ]
    assert said(read(word(*blocks), "w.docx"))[1] == ("R1", "Tak, Ważne jest to, że nie ma nic.")


def styled_document(*paragraphs):
    """A document of (style, text); the style "Speaker" is bold by the style that it is made from."""
    document = docx.Document()
    base = document.styles.add_style("Base", 1)
    base.font.bold = True
    document.styles.add_style("Speaker", 1).base_style = base
    document.styles.add_style("Title of a part", 1).font.bold = True
    for style, text in paragraphs:
        document.add_paragraph(text, style)
    return saved(document)


def test_speakers_may_be_told_by_a_style_alone_and_titles_are_none(read):
    talk = [
        ("Pani Wójt", "Otwieram zebranie."),
        ("Jan Kos", "Nie ma żłobka."),
        ("Pani Wójt", "Dziękuję."),
        ("Jan Kos", "No."),
    ]
    blocks = [block for who, text in talk for block in (("Speaker", who), ("Normal", text))]
    once = [("Speaker", "Sekretarz posiedzenia rady gminy pani Anna Wrona"), ("Normal", "Głosujemy.")]
    title = [("Title of a part", "Pytania do pani wójt"), ("Normal", "Jan Kos")]
    draft = read(styled_document(*blocks, *once, *title), "w.docx")
    assert said(draft) == [
        *talk,
        ("Sekretarz posiedzenia rady gminy pani Anna Wrona", "Głosujemy. Pytania do pani wójt Jan Kos"),
    ]


def test_hidden_words_are_left_out_and_reported(read):
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>R9: Nie pisać.</w:t></w:r>"
    draft = read(word(paragraph("M: Cóż?"), paragraph(hidden), paragraph("R1: Bieda.")), "w.docx")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda.")]
    assert notes(draft, "hidden_left_out") == [{"n": "1", "text": "R9: Nie pisać."}]


@pytest.mark.parametrize("kind", ["p", "r"])
def test_words_that_a_style_hides_are_left_out_and_reported(read, kind):
    mark = f'<w:{kind}Pr><w:{kind}Style w:val="Skryty"/></w:{kind}Pr>'
    run = f"<w:r>{mark if kind == 'r' else ''}<w:t>R9: Nie pisać.</w:t></w:r>"
    hidden = f"<w:p>{mark if kind == 'p' else ''}{run}</w:p>"
    document = docx.Document(io.BytesIO(word(paragraph("M: Cóż?"), hidden, paragraph("R1: Bieda."))))
    style = document.styles.add_style("Skryty", WD_STYLE_TYPE.PARAGRAPH if kind == "p" else WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    draft = read(saved(document), "w.docx")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda.")]
    assert notes(draft, "hidden_left_out") == [{"n": "1", "text": "R9: Nie pisać."}]


def test_words_that_a_style_would_hide_and_a_run_shows_are_read(read):
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>M: Cóż?</w:t></w:r>'
    assert said(read(word(paragraph(shown), paragraph("R1: Bieda.")), "w.docx")) == [("M", "Cóż?"), ("R1", "Bieda.")]


def test_the_head_of_a_table_may_stand_below_rows_of_metadata(read):
    rows = (["Gmina: Bieliny"], ["Mówca", "Wypowiedź"], ["M", "Cóż?"], ["", "Proszę."], ["R1", "Bieda."])
    draft = read(word(table(*rows)), "w.docx")
    assert said(draft) == [("M", "Cóż? Proszę."), ("R1", "Bieda.")]
    assert draft.header == {"gmina": "Bieliny"}


def test_notes_may_stand_in_a_column_beside_the_talk(read):
    rows = (["Transkrypcja", "Uwagi"], ["M: Cóż?", ""], ["R1: Bieda.", "śmiech"], ["R2: Żal.", ""])
    assert said(read(word(table(*rows)), "w.docx")) == [("M", "Cóż?"), ("R1", "Bieda. śmiech"), ("R2", "Żal.")]
