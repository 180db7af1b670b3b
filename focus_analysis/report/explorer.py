"""The team's own page: every number leads to what people said. It holds the transcripts, so it is not for sharing."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.report.addresses import place_key, quotation_keys
from focus_analysis.report.document import Notice
from focus_analysis.report.explorer_networks import network_data
from focus_analysis.report.results import Results
from focus_analysis.report.study_sections import notices
from focus_analysis.report.totals import totals
from focus_analysis.report.wording import band, code_names
from focus_analysis.resources import resource, toml
from focus_analysis.schemas import LEVELS, place_names, rows

if TYPE_CHECKING:
    import pandas as pd

_SCRIPTS = ("explorer_data.js", "explorer_turns.js", "explorer_networks.js", "explorer.js")
_PLURALS = ("turn", "hit", "participant", "session", "coding", "row")
_CODINGS = ["session_id", "turn", "code", "start", "end", "status", "coder", "coder_kind", "confidence", "evidence"]
_PRINTED = '@media print {{ @page {{ @bottom-center {{ content: "{text}"; font: 8pt sans-serif; }} }} }}\n'
_UNSAFE = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def render_explorer(results: Results, lang: str) -> str:
    """Return the page: one file that needs no other and may load none.

    Its Content-Security-Policy allows the page's own script and style sheet by their hashes, and nothing else. What
    was said is carried as data, and the script shows it as text, never as markup. A turn has the address
    ``explorer.html#session/turn``, the session's id percent-encoded: ``explorer.html#oksa/12``; what the report links
    to it has the addresses of ``focus_analysis.report.addresses``.

    Parameters
    ----------
    results : Results
        The tables.
    lang : {"pl", "en"}
        Language of the page.
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_text("explorer.html.j2"))
    words = _words(labels.check_language(lang))
    style, script = _text("explorer.css") + _PRINTED.format(text=words["private"]), "\n".join(map(_text, _SCRIPTS))
    return template.render(
        lang=lang,
        words=words,
        notices=[block.text for block in notices(results, lang) if isinstance(block, Notice)],
        style=style,
        style_hash=_policy_hash(style),
        script=script,
        script_hash=_policy_hash(script),
        data=embedded_json(explorer_data(results, lang)),
    )


def embedded_json(data: object) -> str:
    r"""Return data as JSON that no HTML parser can leave and no script can misread.

    Examples
    --------
    >>> embedded_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_UNSAFE)


def explorer_data(results: Results, lang: str) -> dict[str, Any]:
    """Return what the page shows: words of the language, and tables as names of columns and rows.

    A row of ``sessions`` and of ``cells`` names its ``place``, the key of a gmina: six digits of TERYT, or the name
    under which a session without one is shown. Codings without a code of the codebook are left out.
    """
    sessions = results.sessions.assign(place=_places_of(results.sessions["teryt"], place_names(results.sessions)))
    sessions["date"] = [labels.date(date, lang) if isinstance(date, str) else None for date in sessions["date"]]
    names = code_names(results, lang)
    codings = results.codings[results.codings["code"].isin(list(names))]
    told = codings["evidence"].map(partial(labels.evidence, lang=lang), na_action="ignore")
    return {
        "words": _words(lang),
        "plurals": {noun: toml("words.toml")["plural"][noun][lang] for noun in _PLURALS},
        "groups": _groups(results, lang),
        "codes": _table(
            results.codes.assign(label=results.codes["code"].map(names)), ["code", "group", "parent", "label"]
        ),
        "sessions": _table(
            sessions,
            ["session_id", "place", "gmina", "powiat", "voivodeship", "date", "language", "source", "invented"],
        ),
        "speakers": _table(results.speakers, ["session_id", "speaker", "role", "institution", "n_turns", "n_words"]),
        "turns": _table(results.turns, ["session_id", "turn", "speaker", "role", "start_s", "text"]),
        "codings": _table(codings.assign(evidence=told), _CODINGS),
        "places": _table(_places(results), ["place", "gmina", "voivodeship"]),
        "cells": _cells(results, lang),
        "behind": _table(
            results.behind[results.behind["role"] == "participant"], ["level", "code", "session_id", "turn", "speaker"]
        ),
        "ranking": _ranking(results, lang),
        "networks": network_data(results, lang, dict(zip(sessions["session_id"], sessions["place"], strict=True))),
        "quotations": [f"{session}/{turn}" for session, turn in quotation_keys(results)],
    }


def _text(name: str) -> str:
    return resource(name).read_text(encoding="utf-8")


def _policy_hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _words(lang: str) -> dict[str, Any]:
    """Return the words of the page, those of its groups of words one level down."""

    def in_language(node: dict[str, Any]) -> Any:
        return node[lang] if lang in node else {name: in_language(child) for name, child in node.items()}

    shared = {"status": toml("words.toml")["status"], "role": toml("words.toml")["explain"]["role"]}
    words: dict[str, Any] = in_language(toml("words.toml")["explorer"] | shared)
    return words


def _groups(results: Results, lang: str) -> list[list[str]]:
    """Return the groups of codes with their names, in the order of the codebook."""
    named = _words(lang)["groups"]
    return [[group, named.get(group, group)] for group in results.codes["group"].drop_duplicates()]


def _table(frame: pd.DataFrame, columns: list[str]) -> dict[str, Any]:
    plain = frame[columns].astype(object).where(frame[columns].notna(), None)
    return {"columns": columns, "rows": plain.to_numpy().tolist()}


def _places_of(codes: pd.Series[str], names: pd.Series[str]) -> list[str]:
    return [place_key(name, teryt) for name, teryt in zip(names, codes, strict=True)]


def _places(results: Results) -> pd.DataFrame:
    """Return the gminas, region by region, in the order of the Polish alphabet."""
    known = results.by_gmina.assign(place=_places_of(results.by_gmina["teryt"], results.by_gmina["gmina"]))
    places = known[["place", "gmina", "voivodeship"]].drop_duplicates("place")
    return places.sort_values(
        ["voivodeship", "gmina"], key=lambda names: names.map(labels.sort_key, na_action="ignore")
    )


def _cells(results: Results, lang: str) -> dict[str, Any]:
    """Return every number of the heat map with its words: "3 z 10", or a dash where nobody could be counted."""
    table = _table(
        results.by_gmina.assign(place=_places_of(results.by_gmina["teryt"], results.by_gmina["gmina"])),
        ["place", "level", "code", "n_named", "n_participants", "estimate"],
    )
    for row in table["rows"]:
        counted = row[-1] is not None
        row.append(labels.count_of(int(row[3]), int(row[4]), lang) if counted else "–")
    return {"columns": [*table["columns"], "count"], "rows": table["rows"]}


def _ranking(results: Results, lang: str) -> dict[str, Any]:
    """Return the problems by mean coverage, for all groups and for each region, at both levels."""
    known = results.by_gmina[results.by_gmina["estimate"].notna()]
    ranks = {row.code: band(row.set_low, row.set_high) for row in rows(results.ranking) if row.set_low is not None}
    columns = ["scope", "level", "code", "gminas", "people", "mean", "share", "ranks"]
    found: list[list[Any]] = []
    for scope in [None, *known["voivodeship"].dropna().unique()]:
        within = known if scope is None else known[known["voivodeship"] == scope]
        for level in LEVELS:
            for total in totals(within[within["level"] == level], lang):
                share = labels.percent(total.mean, lang)
                found.append([scope, level, *total, share, ranks.get(total.code) if scope is None else None])
    return {"columns": columns, "rows": found}
