"""Reader of speech recognisers' json: Whisper, WhisperX, and lists of segments like theirs."""

from __future__ import annotations

import json
import math
from itertools import groupby
from typing import Any

from focus_analysis.io.draft import Draft, Segment, merge_runs, normalise, refuse
from focus_analysis.io.encoding import decode
from focus_analysis.io.header import header_values
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.speakers import bare_label, seconds

_SPEAKER = ("speaker", "speaker_name", "speaker_label")
_TEXT = ("text", "transcript")


def read_json(file: TranscriptFile) -> Draft:
    """Return the talk of a recogniser's json; segments of one speaker in a row are one turn.

    Read are a list of segments, or an object with such a list under ``segments``; where the words carry speakers of
    their own, the words decide. Times are seconds.

    Raises
    ------
    ReadError
        The file is no json, or holds no list of segments with texts.
    """
    text, encoding = decode(file.read_bytes(), file.name)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        refuse("broken_json", file.name, place, reason=type(error).__name__)
    segments = [piece for item in _segments(content, file.name) for piece in _pieces(item)]
    if not any(segment.text for segment in segments):
        refuse("no_segments", file.name)
    return Draft("json", merge_runs(segments), _header(content), encoding=encoding)


def _header(content: Any) -> dict[str, str]:
    pairs = content.items() if isinstance(content, dict) else ()
    return header_values((key, value) for key, value in pairs if isinstance(value, str))


def _segments(content: Any, file: str) -> list[dict[str, Any]]:
    found = content.get("segments") if isinstance(content, dict) else content
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        refuse("no_segments", file)
    return found


def _pieces(item: dict[str, Any]) -> list[Segment]:
    speaker = bare_label(_first(item, _SPEAKER) or "") or None
    words = item.get("words")
    if isinstance(words, list) and any(isinstance(word, dict) and word.get("speaker") for word in words):
        spoken = [word for word in words if isinstance(word, dict)]
        return _by_word(spoken, speaker)
    text = normalise(_first(item, _TEXT) or "")
    return [Segment(speaker, text, _seconds(item.get("start")), _seconds(item.get("end")))]


def _by_word(words: list[dict[str, Any]], speaker: str | None) -> list[Segment]:
    pieces = []
    for who, run in groupby(words, key=lambda word: _first(word, _SPEAKER) or speaker):
        group = list(run)
        text = normalise(" ".join(str(word.get("word", "")).strip() for word in group))
        starts = [_seconds(word.get("start")) for word in group]
        ends = [_seconds(word.get("end")) for word in group]
        pieces.append(
            Segment(
                who,
                text,
                next((s for s in starts if s is not None), None),
                next((e for e in reversed(ends) if e is not None), None),
            )
        )
    return pieces


def _first(item: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((normalise(str(item[key])) for key in keys if item.get(key) not in (None, "")), None)


def _seconds(value: Any) -> float | None:
    try:
        found = seconds(value) if isinstance(value, str) else float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None
