"""A checked sentence in words: how it was read, the verdict, the counts and the counter-examples."""

from __future__ import annotations

from typing import Any

from focus_analysis import labels
from focus_analysis.report.claims import Words, counter_of


def check_lines(
    form: Any, fact: Any, level: str, verdict: str, n_compared: int, n_turns: int, words: Words
) -> list[str]:
    """Return what there is to say of one claim of a sentence.

    Parameters
    ----------
    form : ClaimForm
        How it was read.
    fact : row of ``CLAIM_FACTS``
        What was counted.
    level : {"leaf", "top"}
        Level of the codes compared.
    verdict : str
        One of ``VERDICTS``.
    n_compared, n_turns : int
        Codes compared; turns behind.
    words : Words
        Names and language.
    """
    among = words.say("check_among_top" if level == "top" else "check_among", n=n_compared)
    strict, tied = (labels.count_of(k, fact.n_groups, words.lang) for k in (fact.n_strict, fact.n_tied))
    counts = "check_counts_named" if form.position == "named" else "check_counts"
    return [
        words.say("check_read", claim=_translated(form, fact, words), among=among),
        *([words.say("check_said", code=words.code(form.code), said=form.said)] if form.said else []),
        words.say(f"verdict.{verdict}") + " " + words.say(counts, strict=strict, tied=tied),
        *(line for line in [_counter(form, fact, words)] if line),
        words.say("check_turns", n=n_turns),
    ]


def _counter(form: Any, fact: Any, words: Words) -> str:
    """Return what speaks against the claim; against "in no gmina", the gminas in which it holds."""
    if not _says_none(form):
        return counter_of(fact, words)
    return words.say("against", places=words.places(fact.strict.split(";"))) if fact.strict else ""


def _says_none(form: Any) -> bool:
    return form.quantifier == "none" or (form.count is not None and not form.count[0])


def _translated(form: Any, fact: Any, words: Words) -> str:
    """Return the claim in the words of coverage."""
    claim = words.say(f"{form.position}{'_none' if _says_none(form) else ''}", code=words.code(form.code))
    if form.place is not None:
        where = words.places([form.place])
    elif form.count is not None:
        where = words.where(None, form.count[0], form.count[1], form.region)
    else:
        where = words.by_word(form.quantifier, form.region)
    return words.say("for_place", place=where, claim=claim)
