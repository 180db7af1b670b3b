import re

import pytest

from focus_analysis.coding.rules import code
from focus_analysis.errors import ArgumentError
from focus_analysis.report.highlight import highlight
from tests.builders import codebook, corpus, group

BOOK = {"poverty": ["bieda"], "old": ["stary człowiek"]}


@pytest.fixture
def marked():
    study = corpus(group("oksa", "M: Słucham.", "R1: U nas bieda, <b>stary człowiek</b>.", "R1: Biedy nie ma."))
    book = codebook(BOOK)
    return highlight(study, code(study, book), "oksa", book.codes)


def test_every_coding_is_marked_with_its_words(marked):
    assert ">bieda</mark>" in marked.body
    assert ">stary człowiek</mark>" in marked.body


def test_a_denied_coding_carries_its_sign(marked):
    assert "✗" in marked.body


def test_what_was_said_is_escaped(marked):
    assert "&lt;b&gt;" in marked.body
    assert "<b>stary" not in marked.body


def test_a_page_of_its_own_allows_nothing_from_outside(marked):
    assert marked.page.startswith("<!DOCTYPE html>")
    assert "default-src 'none'" in marked.page


def test_without_markup_the_text_is_whole(marked):
    bare = re.sub(r"<sub>.*?</sub>", "", marked.body)
    assert "U nas bieda, &lt;b&gt;stary człowiek&lt;/b&gt;." in re.sub(r"<[^>]+>", "", bare)


def test_an_unknown_session_is_refused():
    study = corpus(group("oksa", "M: Słucham.", "R1: U nas bieda."))
    with pytest.raises(ArgumentError, match="oksa"):
        highlight(study, code(study, codebook(BOOK)), "bieliny")


def test_a_coding_within_another_keeps_its_colour():
    study = corpus(group("oksa", "M: Słucham.", "R1: Siedzi stary człowiek w biedzie."))
    book = codebook({"alone": ["siedzieć stary człowiek =w bieda"], "old": ["stary człowiek"]})
    body = highlight(study, code(study, book), "oksa", book.codes).body
    colours = {name: re.search(f"background:(#\\w+)[^>]*>{name} ", body)[1] for name in ("alone", "old")}
    assert colours["alone"] != colours["old"]
    assert f"background:{colours['old']}'>stary człowiek<" in body
    assert f"background:{colours['alone']}'>Siedzi <" in body


def test_where_codes_outnumber_colours_those_of_a_group_share_one_and_stand_together():
    words = ["dom", "płot", "pies", "kot", "okno", "las", "pole", "wóz"]
    book = codebook({**{f"p{word}": [word] for word in words}, "inst_a": ["urząd"], "inst_b": ["szkoła"]})
    study = corpus(group("oksa", "M: Słucham.", f"R1: {' '.join(words)}, szkoła i urząd."))
    many, few = (
        highlight(study, codings, "oksa", book.codes).body
        for codings in (code(study, book), code(study, book).query("code < 'pd'"))
    )
    legend = [re.findall("background:(#[a-z0-9]+)", body.partition("</p>")[0]) for body in (many, few)]
    assert [len(set(colours)) for colours in legend] == [2, 2]
    assert legend[0] == sorted(legend[0], key=legend[0].index)
