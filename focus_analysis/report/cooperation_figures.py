"""The figures of the sections about institutions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.plots.barriers import plot_barrier_kinds
from focus_analysis.plots.cooperation import plot_cooperation
from focus_analysis.plots.difficulty import plot_difficulty, plot_salience_difficulty
from focus_analysis.plots.layout import told_apart
from focus_analysis.plots.matrix import plot_barriers, plot_cooperation_matrix
from focus_analysis.plots.mobilising import plot_mobilising
from focus_analysis.plots.participation import plot_participation
from focus_analysis.plots.solutions import plot_solutions
from focus_analysis.report.addresses import figure_name
from focus_analysis.report.results import Results
from focus_analysis.report.ties import named_ties, network_tables, same_gmina, strongest, study_rows, tie
from focus_analysis.report.wording import code_names
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

_MANY, _FEWEST_TIES = 40, 3
STRAIN = ("lacks", "conflict", "wish")
_Described = tuple[str, str, str, Callable[[], Any]]


def draw_networks(results: Results, lang: str, note: str) -> Iterator[_Described]:
    """Yield name, caption, alternative text and what draws it, of every figure that the tables allow."""
    tables, codes = network_tables(results), results.codes
    if "participation" in tables:
        yield _described("participation", lang, partial(plot_participation, tables["participation"], codes, lang, note))
    if "difficulty" in tables:
        yield from _of_difficulty(tables["difficulty"], codes, lang, note)
    if "edges" in tables:
        yield from _of_edges(tables["edges"], results, lang, note)
        yield from _of_gminas(tables["edges"], results, lang, note)
    if "pairs" in tables and (study_rows(tables["pairs"])["about"] == "barrier").any():
        yield _described("barriers", lang, partial(plot_barriers, tables["pairs"], codes, lang=lang, note=note))
    if "barrier_counts" in tables:
        draw = partial(plot_barrier_kinds, tables["barrier_counts"], codes, lang=lang, note=note)
        yield _described("barrier_kinds", lang, draw)
    if "solutions" in tables and len(study_rows(tables["solutions"])):
        yield _described("solutions", lang, partial(plot_solutions, tables["solutions"], codes, lang=lang, note=note))
    if "mobilising" in tables:
        whole = _leaves(tables["mobilising"])
        if (whole["breadth_share"].notna() & whole["salience"].notna()).any():
            draw = partial(plot_mobilising, tables["mobilising"], codes, lang=lang, note=note)
            yield _described("mobilising", lang, draw)


def _of_difficulty(difficulty: pd.DataFrame, codes: pd.DataFrame, lang: str, note: str) -> Iterator[_Described]:
    rated = _leaves(difficulty)
    rated = rated[rated["net"].notna()]
    if len(rated):
        yield _described("difficulty", lang, partial(plot_difficulty, difficulty, codes, lang=lang, note=note))
    if rated["coverage"].notna().any():
        draw = partial(plot_salience_difficulty, difficulty, codes, lang=lang, note=note)
        yield _described("salience_difficulty", lang, draw)


def _of_edges(edges: pd.DataFrame, results: Results, lang: str, note: str) -> Iterator[_Described]:
    """Draw the cooperation of the study and of each region, what strains it, and the matrix."""
    codes, names, whole = results.codes, labels.CodeNames(code_names(results, lang)), study_rows(edges)
    scopes = [(None, whole), *_regions(edges)]
    for region, ties in scopes:
        n = int((ties["relation"] == "cooperates").sum())
        if n:
            scope = region or labels.words("networks.whole", lang)
            said = {"scope": scope, "ties": named_ties(strongest(ties, "cooperates"), names, lang)}
            draw = partial(plot_cooperation, edges, codes, region, lang=lang, at_least=1 + (n > _MANY), note=note)
            yield _described("cooperation", lang, draw, region, **said)
    strained = [strongest(whole, relation) for relation in STRAIN]
    if any(len(ties) for ties in strained):
        said = {"ties": "; ".join(named_ties(ties, names, lang) for ties in strained if len(ties))}
        n = int(whole["relation"].isin(STRAIN).sum())
        draw = partial(plot_cooperation, edges, codes, relations=STRAIN, lang=lang, at_least=1 + (n > _MANY), note=note)
        yield _described("cooperation_strain", lang, draw, **said)
    if (whole["relation"] == "cooperates").any():
        said = {"ties": named_ties(strongest(whole, "cooperates"), names, lang)}
        draw = partial(plot_cooperation_matrix, edges, codes, lang=lang, note=note)
        yield _described("cooperation_matrix", lang, draw, **said)


def _of_gminas(edges: pd.DataFrame, results: Results, lang: str, note: str) -> Iterator[_Described]:
    """Draw the cooperation of every gmina in which three ties or more are told of; fewer stand in its table."""
    names = labels.CodeNames(code_names(results, lang))
    works = edges[(edges["relation"] == "cooperates") & edges["gmina"].notna()]
    for place in rows(works.assign(name=told_apart(works))[["teryt", "gmina", "name"]].drop_duplicates()):
        ties = works[same_gmina(works, place)]
        if len(ties) < _FEWEST_TIES:
            continue
        said = {"gmina": str(place.name), "ties": "; ".join(tie(row, names) for row in rows(ties))}
        where = str(place.teryt) if isinstance(place.teryt, str) else str(place.gmina)
        draw = partial(plot_cooperation, edges, results.codes, gmina=where, lang=lang, note=note)
        yield _described("gmina_cooperation", lang, draw, where, **said)


def gmina_network_name(anchor: str) -> str:
    """Return the name of the figure of a gmina's cooperation."""
    return _named("gmina_cooperation", anchor)


def _regions(edges: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the rows of each region, where there are several."""
    regional = edges[edges["gmina"].isna() & edges["voivodeship"].notna()]
    names = sorted(regional["voivodeship"].unique(), key=labels.sort_key)
    return [(name, regional[regional["voivodeship"] == name]) for name in names] if len(names) > 1 else []


def _leaves(table: pd.DataFrame) -> pd.DataFrame:
    whole = study_rows(table)
    return whole[whole["level"] == "leaf"]


def _named(figure: str, place: str | None) -> str:
    return figure if place is None else figure_name(figure, place)


def _described(figure: str, lang: str, draw: Callable[[], Any], region: str | None = None, **gaps: str) -> _Described:
    """Return a figure with its name (letters, digits and hyphens only), caption and alternative text."""
    caption, alternative = (labels.words(f"{kind}.{figure}", lang, **gaps) for kind in ("caption", "alt"))
    return _named(figure, region), caption, alternative, draw
