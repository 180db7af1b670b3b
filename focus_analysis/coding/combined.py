"""The combined coder: what rules find and what the model has learnt, weighed a code at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from focus_analysis.coding.decisions import Evidence, Weighing, weigh
from focus_analysis.coding.learned import (
    DOUBTS,
    Learned,
    Scores,
    Training,
    Turns,
    codes_of_turns,
    read_turns,
    train,
)
from focus_analysis.coding.reasons import Reasons, reasons_of, weightiest_words
from focus_analysis.coding.rules import RuleCoder, code
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODINGS, check, empty, rows

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus
    from focus_analysis.patterns import Status

CODERS = ("combined", "learned")
# Of what is spoken of but not affirmed, and has no cue of a rule, little is denied where the model scores it lower.
_LEAST_DOUBT = 0.4


class LearnedCoder:
    """A coder that learns codes from coded text, and weighs what it learnt against the rules of a codebook.

    Parameters
    ----------
    *examples : (Corpus, DataFrame of schema ``CODINGS``)
        Coded utterances that teach beside the transcripts: the example bank.

    Examples
    --------
    >>> coder = LearnedCoder(default_examples()).fit(corpus, codings, codebook)  # doctest: +SKIP
    >>> coder.code(corpus, codebook)  # doctest: +SKIP
    """

    def __init__(self, *examples: tuple[Corpus, pd.DataFrame]) -> None:
        self._examples = examples
        self.fitted: Fitted | None = None
        self.scarce: dict[str, int] = {}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that were learnt."""
        return self.fitted.learned.codes if self.fitted else ()

    def fit(self, corpus: Corpus, codings: pd.DataFrame, codebook: Codebook) -> LearnedCoder:
        """Learn from coded transcripts, beside the examples; moderators' turns teach nothing.

        Parameters
        ----------
        corpus, codings : Corpus, DataFrame of schema ``CODINGS``
            Transcripts and their codes, given by people or as reference.
        codebook : Codebook
            Its rules are weighed against what is learnt.

        Raises
        ------
        ArgumentError
            No code has 20 examples.
        """
        spoken = _participants(read_turns(corpus))
        sources = [*((read_turns(bank), given) for bank, given in self._examples), (spoken, codings)]
        training = train(sources[:-1], sources[-1])
        self.scarce = training.scarce
        reasons = reasons_of(training.learned, sources)
        self.fitted = _weighed(training, spoken, codings, code(corpus, codebook), codebook, reasons)
        return self

    def code(
        self, corpus: Corpus, codebook: Codebook, coder: str = "combined", codes: Collection[str] | None = None
    ) -> pd.DataFrame:
        """Code every turn.

        Parameters
        ----------
        corpus : Corpus
            The transcripts.
        codebook : Codebook
            Its rules count where ``coder`` is "combined"; codes that were not learnt are coded by rules alone.
        coder : {"combined", "learned"}
            Whether rules count.
        codes : collection of str, optional
            Those of the codes learnt that the codebook means; without it, all.

        Returns
        -------
        DataFrame, schema ``CODINGS``
            Codings with the probability as confidence, and what rule and model said as evidence.
        """
        if self.fitted is None:
            raise ArgumentError("LearnedCoder: it has learnt nothing yet; call fit first")
        return self.fitted.code(corpus, codebook, code(corpus, codebook), coder, self.codes if codes is None else codes)


class Fitted(NamedTuple):
    """What was learnt and how it is weighed, with rules and without.

    Parameters
    ----------
    learned : Learned
        The model.
    reasons : Reasons
        The utterances that it learnt from.
    affirmed, mentioned : dict of str to Weighing
        How evidence is weighed, by kind of coder.
    """

    learned: Learned
    reasons: Reasons
    affirmed: dict[str, Weighing]
    mentioned: dict[str, Weighing]

    def code(
        self, corpus: Corpus, codebook: Codebook, by_rules: pd.DataFrame, coder: str, codes: Collection[str]
    ) -> pd.DataFrame:
        """Return the codings of a corpus, given those of the rules; codes other than these are left to the rules.

        So are, where rules count, codes whose group has a status of its own: they stand for what is named, and a name
        is found better than guessed.
        """
        import pandas as pd

        turns = read_turns(corpus, RuleCoder(codebook).forms)
        scores = self.learned.scores(turns)
        rules = by_rules if coder == "combined" else by_rules.iloc[:0]
        statuses = {entry.id: codebook.groups[entry.group].status for entry in codebook.entries if entry.id in codes}
        weighed = {code: status for code, status in statuses.items() if coder == "learned" or not status}
        given = self._given(turns, scores, rules, weighed, coder)
        found = pd.DataFrame(self._rows(given, turns, scores, rules), columns=CODINGS.names)
        found = found.assign(coder=coder, coder_kind="model", codebook_version=codebook.version)
        unlearnt = by_rules[~by_rules["code"].isin(weighed.keys() & set(self.learned.codes))].assign(coder=coder)
        parts = [part for part in (found, unlearnt) if len(part)]
        if not parts:
            return empty(CODINGS)
        order = ["session_id", "turn", "start", "code"]
        return check(pd.concat(parts).sort_values(order, kind="stable", ignore_index=True), CODINGS)

    def _given(
        self, turns: Turns, scores: Scores, rules: pd.DataFrame, fixed: Mapping[str, Status | None], coder: str
    ) -> dict[tuple[int, int], Given]:
        """Return the codes that turns are given, of those with their fixed statuses, by turn and code."""
        evidence = _evidence(scores, turns, rules, self.learned.codes)
        sure = self.affirmed[coder].probabilities(evidence)
        spoken = self.mentioned[coder].probabilities(evidence)
        yes, named = sure >= self.affirmed[coder].thresholds, spoken >= self.mentioned[coder].thresholds
        by_rule = {place: status for place, status in _statuses(rules).items() if status in DOUBTS}
        given = {}
        for turn, column in zip(*np.nonzero(yes | named), strict=True):
            code = self.learned.codes[column]
            if code not in fixed:
                continue
            doubt = by_rule.get((*turns.places[turn], code)) or _doubt(scores.doubts[turn])
            heard = "affirmed" if yes[turn, column] else doubt
            status = fixed[code] or ("hypothetical" if turns.roles[turn] == "moderator" else heard)
            if status is None:
                continue
            given[int(turn), int(column)] = Given(status, float(max(sure[turn, column], spoken[turn, column])))
        return given

    def _rows(
        self, given: dict[tuple[int, int], Given], turns: Turns, scores: Scores, rules: pd.DataFrame
    ) -> Iterator[dict[str, Any]]:
        """Yield the codings: at the words that a rule found, else at the window that speaks most for the code."""
        places = list(given)
        words = weightiest_words(self.learned, turns, places, scores.windows)
        nearest = self.reasons.nearest(self.learned.features, turns, places, scores.windows)
        hits = _hits(rules)
        for (turn, column), heavy, example in zip(places, words, nearest, strict=True):
            code, (status, probability) = self.learned.codes[column], given[turn, column]
            session_id, number = turns.places[turn]
            row = {"session_id": session_id, "turn": number, "code": code, "status": status, "confidence": probability}
            model = f"model → {', '.join(heavy)} ≈ {example}"
            found = hits.get((session_id, number, code), [])
            for hit in found:
                yield {**row, "start": hit.start, "end": hit.end, "evidence": f"{hit.evidence} | {model}"}
            if not found:
                start, end = _characters(turns, turn, scores.windows[turn, column])
                yield {**row, "start": start, "end": end, "evidence": model}


class Given(NamedTuple):
    """How a code is given to a turn."""

    status: str
    probability: float


def _doubt(scores: np.ndarray) -> str | None:
    """Return whether a turn denies or supposes something, if it does either."""
    best = int(scores.argmax())
    return DOUBTS[best] if scores[best] >= _LEAST_DOUBT else None


def _characters(turns: Turns, turn: int, window: np.ndarray) -> tuple[int, int]:
    """Return where a window begins and ends in its turn's text; one without words is the whole text."""
    tokens = turns.words[turn].tokens[window[0] : window[1]]
    return (tokens[0].start, tokens[-1].end) if tokens else (0, len(turns.words[turn].text))


def _hits(rules: pd.DataFrame) -> dict[tuple[str, int, str], list[Any]]:
    found: dict[tuple[str, int, str], list[Any]] = {}
    for row in rows(rules):
        found.setdefault((row.session_id, row.turn, row.code), []).append(row)
    return found


def _statuses(rules: pd.DataFrame) -> dict[tuple[str, int, str], str]:
    """Return how each code stands in each turn by the rules."""
    return {(*place, code): status for place, codes in codes_of_turns(rules).items() for code, status in codes.items()}


def _evidence(scores: Scores, turns: Turns, rules: pd.DataFrame, codes: Sequence[str]) -> Evidence:
    """Return what model and rules say of the turns and codes."""
    by_rule = codes_of_turns(rules)
    said = [by_rule.get(place, {}) for place in turns.places]
    affirmed = np.array([[found.get(code) == "affirmed" for code in codes] for found in said], dtype=bool)
    mentioned = np.array([[code in found for code in codes] for found in said], dtype=bool)
    shape = (len(said), len(codes))
    return Evidence(scores.affirmed, scores.mentioned, affirmed.reshape(shape), mentioned.reshape(shape))


def _participants(turns: Turns) -> Turns:
    """Return the turns that no moderator spoke."""
    kept = [number for number, role in enumerate(turns.roles) if role != "moderator"]
    return Turns(
        [turns.places[number] for number in kept],
        [turns.roles[number] for number in kept],
        [turns.words[number] for number in kept],
    )


def _weighed(
    training: Training,
    turns: Turns,
    codings: pd.DataFrame,
    by_rules: pd.DataFrame,
    codebook: Codebook,
    reasons: Reasons,
) -> Fitted:
    """Learn how to weigh rules and model, from transcripts that the model did not see."""
    codes = training.learned.codes
    groups = _groups(codes, codebook)
    sessions = np.array([session for session, _ in turns.places])
    given = codes_of_turns(codings)
    said = [given.get(place, {}) for place in turns.places]
    affirmed = np.array([[found.get(code) == "affirmed" for code in codes] for found in said])
    mentioned = np.array([[code in found for code in codes] for found in said])
    weighed: dict[str, dict[str, Weighing]] = {"affirmed": {}, "mentioned": {}}
    for coder, rules in (("combined", by_rules), ("learned", by_rules.iloc[:0])):
        evidence = _evidence(training.unseen, turns, rules, codes)
        weighed["affirmed"][coder] = weigh(evidence, affirmed, groups, sessions)
        weighed["mentioned"][coder] = weigh(evidence, mentioned, groups, sessions)
    return Fitted(training.learned, reasons, **weighed)


def _groups(codes: Sequence[str], codebook: Codebook) -> np.ndarray:
    """Return the number of each code's group; codes that the codebook does not have are a group of their own."""
    of = {entry.id: entry.group for entry in codebook.entries}
    names = sorted({of.get(code, "") for code in codes})
    return np.array([names.index(of.get(code, "")) for code in codes])
