"""The measures of salience: each a short formula over the arrays of a ``Talk``.

A measure of the first kind takes weights, how often each participant counts, so that one formula gives the value as it
stands (all ones), without one speaker, and for speakers drawn at random. Share measures are in [0, 1].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np

from focus_analysis.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from focus_analysis.analysis.talk import Talk

    Floats = NDArray[np.float64]
    Weighted = Callable[[Talk, Floats, Floats], Floats]

COVERAGE = "coverage"
_HALF, _TWO_VOICES = 0.5, 2.0


def _coverage(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Share of the participants who affirmed the code (Krueger and Casey's extensiveness)."""
    return _ratio(w @ talk.named, n)


def _coverage_not_in_charge(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Coverage among those whose own institution is not in charge of the problem."""
    return _ratio(w @ (talk.named & ~talk.in_charge), n - w @ talk.in_charge)


def _spontaneous(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Share who named it unprompted, and not right after another had first done so."""
    return _ratio(w @ _unprompted(talk), n) if talk.knows_moderator else _nowhere(talk, w)


def _prompted(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Share who named it only after the moderator had brought it up, before any participant."""
    return _ratio(w @ talk.prompted, n) if talk.knows_moderator else _nowhere(talk, w)


def _echo(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Share who named it unprompted within two turns after another first did in the same block of the guide."""
    return _ratio(w @ talk.echo, n) if talk.knows_moderator and talk.knows_questions else _nowhere(talk, w)


def _utterances(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Participants' turns with the code."""
    return w @ talk.utterances


def _share_utterances(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Share of the participants' turns."""
    return _ratio(w @ talk.utterances, (w @ talk.turns)[:, None])


def _share_words_split(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Share of the participants' words, those of a turn shared among its codes."""
    return _ratio(w @ talk.words_split, (w @ talk.words)[:, None])


def _share_words_whole(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Share of the participants' words, each code of a turn getting all of them."""
    return _ratio(w @ talk.words_whole, (w @ talk.words)[:, None])


def _equal_speaker_share(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Mean over participants of the share of their own words (whole); who is silent adds 0."""
    own = np.nan_to_num(_ratio(talk.words_whole, talk.words[:, None]))
    return _ratio(w @ own, n)


def _smith_s(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Smith's S over the participants' lists of first mentions."""
    return _ratio(w @ list_weights(talk.position), n)


def _sutrop_csi(talk: Talk, w: Floats, n: Floats) -> Floats:
    """Sutrop's cognitive salience index over the participants' lists of first mentions."""
    f = w @ talk.named
    return np.nan_to_num(_ratio(f * f, n * (w @ talk.position)))


def _first_mention(talk: Talk) -> Floats:
    """Place in the group's list of first mentions; NaN where nobody named it."""
    return talk.first


def _top_speaker_share(talk: Talk) -> Floats:
    """Largest speaker's share of the code's words (whole)."""
    top: Floats = np.max(_voices(talk), axis=0, initial=0.0)
    return top + _unless_spoken(talk)


def _speakers_n1(talk: Talk) -> Floats:
    """Effective number of speakers, Hill's N1 = exp(-sum p ln p) of their shares of the code's words."""
    p = _voices(talk)
    entropy: Floats = -np.sum(p * np.log(p, where=p > 0, out=np.zeros_like(p)), axis=0)
    return np.exp(entropy) + _unless_spoken(talk)


def _speakers_n2(talk: Talk) -> Floats:
    """Effective number of speakers, Hill's N2 = 1 / sum p^2."""
    squares: Floats = np.sum(_voices(talk) ** 2, axis=0)
    return 1 / (squares + _unless_spoken(talk))


def _one_voice(talk: Talk) -> Floats:
    """Flag 1 where one speaker has over half of the code's words, or N1 is below 2; else 0."""
    flag = (_top_speaker_share(talk) > _HALF) | (_speakers_n1(talk) < _TWO_VOICES)
    return flag + _unless_spoken(talk)


WEIGHTED: dict[str, Weighted] = {
    COVERAGE: _coverage,
    "coverage_not_in_charge": _coverage_not_in_charge,
    "spontaneous": _spontaneous,
    "prompted": _prompted,
    "echo": _echo,
    "utterances": _utterances,
    "share_utterances": _share_utterances,
    "share_words_split": _share_words_split,
    "share_words_whole": _share_words_whole,
    "equal_speaker_share": _equal_speaker_share,
    "smith_s": _smith_s,
    "sutrop_csi": _sutrop_csi,
}
OF_GROUP: dict[str, Callable[[Talk], Floats]] = {
    "first_mention": _first_mention,
    "top_speaker_share": _top_speaker_share,
    "speakers_n1": _speakers_n1,
    "speakers_n2": _speakers_n2,
    "one_voice": _one_voice,
}
MEASURES = (*WEIGHTED, *OF_GROUP)
UNRANKED = frozenset({"prompted", "echo", "top_speaker_share", "speakers_n1", "speakers_n2", "one_voice"})
SMALLEST_FIRST = frozenset({"first_mention"})
MULTIVERSE = (
    COVERAGE,
    "share_utterances",
    "share_words_split",
    "equal_speaker_share",
    "smith_s",
    "sutrop_csi",
)


def chosen(measures: str | Iterable[str], known: Iterable[str] = MEASURES) -> list[str]:
    """Return the measures asked for ("all": every one), each once.

    Raises
    ------
    ArgumentError
        A measure is unknown.
    """
    known = list(known)
    wanted = known if measures == "all" else [measures] if isinstance(measures, str) else list(dict.fromkeys(measures))
    unknown = [measure for measure in wanted if measure not in known]
    if unknown or not wanted:
        raise ArgumentError(f"measures must be 'all' or some of {', '.join(known)}; not {', '.join(unknown) or 'none'}")
    return wanted


def value(talk: Talk, measure: str) -> Floats:
    """Return a measure of each code as it stands, shape (K,)."""
    if measure in OF_GROUP:
        return OF_GROUP[measure](talk)
    values: Floats = values_with(talk, measure, np.ones((1, talk.n_participants)))[0]
    return values


def values_with(talk: Talk, measure: str, weights: Floats) -> Floats:
    """Return a measure of each code for each row of weights.

    Parameters
    ----------
    talk : Talk
        The talk of a place.
    measure : str
        One of ``WEIGHTED``.
    weights : ndarray, shape (B, number of persons)
        How often each person counts; persons without a row in the tables come last.

    Returns
    -------
    ndarray, shape (B, K)
        NaN where the denominator is 0.
    """
    return WEIGHTED[measure](talk, weights[:, : len(talk.turns)], weights.sum(axis=1, keepdims=True))


def counts(talk: Talk, measure: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many named each code and out of how many, in the sense of the measure, shape (K,) each."""
    all_of_them = np.full(len(talk.codes), talk.n_participants)
    if measure == "coverage_not_in_charge":
        return (talk.named & ~talk.in_charge).sum(axis=0), all_of_them - talk.in_charge.sum(axis=0)
    who = {"spontaneous": _unprompted(talk), "prompted": talk.prompted, "echo": talk.echo}.get(measure, talk.named)
    return who.sum(axis=0), all_of_them


def smith_s(positions: pd.DataFrame) -> pd.Series[float]:
    """Return Smith's S of every code from lists in order of mention.

    Parameters
    ----------
    positions : DataFrame, shape (n_lists, n_codes)
        Rows are those who list (all of them, those with empty lists too), columns are codes; 1 is the code named
        first, missing or 0 one that is not in the list.

    Returns
    -------
    Series
        By code, in [0, 1]: the mean over lists of (L - r + 1) / L, with L the codes in the list and r the place.

    Notes
    -----
    J. J. Smith, "Using ANTHROPAC 3.5 and a spreadsheet to compute a free-list salience index", 1993. In a discussion
    later speakers avoid repeating, so their lists are not independent free lists: the index describes, no more.
    """
    return _per_code(positions, list_weights(_positions(positions)).sum(axis=0) / max(len(positions), 1))


def sutrop_csi(positions: pd.DataFrame) -> pd.Series[float]:
    """Return Sutrop's cognitive salience index of every code from lists in order of mention.

    Parameters
    ----------
    positions : DataFrame, shape (n_lists, n_codes)
        As for ``smith_s``.

    Returns
    -------
    Series
        By code, in [0, 1]: F / (N mP), F the lists that hold it, N all lists, mP its mean place; 0 where F is 0.

    Notes
    -----
    U. Sutrop, "List task and a cognitive salience index", Field Methods 13 (2001).
    """
    places = _positions(positions)
    f = (places > 0).sum(axis=0)
    return _per_code(positions, np.nan_to_num(_ratio(f * f, len(places) * places.sum(axis=0))))


def list_weights(position: Floats) -> Floats:
    """Return (L - r + 1) / L for each list and code, 0 where the code is not in the list."""
    length = (position > 0).sum(axis=1, keepdims=True)
    weights = (length - position + 1) / np.maximum(length, 1)
    return np.where(position > 0, weights, 0.0)


def _positions(table: pd.DataFrame) -> Floats:
    places: Floats = np.nan_to_num(table.to_numpy(dtype=float, na_value=0.0))
    for row, name in zip(places, table.index, strict=True):
        listed = np.sort(row[row != 0])
        if not np.array_equal(listed, np.arange(1, len(listed) + 1)):
            raise ArgumentError(
                f"list {name!r}: places must be 1, 2, … each once, 0 or missing elsewhere; got {listed}"
            )
    return places


def _per_code(table: pd.DataFrame, values: Floats) -> pd.Series[float]:
    import pandas as pd

    return pd.Series(values, index=table.columns, dtype=float)


def _unprompted(talk: Talk) -> NDArray[np.bool_]:
    return talk.named & ~talk.prompted & ~talk.echo


def _voices(talk: Talk) -> Floats:
    """Return each participant's share of each code's words, 0 where the code has none."""
    return np.nan_to_num(_ratio(talk.words_whole, talk.words_whole.sum(axis=0)))


def _unless_spoken(talk: Talk) -> Floats:
    """Return 0 for codes with words, NaN for others."""
    return np.where(talk.words_whole.sum(axis=0) > 0, 0.0, np.nan)


def _ratio(above: Floats, below: Floats) -> Floats:
    """Return a quotient, NaN where the denominator is 0."""
    below = np.broadcast_to(below, above.shape)
    quotient: Floats = np.divide(above, below, where=below > 0, out=np.full(above.shape, np.nan))
    return quotient


def _nowhere(talk: Talk, w: Floats) -> Floats:
    return np.full((len(w), len(talk.codes)), np.nan)
