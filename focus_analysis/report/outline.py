"""Which sections a report has, in which order, and what the researchers call it: read from a YAML file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from focus_analysis import labels

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

    if not path.is_file():
        raise labels.refused("sections_missing", file=path)
    try:
        content: Any = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, YAMLError) as error:  # a date that there is not is a ValueError
        raise labels.refused("sections_yaml", file=path, error=error) from error
    names = tuple(known)
    if not isinstance(content, dict) or not isinstance(content.get("sections"), list) or set(content) - set(_KEYS):
        raise labels.refused("sections_keys", file=path, known=", ".join(names))
    if not content["sections"]:
        raise labels.refused("sections_empty", file=path, known=", ".join(names))
    found = tuple(_section(entry, names, path) for entry in content["sections"])
    twice = {name for name, _ in found if [other for other, _ in found].count(name) > 1}
    if twice:
        raise labels.refused("sections_twice", file=path, twice=", ".join(sorted(twice)))
    return Outline(found, *(str(content.get(key) or "") for key in ("title", "subtitle")))


def _section(entry: Any, known: tuple[str, ...], path: Path) -> tuple[str, str]:
    if isinstance(entry, str) and entry in known:
        return entry, ""
    if isinstance(entry, dict) and len(entry) == 1:
        ((name, heading),) = entry.items()
        if isinstance(name, str) and name.isidentifier() and isinstance(heading, str) and name not in known:
            return name, heading
    raise labels.refused("sections_unknown", file=path, entry=entry, known=", ".join(known))
