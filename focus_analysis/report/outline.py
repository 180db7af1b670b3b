"""Which sections a report has, in which order, and what the researchers call it: read from a YAML file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from focus_analysis.errors import ArgumentError

_KEYS = ("title", "subtitle", "sections")


@dataclass(frozen=True)
class Outline:
    """The plan of a report.

    Parameters
    ----------
    sections : tuple of (str, str)
        Names in order; with each the heading of a section of the researchers' own, empty for one of ours.
    title, subtitle : str
        In place of ours where they are not empty.
    """

    sections: tuple[tuple[str, str], ...]
    title: str = ""
    subtitle: str = ""


def read_outline(path: Path, known: Iterable[str]) -> Outline:
    """Read the plan of a report.

    Parameters
    ----------
    path : Path
        A YAML file: a list under ``sections`` of names, and of ``name: Heading`` for sections of one's own, whose
        words stand in the folder ``texts``; ``title`` and ``subtitle`` may stand beside it.
    known : iterable of str
        Names of the sections that the report can fill by itself.

    Raises
    ------
    ArgumentError
        The file cannot be read or holds something else, or a section is unknown or stands twice.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        content: Any = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise ArgumentError(f"sections {path}: cannot be read as YAML ({error})") from error
    names = tuple(known)
    help_line = f"a list under 'sections:' of {', '.join(names)}, or of 'name: Heading' for your own"
    if not isinstance(content, dict) or not isinstance(content.get("sections"), list) or set(content) - set(_KEYS):
        raise ArgumentError(f"sections {path}: it needs {help_line}; 'title:' and 'subtitle:' may stand beside it")
    found = tuple(
        _section(entry, names, f"sections {path}: {entry!r} is not known; it needs {help_line}")
        for entry in content["sections"]
    )
    twice = {name for name, _ in found if [other for other, _ in found].count(name) > 1}
    if twice or not found:
        raise ArgumentError(
            f"sections {path}: {', '.join(sorted(twice)) or 'no section'} stands twice; each may stand once"
            if twice
            else f"sections {path}: the list is empty; it needs {help_line}"
        )
    return Outline(found, *(str(content.get(key) or "") for key in ("title", "subtitle")))


def _section(entry: Any, known: tuple[str, ...], problem: str) -> tuple[str, str]:
    if isinstance(entry, str) and entry in known:
        return entry, ""
    if isinstance(entry, dict) and len(entry) == 1:
        ((name, heading),) = entry.items()
        if isinstance(name, str) and name.isidentifier() and isinstance(heading, str) and name not in known:
            return name, heading
    raise ArgumentError(problem)
