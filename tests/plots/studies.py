"""Invented studies of any size for figures: real names of gminas, drawn counts, long names of problems."""

import csv
from types import SimpleNamespace

import numpy as np
import pandas as pd

from focus_analysis.analysis.ranking import rank_within
from focus_analysis.resources import resource
from focus_analysis.schemas import ESTIMATES, check
from focus_analysis.schemas_results import CLAIMS
from tests.builders import codes, estimates

# voivodeship: name and TERYT code of eight rural gminas
GMINAS = {
    "podkarpackie": {
        "Iwierzyce": "1815012",
        "Krempna": "1805062",
        "Krościenko Wyżne": "1807062",
        "Kuryłówka": "1808032",
        "Ostrów": "1815022",
        "Przeworsk": "1814062",
        "Świlcza": "1816122",
        "Zarzecze": "1814092",
    },
    "świętokrzyskie": {
        "Oksa": "2602052",
        "Wodzisław": "2602093",
        "Bieliny": "2604012",
        "Łopuszno": "2604083",
        "Bodzechów": "2607032",
        "Łoniów": "2609052",
        "Mirzec": "2611032",
        "Bogoria": "2612013",
    },
    "lubelskie": {},
    "mazowieckie": {},
    "podlaskie": {},
}
LONG = "problem nr {} o dość długiej nazwie"


def study(n_regions=2, n_codes=16, seed=0, n_in_region=8):
    """Estimates of gminas and the codes; one gmina in nine has four participants."""
    draw = np.random.default_rng(seed)
    names = [f"c{number}" for number in range(n_codes)]
    rows = [
        {
            "gmina": gmina,
            "teryt": teryt,
            "voivodeship": region,
            "code": code,
            "n_named": int(draw.binomial(n, chance)),
            "n_denied": int(draw.random() < 0.1),
            "n_participants": n,
        }
        for region in list(GMINAS)[:n_regions]
        for gmina, teryt in list(gminas_of(region).items())[:n_in_region]
        for n in [4 if draw.random() < 1 / 9 else int(draw.integers(8, 12))]
        for code, chance in zip(names, np.linspace(0.7, 0.05, n_codes), strict=True)
    ]
    table = rank_within(estimates(*rows), ["teryt"])
    book = codes(*names).assign(label_pl=[LONG.format(number + 1) for number in range(n_codes)])
    return SimpleNamespace(estimates=check(table, ESTIMATES), codes=book)


def means(table):
    """The mean of each region, with an interval of ten points either way."""
    grouped = table.groupby(["voivodeship", "code"], sort=False)
    mean = grouped.agg(
        estimate=("estimate", "mean"), n_participants=("n_participants", "sum"), n_sessions=("code", "size")
    )
    mean = mean.assign(n_named=0, low=mean["estimate"] - 0.1, high=mean["estimate"] + 0.1, interval_kind="confidence")
    return estimates(*mean.reset_index().to_dict("records"))


def voices(book, gmina="Krempna", n=10, seed=0):
    """Dominance and elicitation of one gmina: shares of one voice, and parts of coverage."""
    draw = np.random.default_rng(seed)
    rows = []
    for code in book["code"]:
        alone, others, asked = draw.multinomial(8, [0.3, 0.1, 0.1, 0.5])[:3]
        share = draw.uniform(0.2, 1)
        values = {
            "spontaneous": alone / n,
            "echo": others / n,
            "prompted": asked / n,
            "top_speaker_share": share,
            "speakers_n1": 1 + 4 * (1 - share),
            "one_voice": float(share > 0.5),
        }
        rows += [
            {"gmina": gmina, "code": code, "measure": measure, "estimate": value, "n_named": 3, "n_participants": n}
            for measure, value in values.items()
        ]
    return estimates(*rows)


def ranges(book, gmina="Krempna"):
    """Ranks of one gmina that move three places either way."""
    ranks = np.arange(1, len(book) + 1)
    return pd.DataFrame(
        {
            "teryt": "1805062",
            "gmina": gmina,
            "level": "leaf",
            "code": book["code"],
            "varied": "measures",
            "rank": ranks,
            "rank_min": np.maximum(ranks - 3, 1),
            "rank_median": ranks + 0.5,
            "rank_max": np.minimum(ranks + 3, len(book)),
            "n_variants": 6,
            "n_participants": 10,
        }
    )


def curve(table):
    """Different problems in so many gminas, on average and observed."""
    n = table["gmina"].nunique()
    shown = pd.DataFrame({"n_sessions": range(1, n + 1), "estimate": 7.5, "low": 6.1, "high": 9.2})
    return shown, pd.Series(7, index=range(n))


def claims(table):
    """Two claims: one with every gmina against it, one short."""
    gminas = ", ".join(f"{name} („{LONG.format(1)}”)" for name in table["gmina"].unique())
    sentence = (
        f"W zdecydowanej większości gmin problem „{LONG.format(2)}” był podnoszony przez największą część uczestników."
    )
    rows = [(sentence, f"Inaczej w gminach: {gminas}.", 3, 9, 16), ("Nie widać różnicy.", None, None, None, None)]
    table = pd.DataFrame(rows, columns=["sentence", "counter_brief", "n_strict", "n_tied", "n_groups"])
    rest = dict.fromkeys(("region", "code", "counter", "caution", "quantifier"))
    return check(table.assign(about="first", level="leaf", **rest), CLAIMS)


def gminas_of(region):
    """Names and codes: the study's own, or every ninth rural gmina of the register."""
    if GMINAS[region]:
        return GMINAS[region]
    with resource("gminas.csv").open(encoding="utf-8", newline="") as file:
        rural = [row for row in csv.DictReader(file) if row["voivodeship"] == region and row["kind"] == "wiejska"]
    return {row["name"]: row["teryt"] for row in rural[:: len(rural) // 8][:8]}
