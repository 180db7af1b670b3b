"""focus_analysis: qualitative analysis of focus groups in Polish, from transcripts to a report.

The names below load their libraries when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from focus_analysis.analysis.salience import salience
    from focus_analysis.codebook import Code, Codebook
    from focus_analysis.coding.concordance import kwic
    from focus_analysis.coding.rules import code
    from focus_analysis.corpus import Corpus
    from focus_analysis.errors import ArgumentError, CodebookError, FocusAnalysisError, ReadError, SchemaError
    from focus_analysis.io.codebooks import read_codebook
    from focus_analysis.io.corpora import read_corpus
    from focus_analysis.io.opening import Limits
    from focus_analysis.io.transcripts import write_transcripts
    from focus_analysis.pipeline import (
        Inputs,
        analyse,
        default_codebook,
        diagnose,
        prepare_study,
        write_codings,
        write_report,
    )
    from focus_analysis.plots.heatmap import plot_heatmap
    from focus_analysis.plots.ranking import plot_ranking
    from focus_analysis.plots.regions import plot_regions
    from focus_analysis.report.highlight import highlight
    from focus_analysis.report.results import Results
    from focus_analysis.resources import resource

__version__ = "0.1.0"

_ROOMS = {
    "errors": ("ArgumentError", "CodebookError", "FocusAnalysisError", "ReadError", "SchemaError"),
    "resources": ("resource",),
    "corpus": ("Corpus",),
    "codebook": ("Code", "Codebook"),
    "io.corpora": ("read_corpus",),
    "io.opening": ("Limits",),
    "io.transcripts": ("write_transcripts",),
    "io.codebooks": ("read_codebook",),
    "coding.rules": ("code",),
    "coding.concordance": ("kwic",),
    "analysis.salience": ("salience",),
    "plots.heatmap": ("plot_heatmap",),
    "plots.ranking": ("plot_ranking",),
    "plots.regions": ("plot_regions",),
    "report.highlight": ("highlight",),
    "report.results": ("Results",),
    "pipeline": ("Inputs", "analyse", "default_codebook", "diagnose", "prepare_study", "write_codings", "write_report"),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "ArgumentError",
    "Code",
    "Codebook",
    "CodebookError",
    "Corpus",
    "FocusAnalysisError",
    "Inputs",
    "Limits",
    "ReadError",
    "Results",
    "SchemaError",
    "analyse",
    "code",
    "default_codebook",
    "diagnose",
    "highlight",
    "kwic",
    "plot_heatmap",
    "plot_ranking",
    "plot_regions",
    "prepare_study",
    "read_codebook",
    "read_corpus",
    "resource",
    "salience",
    "write_codings",
    "write_report",
    "write_transcripts",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"focus_analysis has no {name!r}; it has: {', '.join(__all__)}")
    return getattr(import_module(f"focus_analysis.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
