"""Results to document: the sections in order."""

from __future__ import annotations

from collections.abc import Mapping

from focus_analysis import labels
from focus_analysis.report import claim_sections, cooperation_sections, problem_sections, study_sections
from focus_analysis.report.corrected import corrected
from focus_analysis.report.document import Document, Figure
from focus_analysis.report.results import Results
from focus_analysis.report.wording import say


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
        *study_sections.notices(results, lang),
        *study_sections.study(results, lang),
        *study_sections.participants(results, lang),
        *problem_sections.problems(results, figures, lang),
        *corrected(results, lang),
        *claim_sections.claims(results, lang),
        *claim_sections.caveats(results, lang),
        *cooperation_sections.participation(results, figures, lang),
        *cooperation_sections.difficulty(results, figures, lang),
        *cooperation_sections.cooperation(results, figures, lang),
        *cooperation_sections.solutions(results, figures, lang),
        *cooperation_sections.mobilising(results, figures, lang),
        *problem_sections.gminas(results, figures, lang),
        *study_sections.findings(results, lang),
        *study_sections.provenance(results, lang),
    ]
    regions = sorted(results.sessions["voivodeship"].dropna().unique(), key=labels.sort_key)
    subtitle = say("subtitle", lang, regions=", ".join(regions)) if regions else ""
    return Document(say("title", lang), subtitle, lang, tuple(blocks))
