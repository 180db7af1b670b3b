"""Reader of CLAN transcripts (CHAT, .cha): what was said, without the marks of the notation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from focus_analysis.io.draft import Draft, Segment, finding, in_order_of_time, normalise, refuse
from focus_analysis.io.header import header_values
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.speakers import bare_label
from focus_analysis.language.tokens import fold
from focus_analysis.schemas import Finding

_LINE = re.compile(r"^(?P<kind>[*@%])(?P<key>[^:\t\s]{1,40})[^:\t]{0,40}(?::\s?|\t|$)\s*(?P<text>.*)$", re.DOTALL)
_BULLET = re.compile(r"\x15(?:%snd:\S{0,200}?_)?(?P<start>\d{1,10})_(?P<end>\d{1,10})-?\x15")
_MARKS = (
    (re.compile(r"\[[^\[\]]*\]"), " "),  # [: replacement] [* error] [//] [=! laughs]
    (re.compile(r"\((?:\.+|\d[\d:.]*)\)"), " "),  # pauses
    (re.compile(r"(?<!\S)&[=*{}]\S*"), " "),  # &=laughs, &*EXA:mhm
    (re.compile(r"(?<!\S)&[-~+]?"), ""),  # &-um, &+fr: said, though no word
    (re.compile(r"(?<!\S)0\S*"), " "),  # 0is: not said
    (re.compile(r"(?<!\S)\+\.\.\.?"), "…"),  # trailing off
    (re.compile(r"(?<!\S)\+[^\s?!.]*(?=[?!.]?)"), ""),  # +/. +//? +" and other ends
    (re.compile(r"@[A-Za-z:$+&*-]+(?=\s|$|[.,?!])"), ""),  # word@s:eng
    (re.compile(r"(?<=\w)_(?=\w)"), " "),  # compounds
    (re.compile(r"(?<=\w):+(?=\w)|[<>()‡„↑↓⌈⌉⌊⌋≋≈∆°⁎♋☺∮↫ˈˌ⁇]"), ""),
    (re.compile(r"(?<!\s)\s++(?=[.,?!…])"), ""),
)
_MODERATES = {"investigator", "interviewer", "moderator", "experimenter"}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DATE = re.compile(r"^(\d{1,2})-([A-Z]{3})-(\d{4})$")
_MS = 1000.0


def read_cha(file: TranscriptFile) -> Draft:
    """Return the talk of a CLAN transcript; speakers by the names that its header gives them.

    An utterance is cut at the times inside it. Brackets, codes and what was not said are taken off, dependent tiers
    are left out and counted.

    Raises
    ------
    ReadError
        The file is empty, no text, or holds no main line (``*ABC:``).
    """
    text, encoding = file.read_text()
    names: dict[str, str] = {}
    header: dict[str, str] = {}
    segments: list[Segment] = []
    dependent: list[str] = []
    for kind, key, said in _lines(text):
        if kind == "*":
            segments += _pieces(names.get(key, key), said)
        elif kind == "%":
            dependent.append(key)
        elif fold(key) == "participants":
            names, moderators = _participants(said)
            header |= {"moderator": "; ".join(moderators)} if moderators else {}
        elif fold(key) == "date":
            header |= header_values([("Data", _iso(said))])
    if not segments:
        refuse("no_main_lines", file.name)
    return Draft("cha", in_order_of_time(segments), header, notes=_left_out(dependent, file.name), encoding=encoding)


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of the notation as (kind, key, text); a line that begins with a blank goes on with the last."""
    whole: list[str] = []
    for line in [*text.splitlines(), "@End"]:
        if line[:1].isspace() and whole:
            whole.append(line.strip())
            continue
        match = _LINE.match("\n".join(whole))
        if match:
            yield match["kind"], match["key"], match["text"]
        whole = [line]


def _participants(said: str) -> tuple[dict[str, str], list[str]]:
    """Return names by codes, and who moderates, of "SUB Anna Participant, EXA Jan Investigator"."""
    names, moderators = {}, []
    for person in said.replace("\n", " ").split(","):
        parts = person.split()
        if parts:
            code, *name, role = parts if len(parts) > 1 else (*parts, "")
            names[code] = bare_label(" ".join(name)) or code
            moderators += [names[code]] if fold(role) in _MODERATES else []
    return names, moderators


def _pieces(speaker: str, said: str) -> list[Segment]:
    """Return an utterance, cut at the times inside it."""
    pieces, place = [], 0
    for bullet in _BULLET.finditer(said):
        start_s, end_s = int(bullet["start"]) / _MS, int(bullet["end"]) / _MS
        pieces.append(Segment(speaker, _bare(said[place : bullet.start()]), start_s, end_s))
        place = bullet.end()
    return [*pieces, Segment(speaker, _bare(said[place:]))]


def _bare(said: str) -> str:
    """Return the words of an utterance without the marks of the notation."""
    text = normalise(said)
    for mark, instead in _MARKS:
        text = mark.sub(instead, text)
    return normalise(text)


def _iso(date: str) -> str:
    match = _DATE.match(date.strip().upper())
    return f"{match[3]}-{_MONTHS.index(match[2]) + 1:02}-{match[1]:0>2}" if match and match[2] in _MONTHS else date


def _left_out(dependent: list[str], file: str) -> tuple[Finding, ...]:
    if not dependent:
        return ()
    return (finding("tiers_left_out", "note", file, tiers=", ".join(f"%{key}" for key in dict.fromkeys(dependent))),)
