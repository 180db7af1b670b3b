"""The section on saturation: whether further groups would have named further problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from focus_analysis import labels
from focus_analysis.labels import plural
from focus_analysis.report.document import Block, Heading, Paragraph, Table
from focus_analysis.report.results import Results
from focus_analysis.report.wording import Figures, code_names, heads, say
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd


_FEW = 5


class SaturationFacts(NamedTuple):
    """What is known of saturation.

    Parameters
    ----------
    n_sessions, n_codes, n_named : int
        Groups; problems of the codebook; those that any group named.
    unused : tuple of str
        Problems that no group named.
    label : str
        Where the threshold was reached in the order held, as "6+2"; empty where it was not.
    share_of_orders : float, optional
        Share of the orders of the groups in which it is reached; None where there are too few groups to assess it.
    richness : tuple of (estimate, low, high, n_once), optional
        Chao2 with its interval, and how many problems one group alone named.
    curve : DataFrame, optional
        n_sessions, estimate, low, high: different problems that so many groups name on average.
    """

    n_sessions: int
    n_codes: int
    n_named: int
    unused: tuple[str, ...]
    label: str = ""
    share_of_orders: float | None = None
    richness: tuple[float, float, float, int] | None = None
    curve: pd.DataFrame | None = None


def saturation(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Say how many problems so many groups named, and what that does not mean."""
    facts = results.saturation_facts
    if facts is None:
        return []
    names = code_names(results, lang)
    said = [
        say(
            "saturation_intro",
            lang,
            groups=plural("session", facts.n_sessions, lang),
            named=labels.count_of(facts.n_named, facts.n_codes, lang),
        )
    ]
    if facts.unused:
        said.append(say("saturation_unused", lang, codes=labels.listed([names[code] for code in facts.unused], lang)))
    blocks: list[Block] = [Heading(1, say("saturation", lang), "saturation"), Paragraph(" ".join(said))]
    blocks += [Paragraph(_reached(facts, lang)), Paragraph(say("saturation_closed", lang))]
    if facts.curve is not None:
        cells = tuple(
            (str(int(row.n_sessions)), *(labels.number(value, lang, 1) for value in (row.estimate, row.low, row.high)))
            for row in rows(_thinned(facts.curve))
        )
        head = heads(lang, "n_groups", "n_problems", "low", "high")
        blocks.append(Table(say("saturation_table", lang), head, cells, frozenset(range(4))))
    return blocks + [figures[name] for name in ("saturation",) if name in figures]


def _reached(facts: SaturationFacts, lang: str) -> str:
    if facts.share_of_orders is None:
        return say("saturation_few", lang, n=facts.n_sessions)
    share = "–" if facts.share_of_orders != facts.share_of_orders else labels.number(100 * facts.share_of_orders, lang)
    key = "saturation_reached" if facts.label else "saturation_not_reached"
    said = say(key, lang, label=facts.label, share=share)
    if facts.richness is None:
        return said
    estimate, low, high, once = facts.richness
    shown, lowest, highest = (labels.number(value, lang, 1) for value in (estimate, low, high))
    interval = say("chao_interval", lang, low=lowest, high=highest) if low == low and high == high else ""
    return f"{said} {say('saturation_chao', lang, estimate=shown, interval=interval, once=once)}"


def _thinned(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of few groups, every fifth after them, and the last."""
    last = curve["n_sessions"].max()
    shown: pd.DataFrame = curve[[n <= _FEW or n % _FEW == 0 or n == last for n in curve["n_sessions"]]]
    return shown
