"""Agreement on where a code begins and ends: word by word, and span by span."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODINGS, NO_CODE, StudyTables, check, rows, turns_read

if TYPE_CHECKING:
    import pandas as pd

Turn = tuple[str, int]
Spans = dict[str, dict[Turn, set[tuple[int, int]]]]
ENOUGH_OVERLAP = 0.5
COLUMNS = [
    "code", "n_words", "words_both", "words_only_a", "words_only_b", "alpha", "word_f1",
    "spans_both", "spans_only_a", "spans_only_b", "span_f1",
]  # fmt: skip
_WORD = re.compile(r"\w+")


def span_agreement(
    a: pd.DataFrame, b: pd.DataFrame, study: StudyTables, codes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Measure how far two coders mark the same stretches of text with a code.

    Parameters
    ----------
    a, b : DataFrame, schema ``CODINGS``
        One coder each, with the stretches that they marked. Codings of whole turns have nothing to tell here.
    study : StudyTables
        Turns with their texts.
    codes : DataFrame, schema ``CODES``, optional
        Only these codes; without it, the codes that somebody gave.

    Returns
    -------
    DataFrame, shape (n_codes, 11)
        Over the turns that both read: n_words, and the words that both marked and only one did; alpha of the words
        (marked or not, so that long stretches weigh more; NaN where undefined) and word_f1; spans of one that share
        at least half of the words of both with a span of the other (intersection over union, each span matched once),
        spans of one coder alone, and span_f1.

    Raises
    ------
    ArgumentError
        No turn was read by both.
    """
    import pandas as pd

    tables = [check(table, CODINGS) for table in (a, b)]
    words = {(turn.session_id, turn.turn): _words(turn.text) for turn in rows(study.turns)}
    both = turns_read(tables[1], turns_read(tables[0], study.turns))
    read = set(zip(both["session_id"], both["turn"], strict=True))
    if not read:
        raise ArgumentError("span_agreement: no turn was read by both; do their sessions and turns match?")
    spans_a, spans_b = (_spans(table, words, read) for table in tables)
    names = sorted({*spans_a, *spans_b}) if codes is None else list(codes["code"])
    n_words = sum(len(words[turn]) for turn in read)
    found = [{"code": code, **_compared(spans_a.get(code, {}), spans_b.get(code, {}), n_words)} for code in names]
    return pd.DataFrame(found, columns=COLUMNS)


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(text)]


def _spans(table: pd.DataFrame, words: dict[Turn, list[tuple[int, int]]], read: set[Turn]) -> Spans:
    """Return the stretches of each code and turn, as numbers of words, half-open."""
    spans: Spans = defaultdict(lambda: defaultdict(set))
    for row in rows(table[table["code"] != NO_CODE]):
        turn = (row.session_id, row.turn)
        if turn in read:
            inside = [n for n, (start, end) in enumerate(words[turn]) if start < row.end and row.start < end]
            if inside:
                spans[row.code][turn].add((inside[0], inside[-1] + 1))
    return spans


def _compared(a: dict[Turn, set[tuple[int, int]]], b: dict[Turn, set[tuple[int, int]]], n_words: int) -> dict[str, Any]:
    marked_a, marked_b = _marked(a), _marked(b)
    both, only_a, only_b = len(marked_a & marked_b), len(marked_a - marked_b), len(marked_b - marked_a)
    matched = sum(_matched(a[turn], b[turn]) for turn in a.keys() & b.keys())
    n_a, n_b = (sum(map(len, spans.values())) for spans in (a, b))
    return {
        "n_words": n_words,
        "words_both": both,
        "words_only_a": only_a,
        "words_only_b": only_b,
        "alpha": _binary_alpha(both, only_a, only_b, n_words),
        "word_f1": _f1(both, only_a, only_b),
        "spans_both": matched,
        "spans_only_a": n_a - matched,
        "spans_only_b": n_b - matched,
        "span_f1": _f1(matched, n_a - matched, n_b - matched),
    }


def _marked(spans: dict[Turn, set[tuple[int, int]]]) -> set[tuple[Turn, int]]:
    return {(turn, word) for turn, held in spans.items() for first, last in held for word in range(first, last)}


def _matched(a: set[tuple[int, int]], b: set[tuple[int, int]]) -> int:
    """Count the spans of one that match a span of the other, the best overlaps first."""
    overlaps = sorted(((_overlap(one, other), one, other) for one in a for other in b), reverse=True)
    taken: set[tuple[str, tuple[int, int]]] = set()
    n = 0
    for overlap, one, other in overlaps:
        if overlap >= ENOUGH_OVERLAP and not {("a", one), ("b", other)} & taken:
            taken |= {("a", one), ("b", other)}
            n += 1
    return n


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def _binary_alpha(both: int, only_a: int, only_b: int, n: int) -> float:
    """Return alpha of two coders from their counts."""
    marked, total = 2 * both + only_a + only_b, 2 * n
    expected = 2 * marked * (total - marked) / (total - 1)
    return 1 - 2 * (only_a + only_b) / expected if expected else float("nan")


def _f1(both: int, only_a: int, only_b: int) -> float:
    whole = 2 * both + only_a + only_b
    return 2 * both / whole if whole else float("nan")
