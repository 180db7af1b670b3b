"""The rule coder against the rules written down plainly: on shipped transcripts, and on anything that may be said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.codebook import Codebook
from focus_analysis.coding.rules import RuleCoder, code
from focus_analysis.language.stream import read_stream
from focus_analysis.language.tokens import Token
from tests.builders import corpus, group
from tests.coding import plain_coder

# fmt: off
SAID = [
    "bieda", "biedy", "biedę", "samotny", "samotna", "samotnych", "osoba", "osób", "osoby", "pije", "piją", "starych",
    "mops", "Mops", "GOPS-ie", "gops", "gie", "o", "pe", "es", "nie", "nie", "ma", "mamy", "żaden", "żadnych", "nikt",
    "nigdy", "ani", "bez", "czy", "że", "ale", "bo", "to", "a", "który", "jak", "gdyby", "może", "być", "jest", "są",
    "się", "kiedyś", "teraz", "już", "niestety", "myślę", "sądzę", "wiem", "brakuje", "tylko", "dla", "z", "u", "was",
    "macie", "planujemy", "skończyło", "po", "co", "nam", "i", "w", "dwie", "2", "500+", "500", "plus", "25", "pięć",
]
# fmt: on
GAPS = [" "] * 8 + [", "] * 3 + [". ", "? ", "! ", "… ", " – ", ": ", "; "]
WORDS = [
    "bieda",
    "samotny",
    "osoba",
    "pić",
    "stary",
    "=biedy",
    "=nie",
    "=ma",
    "bied*",
    "sam*",
    "==Mops",
    "GOPS",
    "nikt",
    "dwa",
    "25",
    "pięćset plus",
]

said = st.lists(st.tuples(st.sampled_from(SAID), st.sampled_from(GAPS)), max_size=25).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)
_term = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map("|".join)
_optional = st.tuples(_term, st.booleans()).map(lambda pair: pair[0] + "?" * pair[1])
_phrase = st.lists(st.one_of(_optional, _optional, st.just("...")), max_size=2).flatmap(
    lambda inner: st.tuples(_term, _term).map(lambda ends: " ".join([ends[0], *inner, ends[1]]))
)
phrases = st.one_of(_term, _phrase)
rules = st.fixed_dictionaries(
    {"match": st.lists(phrases, min_size=1, max_size=3).map(" near ".join)},
    optional={
        "words": st.integers(0, 12),
        "reach": st.sampled_from(["clause", "sentence", "turn"]),
        "ordered": st.booleans(),
        "status": st.sampled_from(["affirmed", "denied", "hypothetical"]),
        "not_near": st.lists(phrases, max_size=2),
        "not_before": st.lists(phrases, max_size=2),
    },
)
entries = st.fixed_dictionaries({"patterns": st.lists(rules, max_size=4), "except_in": st.lists(_phrase, max_size=1)})


def book(*written, group_status=None):
    """Return a codebook with these patterns, a code each."""
    label = {"pl": "kod", "en": "code"}
    codes = [
        {"id": f"c{number}", "group": "problems" if number else "named", "label": label, **entry}
        for number, entry in enumerate(written)
    ]
    groups = {"problems": {"label": label}, "named": {"label": label, "status": group_status}}
    return Codebook(name="próba", version="1", groups=groups, entries=tuple(codes))


def as_plain(study, found):
    """Return the codings as the plain coder gives them, which does not name cues."""
    found = found.assign(evidence=found["evidence"].str.replace(r" \| cue: .*", "", regex=True))
    turns = study.turns
    number = {key: place for place, key in enumerate(zip(turns["session_id"], turns["turn"], strict=True))}
    keys = zip(found["session_id"], found["turn"], strict=True)
    columns = (found[name] for name in ("code", "start", "end", "status", "evidence"))
    return list(zip([number[key] for key in keys], *columns, strict=True))


def plainly_coded(study, codebook):
    turns = study.turns
    return list(plain_coder.code(turns["text"], turns["role"], codebook))


def test_every_shipped_transcript_is_coded_as_by_the_plain_rules(shipped, packaged, shipped_codings):
    assert as_plain(shipped, shipped_codings) == plainly_coded(shipped, packaged)


@settings(deadline=None, max_examples=80)
@given(
    st.lists(entries, min_size=1, max_size=3),
    st.lists(said, min_size=1, max_size=4),
    st.sampled_from(["affirmed", None]),
    st.sampled_from(["M", "R1"]),
)
def test_whatever_is_said_is_coded_as_by_the_plain_rules(written, texts, group_status, speaker):
    study = corpus(
        group("s", *(f"R{number}: {text}" for number, text in enumerate(texts, 1)), f"{speaker}: {texts[0]}")
    )
    codebook = book(*written, group_status=group_status)
    assert as_plain(study, code(study, codebook)) == plainly_coded(study, codebook)


@pytest.mark.parametrize("n_words", [1, 40, 10_000])
def test_texts_may_be_coded_in_parts_of_any_size(n_words, monkeypatch):
    texts = ["Nie ma biedy, jest samotna osoba. Bieda?", "", "Nie. Bieda i nikt. Czy pije?"] * 5
    study = corpus(group("s", *(f"R1: {text}" for text in texts)))
    codebook = book({"patterns": ["bieda", "samotny near osoba"]}, {"patterns": ["pić"]})
    whole = code(study, codebook)
    monkeypatch.setattr("focus_analysis.coding.rules.WORDS_AT_ONCE", n_words)
    monkeypatch.setattr("focus_analysis.language.stream._CHARACTERS_AT_ONCE", n_words)
    assert code(study, codebook).equals(whole)


def test_words_that_another_tokeniser_found_are_coded_as_it_gives_them():
    text = "sa motna kobieta"
    coder = RuleCoder(book({"patterns": ["samotny"]}))
    mended = {0: [Token(0, 8, "samotna"), Token(9, 16, "kobieta")]}
    found = coder.hits(read_stream([text], mended), np.array([False]))
    assert (found.starts.tolist(), found.ends.tolist()) == ([0], [8])
    assert len(coder.hits(read_stream([text]), np.array([False])).starts) == 0
