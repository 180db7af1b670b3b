"""Why a turn was coded as it was, and why a code was not given: in a notebook, as text, as a table."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.codebook import Codebook, check_codebook
from focus_analysis.coding.conditions import tokeniser_of
from focus_analysis.coding.model_evidence import ModelEvidence, read_evidence
from focus_analysis.coding.near_misses import Reason, near_misses
from focus_analysis.coding.reading import Decision, Hit, Reader, Reading, Standing, said
from focus_analysis.coding.rules import RuleCoder
from focus_analysis.corpus import Corpus, check_corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.language.tokens import looked_up
from focus_analysis.patterns import shortened
from focus_analysis.resources import toml
from focus_analysis.schemas import CODINGS, NO_CODE, check, rows

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["code", "outcome", "words", "pattern", "why", "cue", "scope", "start", "end"]
NOT_GIVEN = "not_given"
_MACHINES = ("rule", "model")
_SHOWN = 12
_EMPTY = {"pattern": None, "cue": None, "scope": None, "start": None, "end": None}


@dataclass(frozen=True, eq=False, repr=False)
class Explanation:
    """The reasoning behind a turn: shows itself in a notebook, and as plain text.

    Parameters
    ----------
    title, text : str
        Which turn, and what was said.
    table : DataFrame, shape (n_reasons, 9)
        code, outcome (a status, or ``"not_given"``), words (as in the text), pattern, why (a sentence), cue (as in the
        text), scope (as in the list of cues), start and end (characters in the turn's text; missing where not given).
    names : dict of str to str
        Names of the codes.
    lang : {"pl", "en"}
        Language of what is shown.
    read_as : dict of str to str
        Words of a transcript in poor condition, and as what they were read.
    """

    title: str
    text: str
    table: pd.DataFrame
    names: dict[str, str]
    lang: str = "pl"
    read_as: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        lines = [self.title, self.text]
        before = None
        for name, outcome, found, pattern, why in self._shown():
            if (name, outcome) != before:
                lines += ["", f"{name}: {outcome}"]
            before = (name, outcome)
            stands = f"{pattern} → {found}" if pattern else found
            lines.append("  " + " | ".join(part for part in (stands, why) if part))
        return "\n".join([*lines, *self._remarks()])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        heads = "".join(
            f"<th style='text-align:left'>{html.escape(name)}</th>"
            for name in toml("words.toml")["explain"]["columns"][self.lang]
        )
        body = "".join(
            "<tr>" + "".join(f"<td style='text-align:left'>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self._shown()
        )
        remarks = "".join(f"<p>{html.escape(line)}</p>" for line in self._remarks())
        table = f"<table><tr>{heads}</tr>{body}</table>" if body else ""
        head = f"<p><b>{html.escape(self.title)}</b></p><blockquote>{html.escape(self.text)}</blockquote>"
        return head + table + remarks

    def _shown(self) -> Iterator[tuple[str, str, str, str, str]]:
        for row in rows(self.table.head(_SHOWN)):
            outcome = labels.words(f"explain.outcome.{row.outcome}", self.lang)
            yield self.names[row.code], outcome, row.words or "", shortened(row.pattern or ""), row.why

    def _remarks(self) -> Iterator[str]:
        if self.table.empty:
            yield labels.words("explain.nothing_given", self.lang)
        if len(self.table) > _SHOWN:
            yield labels.words("explain.more", self.lang, n=len(self.table) - _SHOWN)
        if self.read_as:
            words = "; ".join(f"{written} → {read}" for written, read in self.read_as.items())
            yield labels.words("explain.read_as", self.lang, words=words)


def explain(
    corpus: Corpus,
    codings: pd.DataFrame,
    codebook: Codebook,
    session_id: str,
    turn: int,
    code: str | None = None,
    lang: str = "pl",
) -> Explanation:
    """Tell the whole reasoning behind a turn's codings, or why a code was not given.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codings : DataFrame, schema ``CODINGS``
        What is to be explained.
    codebook : Codebook
        The codebook that gave them.
    session_id, turn : str, int
        Which turn.
    code : str, optional
        Only this code; where the turn does not have it, the patterns that come near are shown, the nearest first,
        with what was missing or in the way.
    lang : {"pl", "en"}
        Language of the reasons.

    Raises
    ------
    ArgumentError
        There is no such turn, or no such code; something else stands for the corpus or the codebook.
    """
    import pandas as pd

    check_corpus("explain", corpus)
    check_codebook("explain", codebook)
    spoken = _turn(corpus, session_id, turn)
    wanted = None if code is None else [codebook[code].id]
    given = check(codings, CODINGS)
    given = given[(given["session_id"] == session_id) & (given["turn"] == turn) & (given["code"] != NO_CODE)]
    given = (given if code is None else given[given["code"] == code]).sort_values("start", kind="stable")
    reader = Reader(codebook, wanted or given["code"].unique())
    tokenise = tokeniser_of(corpus, session_id, lambda: RuleCoder(codebook).forms())
    reading = reader.read(spoken.text, spoken.role, tokenise)
    told = [reason for _, part in given.groupby("code", sort=False) for reason in _given(rows(part), reading, lang)]
    if code is not None and not told:
        weighed = (codings["coder"] == "combined") & (codings["codebook_version"] == codebook.version)
        refused = "outweighed" if weighed.any() else "would_code"
        told = _not_given(code, codebook, reader, reading, refused, lang)
    names = {row.code: getattr(row, f"label_{labels.check_language(lang)}") for row in rows(codebook.codes)}
    names = {**{known: known for known in given["code"]}, **names}
    role = labels.words(f"explain.role.{spoken.role}", lang)
    title = labels.words("explain.title", lang, session_id=session_id, turn=turn, speaker=spoken.speaker, role=role)
    table = pd.DataFrame(told, columns=COLUMNS).astype({"start": "Int64", "end": "Int64"})
    written = [(said(reading.words, [(n, n + 1)]), token.form) for n, token in enumerate(reading.words.tokens)]
    mended = {word: form for word, form in written if looked_up(word) != form}
    return Explanation(title, spoken.text, table, names, lang, mended)


def _turn(corpus: Corpus, session_id: str, turn: int) -> Any:
    spoken = corpus.session(session_id).turns
    found = rows(spoken[spoken["turn"] == turn])
    if not found:
        raise ArgumentError(f"session {session_id!r} has no turn {turn!r}; its turns are 1 to {spoken['turn'].max()}")
    return found[0]


def _given(codings: Sequence[Any], reading: Reading, lang: str) -> Iterator[dict[str, Any]]:
    """Tell why the codings of a code were given; what the model said, which is of the turn, only once."""
    models = []
    for coding in codings:
        row = {**_EMPTY, "code": coding.code, "outcome": coding.status}
        row |= {"words": reading.words.text[coding.start : coding.end], "start": coding.start, "end": coding.end}
        if coding.coder_kind not in _MACHINES:
            why = labels.words("explain.decided.coder", lang, coder=coding.coder)
            yield {**row, "why": why + (f": {coding.evidence}" if coding.evidence else "")}
            continue
        by_rule, model = read_evidence(coding.evidence or "")
        row |= _by_rule(coding, by_rule, model, reading, lang) if by_rule else {}
        by_model = [_by_model(model, coding, lang)] if model and model not in models else []
        models.append(model)
        yield {**row, "why": "; ".join([*([row["why"]] if by_rule else []), *by_model])}


def _by_rule(coding: Any, by_rule: str, model: ModelEvidence | None, reading: Reading, lang: str) -> dict[str, Any]:
    """Tell what the codebook's hit at the place of a coding says, or that there is none."""
    place = (coding.code, coding.start, coding.end)
    hit = next((hit for hit in reading.hits if (hit.code, hit.start, hit.end) == place), None)
    if hit is None:
        why = labels.words("explain.decided.other_codebook", lang, version=coding.codebook_version)
        return {"why": f"{why}: {by_rule}"}
    told = _reasoning(hit, reading, lang)
    if hit.decision.status != coding.status and not (model and model.status):
        now = labels.words(f"explain.outcome.{hit.decision.status}", lang)
        told["why"] += f"; {labels.words('explain.decided.other_status', lang, status=now)}"
    return told


def _by_model(model: ModelEvidence, coding: Any, lang: str) -> str:
    """Tell what the model said: how sure it is, of which words and of which utterance it thinks."""
    told = [labels.words("explain.model.words", lang, share=f"{coding.confidence:.0%}", words=model.words)]
    if model.example:
        told.append(labels.words("explain.model.example", lang, example=model.example))
    if model.leans:
        told.append(labels.words("explain.model.place", lang))
    if model.status:
        status = labels.words(f"explain.outcome.{model.status}", lang)
        told.append(labels.words("explain.model.status", lang, status=status))
    return "; ".join(told)


def _reasoning(hit: Hit, reading: Reading, lang: str) -> dict[str, Any]:
    cues = hit.decision.cues
    return {
        "words": said(reading.words, hit.match.parts),
        "pattern": hit.pattern.source,
        "why": _decision(hit.decision, reading, lang),
        "cue": " + ".join(said(reading.words, cue.match.parts) for cue in cues) or None,
        "scope": " + ".join(" ".join(sorted(cue.cue.scope)) for cue in cues) or None,
    }


def _decision(decision: Decision, reading: Reading, lang: str) -> str:
    cues = "; ".join(_cue(cue, reading, lang) for cue in decision.cues)
    if decision.by == "cue":
        return cues
    by = labels.words(f"explain.decided.{decision.by}", lang)
    return f"{by}: {cues}" if cues else by


def _cue(standing: Standing, reading: Reading, lang: str) -> str:
    scopes = sorted(standing.cue.scope) or ["none"]
    return labels.words(
        "explain.decided.cue",
        lang,
        cue=said(reading.words, standing.match.parts),
        pattern=standing.cue.cue,
        scope=", ".join(labels.words(f"explain.scope.{scope}", lang) for scope in scopes),
    )


def _not_given(
    code: str, codebook: Codebook, reader: Reader, reading: Reading, refused: str, lang: str
) -> list[dict[str, Any]]:
    """Tell why a code was not given: what its patterns found and how it was refused, what was missing or in the way."""
    row = {**_EMPTY, "code": code, "outcome": NOT_GIVEN, "words": None}
    if not reader.rules:
        children = ", ".join(entry.id for entry in codebook.entries if entry.parent == code)
        return [{**row, "why": labels.words("explain.miss.no_patterns", lang, codes=children or "–")}]
    if reading.hits:
        why = labels.words(f"explain.miss.{refused}", lang)
        return [{**row, **_refused(hit, why, reading, lang)} for hit in reading.hits]
    misses = near_misses([pattern for _, pattern in reader.rules], reading)
    if not misses:
        return [{**row, "why": labels.words("explain.miss.nothing_near", lang)}]
    return [
        {
            **row,
            "words": said(reading.words, miss.found),
            "pattern": miss.pattern.source,
            "why": "; ".join(_reason(reason, lang) for reason in miss.reasons),
        }
        for miss in misses
    ]


def _refused(hit: Hit, why: str, reading: Reading, lang: str) -> dict[str, Any]:
    """Tell what a pattern found, how it would stand, and why it was not given."""
    status = labels.words(f"explain.outcome.{hit.decision.status}", lang)
    return {**_reasoning(hit, reading, lang), "why": f"{why} ({status})"}


def _reason(reason: Reason, lang: str) -> str:
    gaps = {
        name: labels.plural("word", value, lang) if name == "n" and isinstance(value, int) else value
        for name, value in reason.gaps.items()
    }
    return labels.words(f"explain.miss.{reason.key}", lang, **gaps)
