"""Shapes of speech recognisers' json, as ``resources/vendors.toml`` describes them."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from focus_analysis.io.draft import Segment, normalise
from focus_analysis.io.speakers import bare_label, seconds
from focus_analysis.resources import toml

_BEFORE_STOP = re.compile(r"(?<!\s)\s++(?=[.,;:?!…](?:\s|$))")
_DEFAULTS = {"span_speaker": "speaker_label", "span_start": "start_time", "span_end": "end_time"}
Json = dict[str, Any]


def vendor_segments(content: Any) -> list[Segment] | None:
    """Return the words of the first shape that fits, words of one speaker in a row joined; None where none fits."""
    for shape in toml("vendors.toml")["shapes"]:
        if all(values_at(content, path) for path in shape["needs"]):
            return _segments(content, shape)
    return None


def _segments(content: Any, shape: dict[str, Any]) -> list[Segment]:
    unit = float(shape.get("unit", 1))
    words = [word for word in values_at(content, shape["words"]) if isinstance(word, dict)]
    spans = _spans(content, shape)
    named = names_of_people(content)
    spoken = []
    last: str | None = None
    for word in words:
        start_s = time_at(word, shape.get("start"), unit)
        stated = text_at(word, shape.get("speaker"))
        speaker = stated or (_span_speaker(spans, start_s) if start_s is not None else None) or last
        last = speaker
        end_s = time_at(word, shape.get("end"), unit)
        length = time_at(word, shape.get("duration"), unit)
        ends = round(start_s + length, 6) if start_s is not None and length is not None else end_s
        spoken.append(Segment(named.get(speaker or "", speaker), text_at(word, shape["text"], raw=True), start_s, ends))
    return [_joined(list(run)) for _, run in groupby(spoken, key=lambda segment: segment.speaker)]


def _joined(words: list[Segment]) -> Segment:
    starts = [word.start_s for word in words if word.start_s is not None]
    ends = [word.end_s for word in words if word.end_s is not None]
    text = glued(word.text for word in words)
    return Segment(bare_label(words[0].speaker or "") or None, text, min(starts, default=None), max(ends, default=None))


def glued(words: Iterable[str]) -> str:
    """Return words as a text: as they are where they bring their own spaces, else parted, signs after their word.

    Examples
    --------
    >>> glued(["Nie", "ma", "."]), glued(["Nie ", "ma."])
    ('Nie ma.', 'Nie ma.')
    """
    kept = [word for word in words if word]
    own = any(word != word.strip() for word in kept)
    return normalise("".join(kept) if own else _BEFORE_STOP.sub("", " ".join(kept)))


def _spans(content: Any, shape: dict[str, Any]) -> list[tuple[float, str]]:
    """Return who starts to speak when, in order of time."""
    paths = _DEFAULTS | shape
    found = []
    for span in values_at(content, shape["spans"]) if "spans" in shape else []:
        start_s = time_at(span, paths["span_start"], 1.0)
        start_s = time_at(span, "start", 1.0) if start_s is None else start_s
        speaker = text_at(span, paths["span_speaker"])
        if start_s is not None and speaker:
            found.append((start_s, speaker))
    return sorted(found)


def _span_speaker(spans: list[tuple[float, str]], start_s: float) -> str | None:
    place = bisect_right(spans, (start_s, chr(0x10FFFF)))
    return spans[max(place - 1, 0)][1] if spans else None


def names_of_people(content: Any) -> dict[str, str]:
    """Return the names that a list of speakers at the top gives to their ids."""
    keys = toml("vendors.toml")["keys"]
    found = {}
    for people in (content.get(key) for key in keys["people"]) if isinstance(content, dict) else ():
        for person in people if isinstance(people, list) else ():
            if isinstance(person, dict) and (name := first_text(person, keys["name"])):
                found[first_text(person, keys["id"])] = name
    return found


def values_at(content: Any, path: str) -> list[Any]:
    """Return what a path leads to: nothing, one value, or, with ``*`` or at a list's end, the values of a list."""
    found = [content]
    for part in path.split("."):
        found = [inner for one in found for inner in _step(one, part)]
    return found[0] if len(found) == 1 and isinstance(found[0], list) else found


def _step(value: Any, part: str) -> list[Any]:
    if isinstance(value, dict):
        return [value[part]] if part in value else []
    if isinstance(value, list) and part == "*":
        return value
    if isinstance(value, list) and value and part.lstrip("-").isdecimal():
        place = int(part)
        return [value[place]] if -len(value) <= place < len(value) else []
    return []


def text_at(content: Any, path: str | None, *, raw: bool = False) -> str:
    """Return the text that a path leads to, or an empty one; ``raw`` keeps its white space."""
    values = values_at(content, path) if path else []
    value = values[0] if values else None
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value) if raw else normalise(str(value))


def time_at(content: Any, path: str | None, unit: float) -> float | None:
    """Return the seconds of a time that a path leads to."""
    return seconds_of(text_at(content, path) or None, unit)


def seconds_of(value: Any, unit: float = 1.0) -> float | None:
    """Return a time as seconds: a number, "1.5", "1.5s" or "00:01:02,5"; None for anything else.

    Examples
    --------
    >>> seconds_of("1.5s"), seconds_of(1500, 0.001), seconds_of("00:01:02"), seconds_of("wkrótce")
    (1.5, 1.5, 62.0, None)
    """
    try:
        found = seconds(value.removesuffix("s")) if isinstance(value, str) else float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return round(found * unit, 6) if math.isfinite(found) else None


def first_text(item: Json, keys: Iterable[str]) -> str:
    """Return the text under the first of these keys that has one; a speaker may be an object with a name or an id."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, dict):
            names = toml("vendors.toml")["keys"]
            value = next((value[name] for name in [*names["name"], *names["id"]] if value.get(name)), None)
        if value is not None and not isinstance(value, list) and str(value).strip():
            return normalise(str(value))
    return ""
