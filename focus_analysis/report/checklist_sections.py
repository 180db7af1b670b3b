"""COREQ and SRQR: the items that a report of qualitative research answers, filled in where the program knows.

The items stand in ``resources/checklists.toml``, each with the name of what answers it here; what it does not know is
left to the authors.
"""

from __future__ import annotations

from typing import Any

from focus_analysis import labels
from focus_analysis.labels import number, plural
from focus_analysis.report.document import Block, Heading, Paragraph, Table
from focus_analysis.report.results import Results
from focus_analysis.report.wording import code_names, heads, say
from focus_analysis.resources import toml

CHECKLISTS = ("coreq", "srqr")
_FEW, _HALF = 2, 0.5


def checklists(results: Results, lang: str) -> list[Block]:
    """Show both checklists."""
    answers = known_answers(results, lang)
    blocks: list[Block] = [Heading(1, say("checklists", lang), "checklists"), Paragraph(say("checklists_intro", lang))]
    for name in CHECKLISTS:
        cells = tuple(
            (item["number"], item[lang], _answer(item, answers, lang)) for item in toml("checklists.toml")[name]
        )
        blocks.append(Table(say(f"{name}_table", lang), heads(lang, "item", "topic", "answer"), cells))
    return blocks


def _answer(item: dict[str, Any], answers: dict[str, str], lang: str) -> str:
    said = answers.get(item.get("answer", ""), "")
    if not said:
        return say("by_authors", lang)
    return f"{said} {say('rest_by_authors', lang)}" if item.get("partly") else said


def known_answers(results: Results, lang: str) -> dict[str, str]:
    """Return what the program can say, by the name under which the checklists ask for it; empty where it cannot."""
    sessions, speakers, turns = results.sessions, results.speakers, results.turns
    people = speakers[speakers["role"] == "participant"]
    present, spoke = sessions["n_participants"].dropna(), people[people["n_turns"] > 0]
    moderated = speakers.loc[speakers["role"] == "moderator", "session_id"].nunique()
    unknown = int((speakers["role"] == "unknown").sum())
    regions, gminas = sessions["voivodeship"].dropna().nunique(), sessions["teryt"].dropna().str[:6]
    repeated = gminas.value_counts()
    names = code_names(results, lang)
    raised = results.by_gmina[(results.by_gmina["level"] == "leaf") & (results.by_gmina["n_named"] > 0)]
    n_places = results.by_gmina.dropna(subset=["estimate"])[["gmina", "teryt"]].drop_duplicates().shape[0]
    spread = raised.groupby("code").size()
    each = turns.groupby("session_id")["n_words"].sum()
    made, facts = results.provenance, results.saturation_facts
    kinds = labels.listed([say(f"coder_{kind}", lang) for kind in made.coder_kinds], lang) if made.coder_kinds else ""
    quoted = len(results.quotations) + sum(
        len(table) for table in (results.gmina_quotations, results.counter_quotations) if table is not None
    )
    return {
        "moderators": say("answer_moderators", lang, groups=labels.count_of(moderated, len(sessions), lang)),
        "sampling": say(
            "answer_sampling",
            lang,
            groups=plural("session", len(sessions), lang),
            gminas=plural("in_gmina", gminas.nunique(), lang),
            regions=plural("in_region", regions, lang),
        ),
        "sample": say(
            "answer_sample",
            lang,
            groups=plural("session", len(sessions), lang),
            spoke=number(len(spoke), lang),
            present=number(int(present.sum()), lang) if len(present) else "–",
        ),
        "absent": say("answer_absent", lang, present=number(int(present.sum()), lang), spoke=number(len(spoke), lang))
        if len(present)
        else "",
        "others": say("answer_others", lang, n=unknown),
        "description": say("answer_description", lang, section=say("participants", lang)),
        "guide": say("answer_guide" if made.guide else "answer_no_guide", lang),
        "repeated": say("answer_repeated", lang, n=int((repeated > 1).sum())),
        "duration": say("answer_duration", lang, low=number(int(each.min()), lang), high=number(int(each.max()), lang))
        if len(each)
        else "",
        "saturation": "" if facts is None else say("answer_section", lang, section=say("saturation", lang)),
        "coders": say("answer_coders", lang, who=kinds) if kinds else "",
        "codebook": "" if results.codebook is None else say("answer_section", lang, section=say("codebook", lang)),
        "themes": say("answer_themes", lang, version=made.codebook_version),
        "software": ", ".join(f"{name} {version}" for name, version in made.packages.items()) + ".",
        "quotations": say("answer_quotations", lang, n=quoted),
        "consistent": say("answer_consistent", lang, n=len(results.claims), section=say("claims", lang)),
        "major": _listed("answer_major", [names[c] for c in spread.index if spread[c] > _HALF * n_places], lang),
        "minor": _listed("answer_minor", [names[c] for c in spread.index if spread[c] <= _FEW], lang),
        "context": say("answer_section", lang, section=say("study", lang)),
        "ethics": say("answer_ethics", lang, n=labels.count_of(int(sessions["anonymised"].sum()), len(sessions), lang)),
        "processing": say("answer_section", lang, section=say("provenance", lang)),
        "method": say("answer_section", lang, section=say("method", lang)),
        "checks": say("answer_unchecked" if results.unchecked else "answer_checked", lang),
        "limits": say("answer_section", lang, section=say("caveats", lang)),
    }


def _listed(key: str, names: list[str], lang: str) -> str:
    return say(key, lang, codes=labels.listed(names, lang)) if names else say(f"{key}_none", lang)
