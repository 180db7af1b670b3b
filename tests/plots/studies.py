"""Invented studies of any size for figures: real names of gminas, drawn counts, long names of problems."""

from types import SimpleNamespace

import numpy as np

from focus_analysis.analysis.ranking import rank_within
from focus_analysis.schemas import ESTIMATES, check
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


def gminas_of(region):
    """Names and codes: the study's own, or every ninth rural gmina of the register."""
    if GMINAS[region]:
        return GMINAS[region]
    import csv

    from focus_analysis.resources import resource

    with resource("gminas.csv").open(encoding="utf-8", newline="") as file:
        rural = [row for row in csv.DictReader(file) if row["voivodeship"] == region and row["kind"] == "wiejska"]
    return {row["name"]: row["teryt"] for row in rural[:: len(rural) // 8][:8]}
