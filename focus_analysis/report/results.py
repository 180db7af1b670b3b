"""What a report is made of: tables, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.report.caveats import Limits
    from focus_analysis.report.saturation_section import SaturationFacts


class GuideUsed(NamedTuple):
    """The topic guide that a corpus has its questions from, and how many turns were corrected by hand."""

    name: str
    version: str
    n_corrections: int


class SampleRead(NamedTuple):
    """How many units of a sample were drawn, of those that the study has, and how many of them people read."""

    drawn: int
    read: int

    @property
    def unread(self) -> int:
        """How many of those drawn nobody read."""
        return self.drawn - self.read


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
    guide : GuideUsed, optional
        The topic guide that the questions of the turns come from.
    command : str
        What reproduces the report; empty where it was not made by a command.
    attribution : {"region", "powiat", "gmina"}
        The finest place that was asked for beside the institution of who is quoted.
    """

    codebook: str
    codebook_version: str
    codebook_sha256: str
    packages: Mapping[str, str]
    coder_kinds: tuple[str, ...]
    turns_by_hand: Mapping[str, int] = field(default_factory=dict)
    guide: GuideUsed | None = None
    command: str = ""
    attribution: str = "region"


@dataclass(frozen=True)
class Networks:
    """Tables on institutions, difficulty and solutions, by the schemas of ``focus_analysis.schemas_networks``.

    Parameters
    ----------
    participation, attendance : DataFrame
        Who took part, by gmina; in how many gminas.
    links, relations : DataFrame
        What the others rest on: problems linked to difficulties and solutions; who is said to work with whom.
    difficulty, solutions, solution_voices, mobilising, institution_problems : DataFrame
        What is easy and hard, what would help, who proposes it, which problem brings people together, who names what.
    edges, nodes, network_summary, pairs, occasional : DataFrame
        Ties, institutions, networks, what is told of pairs, and occasional partners.
    barriers, barrier_counts, barrier_answers : DataFrame
        What stands between institutions: turn by turn, by kind and institution, and the solutions that answer it.
    """

    participation: pd.DataFrame
    attendance: pd.DataFrame
    links: pd.DataFrame
    relations: pd.DataFrame
    difficulty: pd.DataFrame
    edges: pd.DataFrame
    nodes: pd.DataFrame
    network_summary: pd.DataFrame
    pairs: pd.DataFrame
    barriers: pd.DataFrame
    barrier_counts: pd.DataFrame
    barrier_answers: pd.DataFrame
    occasional: pd.DataFrame
    institution_problems: pd.DataFrame
    solutions: pd.DataFrame
    solution_voices: pd.DataFrame
    mobilising: pd.DataFrame

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by its name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Results:
    """Tables of a study, by the schemas of ``focus_analysis.schemas``.

    Parameters
    ----------
    sessions, speakers, turns, codes, codings : DataFrame
        The study, its codebook's codes and what was coded.
    by_gmina, by_region, overall : DataFrame, schema ``ESTIMATES``
        Salience of the problems, with intervals: of every gmina, every region, and the study. Means that a sample
        corrects are of the schema ``CORRECTED_ESTIMATES``.
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
        Chosen quotations: code, session_id, turn, speaker, institution, voivodeship, text, scope.
    findings : DataFrame, schema ``FINDINGS``
        What was noticed while reading, in the language of the report; without labels of speakers.
    provenance : Provenance
        How the results were made.
    corrected : DataFrame, schema ``CORRECTED``, optional
        Shares corrected by a hand-coded sample: of the study, its regions and gminas.
    unsettled : tuple of str
        Who coded the sample where several did and did not settle their differences, so that nothing is corrected.
    networks : Networks, optional
        Institutions, difficulty and solutions.
    measures : DataFrame, schema ``ESTIMATES``
        Every measure of salience in every gmina.
    ranges : DataFrame, schema ``RANK_RANGES``
        Ranks over measures, without one speaker, and over speakers drawn.
    saturation : DataFrame
        n_sessions, estimate, low, high, observed: different problems in so many gminas; see ``saturation_curve``.
    lang : {"pl", "en"}
        Language of the claims and findings.
    voices : DataFrame, schema ``ESTIMATES``, optional
        By gmina: measures "prompted" and "one_voice".
    codebook : DataFrame, optional
        code, group, group_pl, group_en, label_pl, label_en, definition_pl, definition_en, n_patterns.
    saturation_facts : SaturationFacts, optional
        Whether further groups would have named further problems.
    gmina_quotations, counter_quotations, flagged_quotations : DataFrame, optional
        Quotations of the gminas' pages; against claims; and those kept out because they seem to name somebody.
    agreement, validation : DataFrame, optional
        How far people agree, and how good the automatic codes are by a hand-coded sample, code by code.
    why_unchecked : {"nobody", "no_plan", "unsettled", "unread", ""}
        Why there is no validation.
    sample : SampleRead, optional
        How much of a sample was read.
    """

    sessions: pd.DataFrame
    speakers: pd.DataFrame
    turns: pd.DataFrame
    codes: pd.DataFrame
    codings: pd.DataFrame
    by_gmina: pd.DataFrame
    by_region: pd.DataFrame
    overall: pd.DataFrame
    ranking: pd.DataFrame
    region_tests: pd.DataFrame
    claims: pd.DataFrame
    behind: pd.DataFrame
    limits: Limits
    quotations: pd.DataFrame
    findings: pd.DataFrame
    provenance: Provenance
    measures: pd.DataFrame
    ranges: pd.DataFrame
    saturation: pd.DataFrame
    corrected: pd.DataFrame | None = None
    unsettled: tuple[str, ...] = ()
    networks: Networks | None = None
    lang: str = "pl"
    voices: pd.DataFrame | None = None
    codebook: pd.DataFrame | None = None
    saturation_facts: SaturationFacts | None = None
    gmina_quotations: pd.DataFrame | None = None
    counter_quotations: pd.DataFrame | None = None
    flagged_quotations: pd.DataFrame | None = None
    agreement: pd.DataFrame | None = None
    validation: pd.DataFrame | None = None
    why_unchecked: str = "nobody"
    sample: SampleRead | None = None

    @property
    def invented(self) -> bool:
        """Whether any transcript says that it is invented."""
        return bool(self.sessions["invented"].any())

    @property
    def means_corrected(self) -> bool:
        """Whether the means of regions and of the study are corrected by a sample."""
        return "naive" in self.overall.columns

    @property
    def unchecked(self) -> bool:
        """Whether no human has coded or adjudicated anything."""
        return not {"human", "adjudicated"} & set(self.provenance.coder_kinds)
