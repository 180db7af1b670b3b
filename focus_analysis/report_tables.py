"""Tables of a report that take several rooms: means, quotations, voices, the codebook, what people checked."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis.analysis.agreement import agreement
from focus_analysis.analysis.corrected import corrected, corrected_estimates, target_of
from focus_analysis.analysis.salience import salience
from focus_analysis.analysis.saturation import chao2, rarefaction, saturation
from focus_analysis.analysis.units import read_together
from focus_analysis.analysis.validation import PEOPLE, UnreadWarning, labelled, one_judgement, validate
from focus_analysis.coding.attribution import attributed
from focus_analysis.coding.quotations import (
    best_quotations,
    counter_quotations,
    flagged_quotations,
    gmina_quotations,
    quotable,
)
from focus_analysis.report.results import SampleRead
from focus_analysis.report.saturation_section import SaturationFacts
from focus_analysis.schemas import BY_SAMPLE, CODINGS, CORRECTED_ESTIMATES, StudyTables, check, empty, place_names, rows

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus

VOICES = ("prompted", "one_voice")
_LEADING = 2
_BASE, _RUN = 4, 2
_FEWEST_FOR_CHAO = 5
_TWO = 2


class Quotations(NamedTuple):
    """The quotations of a report: by code, by gmina, against claims; and those kept out for a name."""

    chosen: pd.DataFrame
    by_gmina: pd.DataFrame
    counter: pd.DataFrame
    flagged: pd.DataFrame


def quotations_of(
    corpus: Corpus,
    codings: pd.DataFrame,
    by_gmina: pd.DataFrame,
    claimed: pd.DataFrame,
    codes: pd.DataFrame,
    decisions: pd.DataFrame | None = None,
    attribution: str = "region",
) -> Quotations:
    """Choose every quotation of a report, no turn twice.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codings : DataFrame, schema ``CODINGS``
        What was coded.
    by_gmina : DataFrame, schema ``ESTIMATES``
        Coverage by gmina, whose leading problems are quoted.
    claimed : DataFrame, schema ``CLAIMS``
        Claims whose counter-examples are quoted.
    codes : DataFrame, schema ``CODES``
        The codes; institutions are not quoted.
    decisions : DataFrame, optional
        What people decided of quotations, from ``read_decisions``.
    attribution : {"region", "powiat", "gmina"}
        The finest place that stands beside an institution, where it names nobody; see ``attributed``.
    """
    import pandas as pd

    leaves = by_gmina[(by_gmina["level"] == "leaf") & by_gmina["estimate"].notna()]
    leaves = leaves.assign(place=_places(leaves, corpus))
    passages = quotable(corpus, codings, decisions)
    problems = passages[passages["code"].isin(leaves["code"])]
    chosen = best_quotations(problems)
    counter = counter_quotations(problems, _doubts(claimed, leaves), chosen)
    raised = leaves[leaves["n_named"] > 0].sort_values(["place", "rank", "code"], kind="stable")
    leading = raised.groupby("place").head(_LEADING)[["place", "code"]]
    taken = pd.concat([chosen, counter])[["session_id", "turn"]]
    of_gminas = gmina_quotations(problems, leading, taken)
    spoken_of = codes.loc[~codes["group"].isin(["problems", "institutions"]), "code"]
    taken = pd.concat([taken, of_gminas[["session_id", "turn"]]])
    rest = passages[passages["code"].isin(spoken_of)].merge(taken, how="left", indicator=True)
    others = best_quotations(rest[rest["_merge"] == "left_only"].drop(columns="_merge"))
    chosen = pd.concat([chosen, others], ignore_index=True)
    chosen, counter = (attributed(table, corpus, attribution) for table in (chosen, counter))
    return Quotations(chosen, of_gminas, counter, flagged_quotations(problems))


def _places(estimates: pd.DataFrame, corpus: Corpus) -> pd.Series[Any]:
    """Return the key of the place of each row: six digits of the TERYT code, or the session."""
    sessions = corpus.sessions
    by_name = dict(zip(place_names(sessions), sessions["session_id"], strict=True))
    return estimates["teryt"].str[:6].fillna(estimates["gmina"].map(by_name))


def _doubts(claimed: pd.DataFrame, leaves: pd.DataFrame) -> pd.DataFrame:
    """Return what would speak against each claim on one leaf: somebody denies it, or it stands elsewhere in a gmina.

    Against "first": the code denied, or what stands first instead. Against "last": the code affirmed where others are
    last. Against a claim that it is so nowhere there is no voice.
    """
    import pandas as pd

    found: list[tuple[int, str, str, str]] = []
    edge = {"first": leaves["rank_low"].eq(1), "last": _is_last(leaves)}
    for claim, row in zip(claimed.index, rows(claimed), strict=True):
        if row.level != "leaf" or row.about not in edge or row.code not in set(leaves["code"]) or not row.n_strict:
            continue
        here = leaves if row.region is None else leaves[leaves["voivodeship"] == row.region]
        there = edge[row.about].loc[here.index]
        holds = set(here.loc[there & (here["code"] == row.code), "place"])
        others = here[~here["place"].isin(holds)]
        if row.about == "first":
            found += [(claim, place, row.code, "denied") for place in others["place"].unique()]
            instead = others[edge["first"].loc[others.index]]
            found += [
                (claim, place, code, "affirmed") for place, code in zip(instead["place"], instead["code"], strict=True)
            ]
        else:
            found += [(claim, place, row.code, "affirmed") for place in others["place"].unique()]
    return pd.DataFrame(found, columns=["claim", "place", "code", "status"])


def _is_last(leaves: pd.DataFrame) -> pd.Series[bool]:
    return leaves["rank_high"].eq(leaves.groupby("place")["rank_high"].transform("max"))


def voices_of(measures: pd.DataFrame) -> pd.DataFrame:
    """Return by gmina and problem who was prompted by the moderator, and whether one person has most of the words."""
    return measures[measures["measure"].isin(VOICES) & (measures["level"] == "leaf")].reset_index(drop=True)


def turns_by_hand(tables: Sequence[pd.DataFrame]) -> dict[str, int]:
    """Return how many turns people coded: those adjudicated, and those of one coder only."""
    turns: dict[str, set[tuple[str, int]]] = {"adjudicated": set(), "human": set()}
    for kind, seen in turns.items():
        for table in tables:
            of_kind = table[table["coder_kind"] == kind]
            seen |= set(zip(of_kind["session_id"], of_kind["turn"], strict=True))
    turns["human"] -= turns["adjudicated"]
    return {kind: len(seen) for kind, seen in turns.items() if seen}


def codebook_table(codebook: Codebook) -> pd.DataFrame:
    """Return the codes with their definitions and the names of their groups, in both languages."""
    import pandas as pd

    return pd.DataFrame(
        {
            "code": code.id,
            "group": code.group,
            "n_patterns": len(code.patterns),
            **{f"group_{lang}": getattr(codebook.groups[code.group].label, lang) for lang in ("pl", "en")},
            **{f"label_{lang}": getattr(code.label, lang) for lang in ("pl", "en")},
            **{f"definition_{lang}": getattr(code.definition, lang, "") for lang in ("pl", "en")},
        }
        for code in codebook.entries
    )


def saturation_of(corpus: Corpus, codings: pd.DataFrame, codes: pd.DataFrame) -> SaturationFacts:
    """Return whether further groups would have named further problems of the codebook."""
    problems = codes[(codes["group"] == "problems") & ~codes["code"].isin(codes["parent"])]
    said = codings[(codings["status"] == "affirmed") & codings["code"].isin(problems["code"])]
    turns = corpus.turns.loc[corpus.turns["role"] == "participant", ["session_id", "turn"]]
    said = said.merge(turns, on=["session_id", "turn"])
    counts = said.groupby(["session_id", "code"]).size().unstack(fill_value=0)
    order = corpus.sessions.sort_values(["date", "session_id"], na_position="last")["session_id"]
    held = order[order.isin(corpus.turns.loc[corpus.turns["role"] == "participant", "session_id"])]
    table = counts.reindex(index=list(held), columns=list(problems["code"]), fill_value=0)
    n, named = len(table), int((table > 0).any().sum())
    unused = tuple(code for code in table.columns if not (table[code] > 0).any())
    if n < _BASE + _RUN or not named:
        return SaturationFacts(n, table.shape[1], named, unused)
    reached = saturation(table, _BASE, _RUN)
    richness = chao2(table) if n >= _FEWEST_FOR_CHAO else None
    return SaturationFacts(
        n,
        table.shape[1],
        named,
        unused,
        reached.label,
        reached.share_of_orders,
        None if richness is None else (richness.estimate, richness.low, richness.high, richness.q1),
        rarefaction(table, closed=True),
    )


def sample_read(tables: Sequence[pd.DataFrame], plan: pd.DataFrame | None, corpus: Corpus) -> SampleRead | None:
    """Return how much of a sample was read; None where there is none, or nobody's codes can be held against it."""
    if plan is None or why_unchecked(tables, plan):
        return None
    key = ["session_id", "speaker" if target_of(plan) == "coverage" else "turn"]
    here = plan[plan.set_index(key).index.isin(corpus.turns.set_index(key).index)]
    return SampleRead(len(here), int(labelled(here, one_judgement(_people(tables)), corpus).sum()))


def agreement_of(tables: Sequence[pd.DataFrame], corpus: Corpus, codes: pd.DataFrame) -> pd.DataFrame | None:
    """Return how far people who coded the same turns agree, code by code; None without a turn that two read.

    Files of one coder are one: nobody agrees with themselves.
    """
    given = _people(tables)
    people = [table for _, table in given[given["coder_kind"] == "human"].groupby("coder", sort=False)]
    if len(people) < _TWO:
        return None
    if not read_together(people, study=corpus).units:
        return None
    return agreement(*people, study=corpus, codes=codes[codes["group"] == "problems"]).codes


def why_unchecked(tables: Sequence[pd.DataFrame], plan: pd.DataFrame | None) -> str:
    """Return why people's codes cannot tell how good the automatic ones are.

    Returns
    -------
    {"nobody", "no_plan", "unsettled", ""}
        Nobody coded; there is no plan of a sample; several people coded and settled nothing; empty where they can.
    """
    people = _people(tables)
    if people.empty:
        return "nobody"
    if plan is None:
        return "no_plan"
    settled = people["coder_kind"].eq("adjudicated").any()
    return "" if settled or people["coder"].nunique() == 1 else "unsettled"


def _people(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    given = pd.concat(tables, ignore_index=True) if tables else empty(CODINGS)
    return given[given["coder_kind"].isin(PEOPLE)]


def validation_of(
    machine: pd.DataFrame,
    tables: Sequence[pd.DataFrame],
    plan: pd.DataFrame | None,
    corpus: Corpus,
    codes: pd.DataFrame,
) -> tuple[pd.DataFrame | None, str]:
    """Return how good the automatic codes are by a planned sample that people coded, or why that cannot be told.

    Returns
    -------
    DataFrame or None, {"nobody", "no_plan", "unsettled", "unread", ""}
        The reasons of ``why_unchecked``, and "unread": nobody coded a unit of the plan.
    """
    missing = why_unchecked(tables, plan)
    if missing or plan is None:
        return None, missing
    problems = codes[(codes["group"] == "problems") & ~codes["code"].isin(codes["parent"])]
    if not labelled(plan, one_judgement(_people(tables)), corpus).any():
        return None, "unread"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnreadWarning)  # what was not read stands in the report
        return validate(machine, _people(tables), plan, corpus, problems), ""


class Means(NamedTuple):
    """Mean coverage of the study and of its regions, and what a sample that people coded has to do with it.

    Parameters
    ----------
    overall, by_region : DataFrame, schema ``ESTIMATES``, or ``CORRECTED_ESTIMATES`` where the sample corrects them
        The means.
    corrected : DataFrame, schema ``CORRECTED``, or None
        Corrected shares of the study, its regions and gminas; None without a sample.
    unsettled : tuple of str
        Who coded the sample where several did and their differences were not settled: then it corrects nothing.
    """

    overall: pd.DataFrame
    by_region: pd.DataFrame
    corrected: pd.DataFrame | None = None
    unsettled: tuple[str, ...] = ()

    @property
    def are_corrected(self) -> bool:
        """Whether a sample corrects them."""
        return "naive" in self.overall.columns


def means_of(
    study: StudyTables,
    codings: pd.DataFrame,
    machine: pd.DataFrame,
    tables: Sequence[pd.DataFrame],
    plan: pd.DataFrame | None,
    codes: pd.DataFrame,
) -> Means:
    """Return the means of the report: corrected where people coded a planned sample of speakers, and enough of them.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns.
    codings, machine : DataFrame, schema ``CODINGS``
        The codes that hold, turn by turn; and the automatic ones alone.
    tables : sequence of DataFrame, schema ``CODINGS``
        What people coded.
    plan : DataFrame, schema ``PLAN``, optional
        The plan of the sample.
    codes : DataFrame, schema ``CODES``
        The codes.
    """
    import pandas as pd

    plain = Means(*_means(study, codings, codes))
    people, missing = _people(tables), why_unchecked(tables, plan)
    if missing == "unsettled":
        return plain._replace(unsettled=tuple(sorted(people["coder"].unique())))
    if missing or plan is None:
        return plain
    problems = codes[codes["group"] == "problems"]
    scopes = ("voivodeship", "gmina")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnreadWarning)  # what was not read stands in the report
        parts = [corrected(study, machine, people, plan, target_of(plan), by, problems) for by in scopes]
    fixed = pd.concat(parts, ignore_index=True)
    whole = fixed[fixed["voivodeship"].isna() & fixed["gmina"].isna()]
    if target_of(plan) == "prevalence" or whole["n_missing"].any():
        return plain._replace(corrected=fixed)
    overall, by_region = (corrected_estimates(naive, parts[0], people) for naive in _means(study, machine, codes))
    return Means(overall, _or_uncorrected(by_region, plain.by_region), fixed)


def _means(study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return mean coverage of the study and of its regions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where rosters are missing stands in the report
        overall, by_region = (salience(study, codings, codes, by, intervals=True) for by in ("study", "voivodeship"))
    return overall, by_region


def _or_uncorrected(sampled: pd.DataFrame, plain: pd.DataFrame) -> pd.DataFrame:
    """Let the means stand uncorrected, without an interval, where too few were validated; ``n_missing`` says where."""
    import pandas as pd

    few = sampled["n_missing"] > 0
    key, beside = ["voivodeship", "level", "code"], [column.name for column in BY_SAMPLE]
    others = plain.merge(sampled.loc[few, [*key, *beside]], on=key).assign(low=None, high=None, interval_kind="none")
    parts = [part for part in (sampled[~few], check(others, CORRECTED_ESTIMATES)) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else sampled
