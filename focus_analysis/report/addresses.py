"""Where numbers and quotations of the page lead: addresses in the explorer that stands beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from focus_analysis import labels
from focus_analysis.plots.layout import told_apart
from focus_analysis.report.document import Span, Text
from focus_analysis.report.results import Results

if TYPE_CHECKING:
    import pandas as pd

EXPLORER = "explorer.html"
_LONGEST_NAME, _KEPT, _DIGEST = 50, 40, 8
_AS_TYPED = "-_.!~*'()"


def turn_address(session_id: str, turn: int) -> str:
    """Return the address of a turn.

    Examples
    --------
    >>> turn_address("Oksa 2", 12)
    'explorer.html#Oksa%202/12'
    """
    return f"{EXPLORER}#{quote(session_id, safe=_AS_TYPED)}/{turn}"


def turn_list(turns: Mapping[str, Sequence[int]], named: bool) -> Text:
    """Return turns, each leading to what was said, after their session's name where ``named``: "session: 1, 2".

    Examples
    --------
    >>> str(turn_list({"oksa": [1, 2], "oksa2": [5]}, named=True)), str(turn_list({"oksa": [1, 2]}, named=False))
    ('oksa: 1, 2; oksa2: 5', '1, 2')
    """
    shown: list[Span] = []
    for session, numbers in turns.items():
        shown += [Span(f"{'; ' if shown else ''}{session}: ")] if named else []
        for place, turn in enumerate(numbers):
            shown += [Span(", ")] if place else []
            shown.append(Span(str(turn), turn_address(session, turn)))
    return Text(*shown)


def turns_address(code: str, place: str | None = None, region: str | None = None, status: str = "affirmed") -> str:
    """Return the address of the turns behind a count: what participants said of a code, in a gmina or a region.

    Parameters
    ----------
    code : str
        The code; one that gathers others stands for them too.
    place : str, optional
        Key of the gmina, from ``place_key``.
    region : str, optional
        Name of the voivodeship.
    status : {"affirmed", "denied", "hypothetical"}
        How the code stands.

    Examples
    --------
    >>> turns_address("poverty", place="260205")
    'explorer.html#turns?gmina=260205&code=code%3Apoverty&status=affirmed&role=participant'
    """
    wanted = {"region": region, "gmina": place, "code": f"code:{code}", "status": status, "role": "participant"}
    return f"{EXPLORER}#turns?{urlencode({name: value for name, value in wanted.items() if value})}"


def place_key(gmina: str, teryt: str | None) -> str:
    """Return the key of a gmina: six digits of TERYT, or the name under which a session without one is shown."""
    return teryt[:6] if isinstance(teryt, str) else gmina


def gmina_names(table: pd.DataFrame) -> dict[str, str]:
    """Return the name of each gmina of a table by its key, in the order of the alphabet; told apart where it is shared.

    Examples
    --------
    >>> import pandas as pd
    >>> gmina_names(pd.DataFrame({"gmina": ["Osiek", "Bieliny", "Osiek"], "teryt": ["2612045", "2604012", None]}))
    {'260401': 'Bieliny', '261204': 'Osiek (261204)', 'Osiek': 'Osiek (–)'}
    """
    places = table[["gmina", "teryt"]].drop_duplicates()
    names = dict(zip(map(place_key, places["gmina"], places["teryt"]), told_apart(places), strict=True))
    return dict(sorted(names.items(), key=lambda place: labels.sort_key(place[1])))


def figure_name(kind: str, place: str) -> str:
    """Return the name of the files and the anchor of a figure about a place, with no sign but letters, digits, _ and -.

    A blank becomes "_", any other sign its number: places that differ in their signs alone keep names of their own.
    A name that file systems would refuse is cut, and ends in a digest of the whole.
    """
    safe = re.sub(r"[^\w -]|_", lambda sign: f"_{ord(sign[0]):x}_", place).replace(" ", "_")
    if len(safe) > _LONGEST_NAME:
        safe = f"{safe[:_KEPT]}-{sha256(place.encode()).hexdigest()[:_DIGEST]}"
    return f"{kind}-{safe}"


def linked(text: str, address: str) -> Text:
    """Return words that lead to an address."""
    return Text(Span(text, address))


def quotation_keys(results: Results) -> list[tuple[str, int]]:
    """Return session and turn of every quotation of the report; their places are the numbers of the quotations.

    A number tells a reader nothing: an address with session and turn would tell from which gmina a quotation is that
    is attributed to an institution and a region, and so whose it is.
    """
    quoted = (results.quotations, results.gmina_quotations, results.counter_quotations)
    known = [table for table in quoted if table is not None]
    return list(dict.fromkeys(key for table in known for key in zip(table["session_id"], table["turn"], strict=True)))


def quotation_address(results: Results, quotation: Any) -> str:
    """Return the address of a quotation, by its number."""
    return f"{EXPLORER}#quotation-{quotation_keys(results).index((quotation.session_id, quotation.turn)) + 1}"
