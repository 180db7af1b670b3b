"""The rule coder: a corpus and a codebook to codings, each with its evidence."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis.codebook import Codebook
from focus_analysis.coding.matching import Match, Matcher, split_words
from focus_analysis.coding.status import Clauses, read_clauses, status_of
from focus_analysis.corpus import Corpus
from focus_analysis.language.morphology import is_dictionary_form
from focus_analysis.schemas import CODINGS, check, rows

if TYPE_CHECKING:
    import pandas as pd

CODER = "rules"
_SHOWN = 10


class _Rule(NamedTuple):
    code: str
    source: str
    fixed_status: str | None


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
        One row a hit. Hits of one code that overlap are one: the longest. A moderator's mention is hypothetical
        unless the code's group has a status of its own.
    """
    import pandas as pd

    rules, matcher = _compile(codebook)
    found: list[dict[str, Any]] = []
    for turn in rows(corpus.turns):
        words = split_words(turn.text)
        hits = _longest(matcher.find(words), rules)
        clauses = read_clauses(words) if hits else None
        for hit in hits:
            status, cue = _status(hit, rules[hit.pattern], clauses, turn.role)
            start, end = words.tokens[hit.first].start, words.tokens[hit.last - 1].end
            found.append(
                {
                    "session_id": turn.session_id,
                    "turn": turn.turn,
                    "code": rules[hit.pattern].code,
                    "start": start,
                    "end": end,
                    "status": status,
                    "coder": CODER,
                    "coder_kind": "rule",
                    "confidence": None,
                    "evidence": _evidence(rules[hit.pattern].source, words.text[start:end], cue),
                    "codebook_version": codebook.version,
                }
            )
    return check(pd.DataFrame(found, columns=CODINGS.names), CODINGS)


def _compile(codebook: Codebook) -> tuple[list[_Rule], Matcher]:
    pairs = list(codebook.patterns())
    rules = [_Rule(entry.id, pattern.source, codebook.groups[entry.group].status) for entry, pattern in pairs]
    _warn_of_inflected(
        [
            (entry.id, atom.word)
            for entry, pattern in pairs
            for term in pattern.terms
            for atom in term
            if atom.kind == "lemma"
        ]
    )
    return rules, Matcher(pattern for _, pattern in pairs)


def _warn_of_inflected(words: list[tuple[str, str]]) -> None:
    unknown = {word: code for code, word in words if not word.isupper() and not is_dictionary_form(word)}
    if unknown:
        shown = ", ".join(f"{word} ({code})" for word, code in list(unknown.items())[:_SHOWN])
        warnings.warn(
            f"codebook: {len(unknown)} words are no base forms and match only themselves: {shown}. "
            "Write the dictionary form, or = before the word.",
            stacklevel=4,
        )


def _longest(hits: list[Match], rules: list[_Rule]) -> list[Match]:
    """Keep the longest of the hits of one code that overlap."""
    kept: list[Match] = []
    for hit in sorted(hits, key=lambda hit: (hit.first - hit.last, hit.first, hit.pattern)):
        code = rules[hit.pattern].code
        if not any(
            rules[other.pattern].code == code and hit.first < other.last and other.first < hit.last for other in kept
        ):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.first, hit.pattern))


def _status(hit: Match, rule: _Rule, clauses: Clauses | None, role: str) -> tuple[str, str]:
    if rule.fixed_status:
        return rule.fixed_status, ""
    if role == "moderator":
        return "hypothetical", "moderator"
    assert clauses is not None
    return status_of(hit, clauses)


def _evidence(pattern: str, words: str, cue: str) -> str:
    found = f"{pattern} → {words}"
    return f"{found} | {cue}" if cue else found
