"""What must not be concluded, with the study's own numbers."""

from __future__ import annotations

from typing import NamedTuple

from focus_analysis import labels
from focus_analysis.labels import plural
from focus_analysis.report.claims import Detectable, Words, detectable_line


class Limits(NamedTuple):
    """The numbers of a study that limit what may be concluded from it.

    Parameters
    ----------
    n_groups, n_gminas : int
        Groups, and the gminas that are known.
    n_compared : int
        Gminas (or groups) with known participants.
    all_low, none_high : float
        Had they been drawn at random: the least share for "in all", the largest for "in none".
    n_cells, n_zero, n_not_asked : int
        Pairs of a gmina and a problem; those where nobody raised it; of those, where the moderator did not name it.
    n_tied_first : int
        Gminas where several problems share the first place.
    one_person : float
        What one participant adds to the coverage in a gmina, on average.
    detectable : Detectable, optional
        What two regions could show.
    """

    n_groups: int
    n_gminas: int
    n_compared: int
    all_low: float
    none_high: float
    n_cells: int
    n_zero: int
    n_not_asked: int
    n_tied_first: int
    one_person: float
    detectable: Detectable | None


def caveat_lines(limits: Limits, words: Words, unchecked: bool) -> tuple[str, ...]:
    """Return the caveats, each a sentence or two with the numbers of the study.

    Parameters
    ----------
    limits : Limits
        The numbers.
    words : Words
        Language and what the groups are called.
    unchecked : bool
        Whether no human has coded anything.
    """
    lang = words.lang

    def say(key: str, **gaps: object) -> str:
        return labels.words(f"caveats.{key}", lang, **gaps)

    def percent(share: float) -> str:
        return labels.number(100 * share, lang)

    lines = [
        say(
            "described",
            groups=plural("session", limits.n_groups, lang),
            gminas=plural("in_gmina", limits.n_gminas, lang),
        ),
        say("talk"),
    ]
    if limits.n_compared:
        of = words.form("of", limits.n_compared)
        lines += [
            say(
                "random",
                n=limits.n_compared,
                units=words.form("some", 2),
                all=percent(limits.all_low),
                none=percent(limits.none_high),
            ),
            say("absence", zero=labels.count_of(limits.n_zero, limits.n_cells, lang), silent=limits.n_not_asked),
            say(
                "ties",
                tied=labels.count_of(limits.n_tied_first, limits.n_compared, lang),
                of=of,
                one=percent(limits.one_person),
            ),
        ]
    if limits.detectable is not None:
        lines.append(detectable_line(limits.detectable, words))
    return (*lines, say("unchecked" if unchecked else "checked"))
