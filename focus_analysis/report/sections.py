"""The sections of a report, by name, in the order in which they stand when nothing else is asked for."""

from __future__ import annotations

from collections.abc import Callable

from focus_analysis.report import claim_sections, problem_sections, study_sections
from focus_analysis.report.corrected import corrected
from focus_analysis.report.document import Block
from focus_analysis.report.results import Results
from focus_analysis.report.wording import Figures

Section = Callable[[Results, Figures, str], list[Block]]


def _plain(section: Callable[[Results, str], list[Block]]) -> Section:
    """Let a section that needs no figures stand among those that do."""
    return lambda results, figures, lang: section(results, lang)


SECTIONS: dict[str, Section] = {
    "study": _plain(study_sections.study),
    "participants": _plain(study_sections.participants),
    "problems": problem_sections.problems,
    "corrected": _plain(corrected),
    "claims": _plain(claim_sections.claims),
    "caveats": _plain(claim_sections.caveats),
    "gminas": problem_sections.gminas,
    "findings": _plain(study_sections.findings),
    "provenance": _plain(study_sections.provenance),
}
