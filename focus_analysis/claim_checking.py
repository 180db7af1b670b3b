"""``check_claim``: a sentence about problems in gminas, judged by who raised what."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.analysis.behind import turns_behind
from focus_analysis.analysis.claims import claim_facts, holds
from focus_analysis.analysis.ranking import row_names, to_matrix, to_regions
from focus_analysis.analysis.ranksets import compared
from focus_analysis.analysis.salience import salience
from focus_analysis.analysis.tables import numbers
from focus_analysis.analysis.talk import levels
from focus_analysis.claim_writing import code_names, unit_of
from focus_analysis.codebook import Codebook, check_codebook
from focus_analysis.coding.claim_sentences import ClaimForm, read_claim
from focus_analysis.errors import ArgumentError
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.report.claim_check import check_lines
from focus_analysis.report.claims import Words
from focus_analysis.resources import resource
from focus_analysis.schemas import LEVELS, StudyTables, rows
from focus_analysis.schemas_results import VERDICTS

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ["code", "position", "quantifier", "level", "verdict", "n_strict", "n_tied", "n_groups", "low", "high"]
_TURNS = ["side", "code", "gmina", "session_id", "turn", "speaker", "text"]


@dataclass(frozen=True, repr=False)
class ClaimCheck:
    """A sentence and what became of it; prints itself, and shows itself in a notebook.

    Parameters
    ----------
    sentence : str
        As it was given.
    verdict : str
        The worst of its claims: one of ``VERDICTS``.
    lines : tuple of str
        Reading, verdict, counts and counter-examples, in words.
    table : DataFrame
        One row a claim of the sentence: how it was read, and the facts (see ``CLAIM_FACTS``).
    turns : DataFrame
        The turns behind: side ("for": the problem of the claim where it holds or is tied; "against": what stands
        there in the counter-examples), code, gmina, session_id, turn, speaker, text.
    """

    sentence: str
    verdict: str
    lines: tuple[str, ...]
    table: pd.DataFrame
    turns: pd.DataFrame

    def __repr__(self) -> str:
        return "\n".join((f"„{self.sentence}”", *(f"  {line}" for line in self.lines)))

    def _repr_html_(self) -> str:
        items = "".join(f"<li style='text-align:left'>{html.escape(line)}</li>" for line in self.lines)
        return f"<p><b>„{html.escape(self.sentence)}”</b></p><ul>{items}</ul>"


def check_claim(
    sentence: str,
    study: StudyTables,
    codings: pd.DataFrame,
    codebook: Codebook,
    lang: str = "pl",
    level: str | None = None,
    group: str = "problems",
) -> ClaimCheck:
    """Judge a sentence by who raised what.

    Parameters
    ----------
    sentence : str
        Such as "we wszystkich gminach bezrobocie jest najmniej istotne": in how many gminas (a word, or "6 z 8"),
        which problem, which place (most important, least important, raised). It may name a region or one gmina, and
        several problems with a place each. Polish or English.
    study : StudyTables
        Such as a Corpus.
    codings : DataFrame, schema ``CODINGS``
        Codings of whatever coders.
    codebook : Codebook
        Whose problems are meant, by any form of their names or by their patterns.
    lang : {"pl", "en"}
        Language of the answer.
    level : {"leaf", "top"}, optional
        Level of the codes compared; by default the top where the sentence names a code that gathers others.
    group : str
        Group of the codes.

    Returns
    -------
    ClaimCheck
        "Important" is read as coverage: raised by the largest share of participants. First and last among the
        problems raised in some group, and the one of the claim.

    Raises
    ------
    ArgumentError
        The sentence cannot be read, counts persons, says who spoke or names a code that the level lacks, or nobody's
        role is known.
    """
    import pandas as pd

    check_codebook("check_claim", codebook)
    words = Words(code_names(codebook.codes, lang), lang, unit_of(study))
    estimates = salience(study, codings, codebook.codes, group=group)
    estimates = estimates[estimates["estimate"].notna()]
    if estimates.empty:
        raise ArgumentError("check_claim: in no group is it known who is a participant; see corpus.findings")
    estimates = estimates.assign(group=row_names(estimates))
    regions = estimates["voivodeship"].dropna().unique()
    cues = read_codebook(resource("claim_cues.yaml"))
    try:
        forms = read_claim(sentence, codebook, cues, group, estimates["group"].unique(), regions)
    except ArgumentError as error:
        raise ArgumentError(labels.reason(error, lang)) from None
    level = level or _level_of(forms, codebook)
    behind = turns_behind(study, codings, codebook.codes, group)
    behind = _with_groups(behind[behind["level"] == level], estimates, study)
    parts = [_judged(form, estimates, level, behind, words) for form in forms]
    return ClaimCheck(
        sentence,
        max((part["verdict"] for part, _, _ in parts), key=VERDICTS.index),
        tuple(line for _, lines, _ in parts for line in lines),
        pd.DataFrame([part for part, _, _ in parts])[[*_COLUMNS, "strict", "tied", "against"]],
        pd.concat([turns for _, _, turns in parts], ignore_index=True),
    )


def _level_of(forms: tuple[ClaimForm, ...], codebook: Codebook) -> str:
    leaves, _ = levels(codebook.codes)
    return "leaf" if all(form.code in leaves for form in forms) else "top"


def _judged(
    form: ClaimForm, estimates: pd.DataFrame, level: str, behind: pd.DataFrame, words: Words
) -> tuple[dict[str, Any], list[str], pd.DataFrame]:
    """Return the row, the lines and the turns of one claim."""
    matrix = to_matrix(estimates, level=level)
    if level not in LEVELS or form.code not in matrix.columns:
        raise ArgumentError(f"check_claim: no problem {form.code!r} at level {level!r}: {', '.join(matrix.columns)}")
    among = list(dict.fromkeys([*compared(matrix, numbers(matrix, "check_claim", missing=True), None), form.code]))
    shown = matrix[[_within(form, row, estimates) for row in matrix.index]]
    facts = claim_facts(shown, among=among)
    fact = rows(facts[(facts["position"] == form.position) & (facts["code"] == form.code)])[0]
    verdict = _verdict(form, fact)
    turns = _turns(fact, behind)
    lines = check_lines(form, fact, level, verdict, len(among), len(turns[turns["side"] == "for"]), words)
    asked = form.quantifier or f"{form.count[0]}/{form.count[1]}" if form.count else form.quantifier
    row = vars(fact) | {"quantifier": asked, "level": level, "verdict": verdict}
    return row, lines, turns


def _within(form: ClaimForm, row: str, estimates: pd.DataFrame) -> bool:
    if form.place is not None:
        return row == form.place
    return form.region is None or bool(to_regions(estimates)[row] == form.region)


def _verdict(form: ClaimForm, fact: Any) -> str:
    """Return how the counts, without and with ties, go with the claim."""
    if form.count is not None:
        fits = [form.count == (k, fact.n_groups) for k in (fact.n_strict, fact.n_tied)]
    else:
        assert form.quantifier is not None
        judged = [holds(form.quantifier, k, fact.n_groups) for k in (fact.n_strict, fact.n_tied)]
        if None in judged:
            return "too_few_groups"
        fits = [bool(one) for one in judged]
    return "consistent" if fits[0] else "consistent_with_ties" if fits[1] else "not_consistent"


def _with_groups(behind: pd.DataFrame, estimates: pd.DataFrame, study: StudyTables) -> pd.DataFrame:
    """Return participants' turns with the row name of their gmina and their text."""
    places = estimates[["gmina", "teryt", "group"]].drop_duplicates()
    behind = behind[behind["role"] == "participant"].merge(places, on=["gmina", "teryt"])
    return behind.merge(study.turns[["session_id", "turn", "text"]], on=["session_id", "turn"])


def _turns(fact: Any, behind: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    holding = [name for text in (fact.strict, fact.tied) for name in (text or "").split(";") if name]
    own = behind[(behind["code"] == fact.code) & behind["group"].isin(holding)].assign(side="for")
    parts = [own]
    for text in (fact.against or "").split(";"):
        name, _, codes = text.rpartition(": ")
        parts.append(behind[(behind["group"] == name) & behind["code"].isin(codes.split(", "))].assign(side="against"))
    turns: pd.DataFrame = pd.concat(parts, ignore_index=True)[_TURNS]
    return turns
