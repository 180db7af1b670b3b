"""Labels of speakers: how they are written, and what tells them from a colon in a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from focus_analysis.io.draft import Line
from focus_analysis.io.institutions import institution_of
from focus_analysis.language.morphology import is_finite_verb, is_name
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml

LONGEST_LABEL = 63
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,-]\d{1,3})?"
_TIME = rf"\\?[\[(#]?(?P<time>{_CLOCK})\\?[\])#]?"
_LEADING_TIME = re.compile(rf"^{_TIME}\s*[-–—:]?\s+(?=\S)")
_BRACKETED = re.compile(r"^\[(?P<label>[^\[\]]{1,63})\]\s*:?\s*(?P<text>.*)$", re.DOTALL)
_NOTE = r"(?:\((?P<note>[^()]{1,60})\))?"
_COLON = re.compile(
    rf"^(?P<label>[^:]{{1,63}}?)\s*{_NOTE}\s*(?:{_TIME}\s*)?:(?=\s|$|[^\d/])\s*(?P<text>.*)$", re.DOTALL
)
_DASH = re.compile(rf"^(?P<label>[^:–—]{{1,63}}?)\s*{_NOTE}\s*(?:{_TIME})?\s+[-–—]\s+(?P<text>.*)$", re.DOTALL)
_TIMED = re.compile(rf"^(?P<label>[^:]{{1,63}}?)\s*{_NOTE}[\s–—-]+{_TIME}(?:\s+(?P<text>.*))?$", re.DOTALL)
_ALONE = re.compile(rf"^(?P<label>[^:]{{1,63}}?)\s*{_NOTE}$")
_TEXT_TIME = re.compile(rf"^{_TIME}\s+(?=\S)")
_FORBIDDEN = re.compile(r"\s[-–—]\s|[,;!?…\"„”«»<>=*/\\|]|\.\s+[a-ząćęłńóśźż]")
_INITIAL = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ]\.?")
_COMMON = 0.6
_RECURRENT = 2
_FREQUENT = 3


@dataclass(frozen=True)
class Label:
    """A candidate for a speaker's label at the start of a line."""

    label: str
    text: str
    kind: str
    note: str = ""
    time_s: float | None = None
    bold: bool = False

    @property
    def key(self) -> str:
        """The label without case, dots and runs of spaces."""
        return label_key(self.label)


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


def find_label(line: Line) -> Label | None:
    """Return the label that the line may begin with, or None."""
    text, bold = line.text.strip(), line.bold
    time_s = None
    leading = _LEADING_TIME.match(text)
    if leading:
        time_s, text, bold = seconds(leading["time"]), text[leading.end() :], max(0, bold - leading.end())
    for kind, pattern in (
        ("bracket", _BRACKETED),
        ("timed", _TIMED),
        ("colon", _COLON),
        ("dash", _DASH),
        ("alone", _ALONE),
    ):
        match = pattern.match(text)
        if match and _has_shape(match["label"].strip()):
            return _label(kind, match, time_s, bold)
    return None


def _label(kind: str, match: re.Match[str], time_s: float | None, bold: int) -> Label:
    groups = match.groupdict()
    spoken = (groups.get("text") or "").strip()
    if groups.get("time"):
        time_s = seconds(groups["time"])
    inside = _TEXT_TIME.match(spoken) if kind in ("colon", "bracket") else None
    if inside:
        time_s, spoken = seconds(inside["time"]), spoken[inside.end() :]
    label = match["label"].strip()
    if kind == "alone" and time_s is not None:
        kind = "timed"
    return Label(label, spoken, kind, groups.get("note") or "", time_s, bold >= len(label))


def _has_shape(label: str) -> bool:
    if not label or len(label) > LONGEST_LABEL or len(label.split()) > 6 or _FORBIDDEN.search(label):
        return False
    return any(char.isalpha() for char in label) and (label[0].isalnum())


def matches(label: str, kind: str) -> bool:
    """Return whether the label has one of the forms of ``resources/speakers.toml`` (generic, moderator, unknown)."""
    return bool(_forms(kind).fullmatch(fold(" ".join(label.split()))))


@cache
def _forms(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in toml("speakers.toml")[kind]))


def is_generic(label: str) -> bool:
    """Return whether the label can only be a speaker's: R1, SPEAKER_00, Uczestniczka 2, Moderator."""
    return matches(label, "generic") or matches(label, "moderator")


def accepted_labels(candidates: Iterable[Label], known: Iterable[str]) -> tuple[set[tuple[str, str]], list[Label]]:
    """Weigh the candidates of one file and tell speakers from sentences.

    Parameters
    ----------
    candidates : iterable of Label
        What stands at the start of the file's lines.
    known : iterable of str
        Labels of the roster and of the moderator.

    Returns
    -------
    accepted : set of (key, kind)
        Which labels are speakers, and in which way of writing.
    rejected : list of Label
        Candidates with a colon that were taken for sentences, one of each.
    """
    found = list(candidates)
    counts = Counter((label.key, label.kind) for label in found)
    named = {label_key(label) for label in known}
    strong = {
        (label.key, label.kind)
        for label in found
        if label.key in named or _is_strong(label, counts[label.key, label.kind])
    }
    written = [label for label in found if label.kind != "alone"]
    covered = sum((label.key, label.kind) in strong for label in written)
    settled = bool(named) or covered >= _COMMON * max(1, len(written))
    weak = {
        (label.key, label.kind)
        for label in found
        if _is_weak(label, counts[label.key, label.kind], _FREQUENT if settled else _RECURRENT)
    }
    accepted = strong | weak
    rejected = {label.key: label for label in found if label.kind == "colon" and (label.key, "colon") not in accepted}
    return accepted, list(rejected.values())


def _is_strong(label: Label, count: int) -> bool:
    if not is_generic(label.label):
        return False
    if label.kind == "dash":
        return len(label.key) > 1 and count >= _RECURRENT
    return count >= _RECURRENT if label.kind == "alone" and not label.bold else True


def _is_weak(label: Label, count: int, enough: int) -> bool:
    if not _is_name_like(label.label):
        return False
    if label.bold and label.kind in ("colon", "alone"):
        return label.kind == "colon" or count >= _RECURRENT
    if label.kind == "timed":
        return count >= _RECURRENT or _is_capitalised(label.label)
    if label.kind == "colon":
        return count >= enough or (enough == _RECURRENT and _is_person(label.label))
    if label.kind == "bracket":
        return not _is_stage_note(label.label) and (count >= _RECURRENT or institution_of(label.label) is not None)
    if label.kind == "dash":
        return count >= _FREQUENT and (label.label.isupper() or institution_of(label.label) is not None)
    return count >= _FREQUENT and _is_person(label.label)


def _is_name_like(label: str) -> bool:
    words = label.split()
    if fold(words[0].rstrip(".")) in toml("speakers.toml")["not_speakers"]:
        return False
    if not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    return not any(is_finite_verb(word) for word in words)


def _is_person(label: str) -> bool:
    words = label.split()
    return institution_of(label) is not None or (_is_capitalised(label) and (len(words) > 1 or is_name(words[0])))


def _is_capitalised(label: str) -> bool:
    return all(_INITIAL.match(word) for word in label.split())


def _is_stage_note(label: str) -> bool:
    return fold(label).startswith(tuple(toml("speakers.toml")["stage_notes"]))
