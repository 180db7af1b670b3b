"""The section on every gmina: ranking, the turns behind it, who said it and how, voices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.plots.layout import told_apart
from focus_analysis.report.addresses import linked, place_key, turn_list, turns_address
from focus_analysis.report.cooperation_sections import gmina_ties
from focus_analysis.report.document import Block, Bullets, Heading, Notice, Paragraph, Table
from focus_analysis.report.figures import ranking_name
from focus_analysis.report.results import Results
from focus_analysis.report.ties import same_gmina
from focus_analysis.report.wording import Figures, band, code_names, heads, quoted, say
from focus_analysis.schemas import place_names, rows

if TYPE_CHECKING:
    import pandas as pd

_SEVERAL = 3  # of two people one always says more
Counted = Mapping[tuple[str, str | None, str], str]


def gminas(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show every gmina: its ranking, who said it and how, and voices."""
    blocks: list[Block] = [Heading(1, say("gminas", lang), "gminas"), Paragraph(say("gminas_intro", lang))]
    leaves = results.by_gmina[results.by_gmina["level"] == "leaf"]
    places = leaves.assign(name=told_apart(leaves))[["gmina", "teryt", "name"]].drop_duplicates()
    places = places.sort_values("name", key=lambda names: names.map(labels.sort_key))
    behind, kinds = _turns_by_count(results), _kinds_by_count(results)
    for place in rows(places):
        anchor = str(place.teryt) if isinstance(place.teryt, str) else str(place.gmina)
        blocks.append(Heading(2, str(place.name), f"gmina-{anchor}"))
        estimates = leaves[same_gmina(leaves, place)]
        if estimates["estimate"].isna().any():
            blocks.append(Notice(say("gmina_unknown_roles", lang)))
            continue
        blocks.append(_gmina_table(results, estimates, str(place.name), behind, kinds, lang))
        blocks += [figures[name] for name in (ranking_name(anchor),) if name in figures]
        blocks += _notes(results, place, lang)
        blocks += [*_voices(results, place, lang), *gmina_ties(results, figures, place, anchor, lang)]
    return blocks


def _gmina_table(
    results: Results, estimates: pd.DataFrame, name: str, behind: Counted, kinds: Counted, lang: str
) -> Table:
    names = code_names(results, lang)
    ranked = estimates.sort_values(["rank", "code"], kind="stable")
    shown = tuple(
        (
            band(row.rank_low, row.rank_high),
            names[str(row.code)],
            linked(labels.count_of(int(row.n_named), int(row.n_participants), lang), _address(row)),
            kinds.get((row.gmina, row.teryt, row.code), "0"),
            linked(str(int(row.n_denied)), _address(row, "denied")),
            behind.get((row.gmina, row.teryt, row.code), "–"),
        )
        for row in rows(ranked)
    )
    head = heads(lang, "rank", "problem", "named", "kinds_short", "denied", "turn_ids")
    return Table(say("gmina_table", lang, gmina=name), head, shown, frozenset({0, 2, 3, 4}))


def _address(row: Any, status: str = "affirmed") -> str:
    return turns_address(row.code, place_key(row.gmina, row.teryt), status=status)


def _notes(results: Results, place: Any, lang: str) -> list[Block]:
    """Say which problems came up only after the moderator, and which rest on one person's words."""
    if results.voices is None:
        return []
    names = code_names(results, lang)
    here = results.voices[same_gmina(results.voices, place)]
    prompted = [
        f"{names[row.code]} ({row.n_named})"
        for row in rows(here[(here["measure"] == "prompted") & (here["estimate"] > 0)])
    ]
    counts = results.by_gmina[same_gmina(results.by_gmina, place) & (results.by_gmina["level"] == "leaf")]
    several = set(counts.loc[counts["n_named"] >= _SEVERAL, "code"])
    alone = here[(here["measure"] == "one_voice") & here["estimate"].eq(1) & here["code"].isin(several)]
    unknown = here.loc[here["measure"] == "prompted", "estimate"].isna().all()
    items = [say("prompted_unknown", lang)] if unknown else []
    items += [say("prompted", lang, codes=labels.listed(prompted, lang))] if prompted else []
    items += (
        [say("one_voice", lang, codes=labels.listed([names[code] for code in alone["code"]], lang))]
        if len(alone)
        else []
    )
    return [Bullets(tuple(items))] if items else []


def _voices(results: Results, place: Any, lang: str) -> list[Block]:
    """Quote people of a gmina without their institution: the two together would name them."""
    if results.gmina_quotations is None:
        return []
    names = code_names(results, lang)
    table, sessions = results.gmina_quotations, results.sessions
    keys = map(place_key, place_names(sessions), sessions["teryt"])
    held = sessions.loc[[key == place_key(place.gmina, place.teryt) for key in keys], "session_id"]
    return [
        quoted(results, row, say("voice_of_gmina", lang, problem=names[row.code]), lang)
        for row in rows(table[table["session_id"].isin(held)])
    ]


def _counted(results: Results) -> pd.DataFrame:
    return results.behind[(results.behind["role"] == "participant") & (results.behind["level"] == "leaf")]


def _turns_by_count(results: Results) -> Counted:
    """Return the turns behind each count, by gmina and code, each leading to what was said.

    Where a gmina had several groups, their sessions are named: "session: turn, turn".
    """
    found: dict[tuple[str, str | None, str], dict[str, list[int]]] = {}
    for row in rows(_counted(results)):
        found.setdefault((row.gmina, row.teryt, row.code), {}).setdefault(row.session_id, []).append(row.turn)
    sessions_of: dict[tuple[str, str | None], set[str]] = {}
    for (gmina, teryt, _), sessions in found.items():
        sessions_of.setdefault((gmina, teryt), set()).update(sessions)
    return {key: turn_list(sessions, named=len(sessions_of[key[:2]]) > 1) for key, sessions in found.items()}


def _kinds_by_count(results: Results) -> Counted:
    """Return of how many kinds of institution the people behind each count are; their names would name people."""
    people = results.speakers[["session_id", "speaker", "institution"]]
    found: dict[tuple[str, str | None, str], set[str]] = {}
    for row in rows(_counted(results).merge(people, on=["session_id", "speaker"])):
        if row.institution is not None:
            found.setdefault((row.gmina, row.teryt, row.code), set()).add(row.institution)
    return {key: str(len(kinds)) for key, kinds in found.items()}
