"""Sections about the study: its groups, who took part, what was noticed, how the report was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.labels import number, plural
from focus_analysis.report.addresses import linked, turn_address
from focus_analysis.report.corrected import left_unread, which_corrected
from focus_analysis.report.document import Block, Bullets, Command, Heading, Notice, Paragraph, Table
from focus_analysis.report.results import GuideUsed, Results
from focus_analysis.report.wording import code_names, heads, in_parts, or_dash, region_or_unknown, say
from focus_analysis.schemas import STATUSES, place_names, rows

if TYPE_CHECKING:
    import pandas as pd


_HASH = 12
_MINUTE = 60


def notices(results: Results, lang: str) -> list[Block]:
    """Say on the first page what the numbers are not."""
    blocks: list[Block] = []
    if results.invented:
        n = int(results.sessions["invented"].sum())
        key = "invented" if n == len(results.sessions) else "invented_some"
        blocks.append(Notice(say(key, lang, n=labels.count_of(n, len(results.sessions), lang))))
    if results.unchecked:
        blocks.append(Notice(say("unchecked", lang)))
    elif results.provenance.turns_by_hand:
        blocks.append(Notice(_by_hand(results, lang)))
    return [*blocks, *which_corrected(results, lang, Notice), *left_unread(results, Notice, lang)]


def _by_hand(results: Results, lang: str) -> str:
    """Say how many turns people coded."""
    by_kind = results.provenance.turns_by_hand
    kinds = ", ".join(say(f"kind_{kind}", lang, n=n) for kind, n in by_kind.items())
    n, n_all = sum(by_kind.values()), len(results.turns)
    key = "by_hand" if n < n_all else "by_hand_all"
    return say(key, lang, turns=labels.count_of(n, n_all, lang), kinds=kinds)


def title_details(results: Results, lang: str) -> tuple[str, ...]:
    """Say on the title page when the groups talked."""
    dates = sorted(results.sessions["date"].dropna())
    if not dates:
        return ()
    first, last = (labels.date(str(day), lang) for day in (dates[0], dates[-1]))
    return (say("held", lang, when=first if first == last else f"{first} – {last}"),)


def study(results: Results, lang: str) -> list[Block]:
    """Describe the groups: where, when, how many people, how much talk."""
    sessions = results.sessions.sort_values(
        ["voivodeship", "gmina"], key=lambda names: names.fillna("").map(labels.sort_key)
    )
    turns = results.turns.groupby("session_id").agg(n=("turn", "size"), words=("n_words", "sum"))
    spoke = results.speakers[(results.speakers["role"] == "participant") & (results.speakers["n_turns"] > 0)]
    spoke_in = spoke.groupby("session_id").size()
    shown = [
        (
            or_dash(row.gmina, row.session_id),
            or_dash(row.powiat),
            or_dash(row.voivodeship),
            labels.date(str(row.date), lang) if isinstance(row.date, str) else "–",
            "–" if row.n_participants is None else str(int(row.n_participants)),
            str(int(spoke_in.get(row.session_id, 0))),
            linked(str(int(turns["n"].get(row.session_id, 0))), turn_address(row.session_id, 1)),
            labels.number(int(turns["words"].get(row.session_id, 0)), lang),
        )
        for row in rows(sessions)
    ]
    head = heads(lang, "gmina", "powiat", "voivodeship", "date", "present", "spoke", "turns", "words")
    regions = results.sessions["voivodeship"].dropna().nunique()
    known = results.sessions["teryt"].dropna().str[:6]
    said = {
        "groups": plural("session", len(sessions), lang),
        "gminas": plural("in_gmina", known.nunique(), lang),
        "regions": plural("in_region", regions, lang),
        "words": plural("word", int(results.turns["n_words"].sum()), lang),
    }
    intro = [say("study_intro", lang, **said)]
    if len(known) < len(sessions):
        intro.append(say("study_unknown", lang, groups=plural("session", len(sessions) - len(known), lang)))
    if results.sessions["n_participants"].notna().any():
        present = int(results.sessions["n_participants"].sum())
        intro.append(say("study_present", lang, people=number(present, lang)))
    return [
        Heading(1, say("study", lang), "study"),
        Paragraph(" ".join(intro)),
        _in_numbers(results, lang),
        Table(say("study_table", lang), head, tuple(shown), frozenset({4, 5, 6, 7})),
    ]


def _in_numbers(results: Results, lang: str) -> Table:
    """Show the study in a few numbers."""
    sessions, people = results.sessions, results.speakers[results.speakers["role"] == "participant"]
    spoke = people[people["n_turns"] > 0].groupby("session_id").size()
    present = sessions["n_participants"].dropna().astype(int)
    turns = results.turns.groupby("session_id")["n_words"].sum()
    ends = results.turns.groupby("session_id")["end_s"].max().dropna() / _MINUTE
    counts = [
        ("n_groups_all", number(len(sessions), lang)),
        ("n_gminas", number(sessions["teryt"].dropna().str[:6].nunique(), lang)),
        ("n_powiats", number(sessions[["voivodeship", "powiat"]].dropna().drop_duplicates().shape[0], lang)),
        ("n_present", number(int(present.sum()), lang) if len(present) else "–"),
        ("n_present_each", _from_to(present, lang)),
        ("n_spoke", number(int(spoke.sum()), lang)),
        ("n_institutions", number(people["institution"].dropna().nunique(), lang)),
        ("n_turns", number(len(results.turns), lang)),
        ("n_words_each", _from_to(turns, lang)),
        ("n_minutes_each", _from_to(ends, lang)),
    ]
    shown = tuple((say(name, lang), value) for name, value in counts if value != "–")
    return Table(say("numbers_table", lang), heads(lang, "what_counted", "how_many"), shown, frozenset({1}))


def _from_to(values: pd.Series[Any], lang: str) -> str:
    """Return the least and the greatest value: "8–12"."""
    if values.empty:
        return "–"
    low, high = (number(round(float(end)), lang) for end in (values.min(), values.max()))
    return low if low == high else f"{low}–{high}"


def participants(results: Results, lang: str) -> list[Block]:
    """Show which institutions took part: people present by institution and region."""
    names = code_names(results, lang)
    people = results.speakers[
        (results.speakers["role"] == "participant")
        & (results.speakers["in_roster"] | (results.speakers["n_turns"] > 0))
    ]
    people = people.merge(results.sessions[["session_id", "voivodeship"]], on="session_id")
    other = say("institution_unknown", lang)
    people["institution"] = people["institution"].map(names).fillna(other)
    people["voivodeship"] = people["voivodeship"].fillna(labels.words("term.unknown", lang))
    regions = sorted(people["voivodeship"].unique(), key=labels.sort_key)
    groups = results.sessions.fillna({"voivodeship": labels.words("term.unknown", lang)}).groupby("voivodeship").size()
    present = people.groupby(["institution", "voivodeship"])["session_id"].nunique()
    total = people.groupby("institution")["session_id"].nunique()
    order = sorted(total.index, key=lambda name: (-int(total[name]), labels.sort_key(str(name))))
    shown = tuple(
        (
            str(name),
            labels.count_of(int(total[name]), len(results.sessions), lang),
            *(labels.count_of(int(present.get((name, region), 0)), int(groups[region]), lang) for region in regions),
            str(int((people["institution"] == name).sum())),
        )
        for name in order
    )
    head = (say("head_institution", lang), say("head_all_groups", lang), *regions, say("head_people", lang))
    everywhere = [str(name) for name in order if total[name] == len(results.sessions) and name != other]
    said = say("everywhere", lang, names=", ".join(everywhere)) if everywhere else say("nowhere_all", lang)
    numeric = frozenset(range(1, len(head)))
    return [
        Heading(1, say("participants", lang), "participants"),
        Paragraph(said),
        Table(say("participants_table", lang), head, shown, numeric),
        *_who_was_where(people, results, lang),
    ]


def _who_was_where(people: pd.DataFrame, results: Results, lang: str) -> list[Block]:
    """One table a region, or a part of one: how many people of each institution came in each gmina."""
    places = dict(zip(results.sessions["session_id"], place_names(results.sessions), strict=True))
    known = people.assign(place=people["session_id"].map(places).fillna(people["session_id"]))
    tables: list[Block] = []
    for region in sorted(known["voivodeship"].unique(), key=labels.sort_key):
        here = known[known["voivodeship"] == region]
        counts = here.groupby(["institution", "place"]).size().unstack(fill_value=0)
        kinds = sorted(counts.index, key=lambda kind: (-int((counts.loc[kind] > 0).sum()), labels.sort_key(str(kind))))
        is_known = region != labels.words("term.unknown", lang)
        whole = say("where_table", lang, region=region_or_unknown(region if is_known else "", lang))
        for caption, part in in_parts(whole, sorted(counts.columns, key=labels.sort_key), lang):
            cells = tuple((str(kind), *(str(counts.loc[kind, name] or "–") for name in part)) for kind in kinds)
            head = (say("head_institution", lang), *part)
            tables.append(Table(caption, head, cells, frozenset(range(1, len(head)))))
    return tables


def findings(results: Results, lang: str) -> list[Block]:
    """List what was noticed while reading and needs a look."""
    serious = results.findings[results.findings["severity"] != "note"]
    blocks: list[Block] = [Heading(1, say("findings", lang), "findings")]
    if serious.empty:
        return [*blocks, Paragraph(say("no_findings", lang))]
    shown = tuple((str(row.file), or_dash(row.place), str(row.what), str(row.how)) for row in rows(serious))
    head = heads(lang, "file", "place", "what", "how")
    return [*blocks, Table(say("findings_table", lang), head, shown, verbatim=frozenset({0}))]


def _guide_told(guide: GuideUsed | None, lang: str) -> list[str]:
    """Say which topic guide the questions of the turns come from, where they come from one."""
    if guide is None:
        return []
    return [say("made_guide", lang, name=guide.name, version=guide.version, n=number(guide.n_corrections, lang))]


def provenance(results: Results, lang: str) -> list[Block]:
    """Say how the report was made: files, codebook, versions."""
    made = results.provenance
    coded = results.codings
    items = (
        say(
            "made_codebook",
            lang,
            name=made.codebook,
            version=made.codebook_version,
            sha=made.codebook_sha256[:_HASH],
        ),
        say(
            "made_codings",
            lang,
            codings=plural("coding", len(coded), lang),
            **{status: number(int((coded["status"] == status).sum()), lang) for status in STATUSES},
        ),
        say("made_coverage", lang),
        *_guide_told(made.guide, lang),
        say(
            "made_packages",
            lang,
            packages=", ".join(f"{name} {version}" for name, version in made.packages.items()),
        ),
    )
    files = results.sessions.sort_values("session_id")
    shown = tuple((str(row.session_id), str(row.source), str(row.sha256)[:_HASH]) for row in rows(files))
    head = heads(lang, "session", "file", "sha")
    again: list[Block] = [Paragraph(say("made_command", lang)), Command(made.command)] if made.command else []
    return [
        Heading(1, say("provenance", lang), "provenance"),
        Bullets(items),
        *again,
        Table(say("files_table", lang), head, shown, verbatim=frozenset({0, 1, 2})),
    ]
