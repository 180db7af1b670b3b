"""The figures of a study: drawn from results, saved for print, handed on to the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.claims import plot_claims
from focus_analysis.plots.corrected import plot_corrected
from focus_analysis.plots.heatmap import plot_heatmap
from focus_analysis.plots.layout import told_apart
from focus_analysis.plots.map import has_place, plot_map
from focus_analysis.plots.ranges import plot_rank_ranges
from focus_analysis.plots.ranking import plot_ranking
from focus_analysis.plots.regions import plot_regions
from focus_analysis.plots.saturation import plot_saturation
from focus_analysis.plots.slopes import plot_rank_slopes
from focus_analysis.plots.style import COLOURS, drawings
from focus_analysis.plots.style import Workshop as Workshop
from focus_analysis.plots.voices import plot_dominance, plot_spontaneous
from focus_analysis.report import alternatives
from focus_analysis.report.addresses import figure_name
from focus_analysis.report.cooperation_figures import draw_networks
from focus_analysis.report.document import Figure
from focus_analysis.report.results import Results
from focus_analysis.report.ties import same_gmina
from focus_analysis.report.wording import code_names
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

Save = Callable[[Path, Callable[[Path], object]], None]
_Named = tuple[str, Callable[[], Any]]
_Told = Callable[[Results, "pd.DataFrame", str], str]
_FEWEST_FOR_CURVE = 5
_MANY_GMINAS = 24
_RANGES = ("measures", "left_out")
_DOMINANT = ("top_speaker_share", "speakers_n1", "one_voice")
_ELICITED = ("spontaneous", "echo", "prompted")


class Drawing(NamedTuple):
    """A figure to be drawn: name of its files, caption, what it shows in words, and what draws its axes."""

    name: str
    caption: str
    alt: str
    draw: Callable[[], Any]


class Study(NamedTuple):
    """What a figure is drawn from: the results, the estimates of gminas with known participants, language, note."""

    results: Results
    known: pd.DataFrame
    lang: str
    note: str


def data_note(results: Results, lang: str) -> str:
    """Return what must stand below every figure: invented data, unchecked codes."""
    return note_on(results.invented, results.provenance.coder_kinds, lang)


def note_on(invented: bool, coder_kinds: Iterable[str], lang: str) -> str:
    """Return what must stand below every figure of data that are invented or not, coded by these kinds of coders."""
    by_hand, by_machine = ({*kinds} & {*coder_kinds} for kinds in (("human", "adjudicated"), ("rule", "model")))
    notes = {"invented_note": invented, "unchecked_note": not by_hand, "partly_note": by_hand and by_machine}
    return " ".join(labels.words(f"figure.{name}", lang) for name, applies in notes.items() if applies)


def ranking_name(place: str) -> str:
    """Return the name of a gmina's ranking."""
    return figure_name("ranking", place)


def _heatmap(study: Study) -> Iterator[Drawing]:
    results, _, lang, note = study
    draw = partial(plot_heatmap, results.by_gmina, results.codes, lang, note=note)
    yield Drawing("heatmap", _caption("heatmap", lang), alternatives.heatmap(results, lang), draw)


def _slopes(study: Study) -> Iterator[Drawing]:
    results, known, lang, note = study
    draw = partial(plot_rank_slopes, known, results.codes, lang, note=note)
    yield Drawing("slopes", _caption("slopes", lang), alternatives.slopes(results, lang), draw)


def _regions(study: Study) -> Iterator[Drawing]:
    results, _, lang, note = study
    if 2 <= results.by_region["voivodeship"].nunique() <= len(COLOURS):
        tests = None if results.region_tests.empty else results.region_tests
        tables = (results.by_gmina, results.by_region, results.codes)
        draw = partial(plot_regions, *tables, lang, tests=tests, note=note)
        yield Drawing("regions", _regions_caption(results, lang), alternatives.regions(results, lang), draw)


def _regions_caption(results: Results, lang: str) -> str:
    """Say whether a sample corrects the means, and in which regions it does not."""
    means = results.by_region
    if not results.means_corrected or (means["n_missing"] > 0).all():
        return _caption("regions", lang)
    few = sorted(means.loc[means["n_missing"] > 0, "voivodeship"].unique(), key=labels.sort_key)
    caption = _caption("regions_corrected", lang)
    return _caption("regions_uncorrected", lang, caption=caption, regions=", ".join(few)) if few else caption


def _corrected(study: Study) -> Iterator[Drawing]:
    """Draw the means of the study that a sample corrects."""
    results, _, lang, note = study
    if results.means_corrected:
        draw = partial(plot_corrected, results.overall, results.codes, lang=lang, note=note)
        yield Drawing("corrected", _caption("corrected", lang), alternatives.corrected(results, lang), draw)


def _maps(study: Study) -> Iterator[Drawing]:
    """Draw who leads where; where the problem with the largest mean coverage was raised, over all and by region."""
    results, known, lang, note = study
    placed = known[has_place(known["teryt"]) & (known["level"] == "leaf")]
    if placed.empty:
        return
    draw = partial(plot_map, results.by_gmina, results.codes, lang=lang, note=note)
    yield Drawing("map", _caption("map", lang), alternatives.leaders(results, lang), draw)
    code = str(placed.groupby("code", sort=False)["estimate"].mean().idxmax())
    problem, shown = code_names(results, lang)[code], placed[placed["code"] == code]
    caption, alt = _caption("map_problem", lang, code=problem), alternatives.problem(shown, problem, lang)
    yield Drawing("map-problem", caption, alt, partial(draw, code=code))
    regions = sorted(shown["voivodeship"].dropna().unique(), key=labels.sort_key)
    for number, region in enumerate(regions if len(regions) > 1 else [], 1):
        alt = alternatives.problem(shown[shown["voivodeship"] == region], problem, lang)
        caption = _caption("map_region", lang, region=region, code=problem)
        yield Drawing(figure_name(f"map-{number}", region), caption, alt, partial(draw, code=code, region=region))


def _saturation(study: Study) -> Iterator[Drawing]:
    results, _, lang, note = study
    if len(results.saturation) >= _FEWEST_FOR_CURVE:
        observed = results.saturation["observed"]
        draw = partial(plot_saturation, results.saturation, None if observed.isna().any() else observed, lang, note)
        yield Drawing("saturation", _caption("saturation", lang), alternatives.saturation(results, lang), draw)


def _claims(study: Study) -> Iterator[Drawing]:
    """Draw the claims about all gminas, in the language in which they were written."""
    results, _, lang, note = study
    if results.lang != lang:
        return
    overall = results.claims[results.claims["region"].isna()]
    shown = overall[overall["level"] == ("top" if (overall["level"] == "top").any() else "leaf")]
    if len(shown):
        draw = partial(plot_claims, shown, lang, note)
        yield Drawing("claims", _caption("claims", lang), alternatives.claims(shown, lang), draw)


def _networks(study: Study) -> Iterator[Drawing]:
    """Draw who took part, who works with whom, what is hard and what would help."""
    yield from (Drawing(*drawn) for drawn in draw_networks(study.results, study.lang, study.note))


def _rankings(study: Study) -> Iterator[Drawing]:
    results, known, lang, note = study
    plots = _plots_of_rankings(known, results.codes, lang, note)
    for (_, gmina, shown), (name, draw) in zip(_by_gmina(known), plots, strict=True):
        yield Drawing(name, _caption("ranking", lang, gmina=gmina), alternatives.ranking(results, shown, lang), draw)


def _plots_of_rankings(known: pd.DataFrame, codes: pd.DataFrame, lang: str, note: str) -> list[_Named]:
    return [
        (ranking_name(key), partial(plot_ranking, shown, codes, key, lang, note=note))
        for key, _, shown in _by_gmina(known)
    ]


def _voices(
    study: Study, kind: str, measures: Sequence[str], plot: Callable[..., Any], tell: _Told
) -> Iterator[Drawing]:
    """Draw it where the first of its measures is known: spontaneity needs a moderator, dominance anybody's words."""
    results, _, lang, note = study
    for key, gmina, shown in _by_gmina(results.measures[results.measures["measure"].isin(measures)]):
        if shown.loc[shown["measure"] == measures[0], "estimate"].notna().any():
            draw = partial(plot, shown, results.codes, key, lang, note=note)
            caption = _caption(kind, lang, gmina=gmina)
            yield Drawing(figure_name(kind, key), caption, tell(results, shown, lang), draw)


def _ranges(study: Study) -> Iterator[Drawing]:
    results, _, lang, note = study
    for varied in _RANGES:
        of_kind = results.ranges[(results.ranges["varied"] == varied) & results.ranges["rank_median"].notna()]
        for key, gmina, shown in _by_gmina(of_kind):
            draw = partial(plot_rank_ranges, shown, results.codes, key, varied, lang, note=note)
            alt, caption = alternatives.ranges(results, shown, lang), _caption(f"ranges_{varied}", lang, gmina=gmina)
            yield Drawing(figure_name(f"ranges-{varied}", key), caption, alt, draw)


_KINDS: dict[str, Callable[[Study], Iterator[Drawing]]] = {
    "heatmap": _heatmap,
    "slopes": _slopes,
    "regions": _regions,
    "corrected": _corrected,
    "map": _maps,
    "saturation": _saturation,
    "claims": _claims,
    "networks": _networks,
    "ranking": _rankings,
    "spontaneous": partial(
        _voices, kind="spontaneous", measures=_ELICITED, plot=plot_spontaneous, tell=alternatives.spontaneous
    ),
    "dominance": partial(
        _voices, kind="dominance", measures=_DOMINANT, plot=plot_dominance, tell=alternatives.dominance
    ),
    "ranges": _ranges,
}
KINDS = tuple(_KINDS)
REPORTED = ("heatmap", "slopes", "regions", "corrected", "map", "saturation", "claims", "networks", "ranking")


def draw_figures(results: Results, lang: str, kinds: Iterable[str] = REPORTED) -> Iterator[Drawing]:
    """Yield every figure of these kinds that the results allow, to be drawn by its ``draw``.

    Raises
    ------
    ArgumentError
        A kind is unknown.
    """
    wanted = list(kinds)
    unknown = [kind for kind in wanted if kind not in _KINDS]
    if unknown:
        raise ArgumentError(f"kinds of figures: {', '.join(KINDS)}; not {', '.join(unknown)}")
    known = results.by_gmina.dropna(subset=["estimate"])
    if known.empty:
        return
    study = Study(results, known, labels.check_language(lang), data_note(results, lang))
    for kind, draw in _KINDS.items():
        if kind in wanted:
            yield from draw(study)


def save_figures(
    results: Results,
    folder: str | Path,
    lang: str = "pl",
    save: Save | None = None,
    kinds: Iterable[str] = REPORTED,
    workshop: Workshop | None = None,
) -> dict[str, Figure]:
    """Draw figures and save each as PNG (300 dpi), SVG and PDF.

    Parameters
    ----------
    results : Results
        From ``analyse``.
    folder : path
        Where the files go.
    lang : {"pl", "en"}
        Language of the labels.
    save : callable, optional
        Writes a file whole or not at all: called with its path and a function that fills it.
    kinds : iterable of str
        What is drawn: "heatmap", "slopes", "regions", "corrected", "map", "saturation", "claims", "networks"
        (participation, cooperation, difficulty, solutions) and, a figure or two a gmina, "ranking", "spontaneous",
        "dominance", "ranges". Without it, what the report shows: all but the last three.
    workshop : Workshop, optional
        Where figures were begun already; without it one is opened for a study of many gminas.

    Returns
    -------
    dict of str to Figure
        Figures by name, each with its caption, alternative text and the paths of its files. A figure that the results
        do not allow is not drawn: a map without known gminas, a comparison of a single region, claims in another
        language than that of the results.

    Raises
    ------
    ArgumentError
        A kind is unknown.
    """
    planned, figures = list(draw_figures(results, lang, kinds)), {}
    plots = [(figure.name, figure.draw) for figure in planned]
    workshop = workshop or workshop_for(results.sessions)
    files = workshop.files(plots) if workshop else (drawings(draw()) for _, draw in plots)
    for (name, caption, alt, _), drawn in zip(planned, files, strict=True):
        paths = tuple(Path(folder) / f"{name}.{kind}" for kind in drawn)
        for path, content in zip(paths, drawn.values(), strict=True):
            (save or _save)(path, _writer(content))
        figures[name] = Figure(name, caption, alt, drawn["svg"], drawn["png"], paths)
    return figures


def workshop_for(sessions: pd.DataFrame) -> Workshop | None:
    """Return where the figures are drawn of a study of so many gminas that all processors should."""
    return Workshop() if sessions["gmina"].nunique() >= _MANY_GMINAS else None


def begin_rankings(workshop: Workshop, by_gmina: pd.DataFrame, codes: pd.DataFrame, lang: str, note: str) -> None:
    """Have the rankings drawn, which take a third of the time of all figures, before the other results are there.

    Parameters
    ----------
    workshop : Workshop
        Where they are drawn, and where ``save_figures`` will find them.
    by_gmina : DataFrame, schema ``ESTIMATES``
        What is ranked.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    lang : {"pl", "en"}
        Language of the labels.
    note : str
        What must stand below; see ``note_on``.
    """
    known = by_gmina.dropna(subset=["estimate"])
    workshop.begin(_plots_of_rankings(known, codes, lang, note))


def _writer(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _save(path: Path, fill: Callable[[Path], object]) -> None:
    """Write a file beside its place and move it there, so that it is whole or absent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}")
    fill(unfinished)
    unfinished.replace(path)


def _caption(figure: str, lang: str, **gaps: object) -> str:
    return labels.words(f"caption.{figure}", lang, **gaps)


def _by_gmina(table: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield the key, the name and the leaves of each gmina, in the order of their names."""
    leaves = table[table["level"] == "leaf"]
    leaves = leaves.assign(name=told_apart(leaves))
    places = leaves[["gmina", "teryt", "name"]].drop_duplicates()
    for place in rows(places.sort_values("name", key=lambda names: names.map(labels.sort_key))):
        here = leaves[same_gmina(leaves, place)].assign(gmina=place.name).drop(columns="name")
        yield str(place.teryt or place.gmina), str(place.name), here
