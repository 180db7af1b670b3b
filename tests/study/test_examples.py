"""The example bank: enough of each code, no two alike, every code known; and its reader."""

import re
from collections import Counter, defaultdict

import pytest

from focus_analysis import default_transcripts, read_codebook, resource
from focus_analysis.errors import CodebookError
from focus_analysis.io.examples import read_examples, read_reference, read_utterances

GOOD = 'invented: true\nlanguage: pl\nutterances:\n- said: "Ona sama siedzi."\n  codes: {a: affirmed}\n  hand: h1\n'


@pytest.fixture(scope="module")
def bank():
    return list(read_utterances(resource("codebooks/examples")))


@pytest.fixture(scope="module")
def codebook():
    return read_codebook(resource("codebooks/social_problems.yaml"))


def test_every_code_has_enough_examples_and_near_misses(bank, codebook):
    given = Counter(code for utterance in bank for code in utterance.codes)
    seeming = Counter(code for utterance in bank for code in utterance.seeming)
    parents = {code.parent for code in codebook.entries}
    for code in codebook.entries:
        if code.group == "institutions" or code.id in parents:
            continue
        assert given[code.id] >= (150 if code.group == "problems" else 100), code.id
        assert seeming[code.id] >= 30, code.id


def test_every_code_is_one_of_the_codebook_and_none_is_given_and_missed(bank, codebook):
    known = {code.id for code in codebook.entries}
    for utterance in bank:
        assert {*utterance.codes, *utterance.seeming} <= known, utterance.said
        assert not set(utterance.codes) & set(utterance.seeming), utterance.said


def test_no_two_are_alike(bank):
    seen = defaultdict(list)
    runs = []
    for number, utterance in enumerate(bank):
        words = re.findall(r"\w+", utterance.said.lower())
        mine = {tuple(words[place : place + 3]) for place in range(len(words) - 2)}
        shared = Counter(other for run in mine for other in seen[run])
        for other, n in shared.items():
            assert n <= 0.35 * min(len(mine), len(runs[other])), (bank[other].said, utterance.said)
        for run in mine:
            seen[run].append(number)
        runs.append(mine)


def test_what_weighs_is_coded_invented_and_stands_nowhere_else(bank, codebook):
    folder = resource("codebooks/calibration")
    own = read_reference(folder / "codes.csv")
    names = {file.stem for file in folder.glob("*.txt")}
    corpus, codings = default_transcripts()
    assert names == set(own["session_id"]) < set(corpus.sessions["session_id"]) == set(codings["session_id"])
    assert corpus.sessions["invented"].all()
    said = corpus.turns[corpus.turns["role"] == "participant"]
    coded = own.merge(said, on=["session_id", "turn"])
    assert len(coded) == len(own) == len(own.drop_duplicates(["session_id", "turn", "code"]))
    parents = {code.parent for code in codebook.entries}
    assert set(own["code"]) <= {code.id for code in codebook.entries} - parents
    weighing = said["session_id"].isin(names)
    others = {utterance.said for utterance in bank} | set(said["text"][~weighing])
    assert not [text for text in said["text"][weighing] if len(text) > 60 and text in others]


def test_many_hands_and_statuses(bank):
    assert len({utterance.hand for utterance in bank}) >= 15
    statuses = Counter(status for utterance in bank for status in utterance.codes.values())
    assert statuses["denied"] > 300 and statuses["hypothetical"] > 200


def test_examples_are_a_corpus_that_says_it_is_invented(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    corpus, codings = read_examples(tmp_path)
    assert corpus.sessions["invented"].all()
    assert corpus.turns[["session_id", "turn", "text"]].to_numpy().tolist() == [["h1", 1, "Ona sama siedzi."]]
    assert codings[["code", "status", "start", "end"]].to_numpy().tolist() == [["a", "affirmed", 0, 16]]


PLAIN = """invented: true
language: pl
utterances:
- said: "Mówi: \\"nie ma\\", a jest, # i tyle."
  codes: {poverty: affirmed, housing: denied}
  hand: s01
- said: "Tak {to} [jest]."
  codes: {}
  not: [poverty, family_dysfunction]
  hand: s02
- said: "Ano."
  codes: {}
  hand: s02
"""


def test_the_plain_form_is_read_as_any_other_yaml(tmp_path):
    for number, text in enumerate((PLAIN, PLAIN + "# the end\n", PLAIN.replace("hand: s01", "hand: 's01'"))):
        file = tmp_path / f"{number}.yaml"
        file.write_text(text, encoding="utf-8")
    plain, *others = (list(read_utterances(tmp_path / f"{number}.yaml")) for number in range(3))
    assert all(other == plain for other in others)
    assert plain[0].said == 'Mówi: "nie ma", a jest, # i tyle.'
    assert [utterance.seeming for utterance in plain] == [(), ("poverty", "family_dysfunction"), ()]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (GOOD.replace("affirmed", "maybe"), "affirmed"),
        (GOOD.replace("said:", "say:"), "said"),
        (GOOD + "  x: [", "no YAML"),
        (GOOD + "  x: 2018-13-45\n", "no YAML"),
        ("", "a.yaml"),
    ],
)
def test_a_wrong_file_of_examples_is_named(tmp_path, written, message):
    (tmp_path / "a.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"a\.yaml") as caught:
        read_examples(tmp_path)
    assert message in str(caught.value)


def test_no_examples_and_no_reference(tmp_path):
    for read in (read_examples, read_reference):
        with pytest.raises(CodebookError, match="check the path"):
            read(tmp_path / "nothing.csv")
    (tmp_path / "r.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="session_id, turn, code, status"):
        read_reference(tmp_path / "r.csv")


def test_the_quality_of_every_code_of_the_reference_stands_in_the_readme():
    said = (resource("codebooks") / "README.md").read_text(encoding="utf-8")
    quality = said.split("<!-- quality: begin -->")[1].split("<!-- quality: end -->")[0]
    reference = set(read_reference(resource("codebooks/reference/first.csv"))["code"])
    assert set(re.findall(r"`(\w+)` \|", quality)) == reference
    bank = said.split("<!-- bank: begin -->")[1].split("<!-- bank: end -->")[0]
    assert "| 10 | 20 | 40 | 80 | 150 |" in bank
