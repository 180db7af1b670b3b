"""Which of the labels found are speakers: the roster, recurrence, form, and the company that they keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from focus_analysis.io.institutions import institution_of
from focus_analysis.io.speakers import ENCLOSED, Label, is_form, is_nobody, label_key, matches
from focus_analysis.language.morphology import is_finite_verb, is_name, is_thing
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml

_MOSTLY = 0.6
_RECURRENT, _FREQUENT = 2, 3
_ROSTER = 2
_LONGEST_PREFIX = 3
_LONGEST_SHORTENED = 6
_LONGEST_CHORUS, _LONGEST_CRY = 12, 6
_DASH = re.compile(r"\s[-–—]\s")
_REMEMBERED = 10_000
_INITIAL = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ]\.?")
_NUMBERED = re.compile(r"^(?P<family>\D*?)[ ._-]*(?:nr\.?|numer)?[ .]*\d{1,3}\??$", re.IGNORECASE)
_QUOTED = ("„", '"', "“", "«", "'")
_MODERATORS = ("m", "mod", "moderator", "moderatorka", "prowadzacy", "prowadzaca", "badacz", "badaczka")
STYLED = "styled"
_MARKED = ("colon", "bracket", "timed", "tab")


class Evidence:
    """What one file tells of its labels.

    Parameters
    ----------
    candidates : iterable of Label
        What stands at the start of the file's lines.
    known : iterable of str
        Labels that a roster, or the header, names.
    """

    def __init__(self, candidates: Iterable[Label], known: Iterable[str]) -> None:
        self.candidates = list(candidates)
        self.known = {label_key(label) for label in known}
        self.counts = Counter((label.key, label.kind) for label in self.candidates)
        self.families = Counter((_family(label.label), label.kind) for label in self.candidates)
        self.families_anyhow = Counter(_family(label.label) for label in self.candidates)
        self.kinds = Counter(label.kind for label in self.candidates)
        self.different = Counter(kind for _, kind in self.counts)
        self.n_marked_forms = sum(label.kind in _MARKED and is_form(label.label) for label in self.candidates)
        self.signs = (*_MARKED, "dash") if self._writes_dashes() else _MARKED
        self.told_of = {label.key for label in self.candidates if label.kind == "dash" and _tells(label.text)}
        written = [label for label in self.candidates if label.kind != "alone"]
        strong = sum(label.key in self.known or self._is_form(label) for label in written)
        self.settled = len(self.known) >= _ROSTER or strong >= _MOSTLY * max(1, len(written))

    def accepts(self, label: Label) -> bool:
        """Return whether a label is a speaker's."""
        if label.key in self.known:
            return True
        if label.kind == STYLED:
            return is_name_like(label.label)
        if label.kind in ENCLOSED:
            return self._is_enclosed(label)
        if is_nobody(label.label) and (label.kind in self.signs or not label.label.isalpha()):
            return label.kind in self.signs and self._is_said(label)
        if is_form(label.label) or label.label.isdecimal():
            return self._is_form(label)
        return self._is_named(label)

    def _writes_dashes(self) -> bool:
        """Return whether a dash is what parts speakers from words in this file: several people's forms have it."""
        dashed = [label for label in self.candidates if label.kind == "dash" and is_form(label.label)]
        people = {label.key for label in dashed if self._is_form(label)}
        return len(people) >= _RECURRENT and len(dashed) > self.n_marked_forms

    def _is_form(self, label: Label) -> bool:
        """Weigh a label that is a number, a letter with a number, or a word for a person."""
        recurrent = self.counts[label.key, label.kind] >= _RECURRENT
        if matches(label.label, "moderator") and (len(label.key) > 1 or label.kind in _MARKED):
            return label.kind in _MARKED or label.bold or recurrent
        family = _family(label.label)
        if family in toml("speakers.toml")["numbered_things"]:
            return False
        if family.isdecimal() or not family:
            return self.families[family, label.kind] >= _FREQUENT
        if label.kind in ("dash", "alone") and not label.bold:
            return self.families[family, label.kind] >= _RECURRENT and (family != "1" or recurrent)
        if label.text.startswith(_QUOTED) and not recurrent:
            return False
        if len(family) > _LONGEST_PREFIX and label.kind == "colon":
            return True
        return self.families_anyhow[family] >= _RECURRENT or not self._others(family)

    def _is_enclosed(self, label: Label) -> bool:
        """Weigh a label in brackets or before an arrow: so the file must write its speakers, and several of them."""
        n_alike = self.kinds[label.kind]
        if self.different[label.kind] == 1 or n_alike < _MOSTLY * (n_alike + self.n_marked_forms):
            return False
        if is_form(label.label):
            return self.families[_family(label.label), label.kind] >= _RECURRENT
        is_name = is_name_like(label.label) and is_person(label.label) and not _is_stage_note(label.label)
        return is_name and self.counts[label.key, label.kind] >= _RECURRENT

    def _is_said(self, label: Label) -> bool:
        """Weigh a word such as "Wszyscy": it is a speaker's where what follows is short, or where it comes again.

        After a dash all that follows must be short, for a sentence may begin so: "Wszyscy – i starzy, i młodzi – …".
        """
        if label.kind == "dash":
            return label.key not in self.told_of
        is_word = label.label.isalpha() and self.counts[label.key, label.kind] < _RECURRENT
        return not is_word or len(label.text.split()) <= _LONGEST_CHORUS

    def _others(self, family: str) -> bool:
        """Return whether numbered labels of another family are the rule in this file."""
        others = (count for other, count in self.families_anyhow.items() if other not in (family, "", *_MODERATORS))
        return max(others, default=0) >= _RECURRENT or len(self.known) >= _ROSTER

    def _is_named(self, label: Label) -> bool:
        """Weigh a label that is a name, a role, or only words before a colon."""
        if not is_name_like(label.label):
            return False
        count = self.counts[label.key, label.kind]
        person = is_person(label.label)
        if label.bold and label.kind in ("colon", "tab"):
            return True
        if label.kind == "bracket":
            return not _is_stage_note(label.label) and (count >= _RECURRENT or institution_of(label.label) is not None)
        if label.kind == "colon":
            return self._is_before_colon(label, count, person)
        if label.kind == "named":
            return count >= _RECURRENT and person
        if label.kind in ("timed", "tab") or (label.bold and label.kind != "strong"):
            return count >= _RECURRENT
        if label.kind == "strong":
            return count >= (_RECURRENT if person else _FREQUENT)
        if label.kind == "dash":
            return count >= _FREQUENT and (label.label.isupper() or person)
        return count >= _FREQUENT and person

    def _is_before_colon(self, label: Label, count: int, person: bool) -> bool:
        if person:
            quoted = label.text.startswith(_QUOTED)
            return count >= _RECURRENT or not (quoted or len(self.known) >= _ROSTER)
        if any(is_thing(word) for word in label.label.split()):
            return False
        return count >= (_FREQUENT if self.settled else _RECURRENT)


def with_styles(candidates: Sequence[Label | None]) -> list[Label | None]:
    """Return candidates of which those in the style in which a document writes its speakers are of a kind of their own.

    It is a style of bold lines of their own of which several come again, as only speakers do.
    """
    alone = [label for label in candidates if label and label.kind == "alone" and label.bold and label.style]
    counts = Counter((label.key, label.style) for label in alone)
    again = Counter(label.style for label in alone if counts[label.key, label.style] >= _RECURRENT)
    styled = {id(label) for label in alone if again[label.style] >= _FREQUENT}
    return [label._replace(kind=STYLED) if label and id(label) in styled else label for label in candidates]


def accepted_labels(candidates: Iterable[Label], known: Iterable[str]) -> tuple[set[tuple[str, str]], list[Label]]:
    """Tell speakers from sentences.

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
        Candidates with a colon, or with a form of a speaker, that were taken for sentences, one of each.
    """
    evidence = Evidence(candidates, known)
    accepted = {(label.key, label.kind) for label in evidence.candidates if evidence.accepts(label)}
    left = [label for label in evidence.candidates if (label.key, label.kind) not in accepted]
    rejected = {label.key: label for label in left if label.kind == "colon" or looks_like_speaker(label)}
    return accepted, list(rejected.values())


def looks_like_speaker(label: Label) -> bool:
    """Return whether a label that was not accepted has the look of a person's, so that somebody should look."""
    if label.kind in ("dash", "alone") or _family(label.label) in toml("speakers.toml")["numbered_things"]:
        return False
    return is_name_like(label.label) and (is_person(label.label) or matches(label.label, "generic"))


@lru_cache(maxsize=_REMEMBERED)
def is_name_like(label: str) -> bool:
    """Return whether a label could be a name: capitalised, no finite verb, no sentence's beginning or end in it."""
    words = label.split()
    first = words[0].rstrip(".")
    if len(first) > 1 and fold(first) in toml("speakers.toml")["not_speakers"]:
        return False
    if not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    if any(word.endswith(".") and len(word) > _LONGEST_SHORTENED for word in words[:-1]):
        return False
    return not any(is_finite_verb(word) for word in words)


@lru_cache(maxsize=_REMEMBERED)
def is_person(label: str) -> bool:
    """Return whether a label names somebody: an office, a title, a first name, initials, a full name."""
    words = label.split()
    if institution_of(label) is not None or fold(words[0]) in toml("speakers.toml")["titles"]:
        return True
    capitalised = all(_INITIAL.match(word) for word in words)
    return capitalised and (len(words) > 1 or is_name(words[0]) or (label.isupper() and len(label) <= 4))


@lru_cache(maxsize=_REMEMBERED)
def _family(label: str) -> str:
    """Return what numbered labels share: "r" for R1 and R12, "1" for single letters, "" for other words."""
    folded = fold(label)
    match = _NUMBERED.match(folded)
    if match:
        return match["family"].strip() or "0"
    if len(folded) == 1 and not matches(label, "moderator"):
        return "1"
    return folded if is_form(label) else ""


def _tells(text: str) -> bool:
    """Return whether what follows a dash is a sentence rather than a cry."""
    return len(text.split()) > _LONGEST_CRY or _DASH.search(text) is not None


def _is_stage_note(label: str) -> bool:
    return fold(label).startswith(tuple(toml("speakers.toml")["stage_notes"]))
