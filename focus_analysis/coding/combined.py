"""The combined coder: what rules find and what the model has learnt, weighed a code at a time."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from focus_analysis import labels
from focus_analysis.coding.decisions import Weighing, weigh
from focus_analysis.coding.features import Features, Read, Said
from focus_analysis.coding.fitted import Fitted, evidence_of
from focus_analysis.coding.learned import (
    FEWEST_EXAMPLES,
    Training,
    Turns,
    codes_of_turns,
    of_places,
    read_turns,
    train,
)
from focus_analysis.coding.phases import Phase, Place, columns_of, less_known, phases_of
from focus_analysis.coding.reasons import Reasons, reasons_of
from focus_analysis.coding.rules import code
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODINGS, empty, turns_read

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus

CODERS = ("combined", "learned")
_TWO = 2


class LearnedCoder:
    """A coder that learns codes from coded text, and weighs what it learnt against the rules of a codebook.

    Parameters
    ----------
    *examples : (Corpus, DataFrame of schema ``CODINGS``)
        Coded utterances that teach beside the transcripts: the example bank.
    fewest : int
        Examples that a code must have to be learnt; below 20 a model is hardly more than chance.

    Examples
    --------
    >>> LearnedCoder().fit(corpus, codings).code(corpus)  # doctest: +SKIP
    >>> coder = LearnedCoder(default_examples()).fit(corpus, codings, codebook)  # doctest: +SKIP
    >>> coder.code(corpus, codebook)  # doctest: +SKIP
    """

    def __init__(self, *examples: tuple[Corpus, pd.DataFrame], fewest: int = FEWEST_EXAMPLES) -> None:
        self._examples = examples
        self._fewest = fewest
        self.fitted: Fitted | None = None
        self.scarce: dict[str, int] = {}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that were learnt."""
        return self.fitted.learned.codes if self.fitted else ()

    def fit(
        self, corpus: Corpus, codings: pd.DataFrame, codebook: Codebook | None = None, *, teach: bool = True
    ) -> LearnedCoder:
        """Learn from coded transcripts, beside the examples; moderators' turns teach nothing.

        A code with fewer examples than ``fewest`` is not learnt; a warning names such codes, and ``scarce`` keeps them.

        Parameters
        ----------
        corpus, codings : Corpus, DataFrame of schema ``CODINGS``
            Transcripts and their codes, given by people or as reference. Turns that nobody read teach nothing: those
            of sessions without codes and, where rows of the code ``none`` say what was read, all others.
        codebook : Codebook, optional
            Its rules are weighed against what is learnt; without it, what is learnt counts alone.
        teach : bool
            Whether the transcripts teach; else the examples alone do, and the transcripts say how to weigh.

        Raises
        ------
        ArgumentError
            No code has 20 examples, or nothing but transcripts could teach and they may not.
        """
        spoken = of_places(read_turns(corpus, moderators=False), turns_read(codings, corpus.turns))
        examples = [(read_turns(bank), given) for bank, given in self._examples]
        training = train(examples, (spoken, codings), teach=teach, fewest=self._fewest)
        reasons = reasons_of(training.learned, [*examples, (spoken, codings)][: None if teach else -1], training.rows)
        self.scarce = training.scarce
        by_rules = _by_rules(corpus, codebook)
        self.fitted = _weighed(training, spoken, codings, by_rules, codebook, reasons, phases_of(corpus))
        if self.scarce:
            named = ", ".join(f"{name} ({n})" for name, n in sorted(self.scarce.items()))
            said = labels.words("learning.scarce", labels.default_language(), codes=named, n=self._fewest)
            warnings.warn(said, stacklevel=2)
        return self

    def code(
        self,
        corpus: Corpus,
        codebook: Codebook | None = None,
        coder: str = "combined",
        codes: Collection[str] | None = None,
    ) -> pd.DataFrame:
        """Code every turn.

        Parameters
        ----------
        corpus : Corpus
            The transcripts.
        codebook : Codebook, optional
            Its rules count where ``coder`` is "combined"; codes that were not learnt are coded by rules alone. Without
            it, the codes are those that were learnt.
        coder : {"combined", "learned"}
            Whether rules count.
        codes : collection of str, optional
            Those of the codes learnt that the codebook means; without it, all.

        Returns
        -------
        DataFrame, schema ``CODINGS``
            Codings with the probability as confidence, and what rule and model said as evidence.
        """
        kind = coder if codebook else "learned"
        meant = self.codes if codes is None else codes
        return self._fitted().code(corpus, codebook or bare_codebook(self.codes), kind, meant)

    def code_unseen(
        self,
        corpus: Corpus,
        codings: pd.DataFrame,
        codebook: Codebook | None = None,
        coder: str = "combined",
        folds: int = 4,
    ) -> pd.DataFrame:
        """Code the transcripts that taught, each as if its codes had not been seen: what a fair comparison needs.

        A model without the transcript scores it; how rules and model are weighed, and from which probability a code is
        given, is learnt from the transcripts of the other folds.

        Parameters
        ----------
        corpus, codings, codebook
            What the coder was fitted with.
        coder : {"combined", "learned"}
            Whether rules count.
        folds : int
            Parts into which the transcripts fall, each weighed by the others.

        Raises
        ------
        ArgumentError
            There are fewer than two coded transcripts.
        """
        import pandas as pd

        fitted, names = self._fitted(), list(dict.fromkeys(codings["session_id"]))
        if len(names) < _TWO:
            raise ArgumentError("code_unseen: two coded transcripts are needed at least; give more")
        turns = of_places(read_turns(corpus, moderators=False), turns_read(codings, corpus.turns))
        by_rules = codes_of_turns(_by_rules(corpus, codebook if coder == "combined" else None))
        scores = fitted.learned.scores(fitted.learned.features.read(Said.of(turns.stream)))
        phases = phases_of(corpus)
        evidence = evidence_of(scores, turns, by_rules, self.codes, columns_of(turns.places, phases, fitted.questions))
        elsewhere = columns_of(turns.places, less_known(phases), fitted.questions)
        sessions = np.array([session for session, _ in turns.places])
        affirmed, mentioned = _given_codes(turns, codings, self.codes)
        found = []
        for fold in range(min(folds, len(names))):
            inside = names[fold::folds]
            others = ~np.isin(sessions, inside)
            known, parts = (evidence.of(others), elsewhere[others]), (_groups(self.codes, codebook), sessions[others])
            weighing = [weigh(*known, given[others], *parts) for given in (affirmed, mentioned)]
            kind = coder if codebook else "learned"
            part = fitted._replace(affirmed={kind: weighing[0]}, mentioned={kind: weighing[1]})
            found.append(
                part.code(corpus.where(session_id=inside), codebook or bare_codebook(self.codes), kind, self.codes)
            )
        return pd.concat(found, ignore_index=True)

    @property
    def features(self) -> Features:
        """The features of the model."""
        return self._fitted().learned.features

    def confidence(
        self, corpus: Corpus, turns: Turns, read: Read, codebook: Codebook | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return how likely it is that turns affirm each code, and from which probability it is given.

        Parameters
        ----------
        corpus : Corpus
            The transcripts that the turns are of.
        turns, read : Turns, Read
            The turns, and the same as the features see them.
        codebook : Codebook, optional
            Its rules count; without it the model alone is asked.

        Returns
        -------
        array, shape (n_turns, n_codes)
            Probabilities.
        array, shape (n_codes,)
            Thresholds.
        """
        fitted = self._fitted()
        weighing = fitted.affirmed["combined" if codebook else "learned"]
        by_rules = codes_of_turns(_by_rules(corpus, codebook))
        phases = columns_of(turns.places, phases_of(corpus), fitted.questions)
        evidence = evidence_of(fitted.learned.scores(read), turns, by_rules, self.codes, phases)
        return weighing.probabilities(evidence), weighing.thresholds

    def _fitted(self) -> Fitted:
        if self.fitted is None:
            raise ArgumentError("LearnedCoder: it has learnt nothing yet; call fit first")
        return self.fitted


def bare_codebook(codes: Sequence[str]) -> Codebook:
    """Return a codebook of codes without patterns."""
    from focus_analysis.codebook import Codebook

    entries = [{"id": name, "group": "codes", "label": {"pl": name, "en": name}} for name in codes]
    label = {"pl": "kody", "en": "codes"}
    return Codebook.model_validate(
        {"name": "codes", "version": "0", "groups": {"codes": {"label": label}}, "entries": entries}
    )


def _by_rules(corpus: Corpus, codebook: Codebook | None) -> pd.DataFrame:
    return empty(CODINGS) if codebook is None else code(corpus, codebook)


def _given_codes(turns: Turns, codings: pd.DataFrame, codes: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return which codes were affirmed and which were given at all, each of shape (n_turns, n_codes)."""
    given = codes_of_turns(codings)
    said = [given.get(place, {}) for place in turns.places]
    affirmed = np.array([[found.get(code) == "affirmed" for code in codes] for found in said])
    return affirmed, np.array([[code in found for code in codes] for found in said])


def _weighed(
    training: Training,
    turns: Turns,
    codings: pd.DataFrame,
    by_rules: pd.DataFrame,
    codebook: Codebook | None,
    reasons: Reasons,
    phases: dict[Place, Phase],
) -> Fitted:
    """Learn how to weigh rules and model, from transcripts that the model did not see."""
    codes = training.learned.codes
    groups = _groups(codes, codebook)
    sessions = np.array([session for session, _ in turns.places])
    affirmed, mentioned = _given_codes(turns, codings, codes)
    questions = tuple(sorted({phase.question for phase in phases.values() if phase.question}))
    known, elsewhere = (columns_of(turns.places, part, questions) for part in (phases, less_known(phases)))
    weighed: dict[str, dict[str, Weighing]] = {"affirmed": {}, "mentioned": {}}
    for coder, rules in (("combined", by_rules), ("learned", by_rules.iloc[:0])):
        evidence = evidence_of(training.unseen, turns, codes_of_turns(rules), codes, known)
        weighed["affirmed"][coder] = weigh(evidence, elsewhere, affirmed, groups, sessions)
        weighed["mentioned"][coder] = weigh(evidence, elsewhere, mentioned, groups, sessions)
    return Fitted(training.learned, reasons, **weighed, questions=questions)


def _groups(codes: Sequence[str], codebook: Codebook | None) -> np.ndarray:
    """Return the number of each code's group; codes that the codebook does not have are a group of their own."""
    of = {entry.id: entry.group for entry in codebook.entries} if codebook else {}
    names = sorted({of.get(code, "") for code in codes})
    return np.array([names.index(of.get(code, "")) for code in codes])
