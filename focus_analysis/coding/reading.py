"""One text coded with every step kept: what matched, what stands, what decided the status, and the evidence in words.

It comes to what ``rules.code`` gives for a whole corpus, one text at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from focus_analysis.codebook import Codebook
from focus_analysis.coding.clauses import Clauses, Cue
from focus_analysis.coding.conditions import Tokeniser
from focus_analysis.coding.matching import Match, Matcher, Span, Words, split_words
from focus_analysis.coding.status import judge, read_clauses
from focus_analysis.language.tokens import tokens
from focus_analysis.patterns import Pattern

Decider = Literal["group", "moderator", "pattern", "cue", "two_denials", "asked_back", "nothing"]
_JOINT = " + "
_ASKED = "?"


class Standing(NamedTuple):
    """A cue, and where it stands."""

    cue: Cue
    match: Match


class Decision(NamedTuple):
    """The status of a hit, what decided it, and the cues that did, the governing one first."""

    status: str
    by: Decider
    cues: tuple[Standing, ...] = ()


class Hit(NamedTuple):
    """A match that counts: its code and pattern, its place in the text (characters) and its status."""

    code: str
    pattern: Pattern
    match: Match
    start: int
    end: int
    decision: Decision


class Reading(NamedTuple):
    """A text as it was coded.

    Parameters
    ----------
    words : Words
        The text.
    clauses : Clauses
        Its clauses and the cues in play.
    matches : list of Match
        Every match outside the exceptions; ``pattern`` numbers ``Reader.rules``.
    excepted : list of (Match, Span)
        Matches that do not count, with the words of the exception that holds them.
    hits : list of Hit
        What counts, in order.
    """

    words: Words
    clauses: Clauses
    matches: list[Match]
    excepted: list[tuple[Match, Span]]
    hits: list[Hit]

    def said(self, span: Span) -> str:
        """Return the words of a span as they stand in the text."""
        return said(self.words, [span])

    def evidence(self, hit: Hit) -> str:
        """Return what stands behind a hit, in words."""
        return evidence(hit.pattern.shown, hit.match, hit.decision, self.words)


class Reader:
    """A codebook ready to code one text at a time.

    Parameters
    ----------
    codebook : Codebook
        Codes and patterns.
    codes : iterable of str, optional
        Only these; every code where not said.

    Attributes
    ----------
    rules : list of (Code, Pattern)
        Codes and patterns in the order that numbers the matches.
    """

    def __init__(self, codebook: Codebook, codes: Iterable[str] | None = None) -> None:
        if codes is not None:
            wanted = set(codes)
            entries = tuple(entry for entry in codebook.entries if entry.id in wanted)
            codebook = codebook.model_copy(update={"entries": entries})
        self.rules = list(codebook.patterns())
        exceptions = list(codebook.exceptions())
        self._group_status = {entry.id: codebook.groups[entry.group].status for entry in codebook.entries}
        self._matcher = Matcher(pattern for _, pattern in self.rules)
        self._exceptions = Matcher(Pattern("", ((phrase,),)) for _, phrase in exceptions)
        self._excepted = [entry.id for entry, _ in exceptions]

    def read(self, text: str, role: str = "unknown", tokenise: Tokeniser = tokens) -> Reading:
        """Return how a text is coded that a speaker of this role said, with the words that a tokeniser finds in it."""
        words = split_words(text, tokenise)
        clauses = read_clauses(words)
        held = self._exceptions.find(words)
        spans = [(self._excepted[match.pattern], (match.first, match.last)) for match in held]
        every = self._matcher.find(words, clauses.of_words())
        holders = [(match, self._holder(match, spans)) for match in every]
        hits = [
            self._hit(match, words, clauses, role) for match in self._standing(every) if not self._holder(match, spans)
        ]
        return Reading(
            words,
            clauses,
            [match for match, holder in holders if not holder],
            [(match, holder) for match, holder in holders if holder],
            hits,
        )

    def _holder(self, match: Match, spans: list[tuple[str, Span]]) -> Span | None:
        """Return the words of an exception of the match's code that hold it whole."""
        code = self.rules[match.pattern][0].id
        return next(
            (span for of, span in spans if of == code and span[0] <= match.first and match.last <= span[1]), None
        )

    def _standing(self, matches: list[Match]) -> list[Match]:
        """Keep one of overlapping matches of a code: what its pattern denies or supposes, a phrase, the longest."""
        kept: dict[str, list[Match]] = defaultdict(list)
        for match in sorted(matches, key=self._rank):
            others = kept[self.rules[match.pattern][0].id]
            if not any(match.first < other.last and other.first < match.last for other in others):
                others.append(match)
        return sorted((match for matches in kept.values() for match in matches), key=lambda m: (m.first, m.pattern))

    def _rank(self, match: Match) -> tuple[bool, int, int, int, int]:
        entry, pattern = self.rules[match.pattern]
        takes_back = (self._group_status[entry.id] or pattern.status) in ("denied", "hypothetical")
        return not takes_back, len(match.parts), match.first - match.last, match.first, match.pattern

    def _hit(self, match: Match, words: Words, clauses: Clauses, role: str) -> Hit:
        entry, pattern = self.rules[match.pattern]
        start, end = words.tokens[match.first].start, words.tokens[match.last - 1].end
        decision = decide(match, pattern, self._group_status[entry.id], role, clauses)
        return Hit(entry.id, pattern, match, start, end, decision)


def decide(match: Match, pattern: Pattern, group_status: str | None, role: str, clauses: Clauses) -> Decision:
    """Return the status of a match: its group's, a moderator's, its pattern's, or what the cues around it say."""
    if group_status:
        return Decision(group_status, "group")
    if role == "moderator":
        return Decision("hypothetical", "moderator")
    if pattern.status:
        return Decision(pattern.status, "pattern")
    judged = judge(match, clauses)
    if not judged.cues:
        return Decision(judged.status, "nothing")
    by: Decider = "asked_back" if judged.asked_back else "cue" if len(judged.cues) == 1 else "two_denials"
    return Decision(judged.status, by, tuple(Standing(cue, place) for cue, place in judged.cues))


def said(words: Words, spans: Sequence[Span]) -> str:
    """Return the words of spans as they stand in the text, "…" where others stand between."""
    tokens = words.tokens
    return " … ".join(words.text[tokens[first].start : tokens[last - 1].end] for first, last in spans)


def evidence(pattern: str, match: Match, decision: Decision, words: Words) -> str:
    """Return what stands behind a coding: the pattern, the words that it found, and the words that decided the status.

    ``@elder near @alone → babcia … sama | cue: nie ma``
    """
    found = f"{pattern} → {said(words, match.parts)}"
    if decision.by == "moderator":
        return f"{found} | moderator"
    cues = [said(words, standing.match.parts) for standing in decision.cues]
    if decision.by == "asked_back":
        cues.append(_ASKED)
    return f"{found} | cue: {_JOINT.join(cues)}" if cues else found
