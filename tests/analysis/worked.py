"""Worked examples: inputs of the method notes, copied; the expected values stand in the tests, with their source.

The notes computed each value twice, by the formula and by a library (R 4.2.2 with vegan, coin and AnthroTools; scipy;
statsmodels 0.15; choix), and both agreed.
"""

from io import StringIO

import pandas as pd

from tests.builders import codes, codings, corpus, group

# salience_transcript.csv: turn, speaker, words, codes. M is the moderator; S5 says little and still counts.
TRANSCRIPT = """
1 M 12
2 S1 40 elderly
3 S2 20 alcohol
4 S1 60 elderly disability
5 S3 30 violence alcohol
6 M 10 unemployment
7 S4 25 unemployment
8 S1 80 elderly
9 S2 15 elderly
10 S5 10
11 M 8 violence
12 S3 35 violence
13 S4 15 unemployment alcohol
14 S5 20 elderly
"""
PROBLEMS = ["elderly", "alcohol", "violence", "disability", "unemployment"]

# ranking_gminas.csv: speakers, and how many of them named each problem.
GMINAS = """gmina,n_speakers,elderly,alcohol,violence,disability,unemployment
G1,10,9,6,3,4,1
G2,9,8,5,5,3,0
G3,10,7,8,2,4,1
G4,11,10,6,4,4,2
G5,8,6,6,1,2,0
G6,10,9,4,5,3,1
G7,9,7,3,2,5,1
G8,10,8,7,3,2,2
"""

# regions.csv: in each of eight groups of five regions, how many of the speakers named one problem.
REGIONS = {
    "A": "6/10 5/9 7/10 6/11 4/8 7/10 5/9 8/10",
    "B": "3/10 4/10 2/9 5/10 3/8 4/11 1/9 4/10",
    "C": "5/10 4/9 6/10 3/10 5/9 4/8 6/11 5/10",
    "D": "4/10 6/10 5/9 7/10 3/9 5/10 6/10 4/8",
    "E": "5/9 3/10 6/10 4/10 7/11 2/8 5/10 4/9",
}
# regions_overdispersed.csv: pooled 52 of 80 against 24 of 80, and groups that differ much.
OVERDISPERSED = {
    "A": "10/10 1/10 9/10 2/10 8/10 9/10 3/10 10/10",
    "B": "1/10 8/10 0/10 2/10 9/10 1/10 3/10 0/10",
}

# saturation_incidence.csv: eight groups by twelve codes, two of them never used.
INCIDENCE = """
111001000000
110100000000
101110000000
111000100000
110110010000
101100100000
111010001000
110100000100
"""


def transcript():
    """The corpus, its codings and its codes; the moderator's codings are hypothetical."""
    lines = [line.split() for line in TRANSCRIPT.strip().splitlines()]
    spoken = [f"{speaker}: {'słowo ' * int(words)}".strip() for _, speaker, words, *_ in lines]
    found = [
        ("przykład", int(turn), code, "hypothetical" if speaker == "M" else "affirmed")
        for turn, speaker, _, *named in lines
        for code in named
    ]
    return corpus(group("przykład", *spoken, gmina="Oksa")), codings(*found), codes(*PROBLEMS)


def gminas():
    """Coverage of five problems in eight gminas."""
    table = pd.read_csv(StringIO(GMINAS), index_col="gmina")
    return table[PROBLEMS].div(table["n_speakers"], axis=0)


def regions(written=None):
    """Coverage of one problem in the groups of each region, and the region of each group."""
    shares = {
        f"{region}{number}": (int(named) / int(n), region)
        for region, groups in (written or REGIONS).items()
        for number, (named, n) in enumerate((group.split("/") for group in groups.split()), 1)
    }
    table = pd.DataFrame(shares, index=["coverage", "region"]).T
    return table[["coverage"]].astype(float), table["region"]


def incidence():
    """Which of twelve codes were named in eight groups."""
    rows = [[int(cell) for cell in row] for row in INCIDENCE.split()]
    return pd.DataFrame(rows, index=[f"G{n}" for n in range(1, 9)], columns=[f"c{n}" for n in range(1, 13)])
