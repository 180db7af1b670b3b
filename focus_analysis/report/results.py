"""What a report is made of: tables, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.report.caveats import Limits


@dataclass(frozen=True)
class Provenance:
    """How the results were made.

    Parameters
    ----------
    codebook, codebook_version, codebook_sha256 : str
        Which codebook.
    packages : mapping of str to str
        Versions of the programs used, by name.
    coder_kinds : tuple of str
        Kinds of coders behind the codings.
    turns_by_hand : mapping of str to int
        How many turns people coded, by the kind of coder: human, adjudicated.
    guide : str
        How the questions of the turns were found; empty where they were not.
    """

    codebook: str
    codebook_version: str
    codebook_sha256: str
    packages: Mapping[str, str]
    coder_kinds: tuple[str, ...]
    turns_by_hand: Mapping[str, int] = field(default_factory=dict)
    guide: str = ""


@dataclass(frozen=True)
class Networks:
    """What is said of institutions and of what would help, by the schemas of ``focus_analysis.schemas_networks``.

    A table that is missing or empty leaves its part of the report out.
    """

    participation: pd.DataFrame | None = None
    attendance: pd.DataFrame | None = None
    difficulty: pd.DataFrame | None = None
    edges: pd.DataFrame | None = None
    nodes: pd.DataFrame | None = None
    summary: pd.DataFrame | None = None
    pairs: pd.DataFrame | None = None
    occasional: pd.DataFrame | None = None
    solutions: pd.DataFrame | None = None
    solution_voices: pd.DataFrame | None = None
    mobilising: pd.DataFrame | None = None

    def filled(self) -> dict[str, pd.DataFrame]:
        """Return the tables that have rows, by name."""
        tables = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: table for name, table in tables.items() if table is not None and len(table)}


@dataclass(frozen=True)
class Results:
    """Tables of a study, by the schemas of ``focus_analysis.schemas``.

    Parameters
    ----------
    sessions, speakers, turns, codes, codings : DataFrame
        The study, its codebook's codes and what was coded.
    by_gmina, by_region : DataFrame, schema ``ESTIMATES``
        Salience of the problems, with intervals.
    ranking : DataFrame, schema ``RANKINGS``
        The problems over all groups.
    region_tests : DataFrame
        code, p_adjusted: whether regions differ; empty where nothing can be compared.
    claims : DataFrame, schema ``CLAIMS``
        Finding sentences in the language of the report, both levels where codes have parents.
    behind : DataFrame, schema ``BEHIND``
        The turns behind the counts.
    limits : Limits
        Numbers that limit what may be concluded.
    quotations : DataFrame
        Chosen quotations: code, session_id, turn, speaker, institution, voivodeship, text.
    findings : DataFrame, schema ``FINDINGS``
        What was noticed while reading, in the language of the report.
    provenance : Provenance
        How the results were made.
    corrected : DataFrame, schema ``CORRECTED``, optional
        Shares corrected by a hand-coded sample.
    networks : Networks
        Who took part, who works with whom, what is hard and what would help.
    """

    sessions: pd.DataFrame
    speakers: pd.DataFrame
    turns: pd.DataFrame
    codes: pd.DataFrame
    codings: pd.DataFrame
    by_gmina: pd.DataFrame
    by_region: pd.DataFrame
    ranking: pd.DataFrame
    region_tests: pd.DataFrame
    claims: pd.DataFrame
    behind: pd.DataFrame
    limits: Limits
    quotations: pd.DataFrame
    findings: pd.DataFrame
    provenance: Provenance
    corrected: pd.DataFrame | None = None
    networks: Networks = field(default_factory=Networks)

    @property
    def invented(self) -> bool:
        """Whether any transcript says that it is invented."""
        return bool(self.sessions["invented"].any())

    @property
    def unchecked(self) -> bool:
        """Whether no human has coded or adjudicated anything."""
        return not {"human", "adjudicated"} & set(self.provenance.coder_kinds)
