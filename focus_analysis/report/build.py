"""Results to document: the sections in order."""

from __future__ import annotations

from collections.abc import Mapping

from focus_analysis import labels
from focus_analysis.report import sections
from focus_analysis.report.corrected import corrected
from focus_analysis.report.document import Document, Figure
from focus_analysis.report.results import Results


def build_document(results: Results, figures: Mapping[str, Figure], lang: str) -> Document:
    """Return the report of a study.

    Parameters
    ----------
    results : Results
        The tables.
    figures : mapping of str to Figure
        Figures by name, from ``save_figures``.
    lang : {"pl", "en"}
        Language of the report.
    """
    labels.check_language(lang)
    blocks = [
        *sections.notices(results, lang),
        *sections.study(results, lang),
        *sections.participants(results, lang),
        *sections.problems(results, figures, lang),
        *corrected(results, lang),
        *sections.caveats(results, lang),
        *sections.gminas(results, figures, lang),
        *sections.findings(results, lang),
        *sections.provenance(results, lang),
    ]
    regions = sorted(results.sessions["voivodeship"].dropna().unique(), key=labels.sort_key)
    subtitle = sections.say("subtitle", lang, regions=", ".join(regions)) if regions else ""
    return Document(sections.say("title", lang), subtitle, lang, tuple(blocks))
