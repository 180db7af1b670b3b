"""What a researcher may give in the wrong place is refused in words, never by a traceback of something else."""

import numpy as np
import pandas as pd
import pytest

import focus_analysis as fa
from focus_analysis.errors import FocusAnalysisError
from tests.builders import codebook, codings, corpus, group

STUDY = corpus(group("s", "M: Słucham.", "R1: bieda", "R2: nic"), group("t", "M: Słucham.", "R1: bieda i wódka"))
BOOK = codebook({"poverty": ["bieda"], "alcohol": ["wódka"]})
GIVEN = codings(("s", 2, "poverty"), ("t", 2, "poverty"), ("t", 2, "alcohol"))
ANN, BEN = (GIVEN.assign(coder=name) for name in ("Ann", "Ben"))
MATRIX = pd.DataFrame(np.arange(4.0).reshape(2, 2), index=["s", "t"], columns=["poverty", "alcohol"])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: fa.salience(STUDY.turns, GIVEN, BOOK.codes), "a study is needed"),
        (lambda: fa.salience(STUDY, STUDY, BOOK.codes), "table codings: a DataFrame is needed"),
        (lambda: fa.check_claim("Bieda jest najważniejsza", STUDY, GIVEN, BOOK.codes), "a Codebook is needed"),
        (lambda: fa.to_matrix(STUDY), "a DataFrame is needed"),
        (lambda: fa.agreement(ANN, BEN, study=STUDY.turns), "a study is needed"),
        (lambda: fa.agreement(ANN, BEN, study=STUDY, codes=["poverty"]), "table codes: a DataFrame is needed"),
        (lambda: fa.agreement(ANN, BEN, study=STUDY, resamples=0), "resamples must be 1 or more"),
        (lambda: fa.compare_coders(ANN, {"Ben": BEN}, STUDY, resamples=0), "resamples must be 1 or more"),
        (lambda: fa.compare_regions(MATRIX, {"s": "a", "t": "b"}, alpha=95), "alpha is 1 - the level"),
        (lambda: fa.diagnose(STUDY.turns), "diagnose: a Corpus is needed"),
        (lambda: fa.highlight(STUDY.turns, GIVEN, "s"), "highlight: a Corpus is needed"),
        (lambda: fa.highlight(STUDY, GIVEN, "s", BOOK), "table codes: a DataFrame is needed"),
        (lambda: fa.highlight(STUDY, GIVEN, "s", lang='"><script>'), "pl, en"),
        (lambda: fa.adjudicate(ANN, BEN, STUDY.turns), "a Corpus is needed"),
        (lambda: fa.with_questions(STUDY.turns, BOOK), "with_questions: a Corpus is needed"),
        (lambda: fa.with_questions(STUDY, BOOK.codes), "with_questions: a Codebook is needed"),
        (lambda: fa.find_relations(STUDY.turns, GIVEN, BOOK.codes), "find_relations: a Corpus is needed"),
        (lambda: fa.find_links(STUDY.turns, GIVEN, BOOK.codes), "find_links: a Corpus is needed"),
        (lambda: fa.plan_validation(STUDY, GIVEN, n=2.5), "n must be a whole number"),
        (lambda: fa.plan_validation(STUDY, GIVEN, seed="a"), "seed must be a whole number"),
        (lambda: fa.read_coding_sheet(None), "the path of a sheet is needed"),
        (lambda: fa.write_coding_sheet(BOOK, STUDY, "a.xlsx"), "write_coding_sheet: a Corpus is needed"),
        (lambda: fa.write_coding_sheet(STUDY, BOOK.codes, "a.xlsx"), "write_coding_sheet: a Codebook is needed"),
        (lambda: fa.write_coding_sheet(STUDY, BOOK, "a.xlsx", sample="plan.csv"), "the sample is a table"),
        (lambda: fa.next_to_review(STUDY, fa.LearnedCoder(), 5, exclude="plan.csv"), "exclude is a table"),
        (lambda: fa.write_transcripts(STUDY.turns, "folder"), "write_transcripts: a Corpus is needed"),
        (lambda: fa.plot_agreement(fa.agreement(ANN, BEN, study=STUDY), BOOK.codes), r"\.codes"),
        (lambda: fa.plot_coders(GIVEN, BOOK.codes), "the table that compare_coders returns"),
        (lambda: fa.plot_ranking(fa.salience(STUDY, GIVEN, BOOK.codes), BOOK, gmina="s"), "a DataFrame is needed"),
    ],
)
def test_what_stands_in_the_wrong_place_is_refused_in_words(call, said):
    with pytest.raises(FocusAnalysisError, match=said):
        call()
