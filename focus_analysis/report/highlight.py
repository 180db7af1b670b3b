"""A transcript with its codings marked: in a notebook, or as a page of its own."""

from __future__ import annotations

import html
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODES, CODINGS, StudyTables, check, rows

if TYPE_CHECKING:
    import pandas as pd

_COLOURS = ("#cfe8f7", "#fde0c5", "#d5efe3", "#f3d9e8", "#fff3b8", "#e2def3", "#dfe8d0", "#f6d5d0")
_MARK = {"affirmed": "", "denied": "✗ ", "hypothetical": "? "}
_PAGE = (
    '<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    "</head><body>{body}</body></html>"
)


@dataclass(frozen=True)
class Highlighted:
    """A marked transcript: shows itself in a notebook; ``page`` is the HTML of a page of its own."""

    title: str
    body: str
    lang: str

    @property
    def page(self) -> str:
        """The transcript as a whole HTML page."""
        return _PAGE.format(lang=self.lang, title=html.escape(self.title), body=self.body)

    def _repr_html_(self) -> str:
        return self.body


def highlight(
    study: StudyTables, codings: pd.DataFrame, session_id: str, codes: pd.DataFrame | None = None, lang: str = "pl"
) -> Highlighted:
    """Mark the codings of one session in its words.

    Parameters
    ----------
    study : StudyTables
        Such as a Corpus.
    codings : DataFrame, schema ``CODINGS``
        What to mark; ✗ is denied, ? is hypothetical. A code keeps its colour; where there are more codes than
        colours, the codes of a group share one.
    session_id : str
        Which session.
    codes : DataFrame, schema ``CODES``, optional
        Names of the codes; without it their ids are shown.
    lang : {"pl", "en"}
        Language of the names.

    Raises
    ------
    ArgumentError
        Something else stands for the study, no session has this id, or there is no such language.
    """
    if not hasattr(study, "turns"):
        raise ArgumentError(f"highlight: a Corpus is needed, as read_corpus returns it; not a {type(study).__name__}")
    said, given = labels.check_language(lang), check(codings, CODINGS)
    codes = None if codes is None else check(codes, CODES)
    turns = study.turns
    spoken = turns[turns["session_id"] == session_id]
    if spoken.empty:
        raise ArgumentError(f"no session {session_id!r}; there are: {', '.join(study.sessions['session_id'])}")
    given = given[given["session_id"] == session_id]
    names = {} if codes is None else dict(zip(codes["code"], codes[f"label_{said}"], strict=True))
    colours = _colours(sorted(given["code"].unique()), codes)
    by_turn = {turn: rows(part) for turn, part in given.groupby("turn")}
    body = "".join(_turn(turn, by_turn.get(turn.turn, []), names, colours) for turn in rows(spoken))
    legend = " ".join(_tag(names.get(code, code), colours[code]) for code in colours)
    return Highlighted(session_id, f"<p>{legend}</p><table>{body}</table>", said)


def _colours(present: list[str], codes: pd.DataFrame | None) -> dict[str, str]:
    """Return the colour of each code, or of its group where there are too many; the codes of a group together."""
    group_of = (
        {} if codes is None or len(present) <= len(_COLOURS) else dict(zip(codes["code"], codes["group"], strict=True))
    )
    sharing: dict[str, list[str]] = {}
    for code in present:
        sharing.setdefault(group_of.get(code, code), []).append(code)
    return {code: _COLOURS[place % len(_COLOURS)] for place, of in enumerate(sharing.values()) for code in of}


def _turn(turn: Any, codings: list[Any], names: dict[str, str], colours: dict[str, str]) -> str:
    return (
        f"<tr><td style='vertical-align:top'>{turn.turn}</td>"
        f"<td style='vertical-align:top;white-space:nowrap'><b>{html.escape(turn.speaker)}</b></td>"
        f"<td style='text-align:left;line-height:1.7'>{_marked(turn.text, codings, names, colours)}</td></tr>"
    )


def _marked(text: str, codings: list[Any], names: dict[str, str], colours: dict[str, str]) -> str:
    """Return the text escaped, a stretch marked in the colour of its shortest coding, each coding named at its end."""
    edges = sorted({0, len(text), *(edge for coding in codings for edge in (coding.start, coding.end))})
    parts = []
    for start, end in pairwise(edges):
        over = [coding for coding in codings if coding.start <= start and end <= coding.end]
        piece = html.escape(text[start:end])
        ending = [coding for coding in over if coding.end == end]
        tags = "".join(
            f"<sub>{_tag(_MARK[coding.status] + names.get(coding.code, coding.code), colours[coding.code])}</sub>"
            for coding in ending
        )
        colour = colours[min(over, key=lambda coding: coding.end - coding.start).code] if over else ""
        parts.append(f"<mark style='background:{colour}'>{piece}</mark>{tags}" if over else piece)
    return "".join(parts)


def _tag(name: str, colour: str) -> str:
    return (
        f"<span style='background:{colour};border-radius:3px;padding:0 .3em;font-size:.8em'>{html.escape(name)}</span>"
    )
