"""The rule coder: a corpus and a codebook to codings, each with its evidence."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis.codebook import Codebook
from focus_analysis.coding.matching import Match, Matcher, PhraseFinder, Words, split_words
from focus_analysis.coding.status import Clauses, read_clauses, status_of
from focus_analysis.corpus import Corpus
from focus_analysis.language.morphology import is_dictionary_form
from focus_analysis.patterns import Pattern
from focus_analysis.schemas import CODINGS, check, rows

if TYPE_CHECKING:
    import pandas as pd

CODER = "rules"
_SHOWN = 10


class _Rule(NamedTuple):
    code: str
    pattern: Pattern
    group_status: str | None


class _Compiled(NamedTuple):
    rules: list[_Rule]
    matcher: Matcher
    exceptions: PhraseFinder
    excepted: list[str]


def code(corpus: Corpus, codebook: Codebook) -> pd.DataFrame:
    """Code every turn by the patterns of a codebook.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codebook : Codebook
        Codes and patterns.

    Returns
    -------
    DataFrame, schema ``CODINGS``
        One row a hit. Hits of one code that overlap are one: a phrase rather than words apart, the longest of those.
        A moderator's mention is hypothetical unless the code's group has a status of its own.
    """
    import pandas as pd

    compiled = _compile(codebook)
    found: list[dict[str, Any]] = []
    for turn in rows(corpus.turns):
        words = split_words(turn.text)
        for hit, clauses in _hits(words, compiled):
            rule = compiled.rules[hit.pattern]
            status, cue = _status(hit, rule, clauses, turn.role)
            start, end = words.tokens[hit.first].start, words.tokens[hit.last - 1].end
            found.append(
                {
                    "session_id": turn.session_id,
                    "turn": turn.turn,
                    "code": rule.code,
                    "start": start,
                    "end": end,
                    "status": status,
                    "coder": CODER,
                    "coder_kind": "rule",
                    "confidence": None,
                    "evidence": _evidence(rule.pattern.source, words.text[start:end], cue),
                    "codebook_version": codebook.version,
                }
            )
    return check(pd.DataFrame(found, columns=CODINGS.names), CODINGS)


def _compile(codebook: Codebook) -> _Compiled:
    rules = [_Rule(entry.id, pattern, codebook.groups[entry.group].status) for entry, pattern in codebook.patterns()]
    exceptions = list(codebook.exceptions())
    _warn_of_inflected(rules)
    finder = PhraseFinder(phrase for _, phrase in exceptions)
    return _Compiled(rules, Matcher(rule.pattern for rule in rules), finder, [entry.id for entry, _ in exceptions])


def _hits(words: Words, compiled: _Compiled) -> Iterator[tuple[Match, Clauses]]:
    """Yield the hits of a text that stand, with the text's clauses."""
    clauses = read_clauses(words)
    hits = compiled.matcher.find(words, clauses.numbers)
    excepted = compiled.exceptions.find(words)
    spans = [(compiled.excepted[number], span) for number, places in excepted.items() for span in places]
    for hit in _standing(hits, compiled.rules):
        code = compiled.rules[hit.pattern].code
        if not any(of == code and first <= hit.first and hit.last <= last for of, (first, last) in spans):
            yield hit, clauses


def _warn_of_inflected(rules: list[_Rule]) -> None:
    atoms = (
        (rule.code, atom)
        for rule in rules
        for part in rule.pattern.parts
        for phrase in part
        for term in phrase
        for atom in term
    )
    unknown = {
        atom.word: code
        for code, atom in atoms
        if atom.kind in ("lemma", "strict") and not atom.word.isupper() and not is_dictionary_form(atom.word)
    }
    if unknown:
        shown = ", ".join(f"{word} ({code})" for word, code in list(unknown.items())[:_SHOWN])
        warnings.warn(
            f"codebook: {len(unknown)} words are no base forms and match only themselves: {shown}. "
            "Write the dictionary form, or = before the word.",
            stacklevel=4,
        )


def _standing(hits: list[Match], rules: list[_Rule]) -> list[Match]:
    """Keep one of the hits of a code that overlap: a phrase rather than words apart, then the longest."""
    kept: dict[str, list[Match]] = defaultdict(list)
    for hit in sorted(hits, key=lambda hit: (len(hit.parts), hit.first - hit.last, hit.first, hit.pattern)):
        others = kept[rules[hit.pattern].code]
        if not any(hit.first < other.last and other.first < hit.last for other in others):
            others.append(hit)
    return sorted((hit for hits in kept.values() for hit in hits), key=lambda hit: (hit.first, hit.pattern))


def _status(hit: Match, rule: _Rule, clauses: Clauses, role: str) -> tuple[str, str]:
    if rule.group_status:
        return rule.group_status, ""
    if role == "moderator":
        return "hypothetical", "moderator"
    if rule.pattern.status:
        return rule.pattern.status, ""
    return status_of(hit, clauses)


def _evidence(pattern: str, words: str, cue: str) -> str:
    found = f"{pattern} → {words}"
    return f"{found} | {cue}" if cue else found
