"""The user's cache folder: what was worked out once and would take long again.

Nothing in it is needed, nothing in it can run, and all of it may be deleted. The name of an entry ends in a fingerprint
of everything that it comes from: what comes from other data or other code is another entry.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

_VERSIONS = 3


def entry(kind: str, packages: Iterable[str], files: Iterable[Path]) -> Path:
    """Return where an entry is kept, whether or not it is there.

    Parameters
    ----------
    kind : str
        What it is, the beginning of its name.
    packages : iterable of str
        Packages whose versions shape it.
    files : iterable of Path
        Code and data that shape it.
    """
    from platformdirs import user_cache_path

    digest = hashlib.sha256()
    for package in packages:
        digest.update(f"{package} {version(package)}\n".encode())
    for file in files:
        digest.update(file.name.encode() + file.read_bytes())
    return user_cache_path("focus-analysis") / f"{kind}-{digest.hexdigest()[:16]}"


def keep(place: Path, write: Callable[[Path], object]) -> None:
    """Keep an entry, a file or a folder, which appears whole or not at all; of its kind, the newest three stay.

    Parameters
    ----------
    place : Path
        From ``entry``; what is there is replaced.
    write : callable
        Writes the entry at the path that it is given.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        draft = Path(folder) / place.name
        write(draft)
        _remove(place)
        draft.replace(place)
    kind = place.name.rpartition("-")[0]
    for old in sorted(place.parent.glob(f"{kind}-*"), key=lambda kept: kept.stat().st_mtime)[:-_VERSIONS]:
        _remove(old)


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def keep_words(place: Path, words: dict[str, Any]) -> None:
    """Keep words with what is known of them; without a cache folder that can be written nothing is kept."""
    text = json.dumps(words, ensure_ascii=False)
    try:
        keep(place, lambda draft: draft.write_text(f"{_checked(text)}\n{text}", encoding="utf-8"))
    except OSError:
        return


def read_words(place: Path) -> dict[str, Any]:
    """Return words as ``keep_words`` kept them; none where nothing is kept, or something damaged or foreign."""
    try:
        checked, _, text = place.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return {}
    words: dict[str, Any] = json.loads(text) if checked == _checked(text) else {}
    return words


def _checked(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
