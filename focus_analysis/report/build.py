"""Results to document: the title page and the sections in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from focus_analysis import labels
from focus_analysis.report import study_sections
from focus_analysis.report.document import Block, Document, Figure, Heading, Paragraph
from focus_analysis.report.figures import data_note
from focus_analysis.report.outline import Outline
from focus_analysis.report.results import Results
from focus_analysis.report.sections import SECTIONS
from focus_analysis.report.typography import typeset
from focus_analysis.report.wording import say

STANDARD = Outline(tuple((name, "") for name in SECTIONS))


def build_document(
    results: Results,
    figures: Mapping[str, Figure],
    lang: str,
    outline: Outline = STANDARD,
    texts: Mapping[str, Sequence[str]] | None = None,
) -> Document:
    """Return the report of a study.

    Parameters
    ----------
    results : Results
        The tables.
    figures : mapping of str to Figure
        Figures by name, from ``save_figures``.
    lang : {"pl", "en"}
        Language of the report.
    outline : Outline, optional
        Which sections, in which order; all of ours without it.
    texts : mapping of str to sequence of str, optional
        The researchers' own paragraphs, by the section that they open.
    """
    labels.check_language(lang)
    blocks = study_sections.notices(results, lang)
    for name, heading in outline.sections:
        found: list[Block] = [Heading(1, heading, name)] if heading else SECTIONS[name](results, figures, lang)
        blocks += _with_own_words(name, found, (texts or {}).get(name, ()), lang)
    regions = sorted(results.sessions["voivodeship"].dropna().unique(), key=labels.sort_key)
    subtitle = say("subtitle", lang, regions=", ".join(regions)) if regions else ""
    return typeset(
        Document(
            outline.title or say("title", lang),
            outline.subtitle or subtitle,
            lang,
            tuple(blocks),
            study_sections.title_details(results, lang),
            data_note(results, lang),
        )
    )


def _with_own_words(name: str, blocks: list[Block], texts: Sequence[str], lang: str) -> list[Block]:
    """Return a section with the researchers' paragraphs after its heading; an empty one appears if they wrote some."""
    if not texts:
        return blocks
    heading, *rest = blocks or [Heading(1, say(name, lang), name)]
    return [heading, *map(Paragraph, texts), *rest]
