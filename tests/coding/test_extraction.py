"""Relations and links against two shipped transcripts that were read by hand before the rules were written.

Measured blind: relations precision 8/10, recall 8/23. Three cues were added after that one look (10/11, 10/23), and
rules for doing "with", telling "to", and the sentence after, written for sentences made up for the purpose (13/14,
13/23): the two transcripts are no longer unseen. Difficulty had 7/18 and 7/16 before a difficulty kept to the problems
of its sentence, which the made-up sentences ask for (12/20 before, 17/18 after) and these transcripts do not reward.
Most that is missed is missed by the codes: with the reference codes in place of those of the rules, pairs and links are
found as the second group of numbers says.
"""

from functools import cache

import pandas as pd
import pytest

from focus_analysis.coding import rules
from focus_analysis.coding.links import find_links
from focus_analysis.coding.relations import find_relations
from focus_analysis.guide import with_questions
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.io.corpora import read_corpus
from focus_analysis.resources import resource
from focus_analysis.schemas import CODINGS, check

SESSIONS = ["krempna", "bodzechow"]
RELATION = ["session_id", "turn", "source", "target", "relation"]
PAIR = RELATION[:-1]
LINK = ["session_id", "turn", "problem", "other"]
DIFFICULTIES = ["easy_to_solve", "hard_to_solve"]


@cache
def study():
    """Return the two transcripts with the codes of the rules, the reference codes, and the codebook's codes."""
    folder = resource("transcripts")
    corpus = read_corpus([folder / "krempna.txt", folder / "bodzechow.json"])
    corpus = with_questions(corpus, read_codebook(resource("codebooks/topic_guide.yaml")))
    codebook = read_codebook(resource("codebooks/social_problems.yaml"))
    given = pd.read_csv(resource("codebooks/reference/first.csv"))
    turns = corpus.turns.assign(end=corpus.turns["text"].str.len())
    given = given.merge(turns[["session_id", "turn", "end"]], on=["session_id", "turn"])
    given = given.assign(start=0, coder="reference", coder_kind="human").reindex(columns=CODINGS.names)
    return corpus, {"rules": rules.code(corpus, codebook), "reference": check(given, CODINGS)}, codebook.codes


def by_hand(name):
    return pd.read_csv(resource(f"codebooks/reference/{name}.csv"))


def keys(table, columns):
    return set(table[columns].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("coder", "columns", "n_right", "n_found"),
    [("rules", RELATION, 13, 14), ("reference", RELATION, 11, 19), ("reference", PAIR, 17, 19)],
)
def test_relations_are_found_as_well_as_measured(coder, columns, n_right, n_found):
    corpus, codings, codes = study()
    found = find_relations(corpus, codings[coder], codes)
    found, given = keys(found[found["relation"] != "mentioned"], columns), keys(by_hand("relations"), columns)
    assert len(found & given) >= n_right
    assert len(found - given) <= n_found - n_right


@pytest.mark.parametrize(
    ("coder", "hard", "n_right", "n_found"),
    [("rules", True, 6, 16), ("reference", True, 13, 17), ("reference", False, 10, 13)],
)
def test_links_are_found_as_well_as_measured(coder, hard, n_right, n_found):
    corpus, codings, codes = study()
    found, given = find_links(corpus, codings[coder], codes), by_hand("links")
    found = found[found["problem"] != "cooperation_barrier"]
    found, given = (keys(table[table["other"].isin(DIFFICULTIES) == hard], LINK) for table in (found, given))
    assert len(found & given) >= n_right
    assert len(found - given) <= n_found - n_right


def test_what_was_read_by_hand_names_turns_and_codes_that_there_are():
    corpus, _, codes = study()
    turns = keys(corpus.turns, ["session_id", "turn"])
    for name, columns in (("relations", ["source", "target"]), ("links", ["problem", "other"])):
        table = by_hand(name)
        assert keys(table, ["session_id", "turn"]) <= turns
        assert set(table[columns].to_numpy().ravel()) <= set(codes["code"])
