"""What the explorer shows of institutions: ties, barriers, difficulty, solutions, what brings together; and the turns.

Every row of a table has a key. Behind a key stand the turns that it counts, in groups, each with the words that tell it
where they are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis import labels
from focus_analysis.report.barrier_sections import barrier_name
from focus_analysis.report.cooperation_sections import signed
from focus_analysis.report.results import Results
from focus_analysis.report.ties import network_tables, tie
from focus_analysis.report.wording import code_names
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

_BARRIER = "cooperation_barrier"
_HEADS = {
    "ties": ("tie", "relation", "gminas", "turns"),
    "barriers": ("kind", "gminas", "people", "turns"),
    "difficulty": ("problem", "hard", "easy", "net"),
    "solutions": ("problem", "solution", "gminas", "people"),
    "mobilising": ("problem", "types", "breadth", "coverage", "net", "solution_people", "partners"),
}
_WORDS = {"ties": 2, "barriers": 1, "difficulty": 1, "solutions": 2, "mobilising": 1}  # columns that hold words


class Line(NamedTuple):
    """A row of a table: the row of results that it shows, its key, the codes that it speaks of, and its cells."""

    row: Any
    key: str
    codes: list[str]
    cells: list[str]


class Behind(NamedTuple):
    """A turn behind a key: in which group it stands, and the characters that tell it."""

    key: str
    group: str | None
    session_id: str
    turn: int
    start: int | None = None
    end: int | None = None


Tables = Mapping[str, "pd.DataFrame"]
Names = Mapping[str, str]


def network_data(results: Results, lang: str, places: Mapping[str, str]) -> dict[str, Any]:
    """Return the tables of institutions as the page carries them.

    Parameters
    ----------
    results : Results
        The tables.
    lang : {"pl", "en"}
        Language of the page.
    places : mapping of str to str
        Key of the place of every session.
    """
    tables, names = network_tables(results), labels.CodeNames(code_names(results, lang))
    lines = {name: list(make(tables, names, lang)) for name, make in _LINES.items()}
    where = _place_keys(tables, places)
    return {
        "tables": [
            {
                "id": name,
                "title": labels.words(f"explorer.tables.{name}", lang),
                "head": [labels.words(f"explorer.columns.{head}", lang) for head in _HEADS[name]],
                "words": _WORDS[name],
            }
            for name, found in lines.items()
            if found
        ],
        "rows": [[name, *_scope(line.row, where), line.key, line.cells] for name in lines for line in lines[name]],
        "behind": [list(turn) for turn in dict.fromkeys(_behind(tables, results, lang))],
        "codes": {line.key: line.codes for found in lines.values() for line in found},
    }


def _place_keys(tables: Tables, places: Mapping[str, str]) -> dict[tuple[str | None, str], str]:
    """Return the key of every gmina, by its TERYT code and name."""
    if "participation" not in tables:
        return {}
    held = tables["participation"][["teryt", "gmina", "session_ids"]].drop_duplicates()
    return {(row.teryt, row.gmina): places[row.session_ids.split(";")[0]] for row in rows(held)}


def _scope(row: Any, where: Mapping[tuple[str | None, str], str]) -> tuple[str | None, str | None]:
    """Return the region of a row, or the key of its gmina; neither for the whole study."""
    return (row.voivodeship, None) if row.gmina is None else (None, where.get((row.teryt, row.gmina)))


def _ties(tables: Tables, names: Names, lang: str) -> Iterator[Line]:
    if "edges" not in tables:
        return
    told = tables["edges"][tables["edges"]["relation"] != "mentioned"]
    for row in rows(told.sort_values(["n_gminas", "n_named"], ascending=False, kind="stable")):
        kind = labels.words(f"relation.{row.relation}", lang)
        cells = [tie(row, names), kind, labels.count_of(row.n_gminas, row.n_opportunities, lang), str(row.n_named)]
        yield Line(row, _tie_key(row.relation, row.source, row.target, row.directed), [row.source, row.target], cells)


def _tie_key(relation: str, source: str, target: str, directed: bool) -> str:
    ends = (source, target) if directed else sorted((source, target))
    return "|".join(("tie", relation, *ends))


def _barriers(tables: Tables, _: Names, lang: str) -> Iterator[Line]:
    if "barrier_counts" not in tables:
        return
    told = tables["barrier_counts"]
    for row in rows(told[told["source"].isna()].sort_values("n_gminas", ascending=False, kind="stable")):
        count = labels.count_of(row.n_gminas, row.n_scope, lang)
        cells = [barrier_name(row.kind, lang), count, str(row.n_speakers), str(row.n_turns)]
        yield Line(row, f"barrier|{row.kind}", [_BARRIER, "information_exchange"], cells)


def _difficulty(tables: Tables, names: Names, lang: str) -> Iterator[Line]:
    if "difficulty" not in tables:
        return
    told = tables["difficulty"]
    told = told[(told["level"] == "leaf") & (told["n_linked"] > 0)]
    for row in rows(told.sort_values(["net", "n_hard"], ascending=[True, False], kind="stable")):
        if row.gmina is None:
            counts = [labels.count_of(n, row.n_scope, lang) for n in (row.n_hard, row.n_easy)]
        else:
            counts = [labels.plural("participant", n, lang) for n in (row.n_hard_speakers, row.n_easy_speakers)]
        cells = [names[row.code], *counts, signed(row.net, lang)]
        yield Line(row, f"difficulty|{row.code}", [row.code, "hard_to_solve", "easy_to_solve"], cells)


def _solutions(tables: Tables, names: Names, lang: str) -> Iterator[Line]:
    if "solutions" not in tables:
        return
    told = tables["solutions"]
    for row in rows(told[told["problem"].notna()].sort_values("n_gminas", ascending=False, kind="stable")):
        count = labels.count_of(row.n_gminas, row.n_scope, lang)
        cells = [names[row.problem], names[row.solution], count, str(row.n_speakers)]
        yield Line(row, f"solution|{row.problem}|{row.solution}", [row.problem, row.solution], cells)


def _mobilising(tables: Tables, names: Names, lang: str) -> Iterator[Line]:
    if "mobilising" not in tables:
        return
    told = tables["mobilising"]
    told = told[(told["level"] == "leaf") & (told["n_types"] > 0)]
    for row in rows(told.sort_values("rank_breadth", kind="stable")):
        cells = [
            names[row.code],
            labels.count_of(row.n_types, row.n_types_present, lang),
            labels.percent(row.breadth_share, lang),
            labels.percent(row.salience, lang),
            signed(row.solvable, lang),
            str(row.n_solution_speakers),
            str(row.n_partners),
        ]
        yield Line(row, f"mobilising|{row.code}", [row.code], cells)


_LINES: dict[str, Callable[[Tables, Names, str], Iterator[Line]]] = {
    "ties": _ties,
    "barriers": _barriers,
    "difficulty": _difficulty,
    "solutions": _solutions,
    "mobilising": _mobilising,
}


def _behind(tables: Tables, results: Results, lang: str) -> Iterator[Behind]:
    """Yield the turns behind every key, those that tell a problem and its solution in two turns both."""
    directed = {row.relation: row.directed for row in rows(tables["edges"])} if "edges" in tables else {}
    for row in rows(tables["relations"]) if "relations" in tables else ():
        if row.source is not None and row.source != row.target and row.relation in directed:
            key = _tie_key(row.relation, row.source, row.target, directed[row.relation])
            yield Behind(key, None, row.session_id, row.turn, row.start, row.end)
    for row in rows(tables["barriers"]) if "barriers" in tables else ():
        yield Behind(f"barrier|{row.kind}", None, row.session_id, row.turn, row.start, row.end)
    sides = {f"{side}_to_solve": labels.words(f"explorer.columns.{side}", lang) for side in ("hard", "easy")}
    for row in rows(tables["links"]) if "links" in tables else ():
        for turn in dict.fromkeys((row.problem_turn, row.turn)):
            if row.other in sides:
                yield Behind(f"difficulty|{row.problem}", sides[row.other], row.session_id, turn)
            else:
                yield Behind(f"solution|{row.problem}|{row.other}", None, row.session_id, turn)
    named = results.behind
    for row in rows(named[named["unprompted"] & (named["level"] == "leaf")]):
        yield Behind(f"mobilising|{row.code}", None, row.session_id, row.turn)
