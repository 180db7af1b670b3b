"""The sections of a report, by name, in the order in which they stand when nothing else is asked for."""

from __future__ import annotations

from collections.abc import Callable

from focus_analysis.report import (
    appendix_sections,
    claim_sections,
    cooperation_sections,
    problem_sections,
    study_sections,
)
from focus_analysis.report.checklist_sections import checklists
from focus_analysis.report.corrected import corrected
from focus_analysis.report.document import Block
from focus_analysis.report.gmina_section import gminas
from focus_analysis.report.method_section import method
from focus_analysis.report.region_section import regions
from focus_analysis.report.results import Results
from focus_analysis.report.saturation_section import saturation
from focus_analysis.report.wording import Figures

Section = Callable[[Results, Figures, str], list[Block]]


def _plain(section: Callable[[Results, str], list[Block]]) -> Section:
    """Let a section that needs no figures stand among those that do."""
    return lambda results, figures, lang: section(results, lang)


SECTIONS: dict[str, Section] = {
    "study": _plain(study_sections.study),
    "participants": _plain(study_sections.participants),
    "method": _plain(method),
    "problems": problem_sections.problems,
    "regions": regions,
    "corrected": corrected,
    "claims": claim_sections.claims,
    "participation": cooperation_sections.participation,
    "difficulty": cooperation_sections.difficulty,
    "cooperation": cooperation_sections.cooperation,
    "solutions": cooperation_sections.solutions,
    "mobilising": cooperation_sections.mobilising,
    "gminas": gminas,
    "saturation": saturation,
    "caveats": _plain(claim_sections.caveats),
    "findings": _plain(study_sections.findings),
    "codebook": _plain(appendix_sections.codebook),
    "tables": _plain(appendix_sections.tables),
    "checklists": _plain(checklists),
    "provenance": _plain(study_sections.provenance),
}
