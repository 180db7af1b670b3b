"""How long the measures of salience take: 40 sessions of 10 participants, 30 codes, all measures and all resamples.

Processor time, so that other programs do not count. Run: python -m tests.benchmarks.salience
"""

import warnings
from collections.abc import Callable
from time import process_time

import numpy as np
import pandas as pd

from focus_analysis import (
    borda,
    bradley_terry,
    chao2,
    claim_facts,
    compare_all_regions,
    compare_regions,
    kemeny,
    kendall_w,
    rank_multiverse,
    rank_problems,
    rank_sensitivity,
    rarefaction,
    salience,
    saturation,
    to_matrix,
    to_regions,
)
from focus_analysis.corpus import Corpus
from focus_analysis.schemas import CODINGS
from tests.builders import codes, corpus, group

SESSIONS, PEOPLE, TURNS, CODES = 40, 10, 90, 30


def study() -> tuple[Corpus, pd.DataFrame, pd.DataFrame]:
    """An invented study in which codes differ in how often they are named, and every fifth turn is the moderator's."""
    rng = np.random.default_rng(1)
    people = [f"R{n}" for n in range(1, PEOPLE + 1)]
    groups = []
    for number in range(SESSIONS):
        spoken = [
            f"{'M' if turn % 5 == 0 else rng.choice(people)}: {'słowo ' * rng.integers(1, 60)}" for turn in range(TURNS)
        ]
        names = {"gmina": f"Gmina {number}", "teryt": f"{100000 + number}2", "voivodeship": f"region {number % 5}"}
        groups.append(group(f"s{number}", *spoken, roster=tuple(people), **names))
    parents = {f"c{n}": f"c{n % 6}" for n in range(6, CODES)}
    known = codes(*(f"c{n}" for n in range(CODES)), parents=parents)
    chance = np.linspace(0.005, 0.06, CODES)
    made = corpus(*groups)
    turns = made.turns
    hits = np.argwhere(rng.random((len(turns), CODES)) < chance)
    found = pd.DataFrame(
        {
            "session_id": turns["session_id"].to_numpy()[hits[:, 0]],
            "turn": turns["turn"].to_numpy()[hits[:, 0]],
            "code": [f"c{n}" for n in hits[:, 1]],
            "start": hits[:, 1],
            "end": hits[:, 1] + 1,
            "status": np.where(turns["role"].to_numpy()[hits[:, 0]] == "moderator", "hypothetical", "affirmed"),
            "coder": "rules",
            "coder_kind": "rule",
        }
    )
    return made, found.reindex(columns=CODINGS.names), known


def main() -> None:
    """Time every step and print a table."""
    made, found, known = study()
    kendall_w(pd.DataFrame(np.eye(3)))  # loads scipy
    took: dict[str, float] = {}

    def timed(name: str, run: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        start = process_time()
        result = run()
        took[name] = process_time() - start
        return result

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        all_of_them = timed(
            "salience, all measures, draws", lambda: salience(made, found, known, measures="all", intervals=True)
        )
        timed("salience of regions", lambda: salience(made, found, known, "voivodeship", measures="all"))
        timed("rank_multiverse", lambda: rank_multiverse(all_of_them))
        timed("rank_sensitivity, coverage, draws", lambda: rank_sensitivity(made, found, known))
        table, regions = to_matrix(all_of_them), to_regions(all_of_them)
        timed("compare_regions", lambda: compare_regions(table, regions))
        timed("compare_all_regions", lambda: compare_all_regions(table, regions))
        timed("rank_problems", lambda: rank_problems(table))
        timed("claim_facts", lambda: claim_facts(table, regions))
        for function in (kendall_w, borda, kemeny, bradley_terry, saturation, rarefaction, chao2):
            timed(function.__name__, lambda function=function: function(table))
    for name, seconds in took.items():
        print(f"{seconds:6.2f} s  {name}")  # noqa: T201
    print(f"{sum(took.values()):6.2f} s  together")  # noqa: T201
    start = process_time()
    rank_sensitivity(made, found, known, measures="all")
    print(f"{process_time() - start:6.2f} s  rank_sensitivity, all nine measures")  # noqa: T201


if __name__ == "__main__":
    main()
