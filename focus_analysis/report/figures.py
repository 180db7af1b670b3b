"""The report's figures: drawn from results, saved for print, handed on as SVG."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.plots.heatmap import plot_heatmap
from focus_analysis.plots.ranking import plot_ranking
from focus_analysis.plots.regions import plot_regions
from focus_analysis.plots.slopes import plot_rank_slopes
from focus_analysis.plots.style import COLOURS, drawings
from focus_analysis.report.document import Figure
from focus_analysis.report.results import Results
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

Save = Callable[[Path, Callable[[Path], object]], None]


def data_note(results: Results, lang: str) -> str:
    """Return what must stand below every figure: invented data, unchecked codes."""
    partly = not results.unchecked and bool({"rule", "model"} & set(results.provenance.coder_kinds))
    notes = [("invented_note", results.invented), ("unchecked_note", results.unchecked), ("partly_note", partly)]
    return " ".join(labels.words(f"figure.{name}", lang) for name, applies in notes if applies)


def draw_figures(results: Results, lang: str) -> Iterator[tuple[str, str, str, Any]]:
    """Yield name, caption, alternative text and axes of every figure that the results allow."""
    note = data_note(results, lang)
    known = results.by_gmina.dropna(subset=["estimate"])
    if known.empty:
        return
    axes = plot_heatmap(results.by_gmina, results.codes, lang, note=note)
    yield "heatmap", *_words("heatmap", lang), axes
    axes = plot_rank_slopes(known, results.codes, lang, note=note)
    yield "slopes", *_words("slopes", lang), axes
    n_regions = results.by_region["voivodeship"].nunique()
    if 2 <= n_regions <= len(COLOURS):
        axes = plot_regions(results.by_gmina, results.by_region, results.codes, lang, tests=_tests(results), note=note)
        yield "regions", *_words("regions", lang), axes
    places = (
        known[["gmina", "teryt"]].drop_duplicates().sort_values("gmina", key=lambda names: names.map(labels.sort_key))
    )
    for place in rows(places):
        gmina = str(place.teryt or place.gmina)
        axes = plot_ranking(known, results.codes, gmina, lang, note=note)
        yield ranking_name(gmina), *_words("ranking", lang, gmina=place.gmina), axes


def _tests(results: Results) -> pd.DataFrame | None:
    return None if results.region_tests.empty else results.region_tests


def ranking_name(place: str) -> str:
    """Return the name of the files and the anchor for a gmina's ranking: letters, digits and hyphens only."""
    return "ranking-" + re.sub(r"[^\w-]+", "_", place)


def _words(figure: str, lang: str, **gaps: object) -> tuple[str, str]:
    return labels.words(f"caption.{figure}", lang, **gaps), labels.words(f"alt.{figure}", lang, **gaps)


def save_figures(results: Results, folder: Path, lang: str, save: Save) -> dict[str, Figure]:
    """Draw every figure, save it as PNG, SVG and PDF, and return the figures by name, as SVG and PNG.

    Parameters
    ----------
    results : Results
        The tables.
    folder : Path
        Where the files go.
    lang : {"pl", "en"}
        Language of the labels.
    save : callable
        Writes a file whole or not at all: called with its path and a function that fills it.
    """
    figures = {}
    for name, caption, alt, axes in draw_figures(results, lang):
        drawn = drawings(axes)
        for kind, content in drawn.items():
            save(folder / f"{name}.{kind}", _writer(content))
        figures[name] = Figure(name, caption, alt, drawn["svg"], drawn["png"])
    return figures


def _writer(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)
