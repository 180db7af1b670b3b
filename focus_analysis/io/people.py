"""Who speaks in a session: role, institution, and whether a roster names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from focus_analysis.io.draft import Draft, RosterEntry, finding
from focus_analysis.io.institutions import institution_of
from focus_analysis.io.speakers import is_nobody, label_key, matches
from focus_analysis.schemas import Finding

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Person:
    """A row of the speakers table, without its counts."""

    speaker: str
    role: str
    institution: str | None
    in_roster: bool


def people_of(draft: Draft, roster: tuple[RosterEntry, ...], file: str) -> tuple[list[Person], list[Finding]]:
    """Return the speakers of a draft, in roster order and then in order of speech, and what was noticed.

    A role that the roster states wins. Else, where a moderator is known, the other labelled speakers are
    participants; where none is, all are unknown.
    """
    entries = {label_key(entry.label): entry for entry in roster}
    spoken = list(dict.fromkeys(speaker or UNKNOWN for speaker in dict.fromkeys(draft.segments.speakers)))
    labels = [entry.label for entry in roster]
    others: dict[str, str] = {}
    for label in spoken:
        others.setdefault(label_key(label), label)
    labels += [label for key, label in others.items() if key not in entries]
    moderators = _moderators(labels, entries, draft.header.get("moderator", ""))
    known = bool(moderators) or any(entry.role == "moderator" for entry in roster)
    people, notes = [], []
    for label in labels:
        entry = entries.get(label_key(label))
        role = _role(label, entry, moderators, known)
        institution = _institution(label, entry, role)
        people.append(Person(label, role, institution, entry is not None))
        if entry and entry.institution and not institution and role == "participant":
            notes.append(finding("institution_unknown", "warning", file, label, institution=entry.institution))
    return people, [*notes, *_notes(people, spoken, file)]


def spelling(people: Iterable[Person]) -> dict[str, str]:
    """Return the label under which each spelling of it stands in the tables."""
    return {label_key(person.speaker): person.speaker for person in people}


def _moderators(labels: list[str], entries: dict[str, RosterEntry], header: str) -> set[str]:
    named = {label_key(part) for part in header.replace(";", ",").split(",") if part.strip()}
    stated = named & {label_key(label) for label in labels}
    if stated:
        return stated
    free = [label for label in labels if not (label_key(label) in entries and entries[label_key(label)].role)]
    formed = [label for label in free if matches(label, "moderator")]
    explicit = {label_key(label) for label in formed if len(label_key(label)) > 1}
    return explicit or {label_key(label) for label in formed}


def _role(label: str, entry: RosterEntry | None, moderators: set[str], known: bool) -> str:
    if entry and entry.role:
        return entry.role
    if label_key(label) in moderators:
        return "moderator"
    if not known or is_nobody(label):
        return UNKNOWN
    return "participant"


def _institution(label: str, entry: RosterEntry | None, role: str) -> str | None:
    if role == "moderator":
        return None
    return institution_of(entry.institution if entry and entry.institution else label)


def _notes(people: list[Person], spoken: list[str], file: str) -> list[Finding]:
    heard = {label_key(label) for label in spoken}
    roles = {person.role for person in people if label_key(person.speaker) in heard}
    if heard == {label_key(UNKNOWN)}:
        return [finding("no_speakers", "warning", file)]
    notes = []
    if roles == {"moderator"}:
        notes.append(finding("only_moderator", "warning", file))
    if "moderator" not in roles:
        shown = ", ".join(spoken[:12])
        severity = "warning" if UNKNOWN in roles else "note"
        line = f"{quoted(file)},{quoted(spoken[0])},moderator"
        notes.append(finding("no_moderator", severity, file, labels=shown, line=line))
    several = [person.speaker for person in people if person.role == UNKNOWN and matches(person.speaker, "several")]
    if several:
        notes.append(finding("group_voices", "note", file, several[0], labels="; ".join(several)))
    has_roster = any(person.in_roster and person.role == "participant" for person in people)
    if not has_roster and "participant" in roles:
        notes.append(finding("no_roster", "warning", file, n=sum(person.role == "participant" for person in people)))
    if has_roster:
        notes += [
            finding("not_in_roster", "warning", file, person.speaker, label=person.speaker)
            for person in people
            if not person.in_roster and person.role == "participant"
        ]
    return notes


def quoted(cell: str) -> str:
    """Return a cell as a line of csv has it.

    Examples
    --------
    >>> quoted("Kos, Jan"), quoted("R1")
    ('"Kos, Jan"', 'R1')
    """
    return f'"{cell}"' if "," in cell else cell
