"""How fast the learned coder trains and codes, beside the rules.

    python -m tests.benchmarks.learning               40 transcripts of 100 turns, 5 rounds, and a training
    python -m tests.benchmarks.learning --no-training

The transcripts are made of the shipped ones, with words put into other forms. In each round every coder codes once, so
that a busy machine slows all alike: read the ratios. The first coding of a process also analyses words and compiles the
codebook's; it is shown apart.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import warnings
from collections.abc import Callable

import pandas as pd

from focus_analysis import coders
from focus_analysis.coding.rules import code
from focus_analysis.corpus import Corpus
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.resources import resource
from tests.benchmarks.coding import grown

N_TRANSCRIPTS, N_TURNS = 40, 100
GOAL_S = 3.0


def transcripts(n_transcripts: int = N_TRANSCRIPTS, n_turns: int = N_TURNS) -> Corpus:
    """Return so many transcripts of so many turns."""
    n_words = 40 * n_transcripts * n_turns
    study = grown(n_words, share=0.1)
    places = range(n_transcripts * n_turns)
    names = [f"t{place // n_turns}" for place in places]
    turns = study.turns.head(len(names)).assign(session_id=names, turn=[place % n_turns + 1 for place in places])
    ids = list(dict.fromkeys(names))
    sessions = study.sessions.iloc[[0] * len(ids)].assign(session_id=ids)
    speakers = turns.groupby(["session_id", "speaker"], as_index=False).agg(
        role=("role", "first"), n_turns=("turn", "size"), n_words=("n_words", "sum")
    )
    return Corpus(sessions, speakers.assign(institution=None, in_roster=False), turns)


def timed(run: Callable[[], pd.DataFrame | object]) -> float:
    """Return the seconds that a call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    """Measure and show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-training", action="store_true")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    corpus, codebook = transcripts(), read_codebook(resource("codebooks/social_problems.yaml"))
    coder = coders.default_coder()
    runs: dict[str, Callable[[], pd.DataFrame]] = {
        "rules": lambda: code(corpus, codebook),
        "learned": lambda: coder.code(corpus, codebook, "learned"),
        "combined": lambda: coder.code(corpus, codebook),
    }
    first = {name: timed(run) for name, run in runs.items()}
    rounds = [{name: timed(run) for name, run in runs.items()} for _ in range(given.rounds)]
    lines = [f"{corpus}, median of {given.rounds}; goal for combined: {GOAL_S:.0f} s", ""]
    lines += ["| coder | seconds | times the rules | seconds at first |", "|---|---|---|---|"]
    for name in runs:
        seconds = statistics.median(one[name] for one in rounds)
        ratio = statistics.median(one[name] / one["rules"] for one in rounds)
        lines.append(f"| {name} | {seconds:.2f} | {ratio:.1f} | {first[name]:.2f} |")
    if not given.no_training:
        rules = timed(runs["rules"])
        seconds = timed(coders._trained)
        lines += ["", f"training: {seconds:.1f} s, {seconds / rules:.0f} times as long as the rules took beside it"]
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
