"""Pages of codes: definitions, examples and near misses, the same each time, and those that are shipped."""

import re

import pytest

from focus_analysis import default_codebook, read_codebook, resource
from focus_analysis.errors import CodebookError
from focus_analysis.io.code_pages import chosen_from, write_code_pages
from focus_analysis.io.examples import Utterance, read_utterances
from tests import builders

BOOK = builders.codebook({"poverty": ["bieda"], "alone": ["sam"], "gathers": ["x"]}, parents={"alone": "gathers"})
BANK = """invented: true
language: pl
utterances:
- {said: "Bieda *aż* piszczy, <b>nie ma</b> na chleb.", codes: {poverty: affirmed, alone: denied}, hand: h1}
- {said: "Sama siedzi.", codes: {alone: affirmed}, hand: h2}
- {said: "Biedronka otwarta.", codes: {}, not: [poverty], hand: h2}
"""


@pytest.fixture
def page(tmp_path):
    (tmp_path / "bank.yaml").write_text(BANK, encoding="utf-8")
    written = write_code_pages(BOOK, tmp_path / "bank.yaml", tmp_path / "pages", "pl")
    assert [path.name for path in written] == ["problems.md", "institutions.md"]
    return written[0].read_text(encoding="utf-8")


def test_a_page_says_that_all_is_invented(page):
    assert "Wszystkie wypowiedzi na tej stronie są zmyślone" in page


def test_a_code_has_its_examples_with_other_codes_and_near_misses(page):
    section = page.split("## ")[1]
    assert section.startswith("poverty po polsku (`poverty`)")
    examples, near = section.split("**Tylko wyglądają, jakby go miały**")
    assert "→ `alone` (zaprzeczony)" in examples
    assert "„Biedronka otwarta.”" in near


def test_marks_of_a_text_are_shown_and_not_obeyed(page):
    assert r"\*aż\*" in page and r"\<b\>nie ma" in page


def test_a_code_that_gathers_others_has_no_examples_of_its_own(page):
    assert "Mają ten kod" not in page.split("(`gathers`)")[1]


def test_plain_utterances_of_many_hands_come_first():
    def one(hand, words, *codes):
        given = dict.fromkeys(("a", *codes), "affirmed")
        return Utterance.model_validate({"said": " ".join(["słowo"] * words), "codes": given, "hand": hand})

    several = [one("h1", 20, "b"), one("h1", 21), one("h1", 60), one("h2", 40), one("h3", 5, "b")]
    assert [(row.hand, len(row.said.split())) for row in chosen_from(several, 4)] == [
        ("h1", 21),
        ("h2", 40),
        ("h3", 5),
        ("h1", 60),
    ]


def test_pages_are_the_same_each_time(tmp_path, page):
    again = write_code_pages(BOOK, tmp_path / "bank.yaml", tmp_path / "again", "pl")[0]
    assert again.read_text(encoding="utf-8") == page


def test_a_bank_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CodebookError, match="no examples"):
        write_code_pages(BOOK, tmp_path / "none", tmp_path / "pages")


def test_the_shipped_pages_have_every_code_with_five_examples_and_three_near_misses():
    codebook, bank = read_codebook(default_codebook()), list(read_utterances(resource("codebooks/examples")))
    plain = {re.sub(r"\W+", "", one.said) for one in bank}
    parents = {code.parent for code in codebook.entries}
    for group in codebook.groups:
        sections = (resource("codebooks/pages") / f"{group}.md").read_text(encoding="utf-8").split("\n## ")[1:]
        entries = [code for code in codebook.entries if code.group == group]
        assert [re.search(r"\(`(\w+)`\)", section)[1] for section in sections] == [code.id for code in entries]
        for code, section in zip(entries, sections, strict=True):
            said = re.findall(r"^- „(.*)”", section, re.MULTILINE)
            assert {re.sub(r"[\W]+", "", re.sub(r"\\", "", one)) for one in said} <= plain, code.id
            if code.id not in parents and group != "institutions":
                assert len(said) == 8, code.id
