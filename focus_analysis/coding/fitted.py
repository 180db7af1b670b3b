"""What was learnt and how it is weighed: how turns are given codes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from focus_analysis.coding.decisions import Evidence, Weighings
from focus_analysis.coding.features import Said
from focus_analysis.coding.learned import DOUBTS, Learned, Scores
from focus_analysis.coding.model_evidence import ModelEvidence
from focus_analysis.coding.phases import Phases, Place, columns_of, phases_of
from focus_analysis.coding.reasons import Reasons, weightiest_words
from focus_analysis.coding.rules import RuleCoder, code_stream
from focus_analysis.coding.turns import Turns, codes_of_turns, read_turns
from focus_analysis.schemas import CODINGS, check, empty

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus
    from focus_analysis.patterns import Status

_USUAL_WORDS = 20
_DIGITS = 4


class Fitted(NamedTuple):
    """What was learnt and how it is weighed, with rules and without.

    Parameters
    ----------
    learned : Learned
        The model.
    reasons : Reasons
        The utterances that it learnt from.
    weighings : dict of str to Weighings
        How evidence is weighed, by kind of coder.
    questions : tuple of str
        Questions of the topic guide that are phases of the talk.
    """

    learned: Learned
    reasons: Reasons
    weighings: dict[str, Weighings]
    questions: tuple[str, ...]

    def code(self, corpus: Corpus, codebook: Codebook, coder: str, codes: Collection[str]) -> pd.DataFrame:
        """Return the codings of a corpus; codes other than these are left to the rules.

        So are, where rules count, codes whose group has a status of its own: they stand for what is named, and a name
        is found better than guessed.
        """
        import pandas as pd

        rule_coder = RuleCoder(codebook)
        turns = read_turns(corpus, rule_coder.forms)
        by_rules = code_stream(corpus, rule_coder, turns.stream)
        rules = by_rules if coder == "combined" else by_rules.iloc[:0]
        heard = _Heard(codes_of_turns(rules), _hits(rules), phases_of(corpus))
        statuses = {entry.id: codebook.groups[entry.group].status for entry in codebook.entries if entry.id in codes}
        weighed = {name: status for name, status in statuses.items() if coder == "learned" or not status}
        coded = [row for part in turns.parts() for row in self._rows(part, heard, weighed, coder)]
        found = pd.DataFrame(coded, columns=CODINGS.names)
        found = found.assign(coder=coder, coder_kind="model", codebook_version=codebook.version)
        unlearnt = by_rules[~by_rules["code"].isin(weighed.keys() & set(self.learned.codes))].assign(coder=coder)
        parts = [part for part in (found, unlearnt) if len(part)]
        if not parts:
            return empty(CODINGS)
        order = ["session_id", "turn", "start", "code"]
        return check(pd.concat(parts).sort_values(order, kind="stable", ignore_index=True), CODINGS)

    def _rows(
        self, turns: Turns, heard: _Heard, fixed: Mapping[str, Status | None], coder: str
    ) -> Iterator[dict[str, Any]]:
        """Yield the codings: at the words that a rule found, else at the window that speaks most for the code.

        Each of the rule's finds keeps its own status, unless the model overrules what they come to in the turn.
        """
        said = self.learned.features.read(Said.of(turns.stream))
        scores = self.learned.scores(said)
        given = self._given(turns, scores, heard, fixed, coder)
        words = weightiest_words(self.learned, said, list(given), scores.windows)
        statuses = [chosen.status for chosen in given.values()]
        nearest = self.reasons.nearest(said, list(given), statuses, scores.windows)
        for ((turn, column), chosen), heavy, example in zip(given.items(), words, nearest, strict=True):
            code, (session_id, number) = self.learned.codes[column], turns.places[turn]
            row = {"session_id": session_id, "turn": number, "code": code, "status": chosen.status}
            row["confidence"] = round(chosen.probability, _DIGITS)
            model = ModelEvidence(chosen.status if chosen.overrules else None, chosen.leans, ", ".join(heavy), example)
            hits = heard.hits.get((session_id, number, code), [])
            for hit in hits:
                status = chosen.status if chosen.overrules else hit.status
                evidence = model.beside(hit.evidence)
                yield {**row, "start": hit.start, "end": hit.end, "status": status, "evidence": evidence}
            if not hits:
                start, end = _characters(turns, turn, scores.windows[turn, column])
                yield {**row, "start": start, "end": end, "evidence": str(model)}

    def _given(
        self, turns: Turns, scores: Scores, heard: _Heard, fixed: Mapping[str, Status | None], coder: str
    ) -> dict[tuple[int, int], Given]:
        """Return the codes that turns are given, of those with their fixed statuses, by turn and code."""
        phases = columns_of(turns.places, heard.phases, self.questions)
        evidence = evidence_of(scores, turns, heard.statuses, self.learned.codes, phases)
        decided = self.weighings[coder].decided(evidence)
        given = {}
        for turn, column in zip(*(places.tolist() for places in np.nonzero(decided.given)), strict=True):
            code = self.learned.codes[column]
            if code not in fixed:
                continue
            by_rule = heard.statuses.get(turns.places[turn], {}).get(code)
            doubt = by_rule if by_rule in DOUBTS else DOUBTS[int(scores.doubts[turn].argmax())]
            stands = "affirmed" if decided.affirmed[turn, column] else doubt
            status = fixed[code] or ("hypothetical" if turns.roles[turn] == "moderator" else stands)
            probability, leans = decided.probabilities[turn, column], decided.leaning[turn, column]
            given[turn, column] = Given(status, float(probability), bool(leans), by_rule not in (None, status))
        return given


class _Hit(NamedTuple):
    """What a rule found: where (characters), how it stands there, and why."""

    start: int
    end: int
    status: str
    evidence: str


class _Heard(NamedTuple):
    """What is known beside the words: the statuses and hits of rules, the phases of the talk."""

    statuses: dict[Place, dict[str, str]]
    hits: dict[tuple[str, int, str], list[_Hit]]
    phases: Phases


class Given(NamedTuple):
    """How a code is given to a turn.

    It leans on the place of the turn where its words alone would not do, and may overrule the status that rules give.
    """

    status: str
    probability: float
    leans: bool
    overrules: bool


def _characters(turns: Turns, turn: int, window: np.ndarray) -> tuple[int, int]:
    """Return where a window begins and ends in its turn's text; one without words is the whole text."""
    stream = turns.stream
    first, last = window + stream.edges[turn] + 1
    return (int(stream.starts[first]), int(stream.ends[last - 1])) if last > first else (0, len(stream.texts[turn]))


def _hits(rules: pd.DataFrame) -> dict[tuple[str, int, str], list[_Hit]]:
    found: dict[tuple[str, int, str], list[_Hit]] = {}
    columns = (rules[name].tolist() for name in ("session_id", "turn", "code", *_Hit._fields))
    for session_id, turn, name, *hit in zip(*columns, strict=True):
        found.setdefault((session_id, turn, name), []).append(_Hit(*hit))
    return found


def evidence_of(
    scores: Scores, turns: Turns, by_rule: dict[Place, dict[str, str]], codes: Sequence[str], phases: np.ndarray
) -> Evidence:
    """Return what speaks for the codes in turns; these must be all turns of their sessions, as some answer others."""
    column = {code: number for number, code in enumerate(codes)}
    affirmed, mentioned = np.zeros((2, *scores.affirmed.shape), dtype=bool)
    for row, place in enumerate(turns.places):
        for name, status in by_rule.get(place, {}).items():
            if name in column:
                affirmed[row, column[name]] = status == "affirmed"
                mentioned[row, column[name]] = True
    n_words = np.diff(turns.stream.edges)[:, None] - 1
    lengths = np.broadcast_to(np.log((1 + n_words) / _USUAL_WORDS), affirmed.shape)
    denied = np.broadcast_to(scores.doubts[:, :1].clip(0, 1), affirmed.shape)
    asked = turns.asked(scores.mentioned)
    return Evidence(scores.affirmed, scores.mentioned, affirmed, mentioned, lengths, denied, asked, phases)
