"""Who took part, who works with whom, what is hard and what would help: every table of it, from one corpus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from focus_analysis.analysis.barriers import barrier_answers, barrier_counts
from focus_analysis.analysis.cooperation import cooperation, network_nodes, network_summary
from focus_analysis.analysis.difficulty import difficulty
from focus_analysis.analysis.mobilising import mobilising_problems
from focus_analysis.analysis.participation import attendance, participation
from focus_analysis.analysis.partners import institution_pairs, occasional_partners
from focus_analysis.analysis.residuals import institution_problems
from focus_analysis.analysis.solutions import solution_voices, solutions
from focus_analysis.analysis.study import Study
from focus_analysis.coding.barriers import find_barriers
from focus_analysis.coding.links import find_links
from focus_analysis.coding.relations import find_relations
from focus_analysis.report.results import Networks

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.corpus import Corpus


def networks(
    corpus: Corpus,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    relations: pd.DataFrame | None = None,
    links: pd.DataFrame | None = None,
    salient: Sequence[pd.DataFrame] | None = None,
) -> Networks:
    """Return every table on institutions, difficulty and solutions.

    Parameters
    ----------
    corpus : Corpus
        The transcripts; with the questions of a topic guide more is found.
    codings : DataFrame, schema ``CODINGS``
        What was coded.
    codes : DataFrame, schema ``CODES``
        Which codes there are (``codebook.codes``), problems among them.
    relations, links : DataFrame, optional
        Those that a person went through (``read_relations``, ``read_links``); by default they are found by rules.
    salient : sequence of DataFrame, schema ``ESTIMATES``, optional
        Coverage by gmina and by voivodeship, where it is at hand.
    """
    told = find_relations(corpus, codings, codes) if relations is None else relations
    linked = find_links(corpus, codings, codes) if links is None else links
    hindering = find_barriers(corpus, codings)
    study = Study(corpus)
    held = participation(study, codes)
    hardness = difficulty(study, codings, codes, linked, salient)
    return Networks(
        participation=held,
        attendance=attendance(held),
        links=linked,
        relations=told,
        difficulty=hardness,
        edges=cooperation(told, held),
        nodes=network_nodes(told, held),
        network_summary=network_summary(told, held),
        pairs=institution_pairs(study, codings, codes),
        barriers=hindering,
        barrier_counts=barrier_counts(study, codings, codes, hindering),
        barrier_answers=barrier_answers(study, codes, hindering, linked),
        occasional=occasional_partners(study, codings, codes, told),
        institution_problems=institution_problems(study, codings, codes),
        solutions=solutions(study, codings, codes, linked),
        solution_voices=solution_voices(study, codings, codes),
        mobilising=mobilising_problems(study, codings, codes, linked, hardness),
    )
