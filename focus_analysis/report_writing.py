"""Verbs of several rooms that write a report: figures and documents into a folder, the user's own words kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from focus_analysis import labels
from focus_analysis.io.files import write_whole
from focus_analysis.io.outputs import FIGURES, write_csv, write_document
from focus_analysis.io.progress import progress, tracked
from focus_analysis.io.texts import make_texts, read_texts
from focus_analysis.report.build import STANDARD, build_document
from focus_analysis.report.document import Figure
from focus_analysis.report.explorer import render_explorer
from focus_analysis.report.figures import Workshop, save_figures
from focus_analysis.report.formats import check_formats, render, templates_by_format
from focus_analysis.report.outline import Outline, read_outline
from focus_analysis.report.results import Results
from focus_analysis.report.sections import SECTIONS

if TYPE_CHECKING:
    import pandas as pd


_COMMON_FIGURES, _FIGURES_A_REGION, _FIGURES_A_GMINA = 16, 2, 2


class Layout(NamedTuple):
    """How a report is laid out: its formats, its sections in order, and the user's templates by format."""

    formats: tuple[str, ...]
    outline: Outline
    templates: Mapping[str, Path]

    @classmethod
    def of(cls, formats: Iterable[str], sections: str | Path | None, templates: Iterable[str | Path]) -> Layout:
        """Understand what was asked for.

        Raises
        ------
        ArgumentError
            A format, the sections or a template cannot be understood.
        """
        outline = STANDARD if sections is None else read_outline(Path(sections), SECTIONS)
        return cls(check_formats(formats), outline, templates_by_format(map(Path, templates)))


def write_figures(results: Results, folder: Path, lang: str, workshop: Workshop | None = None) -> dict[str, Figure]:
    """Draw and save the figures, and show how many are done of those that there may be.

    Parameters
    ----------
    results : Results
        What is drawn.
    folder : Path
        The output folder.
    lang : {"pl", "en"}
        Language of the labels.
    workshop : Workshop, optional
        Where figures were begun already.

    Returns
    -------
    dict of str to Figure
        Figures by name.
    """
    regions, gminas = (results.by_gmina[place].nunique() for place in ("voivodeship", "gmina"))
    expected = _COMMON_FIGURES + _FIGURES_A_REGION * (regions if regions > 1 else 0) + _FIGURES_A_GMINA * gminas
    with progress(labels.words("progress.figures", lang), expected) as done:

        def save(path: Path, fill: Callable[[Path], object]) -> None:
            write_whole(path, fill)
            if path.suffix == ".png":
                done()

        return save_figures(results, folder / FIGURES, lang, save, workshop=workshop)


def write_documents(
    results: Results,
    figures: Mapping[str, Figure],
    folder: Path,
    lang: str,
    layout: Layout,
    recorded: Mapping[str, str],
    explorer: str = "",
) -> tuple[Path, ...]:
    """Write the report in every format, none over one that a person changed.

    Parameters
    ----------
    results : Results
        The tables.
    figures : mapping of str to Figure
        The figures by name.
    folder : Path
        The output folder.
    lang : {"pl", "en"}
        Language of the report.
    layout : Layout
        Formats, sections, templates.
    recorded : mapping of str to str
        SHA-256 of the documents as they were written last, by name.
    explorer : str
        Name of the explorer's file in the folder, to which the HTML page leads; empty where none was made.
    """
    names = [name for name, _ in layout.outline.sections]
    make_texts(folder, names)
    document = build_document(results, figures, lang, layout.outline, read_texts(folder, names))
    with ThreadPoolExecutor() as threads:  # typst works on a processor of its own
        rendered = {
            name: threads.submit(render, document, name, layout.templates.get(name), explorer)
            for name in layout.formats
        }
        return tuple(
            write_document(rendered[name].result(), folder / f"report.{name}", recorded)
            for name in tracked(layout.formats, labels.words("progress.documents", lang))
        )


def write_explorer(results: Results, folder: Path, lang: str, recorded: Mapping[str, str]) -> Path:
    """Write explorer.html, which holds what was said, unless a person changed it; return where it went."""
    return write_document(render_explorer(results, lang).encode(), folder / "explorer.html", recorded)


def with_command(results: Results, command: str) -> Results:
    """Return results that say which command makes their report again."""
    return replace(results, provenance=replace(results.provenance, command=command))


def write_result_tables(results: Results, folder: Path) -> list[Path]:
    """Write the tables of the results as csv; return where."""
    sampled = {} if results.corrected is None else {"corrected": results.corrected}
    sampled |= results.networks.tables if results.networks else {}
    tables = sampled | {
        "salience": results.by_gmina,
        "salience_regions": results.by_region,
        "measures": results.measures,
        "rank_ranges": results.ranges,
        "saturation": results.saturation,
        "ranking": results.ranking,
        "region_tests": results.region_tests,
        "claims": results.claims,
        "codes": results.codes,
        "quotations": results.quotations,
        "findings": results.findings,
    }
    files = [folder / f"{name}.csv" for name in tables]
    for file, table in zip(files, tables.values(), strict=True):
        write_csv(table, file)
    return files


def quotations_to_decide(results: Results) -> pd.DataFrame:
    """Return the quotations of the report, and those kept out because they seem to name somebody, with ``names``."""
    import pandas as pd

    quoted = (results.quotations, results.gmina_quotations, results.counter_quotations, results.flagged_quotations)
    return pd.concat([table for table in quoted if table is not None], ignore_index=True).fillna({"names": ""})
