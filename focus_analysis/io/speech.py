"""Reader of speech recognisers' json: a list of stretches of talk, or one of the vendors' shapes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from focus_analysis.io.draft import Draft, Segment, merge_runs, refuse
from focus_analysis.io.encoding import decode
from focus_analysis.io.header import header_values
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.speakers import bare_label
from focus_analysis.io.subtitles import named_segments
from focus_analysis.io.vendors import first_text, glued, names_of_people, seconds_of, vendor_segments
from focus_analysis.resources import toml

_MOSTLY = 0.5
_MS = 0.001
Json = dict[str, Any]


def read_json(file: TranscriptFile) -> Draft:
    """Return the talk of a recogniser's json; segments of one speaker in a row are one turn.

    Read is the list, wherever it stands, that says most of who says what; where the words of its items carry speakers
    of their own, the words decide; where nothing does, labels in the texts do. Times are seconds.

    Raises
    ------
    ReadError
        The file is no json, too large, or holds no list of segments with texts.
    """
    text, encoding = decode(file.read_bytes(), file.name)
    file.limits.check("elements", text.count(",") + text.count("["), file.name)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = str(error.lineno) if isinstance(error, json.JSONDecodeError) else ""
        refuse("broken_json", file.name, place, reason=type(error).__name__)
    segments = vendor_segments(content)
    if segments is None:
        names = names_of_people(content)
        segments = [piece for item in _segments(content) for piece in _pieces(item, names)]
    if not any(segment.text for segment in segments):
        refuse("no_segments", file.name)
    if not any(segment.speaker for segment in segments):
        segments, _ = named_segments([(one.start_s, one.end_s, None, one.text) for one in segments], file.known)
    return Draft("json", merge_runs(segments), _header(content), encoding=encoding)


def _header(content: Any) -> dict[str, str]:
    pairs = content.items() if isinstance(content, dict) else ()
    return header_values((key, value) for key, value in pairs if isinstance(value, str))


def _segments(content: Any) -> list[Json]:
    """Return the list of objects that says most: of speakers, then of times, then of words, in the fewest items."""
    return max((items for items in _lists(content) if _share(items, _tells) >= _MOSTLY), key=_worth, default=[])


def _tells(item: Json) -> bool:
    """Return whether an item has a place for what was said."""
    keys = toml("vendors.toml")["keys"]
    return any(isinstance(item.get(key), str) for key in keys["text"]) or any(
        isinstance(item.get(key), list) for key in keys["pieces"]
    )


def _worth(items: list[Json]) -> tuple[bool, bool, int, int]:
    keys = toml("vendors.toml")["keys"]
    speakers = _share(items, lambda item: first_text(item, keys["speaker"])) >= _MOSTLY or _speak(items)
    starts = _share(items, lambda item: first_text(item, keys["start"])) >= _MOSTLY
    return speakers, starts, sum(len(_text_of(item).split()) for item in items), -len(items)


def _share(items: list[Json], filled: Callable[[Json], object]) -> float:
    return sum(bool(filled(item)) for item in items) / len(items)


def _speak(items: list[Json]) -> bool:
    """Return whether words inside the items have speakers."""
    lists = (item["words"] for item in items if isinstance(item.get("words"), list))
    return any(isinstance(word, dict) and word.get("speaker") for words in lists for word in words)


def _lists(content: Any) -> Iterator[list[Json]]:
    """Yield every list of objects in a json."""
    waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            objects = [item for item in value if isinstance(item, dict)]
            if objects and len(objects) == len(value):
                yield objects
            waiting += objects


def _text_of(item: Json) -> str:
    """Return what an item says: its text, or its pieces one after the other."""
    keys = toml("vendors.toml")["keys"]
    text = next((str(item[key]) for key in keys["text"] if isinstance(item.get(key), str)), "")
    if text.strip():
        return text
    pieces: list[Any] = next((item[key] for key in keys["pieces"] if isinstance(item.get(key), list)), [])
    objects = (piece for piece in pieces if isinstance(piece, dict))
    return glued(next((piece[key] for key in keys["word"] if isinstance(piece.get(key), str)), "") for piece in objects)


def _pieces(item: Json, names: dict[str, str]) -> list[Segment]:
    """Return the segment of an item, or one for each run of its words that have a speaker of their own."""
    keys = toml("vendors.toml")["keys"]
    speaker = _named(first_text(item, keys["speaker"]), names)
    words = item.get("words")
    if isinstance(words, list) and any(isinstance(word, dict) and word.get("speaker") for word in words):
        return _by_word([word for word in words if isinstance(word, dict)], speaker, names)
    return [Segment(speaker, glued([_text_of(item).strip()]), _time(item, "start"), _time(item, "end"))]


def _by_word(words: list[Json], speaker: str | None, names: dict[str, str]) -> list[Segment]:
    keys = toml("vendors.toml")["keys"]
    pieces = []
    for who, run in groupby(words, key=lambda word: _named(first_text(word, keys["speaker"]), names) or speaker):
        group = list(run)
        starts = [start for start in (_time(word, "start") for word in group) if start is not None]
        ends = [end for end in (_time(word, "end") for word in group) if end is not None]
        text = glued(first_text(word, keys["word"]) for word in group)
        pieces.append(Segment(who, text, next(iter(starts), None), next(reversed(ends), None)))
    return pieces


def _named(speaker: str, names: dict[str, str]) -> str | None:
    return bare_label(names.get(speaker, speaker)) or None


def _time(item: Json, kind: str) -> float | None:
    """Return a time of an item in seconds, under the first of its names; some are in thousandths and say so."""
    for key in toml("vendors.toml")["keys"][kind]:
        found = seconds_of(item.get(key), _MS if key.casefold().endswith("ms") else 1.0)
        if found is not None:
            return found
    return None
