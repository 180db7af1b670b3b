"""Data files of the package, and the one function that finds them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGED = Path(__file__).parent


def resource(name: str) -> Path:
    """Return the path of a data file or folder of the package.

    The codebooks and transcripts have one source, the folders at the top of the project; a wheel carries copies
    of them here. An editable install has no copies and uses the source.

    Parameters
    ----------
    name : str
        Such as ``"words.toml"``, ``"codebooks/social_problems.yaml"`` or ``"transcripts"``.

    Examples
    --------
    >>> resource("words.toml").name
    'words.toml'
    """
    packaged = _PACKAGED / name
    if packaged.exists():
        return packaged
    source = _PACKAGED.parents[1] / name
    if source.exists():
        return source
    raise FileNotFoundError(f"the package has no data file {name!r}; install focus-analysis again")


@cache
def toml(name: str) -> dict[str, Any]:
    """Return the content of a TOML data file of the package, read once."""
    return tomllib.loads(resource(name).read_text(encoding="utf-8"))
