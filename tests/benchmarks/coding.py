"""How fast the rule coder reads, beside other ways to look words up.

    python -m tests.benchmarks.coding                                    5 million words, 5 rounds
    python -m tests.benchmarks.coding --words 100000 --rounds 1          a quick look

The corpus is made of the shipped transcripts, again and again, with words put into other forms so that the vocabulary
grows. Every system runs once a round, on one core, and is given the text in memory. The rule coder compiles the code-
book inside the measure; reading its file is outside. What others prepare (automata, matchers) is inside too, and every
round gets a corpus that nothing was kept for. Slow systems are given fewer words (``MOST``). The rule coder looks for
phrases, proximity and status and writes the table of codings; the others look for the codebook's words alone. Time is
that of the processor.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from focus_analysis.codebook import Codebook
from focus_analysis.coding.rules import code
from focus_analysis.corpus import Corpus
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.io.corpora import read_corpus
from focus_analysis.language.acronyms import is_acronym
from focus_analysis.language.morphology import inflected_forms, lemmas
from focus_analysis.patterns import Phrase
from focus_analysis.resources import resource

WORD = re.compile(r"([^\W_]+)")
SIGNS = str.maketrans(dict.fromkeys('.,;:!?…()[]–—―"„”“«»\n/-', " "))
MOST = {"spaCy PhraseMatcher": 1_000_000, "spaCy Matcher, lemmas": 5_000, "pandas str.contains": 100_000}
N_CONTAINED = 300
SIZES = (100_000, 1_000_000, 5_000_000, 20_000_000)
SEED = 20180912


def grown(n_words: int, share: float = 0.3) -> Corpus:
    """Return the shipped transcripts, repeated up to so many words, a share of the words in other forms."""
    study, random_ = read_corpus(resource("transcripts")), random.Random(SEED)
    turns, n_found, copies = study.turns, 0, []
    pieces = [WORD.split(text) for text in turns["text"]]
    while n_found < n_words:
        copy = turns.assign(
            session_id=turns["session_id"] + f"-{len(copies)}",
            text=[_reworded(words, share, random_) for words in pieces],
        )
        n_said = copy["n_words"].cumsum()
        copies.append(copy[n_said <= n_words - n_found] if copies or n_said.iloc[0] < n_words else copy.head(1))
        n_found += max(int(copies[-1]["n_words"].sum()), 1)
        if len(copies[-1]) < len(turns):
            break
    numbers = range(len(copies))
    sessions, speakers = (
        pd.concat([table.assign(session_id=table["session_id"] + f"-{number}") for number in numbers])
        for table in (study.sessions, study.speakers)
    )
    return Corpus(sessions, speakers, pd.concat(copies))


def _reworded(pieces: list[str], share: float, random_: random.Random) -> str:
    said = list(pieces)
    for place in range(1, len(said), 2):
        if random_.random() < share:
            said[place] = random_.choice(_other_forms(said[place]))
    return "".join(said)


@cache
def _other_forms(word: str) -> tuple[str, ...]:
    if is_acronym(word) or not word.isalpha():
        return (word,)
    forms = set().union(*(inflected_forms(lemma) for lemma in lemmas(word.lower())))
    whole = sorted(form for form in forms if WORD.fullmatch(form)) or [word]
    return tuple(form.capitalize() for form in whole) if word[0].isupper() else tuple(whole)


def _phrases(codebook: Codebook) -> Iterator[Phrase]:
    """Yield every phrase of a codebook."""
    for _, pattern in codebook.patterns():
        for part in pattern.parts:
            yield from part


def _words(codebook: Codebook) -> list[str]:
    """Return the base forms of a codebook."""
    atoms = (atom for phrase in _phrases(codebook) for term in phrase for atom in term)
    return sorted({atom.word for atom in atoms if atom.kind == "lemma"})


def _forms(codebook: Codebook) -> list[str]:
    return sorted(set().union(*map(inflected_forms, _words(codebook))))


def split(corpus: Corpus, codebook: Codebook) -> int:
    """Split at blanks: what merely looking at a text costs."""
    return len("\n".join(corpus.turns["text"]).split())


def rule_coder(corpus: Corpus, codebook: Codebook) -> int:
    """Everything: patterns, proximity, exceptions, status, the table with its evidence."""
    return len(code(corpus, codebook))


def aho_corasick(corpus: Corpus, codebook: Codebook) -> int:
    """Look up the generated forms of the codebook's words in an automaton."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for form in _forms(codebook):
        automaton.add_word(f" {form} ", form)
    automaton.make_automaton()
    text = " ".join(corpus.turns["text"]).lower().translate(SIGNS)
    return sum(1 for _ in automaton.iter(f" {text} "))


def phrase_matcher(corpus: Corpus, codebook: Codebook) -> int:
    """Look up the generated forms with spaCy's PhraseMatcher, capitals left out of account."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("pl")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("code", list(nlp.tokenizer.pipe(_forms(codebook))))
    return sum(len(matcher(doc)) for doc in nlp.tokenizer.pipe(corpus.turns["text"]))


def lemma_matcher(corpus: Corpus, codebook: Codebook) -> int:
    """Look up phrases of base forms with spaCy's Matcher; each form is analysed once."""
    import spacy
    from spacy.matcher import Matcher

    nlp = spacy.blank("pl")
    matcher = Matcher(nlp.vocab)
    for number, phrase in enumerate(dict.fromkeys(_phrases(codebook))):
        choices = [[atom.word.lower() for atom in term if atom.kind == "lemma"] for term in phrase]
        if all(choices):
            matcher.add(str(number), [[{"LEMMA": {"IN": choice}} for choice in choices]])
    found = 0
    for doc in nlp.tokenizer.pipe(corpus.turns["text"]):
        for token in doc:
            token.lemma_ = min(lemmas(token.lower_))
        found += len(matcher(doc))
    return found


def contains(corpus: Corpus, codebook: Codebook) -> int:
    """Ask pandas for the turns that contain each word, one word after the other, capitals left out of account."""
    texts, found = corpus.turns["text"], 0
    for word in _words(codebook)[:N_CONTAINED]:
        forms = "|".join(map(re.escape, sorted(inflected_forms(word))))
        found += int(texts.str.contains(rf"\b(?:{forms})\b", case=False, regex=True).sum())
    return found


SYSTEMS: dict[str, Callable[[Corpus, Codebook], int]] = {
    "str.split": split,
    "rule coder": rule_coder,
    "pyahocorasick": aho_corasick,
    "spaCy PhraseMatcher": phrase_matcher,
    "spaCy Matcher, lemmas": lemma_matcher,
    "pandas str.contains": contains,
}


def _first(corpus: Corpus, n_words: int) -> Corpus:
    turns = corpus.turns
    return Corpus(corpus.sessions, corpus.speakers, turns[turns["n_words"].cumsum() <= n_words])


def _timed(run: Callable[[Corpus, Codebook], int], corpus: Corpus, codebook: Codebook) -> float:
    unread = Corpus(corpus.sessions, corpus.speakers, corpus.turns)
    start = time.process_time()
    run(unread, codebook)
    return time.process_time() - start


def compare(corpus: Corpus, codebook: Codebook, rounds: int, systems: list[str]) -> dict[str, float]:
    """Return the median of words a second for each system, over rounds in which every system has its turn."""
    given = {name: _first(corpus, MOST[name]) if name in MOST else corpus for name in systems}
    n_words = {name: int(study.turns["n_words"].sum()) for name, study in given.items()}
    speeds: dict[str, list[float]] = {name: [] for name in systems}
    for _ in range(rounds):
        for name in systems:
            speeds[name].append(n_words[name] / _timed(SYSTEMS[name], given[name], codebook))
    return {name: statistics.median(found) for name, found in speeds.items()}


def _alone(n_words: int, found: multiprocessing.SimpleQueue[tuple[float, float]]) -> None:
    warnings.simplefilter("ignore")
    corpus, codebook = grown(n_words), read_codebook(resource("codebooks/social_problems.yaml"))
    found.put((_timed(rule_coder, corpus, codebook), _peak()))


def _peak() -> float:
    """Return the peak of this process's memory in MB; NaN where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), float("nan"))


def first_time(n_words: int) -> tuple[float, float]:
    """Return the seconds of the first coding in a process, and the peak of its memory in MB, corpus and all."""
    context = multiprocessing.get_context("spawn")
    found = context.SimpleQueue()
    process = context.Process(target=_alone, args=(n_words, found))
    process.start()
    process.join()
    return found.get()


def main() -> None:
    """Measure and show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--systems", nargs="+", choices=list(SYSTEMS), default=list(SYSTEMS))
    parser.add_argument("--sizes", nargs="*", type=int, default=list(SIZES), help="words for the cost by size")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    codebook = read_codebook(resource("codebooks/social_problems.yaml"))
    corpus = grown(given.words)
    speeds = compare(corpus, codebook, given.rounds, given.systems)
    lines = [f"{corpus}, {codebook}, median of {given.rounds}", "", "| system | thousand words/s | rule coder is |"]
    lines += ["|---|---|---|"]
    coder = speeds.get("rule coder", float("nan"))
    lines += [f"| {name} | {speed / 1000:,.1f} | {coder / speed:.3g} times as fast |" for name, speed in speeds.items()]
    lines += [
        "",
        "| words | seconds | thousand words/s | seconds at first | peak memory, MB |",
        "|---|---|---|---|---|",
    ]
    for size in given.sizes:
        study = grown(size)
        seconds = statistics.median(_timed(rule_coder, study, codebook) for _ in range(given.rounds))
        n_words = int(study.turns["n_words"].sum())
        cold, memory = first_time(size)
        lines.append(f"| {n_words:,} | {seconds:.2f} | {n_words / seconds / 1000:,.0f} | {cold:.2f} | {memory:,.0f} |")
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
