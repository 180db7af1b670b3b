"""Labels of speakers: how they are written, and what tells them from a colon in a sentence."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from focus_analysis.io.draft import CELL, Line, normalise
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml

LONGEST_LABEL = 63
ENCLOSED = ("round", "angle", "arrow")
_LONGEST_S = 359_999
_REMEMBERED = 10_000
_MOST_WORDS, _MOST_WORDS_STRONG = 6, 12
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,-]\d{1,3})?"
_TIME = rf"\\?[\[(#]?(?P<time>{_CLOCK})\\?[\])#]?"
_LEADING_TIME = re.compile(rf"^{_TIME}\s*[-–—:]?\s+(?=\S)")
_BRACKETED = re.compile(r"^\[(?P<label>[^\[\]]{1,63})\]\s*:?\s*(?P<text>.*)$", re.DOTALL)
_NOTE = r"(?:[(\[](?!\d{1,2}:)(?P<note>[^()\[\]]{1,60})[)\]])?"
_ROUND = re.compile(r"^\((?P<label>[^()]{1,63})\)\s*:?\s*(?P<text>.*)$", re.DOTALL)
_ANGLE = re.compile(r"^<(?P<label>[^<>]{1,63})>\s*:?\s*(?P<text>.*)$", re.DOTALL)
_ARROW = re.compile(r"^(?P<label>[^<>]{1,63}?)\s?>\s*:?\s*(?P<text>.*)$", re.DOTALL)
_COLON = re.compile(
    rf"^(?P<label>[^:]{{1,63}}?)\s*{_NOTE}\s*(?:{_TIME}\s*)?:(?=\s|$|[^\d/])\s*(?P<text>.*)$", re.DOTALL
)
_DASH = re.compile(rf"^(?P<label>[^:–—]{{1,63}}?)\s*{_NOTE}\s*(?:{_TIME})?\s+[-–—]\s+(?P<text>.*)$", re.DOTALL)
_TIMED = re.compile(rf"^(?P<label>[^:]{{1,63}}?)\s*{_NOTE}[\s–—-]{{1,12}}{_TIME}(?:\s+(?P<text>.*))?$", re.DOTALL)
_ALONE = re.compile(rf"^(?P<label>[^:]{{1,63}}?)\s*{_NOTE}$")
_TEXT_TIME = re.compile(rf"^\\?[\[(#](?P<time>{_CLOCK})\\?[\])#]\s*(?=\S)")
_FORBIDDEN = re.compile(r"\s[-–—]\s|[,;!?…\"„”«»<>=*/\\|]|\.\s+[a-ząćęłńóśźż]")
_NUMBERED = re.compile(r"^(?:\d{1,3}[.)]|[-–—•*·▪●])\s+")
_CODED = re.compile(
    r"^(?P<label>\w{1,12}\s?\d{1,3}|Kobieta|Mężczyzna)\s*(?:,|/(?!\w{1,3}\d*\s*:))\s*(?P<note>[^:]{1,50}?)\s*:\s*(?P<text>.*)$",
    re.DOTALL,
)
_NAMED = re.compile(
    r"^(?P<label>[A-ZĆŁŚŹŻ]\w+(?:[ -][A-ZĆŁŚŹŻ]\w+){1,2}), (?P<note>[^:,]{2,50}?)\s*:\s+(?P<text>.*)$", re.DOTALL
)
_WITH_NOTE = re.compile(r"^(?P<label>[^()]{1,63}?)\s*\([^()]{1,60}\)$")
_TABBED = re.compile(r"^(?P<label>[^\t:]{1,63}?):?\t(?P<text>.+)$", re.DOTALL)


class Label(NamedTuple):
    """A candidate for a speaker's label at the start of a line."""

    label: str
    text: str
    kind: str
    note: str = ""
    time_s: float | None = None
    bold: bool = False
    line: int = 0
    style: str = ""

    @property
    def key(self) -> str:
        """The label without case, dots and runs of spaces."""
        return label_key(self.label)


@lru_cache(maxsize=_REMEMBERED)
def label_key(label: str) -> str:
    """Return what two spellings of one label share.

    Examples
    --------
    >>> label_key("MOD. ") == label_key("Mod")
    True
    """
    return " ".join(label.replace(".", " ").split()).casefold()


def seconds(clock: str) -> float:
    """Return a clock time ("00:12:31.5", "12:31") in seconds.

    Examples
    --------
    >>> seconds("00:12:31,500")
    751.5
    """
    parts = clock.replace(",", ".").replace("-", ".").split(":")
    return sum(float(part) * 60.0**place for place, part in enumerate(reversed(parts)))


def clock(seconds: float) -> str:
    """Return seconds as people write a time before a turn.

    Examples
    --------
    >>> clock(7503.5)
    '02:05:03.500'

    Raises
    ------
    ValueError
        It is no time within a hundred hours.
    """
    if not 0 <= seconds < _LONGEST_S:
        raise ValueError(f"no time within a hundred hours: {seconds}")
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"


_KINDS = (  # kind, a sign that the line must have, and the whole pattern
    ("bracket", "[", _BRACKETED),
    ("round", "(", _ROUND),
    ("angle", "<", _ANGLE),
    ("arrow", ">", _ARROW),
    ("tab", "\t", _TABBED),
    ("timed", ":", _TIMED),
    ("colon", ":", _CODED),
    ("named", ":", _NAMED),
    ("colon", ":", _COLON),
    ("dash", " ", _DASH),
    ("alone", "", _ALONE),
)


def find_label(line: Line) -> Label | None:
    """Return the label that the line may begin with, or None."""
    if CELL in line.text:
        return None
    text, bold = line.text.strip().replace("：", ":"), line.bold
    time_s = None
    leading = _LEADING_TIME.match(text)
    if leading:
        time_s, text, bold = seconds(leading["time"]), text[leading.end() :], max(0, bold - leading.end())
    unnumbered = _NUMBERED.sub("", text)
    if unnumbered != text:
        found = _match_label(unnumbered, time_s, bold, line)
        if found and is_form(found.label) and not found.label.isdecimal():
            return found
    found = _match_label(text, time_s, bold, line)
    if bold and (found is None or found.kind == "alone"):
        found = _bold_label(text, time_s, bold, line) or found
    return found


def _match_label(text: str, time_s: float | None, bold: int, line: Line) -> Label | None:
    for kind, sign, pattern in _KINDS:
        if sign in text and (match := pattern.match(text)):
            if pattern is _CODED and is_form(match["note"]):  # "R1, R2: …": two people
                continue
            label = _bare(match["label"])
            if _has_shape(label, kind, bold >= len(text)):
                return _label(label, kind, match, time_s, bold, line)
    return None


def _bold_label(text: str, time_s: float | None, bold: int, line: Line) -> Label | None:
    """Return the bold words before others that are not, where nothing else parts them."""
    label, spoken = text[:bold].strip(), text[bold:].strip()
    if not label or not spoken or spoken.startswith("(") or not _has_shape(label, "strong"):
        return None
    return Label(label, spoken, "strong", "", time_s, True, line.number, line.style)


@lru_cache(maxsize=_REMEMBERED)
def bare_label(text: str) -> str:
    """Return a speaker's label without a colon, and without the brackets after a form such as R1.

    Examples
    --------
    >>> bare_label("R1 (K, 45 l.):"), bare_label("Anna (GOPS)")
    ('R1', 'Anna (GOPS)')
    """
    label = normalise(text).rstrip(":").strip()
    short = without_note(label)
    return short if is_form(short) else label


def without_note(label: str) -> str:
    """Return a label without what stands in brackets after it.

    Examples
    --------
    >>> without_note("Wójt (Jan Kos)")
    'Wójt'
    """
    match = _WITH_NOTE.match(label)
    return match["label"] if match else label


def is_form(label: str) -> bool:
    """Return whether a label has a form that speakers' labels have: R1, Uczestniczka 2, M, Moderator."""
    return matches(label, "generic") or matches(label, "moderator")


def is_nobody(label: str) -> bool:
    """Return whether a label stands for somebody unknown, or for several people at once."""
    return matches(label, "unknown") or matches(label, "several")


def _label(label: str, kind: str, match: re.Match[str], time_s: float | None, bold: int, line: Line) -> Label:
    groups = match.groupdict()
    spoken = (groups.get("text") or "").strip()
    if groups.get("time"):
        time_s = seconds(groups["time"])
    inside = _TEXT_TIME.match(spoken) if kind in ("colon", "bracket", "tab") else None
    if inside:
        time_s, spoken = seconds(inside["time"]), spoken[inside.end() :]
    if kind == "alone" and time_s is not None:
        kind = "timed"
    note = groups.get("note") or ""
    return Label(label, spoken, kind, note, time_s, bold >= len(label), line.number, line.style)


@lru_cache(maxsize=_REMEMBERED)
def _bare(label: str) -> str:
    stripped = _interjects().sub("", label.strip())
    inner = stripped.strip("„”\"'*").strip()
    return inner if is_form(inner) else stripped


def _has_shape(label: str, kind: str, strong: bool = False) -> bool:
    """Return whether words have the shape of a label; a line that is bold as a whole (strong) may have more words."""
    if not label or len(label) > LONGEST_LABEL or len(label.split()) > (_MOST_WORDS_STRONG if strong else _MOST_WORDS):
        return False
    if kind in ENCLOSED and not (label[0].isupper() and (kind == "angle" or is_form(label))):
        return False
    if matches(label, "generic") or is_nobody(label) or (kind == "colon" and label.isdecimal()):
        return True
    return not _FORBIDDEN.search(label) and label[0].isalnum() and any(char.isalpha() for char in label)


@lru_cache(maxsize=_REMEMBERED)
def matches(label: str, kind: str) -> bool:
    """Return whether the label has a form of ``resources/speakers.toml``: generic, moderator, unknown or several."""
    return bool(_forms(kind).fullmatch(fold(" ".join(label.split()))))


@cache
def _interjects() -> re.Pattern[str]:
    words = "|".join(toml("speakers.toml")["interjects"])
    return re.compile(rf"(?<=\S)\s+(?:{words})$", re.IGNORECASE)


@cache
def _forms(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in toml("speakers.toml")[kind]))
