"""Values of a YAML text, made as they are read: no tree of nodes in between, which takes twice as long."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import takewhile
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver

_TEXT = "tag:yaml.org,2002:str"
_MOST_KEPT = 50_000


class UnusualError(ValueError):
    """What the full reader must judge: anchors, tags, keys that stand twice, a 45th of May, no or two documents."""


def read_values(text: str) -> Any:
    """Return what a YAML text holds.

    Raises
    ------
    UnusualError
        The text holds what only the full reader understands.
    ruamel.yaml.error.YAMLError
        The text is no YAML.

    Examples
    --------
    >>> read_values("kod: [samotny, 12, true]")
    {'kod': ['samotny', 12, True]}
    """
    events = YAML(typ="safe").parse(text)
    values = [_value(next(events), events) for event in events if isinstance(event, DocumentStartEvent)]
    if len(values) != 1:
        raise UnusualError
    return values[0]


def odd_values(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield what has a tag, and what looks like a number or a date that there is not, with its line and column.

    Lines and columns count from 1. What stands with a tag is told as an exclamation mark.

    Raises
    ------
    ruamel.yaml.error.YAMLError
        The text is no YAML.
    """
    for event in YAML(typ="safe", pure=True).parse(text):
        place = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, NodeEvent) and getattr(event, "tag", None):
            yield "!", *place
        elif isinstance(event, ScalarEvent) and event.implicit[0]:
            try:
                _meaning(event.value)
            except UnusualError:
                yield event.value, *place
            except YAMLError:
                continue  # the full reader says what is wrong


def _value(event: Event, events: Iterator[Event]) -> Any:
    if not isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent) or event.anchor or event.tag:
        raise UnusualError
    if isinstance(event, ScalarEvent):
        return _meaning(event.value) if event.implicit[0] else event.value
    if isinstance(event, SequenceStartEvent):
        inner = takewhile(lambda one: not isinstance(one, SequenceEndEvent), events)
        return [_value(one, events) for one in inner]
    return _mapping(events)


def _mapping(events: Iterator[Event]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for event in takewhile(lambda one: not isinstance(one, MappingEndEvent), events):
        key = _value(event, events)
        if isinstance(key, dict | list) or key in found:
            raise UnusualError
        found[key] = _value(next(events), events)
    return found


@lru_cache(_MOST_KEPT)
def _meaning(word: str) -> Any:
    """Return what words without quotation marks mean: a number, a truth value, nothing, or themselves."""
    if str(_resolver().resolve(ScalarNode, word, (True, False))) == _TEXT:
        return word
    try:
        return YAML(typ="safe").load(word)
    except ValueError:
        raise UnusualError from None


@cache
def _resolver() -> VersionedResolver:
    return VersionedResolver()
