"""What the shipped codebook finds in sentences as groups say them: ``problem_``, ``cooperation_sentences.txt``."""

from functools import cache
from pathlib import Path

import pytest

import focus_analysis as fa
from focus_analysis.coding.rules import code
from tests.builders import corpus, group

_files = [Path(__file__).with_name(f"{name}_sentences.txt") for name in ("problem", "cooperation")]
_lines = [line for file in _files for line in file.read_text(encoding="utf-8").splitlines()]
LINES = [line for line in _lines if line and not line.startswith("#")]


@cache
def statuses():
    """Return the codes of each line with their statuses, all coded at once: a line is a session of one turn."""
    study = corpus(*(group(str(number), f"R1: {line.split(' => ')[0]}") for number, line in enumerate(LINES)))
    found = code(study, fa.read_codebook(fa.default_codebook()))
    return found.groupby(["session_id", "code"])["status"].agg(set).to_dict()


@pytest.mark.parametrize("line", LINES)
def test_a_sentence_has_its_code_and_words_alone_have_none(line):
    *told, expected = line.split(" => ")[1].split()
    found = statuses().get((str(LINES.index(line)), expected), set())
    if told in (["denied"], ["hypothetical"]):
        assert found == set(told)
    else:
        assert ("affirmed" in found) != (told == ["not"])


def test_every_problem_solution_and_kind_of_cooperation_has_a_sentence():
    shown = {line.split(" => ")[1] for line in LINES}
    entries = fa.read_codebook(fa.default_codebook()).entries
    groups = {"problems", "solutions", "cooperation"}
    asked = {entry.id for entry in entries if entry.group in groups and entry.patterns}
    assert asked <= shown
