"""The combined coder: what rules find and what the model has learnt, weighed a code at a time."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from focus_analysis import labels
from focus_analysis.coding.decisions import Evidence, Weighing, Weighings, stance, weigh
from focus_analysis.coding.features import Features, Read, Said
from focus_analysis.coding.fitted import Fitted, evidence_of
from focus_analysis.coding.learned import FEWEST_EXAMPLES, Scores, train
from focus_analysis.coding.phases import columns_of, less_known, phases_of, questions_of
from focus_analysis.coding.reasons import reasons_of
from focus_analysis.coding.rules import RuleCoder, code
from focus_analysis.coding.turns import Coded, Turns, codes_of_turns
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODINGS, LABELS, check, empty

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
        if not all(isinstance(bank, tuple) and len(bank) == _TWO for bank in examples):
            raise ArgumentError("LearnedCoder: examples are a pair, (corpus, codings), as default_examples() returns")
        self._examples = examples
        self._fewest = fewest
        self.fitted: Fitted | None = None
        self.scarce: dict[str, int] = {}

    def __repr__(self) -> str:
        learnt = ", ".join(self.codes) or "nothing learnt yet"
        return f"LearnedCoder({learnt})"

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that were learnt."""
        return self.fitted.learned.codes if self.fitted else ()

    def fit(
        self, corpus: Corpus, codings: pd.DataFrame, codebook: Codebook | None = None, *, teach: bool = True
    ) -> LearnedCoder:
        """Learn from coded transcripts, beside the examples; moderators' turns teach nothing.

        A code with fewer examples than ``fewest`` is not learnt; a warning names such codes, and ``scarce`` keeps them.
        Another names codes that more than half of the turns have: what has too few counter-examples is given too often.

        Parameters
        ----------
        corpus, codings : Corpus, DataFrame
            Transcripts and their codes, given by people or as reference: session_id, turn, code and status. Turns that
            nobody read teach nothing: those of sessions without codes and, where rows of the code ``none`` say what was
            read, all others.
        codebook : Codebook, optional
            Its rules are weighed against what is learnt; without it, what is learnt counts alone.
        teach : bool
            Whether the transcripts teach; else the examples alone do, and the transcripts say how to weigh.

        Raises
        ------
        ArgumentError
            No code has 20 examples, nothing but transcripts could teach and they may not, turns have codes of several
            coders, or something else stands for the corpus or the codebook.
        SchemaError
            The codings break their schema.
        """
        _check("LearnedCoder.fit", corpus, codebook)
        _check_one_coder_a_turn(codings)
        forms = RuleCoder(codebook).forms if codebook else frozenset
        coded = Coded.of(corpus, check(codings, LABELS), forms)
        examples = [Coded.of(*bank) for bank in self._examples]
        training = train(examples, coded, teach=teach, fewest=self._fewest)
        learned = training.learned
        self.scarce = training.scarce
        reasons = reasons_of(learned, [*examples, *([coded] if teach else [])], training.rows)
        groups = _groups(learned.codes, codebook)
        questions = questions_of(corpus)
        weighings = {
            coder: _lesson(corpus, coded, training.unseen, learned.codes, rules, questions).weighed(groups)
            for coder, rules in (("combined", codebook), ("learned", None))
        }
        self.fitted = Fitted(learned, reasons, weighings, questions)
        for key, counts in (("scarce", self.scarce), ("common", training.common)):
            if counts:
                named = ", ".join(f"{name} ({n})" for name, n in sorted(counts.items()))
                said = labels.words(f"learning.{key}", labels.default_language(), codes=named, n=self._fewest)
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
        _check("LearnedCoder.code", corpus, codebook)
        fitted, kind = self._fitted(), coder if codebook else "learned"
        if kind == "combined" and not fitted.weighings[kind].affirmed.heeds_rules:
            warnings.warn(labels.words("learning.unweighed", labels.default_language()), stacklevel=2)
        meant = self.codes if codes is None else codes
        return fitted.code(corpus, codebook or bare_codebook(self.codes), kind, meant)

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
        coded = Coded.of(corpus, codings, RuleCoder(codebook).forms if codebook else frozenset)
        scores = fitted.learned.scores(fitted.learned.features.read(Said.of(coded.turns.stream)))
        rules, kind = codebook if coder == "combined" else None, coder if codebook else "learned"
        lesson = _lesson(corpus, coded, scores, self.codes, rules, fitted.questions)
        found = []
        for fold in range(min(folds, len(names))):
            inside = names[fold::folds]
            weighed = lesson.of(~np.isin(lesson.sessions, inside)).weighed(_groups(self.codes, codebook))
            part = fitted._replace(weighings={kind: weighed})
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
            The transcripts.
        turns, read : Turns, Read
            All their turns, and the same as the features see them.
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
        weighing = fitted.weighings["combined" if codebook else "learned"].affirmed
        by_rules = codes_of_turns(_by_rules(corpus, codebook))
        phases = columns_of(turns.places, phases_of(corpus), fitted.questions)
        evidence = evidence_of(fitted.learned.scores(read), turns, by_rules, self.codes, phases)
        return weighing.probabilities(evidence), weighing.thresholds

    def _fitted(self) -> Fitted:
        if self.fitted is None:
            raise ArgumentError("LearnedCoder: it has learnt nothing yet; call fit first")
        return self.fitted


def _check(step: str, corpus: Corpus, codebook: Codebook | None) -> None:
    from focus_analysis.codebook import check_codebook
    from focus_analysis.corpus import check_corpus

    check_corpus(step, corpus)
    check_codebook(step, *([codebook] if codebook is not None else []))


def _check_one_coder_a_turn(codings: pd.DataFrame) -> None:
    """Refuse codes in which the judgements of several coders on one turn stand side by side."""
    if not {"session_id", "turn", "coder"} <= set(getattr(codings, "columns", ())):
        return
    n_coders = codings.groupby(["session_id", "turn"])["coder"].nunique()
    if (n_coders > 1).any():
        names = ", ".join(map(str, codings["coder"].unique()))
        raise ArgumentError(
            f"LearnedCoder.fit: {int((n_coders > 1).sum())} turns have codes of several coders ({names}); give those "
            "that hold: of one coder, or, where they were settled, codings[codings['coder_kind'] == 'adjudicated']"
        )


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


class _Lesson(NamedTuple):
    """What weights are learnt from.

    Parameters
    ----------
    evidence : Evidence
        Of turns that the model did not see.
    elsewhere : array, shape (n_turns, n_phases)
        Their phases as they might be known elsewhere.
    affirmed, mentioned : array of bool, shape (n_turns, n_codes)
        Which codes were affirmed, and which were given at all.
    sessions : array, shape (n_turns,)
        Their sessions.
    """

    evidence: Evidence
    elsewhere: np.ndarray
    affirmed: np.ndarray
    mentioned: np.ndarray
    sessions: np.ndarray

    def of(self, turns: np.ndarray) -> _Lesson:
        """Return the lesson of some turns."""
        return _Lesson(self.evidence.of(turns), *(array[turns] for array in self[1:]))

    def weighed(self, groups: np.ndarray) -> Weighings:
        """Return how evidence is weighed, given the group of each code."""

        def of(evidence: Evidence, given: np.ndarray) -> Weighing:
            return weigh(evidence, self.elsewhere, given, groups, self.sessions)

        affirmed, mentioned = of(self.evidence.undenied(), self.affirmed), of(self.evidence, self.mentioned)
        return Weighings(affirmed, mentioned, stance(self.evidence, self.affirmed, self.mentioned))


def _lesson(
    corpus: Corpus,
    coded: Coded,
    scores: Scores,
    codes: Sequence[str],
    codebook: Codebook | None,
    questions: Sequence[str],
) -> _Lesson:
    """Return what the turns that teach tell of codes; ``scores`` are of all turns, by models that saw none of them."""
    phases = phases_of(corpus)
    known, elsewhere = (columns_of(coded.turns.places, part, questions) for part in (phases, less_known(phases)))
    evidence = evidence_of(scores, coded.turns, codes_of_turns(_by_rules(corpus, codebook)), codes, known)
    affirmed = np.array([[given.get(code) == "affirmed" for code in codes] for given in coded.given()])
    mentioned = np.array([[code in given for code in codes] for given in coded.given()])
    return _Lesson(evidence.of(coded.taught), elsewhere[coded.taught], affirmed, mentioned, coded.sessions)


def _groups(codes: Sequence[str], codebook: Codebook | None) -> np.ndarray:
    """Return the number of each code's group; codes that the codebook does not have are a group of their own."""
    of = {entry.id: entry.group for entry in codebook.entries} if codebook else {}
    names = sorted({of.get(code, "") for code in codes})
    return np.array([names.index(of.get(code, "")) for code in codes])
