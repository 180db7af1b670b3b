"""What each figure shows, in words and with its main numbers: for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.plots.layout import told_apart
from focus_analysis.report.results import Results
from focus_analysis.report.wording import band, code_names
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

_MOST = 3


def heatmap(results: Results, lang: str) -> str:
    """Return how large the heat map is, and the problems with the largest and smallest mean coverage."""
    known = _leaves(results.by_gmina)
    mean = known.groupby("code", sort=False)["estimate"].mean().sort_values(ascending=False, kind="stable")
    names = code_names(results, lang)
    shown = [f"{names[str(code)]} ({labels.percent(share, lang)})" for code, share in mean.items()]
    return _say(
        "heatmap",
        lang,
        problems=labels.plural("problem", len(mean), lang),
        gminas=labels.plural("in_gmina", n_places(known), lang),
        most="; ".join(shown[:_MOST]),
        least=shown[-1],
    )


def slopes(results: Results, lang: str) -> str:
    """Return which problems come first in how many gminas, and in how many several share the first place."""
    ranking = results.ranking.dropna(subset=["first_strict"])
    if ranking.empty:
        return _say("no_ranks", lang)
    names, whole = code_names(results, lang), int(ranking["n_groups"].max())
    alone = ranking[ranking["first_strict"] > 0].sort_values("first_strict", ascending=False, kind="stable")
    first = [f"{names[row.code]} ({_of_gminas(row.first_strict, row.n_groups, lang)})" for row in rows(alone)]
    tied = whole - int(ranking["first_strict"].sum())
    return _say("slopes", lang, first=_or_none(first[:_MOST], lang), tied=_of_gminas(tied, whole, lang))


def regions(results: Results, lang: str) -> str:
    """Return the problems with the largest mean coverage in each region."""
    known, names = _leaves(results.by_region), code_names(results, lang)
    found = []
    for region in sorted(known["voivodeship"].dropna().unique(), key=labels.sort_key):
        top = known[known["voivodeship"] == region].sort_values("estimate", ascending=False, kind="stable").head(_MOST)
        shown = [f"{names[row.code]} ({labels.percent(row.estimate, lang)})" for row in rows(top)]
        found.append(_say("of_region", lang, region=region, problems="; ".join(shown)))
    return _say("regions", lang, regions=" ".join(found))


def corrected(results: Results, lang: str) -> str:
    """Return the largest corrected shares of the study, and where the program's codes are furthest off."""
    known, names = _leaves(results.overall), code_names(results, lang)
    top = known.sort_values(["rank", "code"], kind="stable").head(_MOST)
    most = [f"{names[row.code]} ({labels.percent(row.estimate, lang)})" for row in rows(top)]
    far = rows(known.loc[[(known["estimate"] - known["naive"]).abs().idxmax()]])[0]
    shares = {"naive": labels.percent(far.naive, lang), "estimate": labels.percent(far.estimate, lang)}
    furthest = _say("corrected_shift", lang, code=names[far.code], **shares)
    return _say("corrected", lang, most="; ".join(most), furthest=furthest)


def leaders(results: Results, lang: str) -> str:
    """Return which problem alone leads in which gminas, and in how many there is a tie."""
    known, names = _leaves(results.by_gmina), code_names(results, lang)
    known = known.assign(name=told_apart(known))
    alone = known[(known["rank"] == 1) & (known["estimate"] > 0)]
    by_code = alone.groupby("code", sort=False)["name"].agg(list)
    ranked = sorted(by_code.items(), key=lambda item: (-len(item[1]), labels.sort_key(names[str(item[0])])))
    led = [f"{names[str(code)]} ({', '.join(sorted(gminas, key=labels.sort_key))})" for code, gminas in ranked]
    whole = n_places(known)
    return _say("leaders", lang, led=_or_none(led, lang), tied=_of_gminas(whole - len(alone), whole, lang))


def problem(shown: pd.DataFrame, name: str, lang: str) -> str:
    """Return where the largest and the smallest share raised one problem; ``shown`` has a row a gmina."""
    known = shown.assign(name=told_apart(shown)).dropna(subset=["estimate"])
    known = known.sort_values("estimate", ascending=False, kind="stable")
    raised = [_counted(row.name, row, lang) for row in rows(known[known["estimate"] > 0])]
    silent = int((known["estimate"] == 0).sum())
    return _say(
        "problem", lang, code=name, most=_or_none(raised[:_MOST], lang), silent=_of_gminas(silent, len(known), lang)
    )


def saturation(results: Results, lang: str) -> str:
    """Return how many different problems one, half of and all gminas name on average."""
    curve = results.saturation
    steps = sorted({0, len(curve) // 2, len(curve) - 1})
    shown = [
        _say(
            "saturation_step",
            lang,
            n=labels.number(row.estimate, lang, 1),
            groups=labels.plural("session", int(row.n_sessions), lang),
        )
        for row in rows(curve.iloc[steps])
    ]
    return _say("saturation", lang, steps="; ".join(shown))


def claims(shown: pd.DataFrame, lang: str) -> str:
    """Return the claims themselves."""
    return _say("claims", lang, claims=labels.plural("claim", len(shown), lang), sentences=" ".join(shown["sentence"]))


def ranking(results: Results, shown: pd.DataFrame, lang: str) -> str:
    """Return the problems of one gmina that most people raised, and how many nobody did."""
    names = code_names(results, lang)
    raised = shown[shown["estimate"] > 0].sort_values(["rank", "code"], kind="stable")
    return _say(
        "ranking",
        lang,
        gmina=shown["gmina"].iloc[0],
        most=_or_none([_counted(names[row.code], row, lang) for row in rows(raised.head(_MOST + 2))], lang),
        silent=labels.count_of(len(shown) - len(raised), len(shown), lang),
    )


def spontaneous(results: Results, shown: pd.DataFrame, lang: str) -> str:
    """Return what was raised unprompted, what right after another, what after the moderator, in one gmina."""
    names, parts = code_names(results, lang), {}
    for part in ("spontaneous", "echo", "prompted"):
        of_part = shown[(shown["measure"] == part) & (shown["estimate"] > 0)]
        top = of_part.sort_values("estimate", ascending=False, kind="stable").head(_MOST)
        parts[part] = _or_none([_counted(names[row.code], row, lang) for row in rows(top)], lang)
    return _say("spontaneous", lang, gmina=shown["gmina"].iloc[0], **parts)


def dominance(results: Results, shown: pd.DataFrame, lang: str) -> str:
    """Return which problems one voice carries in one gmina, and with how large a share of the words."""
    names = code_names(results, lang)
    wide = shown.pivot(index="code", columns="measure", values="estimate").dropna(subset=["top_speaker_share"])
    one = wide[wide["one_voice"] == 1].sort_values("top_speaker_share", ascending=False, kind="stable")
    voices = [f"{names[str(code)]} ({labels.percent(share, lang)})" for code, share in one["top_speaker_share"].items()]
    n = labels.count_of(len(one), len(wide), lang)
    return _say("dominance", lang, gmina=shown["gmina"].iloc[0], n=n, most=_or_none(voices[:_MOST], lang))


def ranges(results: Results, shown: pd.DataFrame, lang: str) -> str:
    """Return between which ranks the leading problems of one gmina move."""
    names = code_names(results, lang)
    known = shown.dropna(subset=["rank_min"]).sort_values(["rank", "rank_median", "code"], kind="stable")
    moved = [f"{names[row.code]} ({band(row.rank_min, row.rank_max)})" for row in rows(known.head(_MOST + 2))]
    return _say("ranges", lang, gmina=shown["gmina"].iloc[0], ranks="; ".join(moved))


def n_places(table: pd.DataFrame) -> int:
    """Return how many gminas a table is about."""
    return len(table[["teryt", "gmina"]].drop_duplicates())


def _leaves(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["level"] == "leaf") & table["estimate"].notna()]


def _say(key: str, lang: str, **gaps: object) -> str:
    return labels.words(f"alt.{key}", lang, **gaps)


def _or_none(shown: Iterable[str], lang: str) -> str:
    return "; ".join(shown) or _say("nothing", lang)


def _counted(name: str, row: Any, lang: str) -> str:
    """Return a name with how many of how many: the share of a row of estimates as a count."""
    whole = int(row.n_participants)
    return f"{name} ({labels.count_of(round(row.estimate * whole), whole, lang)})"


def _of_gminas(part: int, whole: int, lang: str) -> str:
    """Return "6 of 8 gminas"."""
    noun = labels.plural("of_gmina", whole, lang).split(" ", 1)[1]
    return f"{labels.count_of(int(part), int(whole), lang)} {noun}"
