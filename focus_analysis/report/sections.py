"""The sections of the report: each turns results into blocks of the document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.labels import plural
from focus_analysis.report.document import (
    Block,
    Bullets,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Quotation,
    Table,
)
from focus_analysis.report.figures import ranking_name
from focus_analysis.report.results import Results
from focus_analysis.schemas import place_names, rows

if TYPE_CHECKING:
    import pandas as pd

Figures = Mapping[str, Figure]
_HASH = 12


def say(key: str, lang: str, **gaps: object) -> str:
    """Return words of the report."""
    return labels.words(f"report.{key}", lang, **gaps)


def notices(results: Results, lang: str) -> list[Block]:
    """Say on the first page what the numbers are not."""
    blocks: list[Block] = []
    if results.invented:
        n = int(results.sessions["invented"].sum())
        blocks.append(Notice(say("invented", lang, n=labels.count_of(n, len(results.sessions), lang))))
    if results.unchecked:
        blocks.append(Notice(say("unchecked", lang)))
    elif results.provenance.turns_by_hand:
        blocks.append(Notice(_by_hand(results, lang)))
    return blocks


def _by_hand(results: Results, lang: str) -> str:
    """Say how many turns people coded."""
    by_kind = results.provenance.turns_by_hand
    kinds = ", ".join(say(f"kind_{kind}", lang, n=n) for kind, n in by_kind.items())
    return say("by_hand", lang, turns=labels.count_of(sum(by_kind.values()), len(results.turns), lang), kinds=kinds)


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
            _shown(row.gmina, row.session_id),
            _shown(row.powiat),
            _shown(row.voivodeship),
            labels.date(str(row.date), lang) if isinstance(row.date, str) else "–",
            "–" if row.n_participants is None else str(int(row.n_participants)),
            str(int(spoke_in.get(row.session_id, 0))),
            str(int(turns["n"].get(row.session_id, 0))),
            labels.number(int(turns["words"].get(row.session_id, 0)), lang),
        )
        for row in rows(sessions)
    ]
    head = tuple(
        say(f"head_{name}", lang)
        for name in ("gmina", "powiat", "voivodeship", "date", "present", "spoke", "turns", "words")
    )
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
        intro.append(say("study_present", lang, people=plural("participant", present, lang)))
    return [
        Heading(1, say("study", lang), "study"),
        Paragraph(" ".join(intro)),
        Table(say("study_table", lang), head, tuple(shown), frozenset({4, 5, 6, 7})),
    ]


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
    ]


def problems(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show the problems over all groups and by region, with their quotations."""
    blocks: list[Block] = [
        Heading(1, say("problems", lang), "problems"),
        Paragraph(say("problems_intro", lang)),
    ]
    if results.by_gmina["estimate"].isna().all():
        return [*blocks, Notice(say("nobody_counted", lang))]
    if results.by_gmina["denominator"].nunique() > 1:
        blocks.append(Notice(say("mixed_denominators", lang)))
    blocks += [_overall(results, "leaf", lang)]
    if results.codes["parent"].notna().any():
        blocks += [_overall(results, "top", lang)]
    blocks += [figures[name] for name in ("heatmap", "regions") if name in figures]
    blocks += [Heading(2, say("quotations", lang), "quotations"), Paragraph(say("quotations_intro", lang))]
    return blocks + _quotations(results, lang)


def _overall(results: Results, level: str, lang: str) -> Table:
    """One row a problem: in how many groups it was raised, by how many people, and the mean in each region."""
    shown_level = results.by_gmina[(results.by_gmina["level"] == level) & results.by_gmina["estimate"].notna()]
    names = code_names(results, lang)
    n_groups = shown_level[["teryt", "gmina"]].drop_duplicates().shape[0]
    means = results.by_region[results.by_region["level"] == level].set_index(["voivodeship", "code"])["estimate"]
    regions = sorted({region for region, _ in means.index}, key=labels.sort_key)
    total = shown_level.groupby("code", sort=False).agg(
        raised=("n_named", lambda n: int((n > 0).sum())),
        named=("n_named", "sum"),
        of=("n_participants", "sum"),
        mean=("estimate", "mean"),
    )
    shown = tuple(
        (
            names[row.code],
            labels.count_of(int(row.raised), n_groups, lang),
            labels.count_of(int(row.named), int(row.of), lang),
            *(f"{labels.number(100 * means[region, row.code], lang)}%" for region in regions),
        )
        for row in rows(total.sort_values("mean", ascending=False, kind="stable").reset_index())
    )
    head = (
        say("head_problem", lang),
        say("head_raised", lang),
        say("head_named_people", lang),
        *(say("head_mean", lang, region=region) for region in regions),
    )
    return Table(say(f"overall_table_{level}", lang), head, shown, frozenset(range(1, len(head))))


def _quotations(results: Results, lang: str) -> list[Block]:
    names = code_names(results, lang)
    leaves = results.by_gmina[results.by_gmina["level"] == "leaf"].groupby("code")["estimate"].mean()
    blocks: list[Block] = []
    for code in leaves.sort_values(ascending=False, kind="stable").index:
        chosen = results.quotations[results.quotations["code"] == code]
        if len(chosen):
            blocks.append(Paragraph(f"{names[str(code)]}:"))
            blocks += [
                Quotation(str(row.text), _source(row.institution, row.voivodeship, names, lang)) for row in rows(chosen)
            ]
    return blocks or [Paragraph(say("no_quotations", lang))]


def _source(institution: object, voivodeship: object, names: Mapping[str, str], lang: str) -> str:
    kind = names.get(str(institution), say("institution_unknown", lang))
    return f"{kind}, {voivodeship}" if isinstance(voivodeship, str) else kind


def gminas(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show the ranking of every gmina, with the turns behind each number."""
    blocks: list[Block] = [Heading(1, say("gminas", lang), "gminas"), Paragraph(say("gminas_intro", lang))]
    leaves = results.by_gmina[results.by_gmina["level"] == "leaf"]
    places = (
        leaves[["gmina", "teryt"]].drop_duplicates().sort_values("gmina", key=lambda names: names.map(labels.sort_key))
    )
    behind = _turns_behind(results)
    for place in rows(places):
        same = (
            leaves["teryt"].eq(place.teryt)
            if isinstance(place.teryt, str)
            else leaves["gmina"].eq(place.gmina) & leaves["teryt"].isna()
        )
        anchor = str(place.teryt) if isinstance(place.teryt, str) else str(place.gmina)
        blocks.append(Heading(2, str(place.gmina), f"gmina-{anchor}"))
        estimates = leaves[same]
        if estimates["estimate"].isna().any():
            blocks.append(Notice(say("gmina_unknown_roles", lang)))
            continue
        blocks.append(figures[ranking_name(anchor)])
        blocks.append(_gmina_table(results, estimates, behind, lang))
    return blocks


def _gmina_table(results: Results, estimates: pd.DataFrame, behind: Mapping[tuple[str, str], str], lang: str) -> Table:
    names = code_names(results, lang)
    ranked = estimates.sort_values(["rank", "code"], kind="stable")
    shown = tuple(
        (
            _band(row.rank_low, row.rank_high),
            names[str(row.code)],
            labels.count_of(int(row.n_named), int(row.n_participants), lang),
            str(int(row.n_denied)),
            behind.get((row.teryt[:6] if row.teryt else row.gmina, row.code), "–"),
        )
        for row in rows(ranked)
    )
    head = tuple(say(f"head_{name}", lang) for name in ("rank", "problem", "named", "denied", "turn_ids"))
    return Table(say("gmina_table", lang, gmina=ranked["gmina"].iloc[0]), head, shown, frozenset({0, 2, 3}))


def _turns_behind(results: Results) -> dict[tuple[str, str], str]:
    """Return the turns of counted participants behind each count, by place and code, as "session: turn, turn"."""
    said = results.codings[results.codings["status"] == "affirmed"][["session_id", "turn", "code"]].drop_duplicates()
    said = said.merge(results.turns[["session_id", "turn", "speaker", "role"]], on=["session_id", "turn"])
    said = said.merge(results.speakers[["session_id", "speaker", "in_roster"]], on=["session_id", "speaker"])
    sessions = results.sessions.assign(place=results.sessions["teryt"].str[:6].fillna(place_names(results.sessions)))
    said = said[said["role"] == "participant"].merge(
        sessions[["session_id", "place", "n_participants"]], on="session_id"
    )
    said = said[said["in_roster"] | said["n_participants"].isna()]
    lists = said.sort_values(["session_id", "turn"]).groupby(["place", "code", "session_id"])["turn"].agg(list)
    behind: dict[tuple[str, str], list[str]] = {}
    for row in rows(lists.reset_index()):
        turns = ", ".join(map(str, row.turn))
        behind.setdefault((row.place, row.code), []).append(f"{row.session_id}: {turns}")
    return {key: "; ".join(parts) for key, parts in behind.items()}


def caveats(results: Results, lang: str) -> list[Block]:
    """Say what must not be concluded, with this study's own numbers."""
    n = len(results.sessions)
    gminas = plural("in_gmina", results.sessions["teryt"].dropna().str[:6].nunique(), lang)
    items = (
        say("caveat_described", lang, groups=plural("session", n, lang), gminas=gminas),
        say("caveat_talk", lang),
        say("caveat_absence", lang),
        say("caveat_ties", lang),
        say("caveat_regions", lang),
        say("caveat_codes", lang) if results.unchecked else say("caveat_checked", lang),
    )
    return [Heading(1, say("caveats", lang), "caveats"), Bullets(items)]


def findings(results: Results, lang: str) -> list[Block]:
    """List what was noticed while reading and needs a look."""
    serious = results.findings[results.findings["severity"] != "note"]
    blocks: list[Block] = [Heading(1, say("findings", lang), "findings")]
    if serious.empty:
        return [*blocks, Paragraph(say("no_findings", lang))]
    shown = tuple((str(row.file), _shown(row.place), str(row.what), str(row.how)) for row in rows(serious))
    head = tuple(say(f"head_{name}", lang) for name in ("file", "place", "what", "how"))
    return [*blocks, Table(say("findings_table", lang), head, shown)]


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
            affirmed=int((coded["status"] == "affirmed").sum()),
            denied=int((coded["status"] == "denied").sum()),
            hypothetical=int((coded["status"] == "hypothetical").sum()),
        ),
        say("made_coverage", lang),
        say(
            "made_packages",
            lang,
            packages=", ".join(f"{name} {version}" for name, version in made.packages.items()),
        ),
    )
    files = results.sessions.sort_values("session_id")
    shown = tuple((str(row.session_id), str(row.source), str(row.sha256)[:_HASH]) for row in rows(files))
    head = tuple(say(f"head_{name}", lang) for name in ("session", "file", "sha"))
    return [
        Heading(1, say("provenance", lang), "provenance"),
        Bullets(items),
        Table(say("files_table", lang), head, shown),
    ]


def code_names(results: Results, lang: str) -> dict[str, str]:
    """Return the name of every code in one language."""
    return dict(zip(results.codes["code"], results.codes[f"label_{lang}"], strict=True))


def _band(low: float, high: float) -> str:
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"


def _shown(value: object, otherwise: object = "–") -> str:
    return value if isinstance(value, str) and value else str(otherwise)
