"""Which institution a roster line, a role or a label names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml

_REMEMBERED = 10_000


@lru_cache(maxsize=_REMEMBERED)
def institution_of(text: str) -> str | None:
    """Return the id of the institution that a text names, or None.

    Parameters
    ----------
    text : str
        An id, name, abbreviation or role: "GOPS", "Pani z GOPS", "dzielnicowy".

    Notes
    -----
    The aliases stand in ``resources/institutions.toml``. The longest alias found wins, then the first in the text.
    """
    words = " ".join(re.findall(r"\w+", fold(text)))
    if text.strip() in institutions():
        return text.strip()
    found = [
        (len(match.group()), -match.start(), code) for code, pattern in _patterns() for match in pattern.finditer(words)
    ]
    return max(found)[2] if found else None


def institutions() -> tuple[str, ...]:
    """Return the ids of the institutions that the aliases know."""
    return tuple(toml("institutions.toml"))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (code, re.compile("|".join(rf"(?<!\w)(?:{_as_regex(alias)})(?!\w)" for alias in entry["aliases"])))
        for code, entry in toml("institutions.toml").items()
    )


def _as_regex(alias: str) -> str:
    return re.escape(alias).replace(r"\*", r"\w*").replace(r"\ ", " ")
