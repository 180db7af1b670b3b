"""Sections about institutions: who took part, what is hard, who works with whom, what would help, what brings together.

Each is left out where its table is missing or empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.report.barrier_sections import barrier_name, barriers
from focus_analysis.report.cooperation_figures import gmina_network_name
from focus_analysis.report.document import Block, Bullets, Heading, Paragraph, Table
from focus_analysis.report.results import Results
from focus_analysis.report.ties import (
    most_frequent,
    named_ties,
    network_tables,
    same_gmina,
    strongest,
    study_rows,
    tell,
    tie,
    turns_of,
    with_count,
)
from focus_analysis.report.wording import Figures, band, code_names, quoted, say, source_of
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

_FEW = 3
_LONG = 40
_BARRIER = "cooperation_barrier"
_VOICES = ("cooperation_good", _BARRIER, "information_exchange", "occasional_partner")


def participation(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show which institutions were present, and how much they said."""
    held = network_tables(results).get("participation")
    if held is None:
        return []
    names, known = labels.CodeNames(code_names(results, lang)), held[held["known"]]
    n_gminas = len(known[["teryt", "gmina", "voivodeship"]].drop_duplicates())
    total = known.groupby(["gmina", "teryt"], dropna=False)["n_words"].transform("sum").where(known["present"], 0)
    whole = (
        known.assign(total=total)
        .groupby("institution", sort=False)
        .agg(n_present=("present", "sum"), n_spoke=("spoke", "sum"), words=("n_words", "sum"), total=("total", "sum"))
        .sort_values("n_present", ascending=False, kind="stable")
        .reset_index()
    )
    chosen = {
        "present_everywhere": whole["n_present"] == n_gminas,
        "present_nowhere": whole["n_present"] == 0,
        "present_silent": (whole["n_present"] > 0) & (whole["n_spoke"] == 0),
    }
    said = [tell("participation_intro", lang)]
    said += [
        tell(key, lang, names=", ".join(whole.loc[rows_of, "institution"].map(names)), n=n_gminas)
        for key, rows_of in chosen.items()
        if rows_of.any()
    ]
    unknown = held.loc[~held["known"], "gmina"].drop_duplicates()
    if len(unknown):
        said.append(tell("places_unknown", lang, gminas=", ".join(unknown)))
    return [
        Heading(1, tell("participation", lang), "participation"),
        *_told(said),
        *([_participation_table(whole, n_gminas, names, lang)] if n_gminas else []),
        *_drawn(figures, "participation"),
    ]


def _participation_table(whole: pd.DataFrame, n_gminas: int, names: Mapping[str, str], lang: str) -> Table:
    cells = tuple(
        (
            names[row.institution],
            labels.count_of(row.n_present, n_gminas, lang),
            labels.count_of(row.n_spoke, row.n_present, lang) if row.n_present else "–",
            labels.percent(row.words / row.total, lang) if row.total else "–",
        )
        for row in rows(whole)
    )
    head = (say("head_institution", lang), *(tell(f"head_{x}", lang) for x in ("present_in", "spoke_in", "word_share")))
    return Table(tell("participation_table", lang), head, cells, frozenset({1, 2, 3}))


def difficulty(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show which problems are called hard, and which easy to solve."""
    shown = _study_leaves(results, "difficulty")
    rated = shown[shown["n_linked"] > 0] if len(shown) else shown
    if rated.empty:
        return []
    names = labels.CodeNames(code_names(results, lang))
    said = [tell("difficulty_intro", lang)]
    for side in ("hard", "easy"):
        top = rated[rated[f"n_{side}"] > 0].sort_values(f"n_{side}", ascending=False, kind="stable").head(_FEW)
        counted = [with_count(names[row.code], getattr(row, f"n_{side}"), row.n_scope, lang) for row in rows(top)]
        said.append(tell(f"most_{side}", lang, names=", ".join(counted)) if counted else tell(f"nobody_{side}", lang))
    said += _by_hand(network_tables(results), "links", lang)
    cells = tuple(
        (
            names[row.code],
            labels.count_of(row.n_hard, row.n_scope, lang),
            labels.count_of(row.n_easy, row.n_scope, lang),
            _net(row, lang),
            labels.percent(row.coverage, lang),
        )
        for row in rows(rated.sort_values(["net", "n_hard"], ascending=[True, False], kind="stable"))
    )
    head = (say("head_problem", lang), *(tell(f"head_{x}", lang) for x in ("hard", "easy", "net", "coverage")))
    return [
        Heading(1, tell("difficulty", lang), "difficulty"),
        *_told(said),
        Table(tell("difficulty_table", lang), head, cells, frozenset({1, 2, 3, 4})),
        *_drawn(figures, "difficulty", "salience_difficulty"),
        *_voices(results, "difficulty", ("hard_to_solve", "easy_to_solve"), lang),
    ]


def cooperation(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show who is said to work with whom, what is missing, and what stands in the way."""
    tables = network_tables(results)
    ties = study_rows(tables["edges"]) if "edges" in tables else None
    if ties is None or ties.empty:
        return []
    names = labels.CodeNames(code_names(results, lang))
    n_scope = int(ties["n_scope"].iloc[0])
    example = labels.count_of(min(4, n_scope), n_scope, lang)
    said = [tell("cooperation_intro", lang, count=example, part=min(4, n_scope), whole=n_scope)]
    for relation in ("cooperates", "lacks", "conflict", "wish"):
        top = strongest(ties, relation)
        if len(top):
            said.append(tell(f"most_{relation}", lang, ties=named_ties(top, names, lang)))
        elif relation == "cooperates":
            said.append(tell("no_tie", lang))
    said += _by_hand(tables, "relations", lang)
    return [
        Heading(1, tell("cooperation", lang), "cooperation"),
        *_told(said),
        *_about_the_network(tables, ties, names, lang),
        *_edges_table(ties, names, lang),
        *_drawn(figures, *(name for name in figures if name.startswith("cooperation"))),
        *barriers(tables, figures, names, lang),
        *_voices(results, "cooperation", _VOICES, lang),
    ]


def _about_the_network(
    tables: Mapping[str, pd.DataFrame], ties: pd.DataFrame, names: Mapping[str, str], lang: str
) -> list[Block]:
    """Say what rests on one gmina, who has no tie, who is named back, and who is an occasional partner only."""
    said = []
    works = ties[ties["relation"] == "cooperates"]
    if works["one_gmina"].any():
        count = labels.count_of(int(works["one_gmina"].sum()), len(works), lang)
        said.append(tell("one_gmina", lang, n=count))
    if "network_summary" in tables:
        told = study_rows(tables["network_summary"])
        for row in rows(told[(told["relation"] == "cooperates") & (told["n_dyads"] > 0)]):
            said.append(tell("reciprocity", lang, count=labels.count_of(row.n_reciprocated, row.n_dyads, lang)))
    if "nodes" in tables:
        nodes = study_rows(tables["nodes"])
        alone = nodes[(nodes["relation"] == "cooperates") & nodes["isolate"]]
        if len(alone):
            said.append(tell("isolates", lang, names=", ".join(names[code] for code in alone["institution"])))
    if "occasional" in tables:
        partners = study_rows(tables["occasional"])
        for key, chosen in (
            ("only_occasional", partners[partners["only_occasional"]]),
            ("occasional", partners[~partners["only_occasional"]]),
        ):
            counted = [with_count(names[row.institution], row.n_gminas, row.n_scope, lang) for row in rows(chosen)]
            said += [tell(key, lang, names=", ".join(counted))] if counted else []
    return [Bullets(tuple(said))] if said else []


def _edges_table(ties: pd.DataFrame, names: Mapping[str, str], lang: str) -> list[Block]:
    """Show the ties, those of one gmina only where they are few."""
    told = ties[ties["relation"] != "mentioned"]
    at_least = 1 if len(told) <= _LONG else 2
    shown = told[told["n_gminas"] >= at_least].sort_values("n_gminas", ascending=False, kind="stable")
    cells = tuple(
        (
            tie(row, names),
            labels.words(f"relation.{row.relation}", lang),
            labels.count_of(row.n_gminas, row.n_opportunities, lang),
            "–" if row.low is None else band(row.low, row.high),
        )
        for row in rows(shown)
    )
    head = tuple(tell(f"head_{x}", lang) for x in ("tie", "relation", "gminas", "range"))
    caption = tell("edges_table_all" if at_least == 1 else "edges_table", lang, at_least=at_least)
    return [Table(caption, head, cells, frozenset({2, 3}))] if cells else []


def gmina_ties(results: Results, figures: Figures, place: Any, anchor: str, lang: str) -> list[Block]:
    """Show a gmina's cooperation, what else is told of institutions, and what hinders them.

    Cooperation is shown by pairs. Of what is missing, in conflict or wished for only the institution spoken of is
    named: the one that speaks is often one person.
    """
    tables = network_tables(results)
    if not {"relations", "participation"} <= set(tables):
        return []
    names = labels.CodeNames(code_names(results, lang))
    held = tables["participation"]
    here = {session for ids in held.loc[same_gmina(held, place), "session_ids"] for session in ids.split(";")}
    several = len(here) > 1
    told = tables["relations"][tables["relations"]["session_id"].isin(here)]
    ties = told[told["source"].notna() & (told["source"] != told["target"])]
    cells = []
    for relation, of_kind in ties.groupby("relation", sort=False):
        if relation == "mentioned":
            continue
        ends = [
            " – ".join(sorted((names[row.source], names[row.target]), key=labels.sort_key))
            if relation == "cooperates"
            else names[row.target]
            for row in rows(of_kind)
        ]
        kind = labels.words(f"relation.{relation}", lang)
        cells.append((kind, "; ".join(dict.fromkeys(ends)), turns_of(of_kind, several)))
    if "barriers" in tables:
        hindering = tables["barriers"][tables["barriers"]["session_id"].isin(here)]
        kinds = ", ".join(barrier_name(kind, lang) for kind in hindering["kind"].drop_duplicates())
        cells += [(tell("barriers_short", lang), kinds, turns_of(hindering, several))] if kinds else []
    head = (tell("head_relation", lang), tell("head_whom", lang), tell("head_turn_ids", lang))
    table = Table(tell("gmina_ties", lang, gmina=place.name), head, tuple(cells))
    return [*([table] if cells else []), *_drawn(figures, gmina_network_name(anchor))]


def solutions(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show which solutions are spoken of, with which problems, and by whom."""
    tables = network_tables(results)
    shown = study_rows(tables["solutions"]) if "solutions" in tables else None
    if shown is None or shown.empty:
        return []
    names = labels.CodeNames(code_names(results, lang))
    whole = shown[shown["problem"].isna()].sort_values("n_gminas", ascending=False, kind="stable")
    with_problem = shown[shown["problem"].notna()].sort_values("n_gminas", ascending=False, kind="stable")
    voices = study_rows(tables["solution_voices"]) if "solution_voices" in tables else None
    said = [tell("solutions_intro", lang)]
    answers = with_problem[with_problem["problem"] == _BARRIER].head(_FEW)
    if len(answers):
        counted = [with_count(names[row.solution], row.n_gminas, row.n_scope, lang) for row in rows(answers)]
        said.append(tell("solutions_for_barriers", lang, names=", ".join(counted)))
    cells = tuple(
        (
            names[row.solution],
            labels.count_of(row.n_gminas, row.n_scope, lang),
            str(row.n_speakers),
            most_frequent(with_problem[with_problem["solution"] == row.solution], "problem", "n_scope", names, lang),
            "–"
            if voices is None
            else most_frequent(
                voices[voices["solution"] == row.solution], "institution", "n_opportunities", names, lang
            ),
        )
        for row in rows(whole)
    )
    head = (
        *(tell(f"head_{x}", lang) for x in ("solution", "gminas")),
        say("head_people", lang),
        *(tell(f"head_{x}", lang) for x in ("with_problems", "from")),
    )
    return [
        Heading(1, tell("solutions", lang), "solutions"),
        *_told(said),
        *([Table(tell("solutions_table", lang), head, cells, frozenset({1, 2}))] if cells else []),
        *_drawn(figures, "solutions"),
        *_voices(results, "solutions", tuple(whole["solution"]), lang),
    ]


def mobilising(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show which problems different institutions raise on their own account."""
    shown = _study_leaves(results, "mobilising")
    if len(shown):
        shown = shown[shown["n_types"] > 0].sort_values("rank_breadth", kind="stable")
    if shown.empty:
        return []
    names = labels.CodeNames(code_names(results, lang))
    said = [tell("mobilising_intro", lang)]
    best = [names[code] for code in shown.loc[shown["undominated"], "code"]]
    if best:
        said.append(tell("undominated", lang, names=", ".join(best)))
    cells = tuple(
        (
            names[row.code],
            labels.count_of(row.n_types, row.n_types_present, lang),
            _ranked(labels.percent(row.breadth_share, lang), row.rank_breadth, lang),
            _ranked(labels.percent(row.salience, lang), row.rank_salience, lang),
            _ranked(signed(row.solvable, lang), row.rank_solvable, lang),
            _ranked(str(row.n_solution_speakers), row.rank_solutions, lang),
            _ranked(str(row.n_partners), row.rank_partners, lang),
        )
        for row in rows(shown)
    )
    columns = ("types", "breadth", "coverage", "net", "solution_people", "partners")
    head = (say("head_problem", lang), *(tell(f"head_{x}", lang) for x in columns))
    return [
        Heading(1, tell("mobilising", lang), "mobilising"),
        *_told(said),
        Table(tell("mobilising_table", lang), head, cells, frozenset(range(1, len(head)))),
        *_drawn(figures, "mobilising"),
    ]


def _by_hand(tables: Mapping[str, pd.DataFrame], name: str, lang: str) -> list[str]:
    """Say where a person went through relations or links."""
    return [tell(f"{name}_by_hand", lang)] if name in tables and (tables[name]["coder_kind"] == "human").all() else []


def _study_leaves(results: Results, name: str) -> pd.DataFrame:
    """Return the rows of the whole study at the level of single codes; an empty frame where there is no table."""
    import pandas as pd

    table = network_tables(results).get(name)
    if table is None:
        return pd.DataFrame()
    shown = study_rows(table)
    return shown[shown["level"] == "leaf"]


def _told(said: list[str]) -> list[Block]:
    """Return what a section begins with: what is counted, and then what was found."""
    first, *found = said
    return [Paragraph(first), Bullets(tuple(found))] if len(found) > 1 else [Paragraph(" ".join(said))]


def _drawn(figures: Figures, *names: str) -> list[Block]:
    return [figures[name] for name in names if name in figures]


def _voices(results: Results, section: str, codes: Iterable[str], lang: str) -> list[Block]:
    """Return the quotations of a section, each code's under its name."""
    names = labels.CodeNames(code_names(results, lang))
    chosen = results.quotations
    found: list[Block] = []
    for code in codes:
        said = rows(chosen[chosen["code"] == code])
        if code in names and said:
            found.append(Heading(3, names[code], f"voices-{code}"))
            found += [quoted(results, row, source_of(results, row, lang), lang) for row in said]
    return [Heading(2, say("quotations", lang), f"quotations-{section}"), *found] if found else []


def signed(value: float | None, lang: str) -> str:
    """Return a number with a minus sign, never before a zero."""
    return "–" if value is None else labels.number(round(value, 1) + 0.0, lang, 1).replace("-", "−")


def _net(row: Any, lang: str) -> str:
    if row.low is None:
        return signed(row.net, lang)
    interval = labels.words("phrase.range", lang, low=signed(row.low, lang), high=signed(row.high, lang))
    return f"{signed(row.net, lang)} ({interval})"


def _ranked(text: str, rank: float | None, lang: str) -> str:
    """Return a value with its rank, a mid-rank with its half."""
    if rank is None:
        return text
    return f"{text} ({labels.number(rank, lang, int(rank % 1 > 0))})"
