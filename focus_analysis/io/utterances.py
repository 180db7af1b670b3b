"""Readers of XML in which utterances say whose they are: TEI, parliamentary XML, Transcriber; and ELAN by its root."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from focus_analysis.io.draft import Draft, Segment, Segments, in_order_of_time, normalise, refuse
from focus_analysis.io.header import header_values
from focus_analysis.io.markup import local_name, parse_xml
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.speakers import bare_label, without_note
from focus_analysis.io.tiers import read_eaf

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_WHO = ("who", "speaker", "by")
_NOT_SPOKEN = {
    *("note", "head", "stage", "incident", "kinesic", "vocal", "pause", "shift", "gap", "desc", "figure", "speaker"),
    *("teiHeader", "meta", "listPerson", "standOff", "spanGrp", "linkGrp", "back", "front"),
}
_REACTIONS = {"reaction", "reactions", "applause", "stage"}
_CHAIR = "#chair"
_WORDS = {"w", "pc"}
_BLOCKS = {"seg", "s", "p", "ab", "u", "utt", "l", "lg", "lb", "div"}


def read_xml(file: TranscriptFile) -> Draft:
    """Return the talk of an XML file: its root says which program or edition it is of.

    Raises
    ------
    ReadError
        The file is empty, too large, broken, or of a kind in which no element says who speaks.
    """
    root = parse_xml(file.read_bytes(), file)
    kind = local_name(root)
    if kind == "ANNOTATION_DOCUMENT":
        return read_eaf(root, file)
    return _read_trs(root, file) if kind == "Trans" else _read_edition(root, file)


def _read_trs(root: Any, file: TranscriptFile) -> Draft:
    """Return the talk of Transcriber: turns parted by times, and by a number where several people speak at once."""
    names = {one.get("id"): bare_label(one.get("name") or one.get("id") or "") for one in root.iter("Speaker")}
    segments = []
    for turn in root.iter("Turn"):
        present = (turn.get("speaker") or "").split()
        speakers = [names.get(key, key) for key in present]
        speaker, start_s = speakers[0] if speakers else None, _seconds(turn.get("startTime"))
        pieces = [Segment(speaker, normalise(turn.text or ""), start_s)]
        for mark in turn:
            if local_name(mark) == "Sync":
                start_s = _seconds(mark.get("time"))
            elif local_name(mark) == "Who":
                number = int(mark.get("nb")) if (mark.get("nb") or "").isdecimal() else 1
                speaker = speakers[number - 1] if 0 < number <= len(speakers) else speaker
            pieces.append(Segment(speaker, normalise(mark.tail or ""), start_s))
        segments += _ended(pieces, _seconds(turn.get("endTime")))
    return Draft(file.suffix.lstrip("."), in_order_of_time(segments))


def _ended(pieces: list[Segment], end_s: float | None) -> list[Segment]:
    """Let each piece of a turn end where a later one starts, the last one with the turn."""
    ended = []
    for place, piece in enumerate(pieces):
        later = (other.start_s for other in pieces[place + 1 :] if other.start_s != piece.start_s)
        ended.append(Segment(piece.speaker, piece.text, piece.start_s, next(later, end_s)))
    return ended


@dataclass
class _Edition:
    """What an edition says of its speakers: names by id, names put before utterances, who takes the chair."""

    names: dict[str, str]
    announced: dict[str, str] = field(default_factory=dict)
    chairs: list[str] = field(default_factory=list)
    last_note: str = ""


class _Piece(NamedTuple):
    """A stretch of text, whose it is, and the element that says so."""

    speaker: str
    text: str
    owner: Any


def _read_edition(root: Any, file: TranscriptFile) -> Draft:
    """Return the talk of TEI, or of any XML whose elements say in who, speaker or by whose they are."""
    edition = _Edition(_persons(root), chairs=_chairs(root))
    times = _timeline(root)
    segments = []
    for _, run in groupby(_spoken(root, "", None, edition), key=lambda piece: (id(piece.owner), piece.speaker)):
        pieces = list(run)
        start_s, end_s = (times.get((pieces[0].owner.get(end) or "").lstrip("#")) for end in ("start", "end"))
        text = normalise("".join(piece.text for piece in pieces))
        segments += [Segment(pieces[0].speaker, text, start_s, end_s)] if text else []
    if not segments:
        refuse("unknown_xml", file.name, root=local_name(root)[:60])
    short = {key: without_note(name) for key, name in edition.announced.items()}
    shown = _unshared(edition.announced) | _unshared(short) | edition.names
    named = (segment._replace(speaker=shown.get(segment.speaker or "", segment.speaker)) for segment in segments)
    header = header_values([("Data", _date(root))])
    if edition.chairs:
        header["moderator"] = "; ".join(dict.fromkeys(shown.get(key, key) for key in edition.chairs))
    return Draft(file.suffix.lstrip("."), Segments.of(named), header)


def _unshared(names: dict[str, str]) -> dict[str, str]:
    """Return the names that one person has alone; people who share one keep their ids."""
    shared = Counter(names.values())
    return {key: name for key, name in names.items() if shared[name] == 1}


def _persons(root: Any) -> dict[str, str]:
    """Return the names that the header of an edition gives to the ids of people."""
    found = {}
    for person in root.iter("{*}person"):
        name = next(map(_name, person.iter("{*}persName")), "")
        if person.get(_ID) and name:
            found[person.get(_ID)] = bare_label(name)
    return found


def _chairs(root: Any) -> list[str]:
    """Return the ids of the people whose role in the header is to moderate."""
    return [person.get(_ID) for person in root.iter("{*}person") if person.get("role") == "moderator"]


def _name(element: Any) -> str:
    """Return a name as people say it: forenames first, where its parts are marked."""
    parts = [*element.iter("{*}forename"), *element.iter("{*}surname")]
    return normalise(" ".join("".join(part.itertext()) for part in parts or [element]))


def _timeline(root: Any) -> dict[str, float]:
    """Return the seconds of the points of an edition's timeline."""
    points = {when.get(_ID): _seconds(when.get("interval")) for when in root.iter("{*}when")}
    return {key: seconds for key, seconds in points.items() if key and seconds is not None}


def _date(root: Any) -> str:
    dates = (date.get("when") or "" for place in root.iter("{*}settingDesc") for date in place.iter("{*}date"))
    return next(filter(None, dates), "")


def _spoken(element: Any, speaker: str, owner: Any, edition: _Edition) -> Iterator[_Piece]:
    """Yield what is said in an element and below, each piece with the nearest speaker above it."""
    name = local_name(element)
    if name == "note" and element.get("type") == "speaker":
        edition.last_note = bare_label("".join(element.itertext()))
    if name in _NOT_SPOKEN or element.get("t") in _REACTIONS or element.get("type") in _REACTIONS:
        return
    if said_by := _speaker_of(element):
        speaker, owner = said_by, element
        _introduce(said_by, element, edition)
    if speaker:
        yield _Piece(speaker, element.text or "", owner)
    for child in element:
        yield from _spoken(child, speaker, owner, edition)
        if speaker:
            yield _Piece(speaker, _after(child), owner)


def _after(element: Any) -> str:
    """Return what follows an element: words marked one by one stand apart unless they say that they are joined."""
    name = local_name(element)
    if name in _WORDS:
        return "" if element.get("join") in ("right", "both") else " "
    return f" {element.tail or ''}" if name in _BLOCKS else element.tail or ""


def _speaker_of(element: Any) -> str:
    stated = next((element.get(key) for key in _WHO if element.get(key)), "")
    if not stated and local_name(element) == "sp":
        stated = next(("".join(child.itertext()) for child in element if local_name(child) == "speaker"), "")
    return bare_label(stated.split()[0].lstrip("#") if stated.startswith("#") else stated).rstrip(".")


def _introduce(speaker: str, element: Any, edition: _Edition) -> None:
    if edition.last_note:
        edition.announced.setdefault(speaker, edition.last_note)
        edition.last_note = ""
    if _CHAIR in (element.get("ana") or "").split():
        edition.chairs.append(speaker)


def _seconds(value: str | None) -> float | None:
    try:
        found = float(value or "nan")
    except ValueError:
        return None
    return found if 0 <= found < float("inf") else None
