"""Where commas and full stops would stand, learnt from the punctuation of the example bank.

``python -m tests.benchmarks.pauses`` tells how many of the signs of the shipped transcripts are found where they are
left out; with ``--write`` it writes the weights, ``resources/pauses.csv``, anew.
"""

import sys

import numpy as np
import pandas as pd

from focus_analysis.coders import default_examples
from focus_analysis.coding.matching import split_words
from focus_analysis.language.pauses import SHAPES, VERBS, WORDS, Gaps, with_pauses
from focus_analysis.resources import resource
from tests.benchmarks.quality import study

FEWEST, STRENGTH, SIGNS_A_WORD = 3, 0.3, 1 / 15


def punctuated(texts):
    """Return texts as words, those without capitals or with hardly a sign left out."""
    read = [split_words(text) for text in texts if text != text.lower()]
    return [words for words in read if sum(words.breaks) > SIGNS_A_WORD * len(words.tokens)]


def signs(read, gaps):
    """Return whether a sign stands in each gap."""
    return np.array([read[text].breaks[place] for text, place in zip(gaps.texts, gaps.places, strict=True)])


def features(gaps):
    """Return what is known of each gap, one column a feature, and the features as rows of the table of weights."""
    from scipy.sparse import coo_array

    places, columns, rows = [], [], []
    for names, shape, codes in (*((WORDS, shape, gaps.words) for shape in SHAPES), (VERBS, (0, 1), gaps.verbs)):
        said, which, counts = np.unique(codes[list(shape)], axis=1, return_inverse=True, return_counts=True)
        kept = np.flatnonzero(counts >= FEWEST)
        column = np.full(len(counts), -1)
        column[kept] = sum(map(len, rows)) + np.arange(len(kept))
        places.append(np.flatnonzero(column[which.ravel()] >= 0))
        columns.append(column[which.ravel()][places[-1]])
        values = said[:, kept] if names is VERBS else gaps.forms[said[:, kept]]
        rows.append(pd.DataFrame(dict(zip([names[place] for place in shape], values, strict=True))))
    indices = tuple(np.concatenate(parts).astype(np.int32) for parts in (places, columns))
    table = pd.concat(rows, ignore_index=True).reindex(columns=[*WORDS, *VERBS])
    known = coo_array((np.ones(len(indices[0])), indices), shape=(len(gaps.texts), len(table))).tocsr()
    return known, table.astype(dict.fromkeys(VERBS, "Int64"))


def weights(texts):
    """Return the table of weights."""
    from sklearn.linear_model import LogisticRegression

    read = punctuated(texts)
    gaps = Gaps.of([[token.form for token in words.tokens] for words in read])
    known, table = features(gaps)
    model = LogisticRegression(C=STRENGTH, l1_ratio=1, solver="liblinear", random_state=0)
    model.fit(known, signs(read, gaps))
    table = table.assign(weight=model.coef_[0].round(2))
    table = table[table["weight"] != 0].sort_values([*WORDS, *VERBS], na_position="first")
    constant = pd.DataFrame({"weight": [round(float(model.intercept_[0]), 2)]}, columns=table.columns)
    return pd.concat([constant, table.astype(object)], ignore_index=True)


def found_again(texts):
    """Return precision and recall of signs in texts where they are left out."""
    read = punctuated(texts)
    parted = with_pauses([words.tokens for words in read])
    found = np.array([bool(token.pause) for text in parted for token in text[1:]])
    there = np.array([sign for words in read for sign in words.breaks[1:]])
    return (found & there).sum() / found.sum(), (found & there).sum() / there.sum()


if __name__ == "__main__":
    if "--write" in sys.argv:
        table = weights(default_examples()[0].turns["text"])
        table.to_csv(resource("pauses.csv"), index=False, lineterminator="\n")
    precision, recall = found_again(study()[0].turns["text"])
    sys.stdout.write(f"signs of the shipped transcripts: precision {precision:.2f}, recall {recall:.2f}\n")
