"""Readers of annotation programs (ELAN, Praat): tiers, one a speaker, whose intervals become turns."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from focus_analysis.io.draft import Draft, Segment, finding, in_order_of_time, normalise, refuse
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.speakers import bare_label
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml

_NAME_PARTS = re.compile(r"[^\W_]+")
_FIRST_PART, _LAST_PART = re.compile(r"([^\W_]+)[\s_@/-]+"), re.compile(r"[\s_@/-]+([^\W_]+)$")
_TOKEN = re.compile(r'"(?P<text>(?:[^"]|"")*+)"|(?<![\w.\[])(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w\]])')
_INTERVALS, _POINTS = "IntervalTier", "TextTier"
_MS = 1000.0


@dataclass(frozen=True)
class Tier:
    """A tier: its name, the speaker it belongs to if it says so, its depth below other tiers, and its intervals."""

    name: str
    speaker: str
    depth: int
    intervals: tuple[Segment, ...]


def draft_from_tiers(tiers: Sequence[Tier], file: TranscriptFile, encoding: str = "") -> Draft:
    """Choose the tiers that hold talk and put their intervals in order of time.

    Tiers of utterances are talk; tiers of words only where there is no other, tiers of phones, gestures and notes
    never. What was left out is noted.

    Raises
    ------
    ReadError
        No tier holds talk.
    """
    shallow = min((tier.depth for tier in tiers if tier.intervals and not _is_a(tier, "never")), default=0)
    able = [tier for tier in tiers if tier.intervals and tier.depth == shallow and not _is_a(tier, "never")]
    chosen = [tier for tier in able if not _is_a(tier, "words")] or able
    if not chosen:
        refuse("no_talk_tier", file.name, tiers=", ".join(tier.name for tier in tiers) or "-")
    left = [tier.name for tier in tiers if tier.intervals and tier not in chosen]
    notes = [finding("tiers_left_out", "note", file.name, tiers=", ".join(left))] if left else []
    segments = [
        Segment(tier.speaker or None, one.text, one.start_s, one.end_s) for tier in chosen for one in tier.intervals
    ]
    return Draft(file.suffix.lstrip("."), in_order_of_time(segments), notes=tuple(notes), encoding=encoding)


def _is_a(tier: Tier, kind: str) -> bool:
    return not set(_NAME_PARTS.findall(fold(tier.name))).isdisjoint(toml("tiers.toml")[kind])


def _speaker(name: str) -> str:
    """Return the speaker whose tier this is: its name, without a part that only says that the tier holds talk."""
    nobody = {*toml("tiers.toml")["words"], *toml("tiers.toml")["nobody"]}
    first, last = _FIRST_PART.match(name), _LAST_PART.search(name)
    if first and fold(first[1]) in nobody:
        name = name[first.end() :]
    elif last and fold(last[1]) in nobody:
        name = name[: last.start()]
    return "" if fold(name) in nobody else bare_label(name)


def _spoken(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    silent = toml("tiers.toml")["silent"]
    return tuple(segment for segment in segments if segment.text.lower() not in silent)


def read_eaf(root: Any, file: TranscriptFile) -> Draft:
    """Return the talk of an ELAN document.

    Raises
    ------
    ReadError
        No tier holds talk.
    """
    slots = {slot.get("TIME_SLOT_ID"): slot.get("TIME_VALUE") for slot in root.iter("TIME_SLOT")}
    parents = {tier.get("TIER_ID"): tier.get("PARENT_REF") for tier in root.iter("TIER")}
    placed: dict[str | None, tuple[float | None, float | None]] = {}
    for annotation in root.iter("ALIGNABLE_ANNOTATION"):
        ends = (slots.get(annotation.get(f"TIME_SLOT_REF{end}")) for end in (1, 2))
        start_s, end_s = (_milliseconds(end) for end in ends)
        placed[annotation.get("ANNOTATION_ID")] = start_s, end_s
    owners = {one.get("ANNOTATION_ID"): one.get("ANNOTATION_REF") for one in root.iter("REF_ANNOTATION")}
    tiers = []
    for tier in root.iter("TIER"):
        name = tier.get("TIER_ID") or ""
        intervals = []
        for value in tier.iter("ANNOTATION_VALUE"):
            key = _root_of(value.getparent().get("ANNOTATION_ID"), owners)
            intervals.append(Segment(None, normalise("".join(value.itertext())), *placed.get(key, (None, None))))
        tiers.append(Tier(name, _speaker(tier.get("PARTICIPANT") or name), _depth(name, parents), _spoken(intervals)))
    return draft_from_tiers(tiers, file)


def _milliseconds(value: str | None) -> float | None:
    return int(value) / _MS if value and value.isascii() and value.isdigit() and len(value) < 12 else None


def _root_of(key: str | None, owners: dict[str | None, str | None]) -> str | None:
    """Follow annotations that belong to others up to the one that has a time."""
    seen = set()
    while key in owners and key not in seen:
        seen.add(key)
        key = owners[key]
    return key


def _depth(name: str, parents: dict[str | None, str | None]) -> int:
    seen: set[str | None] = set()
    parent = parents.get(name)
    while parent and parent not in seen:
        seen.add(parent)
        parent = parents.get(parent)
    return len(seen)


def read_textgrid(file: TranscriptFile) -> Draft:
    """Return the talk of a Praat TextGrid, long or short.

    Of both forms only what stands free counts: texts in quotation marks and numbers, in the same order.

    Raises
    ------
    ReadError
        The file is no TextGrid, or no tier holds talk.
    """
    text, encoding = file.read_text()
    head = text[:200]
    if "ooTextFile" not in head or "TextGrid" not in head:
        refuse("broken_textgrid", file.name)
    found = [match["text"] if match["text"] is not None else float(match["number"]) for match in _TOKEN.finditer(text)]
    places = [place for place, token in enumerate(found) if token in (_INTERVALS, _POINTS)]
    tiers = [tier for place, end in pairwise([*places, len(found)]) if (tier := _praat_tier(found[place:end]))]
    if not tiers:
        refuse("broken_textgrid", file.name)
    return draft_from_tiers(tiers, file, encoding)


def _praat_tier(tokens: list[str | float]) -> Tier | None:
    """Return the tier of these tokens: kind, name, start, end, number, and then (start, end, text) again and again."""
    name = tokens[1] if len(tokens) > 1 else None
    if not isinstance(name, str):
        return None
    cells = tokens[5:]
    triples = zip(cells[0::3], cells[1::3], cells[2::3], strict=False)
    intervals = [
        Segment(None, normalise(text.replace('""', '"')), start, end)
        for start, end, text in triples
        if isinstance(start, float) and isinstance(end, float) and isinstance(text, str) and math.isfinite(end - start)
    ]
    label = normalise(name.replace('""', '"'))
    return Tier(label, _speaker(label), 0, _spoken(intervals) if tokens[0] == _INTERVALS else ())
