"""Which sections stand in a report, and the researchers' own words in them."""

import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.report.build import STANDARD, build_document
from focus_analysis.report.document import Heading, Paragraph
from focus_analysis.report.formats import check_formats, templates_by_format
from focus_analysis.report.outline import Outline, read_outline
from focus_analysis.report.sections import SECTIONS

KNOWN = ("study", "problems", "claims")


def outline(tmp_path, text):
    path = tmp_path / "report.yaml"
    path.write_text(text, encoding="utf-8")
    return read_outline(path, KNOWN)


def test_sections_are_read_in_their_order(tmp_path):
    found = outline(tmp_path, "title: Mój tytuł\nsections:\n- claims\n- advice: Rekomendacje\n- study\n")
    assert found == Outline((("claims", ""), ("advice", "Rekomendacje"), ("study", "")), "Mój tytuł", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sections: [nowhere]", "nowhere"),
        ("sections: [study, study]", "study stands twice"),
        ("sections: []", "empty"),
        ("sections: study", "a list under"),
        ("parts: [study]", "a list under"),
        ("sections: [{study: Inaczej}]", "study"),
        ("sections: [{'../x': Inaczej}]", "x"),
        ("sections: [{a: b, c: d}]", "is not known"),
        ("sections: [", "YAML"),
        ("sections: [2018-13-45]", "YAML"),
        ("sections: !!python/object:os.system [x]", "YAML"),
    ],
)
def test_what_cannot_be_understood_is_refused(tmp_path, text, said):
    with pytest.raises(ArgumentError, match=said):
        outline(tmp_path, text)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ArgumentError, match=r"report\.yaml"):
        read_outline(tmp_path / "report.yaml", KNOWN)


def test_the_document_has_the_sections_asked_for_and_no_other(polish):
    wanted = Outline((("caveats", ""), ("advice", "Rekomendacje"), ("study", "")), "Tytuł", "Podtytuł")
    document = build_document(polish.results, polish.figures, "pl", wanted)
    assert [heading.anchor for heading in document.contents] == ["caveats", "advice", "study"]
    assert (document.title, document.subtitle) == ("Tytuł", "Podtytuł")


def test_own_paragraphs_open_their_section_as_plain_text(polish):
    texts = {"problems": ("Napisali <b>badacze</b>.", "I jeszcze."), "corrected": ("Nic nie skorygowano.",)}
    document = build_document(polish.results, polish.figures, "pl", STANDARD, texts)
    blocks = document.blocks
    place = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.anchor == "problems")
    assert blocks[place + 1 : place + 3] == (Paragraph("Napisali <b>badacze</b>."), Paragraph("I\xa0jeszcze."))
    place = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.anchor == "corrected")
    assert blocks[place + 1] == Paragraph("Nic nie skorygowano.")


def test_every_section_opens_with_its_heading_under_its_name(report):
    for name, section in SECTIONS.items():
        blocks = section(report.results, report.figures, report.lang)
        if blocks:
            assert isinstance(blocks[0], Heading) and (blocks[0].level, blocks[0].anchor) == (1, name)


def test_formats_are_each_taken_once():
    assert check_formats(["pdf", "html", "pdf"]) == ("pdf", "html")
    for wrong in ([], ["odt"]):
        with pytest.raises(ArgumentError, match="html, docx, pdf"):
            check_formats(wrong)


def test_templates_serve_the_format_of_their_suffix(tmp_path):
    for name in ("a.docx", "b.CSS", "c.docx", "d.txt"):
        (tmp_path / name).touch()
    found = templates_by_format([tmp_path / "a.docx", tmp_path / "b.CSS"])
    assert found == {"docx": tmp_path / "a.docx", "html": tmp_path / "b.CSS"}
    for wrong in (["d.txt"], ["a.docx", "c.docx"], ["e.css"]):
        with pytest.raises(ArgumentError, match="template"):
            templates_by_format([tmp_path / name for name in wrong])
