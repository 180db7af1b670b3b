"""Every figure as printed: page-wide, no text cut off, on another or too small, in one language."""

import re
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Text

from focus_analysis.plots.claims import plot_claims
from focus_analysis.plots.heatmap import plot_heatmap
from focus_analysis.plots.map import plot_map
from focus_analysis.plots.ranges import plot_rank_ranges
from focus_analysis.plots.ranking import plot_ranking
from focus_analysis.plots.regions import plot_regions
from focus_analysis.plots.saturation import plot_saturation
from focus_analysis.plots.slopes import plot_rank_slopes
from focus_analysis.plots.style import PAGE_WIDTH_CM, SMALLEST_PT
from focus_analysis.plots.voices import plot_dominance, plot_spontaneous
from tests.plots.artists import NOTE, laid_out, outside, overlapping
from tests.plots.studies import claims, curve, means, ranges, study, voices

TALLEST_CM = 25
SIZES = {
    "8 gminas, 3 problems": (1, 3, "pl"),
    "16 gminas, 16 problems": (2, 16, "en"),
    "40 gminas, 16 problems": (5, 16, "pl"),
}
GMINA = "Krempna"


def draw(figure, made, lang):
    estimates, codes, more = made.estimates, made.codes, {"lang": lang, "note": NOTE}
    tests = pd.DataFrame({"code": codes["code"], "p_adjusted": 0.0342})
    figures = {
        "heatmap": lambda: plot_heatmap(estimates, codes, **more),
        "slopes": lambda: plot_rank_slopes(estimates, codes, **more),
        "regions": lambda: plot_regions(estimates, means(estimates), codes, tests=tests, **more),
        "map": lambda: plot_map(estimates, codes, **more),
        "ranking": lambda: plot_ranking(estimates, codes, GMINA, **more),
        "dominance": lambda: plot_dominance(voices(made.codes), codes, GMINA, **more),
        "spontaneous": lambda: plot_spontaneous(voices(made.codes), codes, GMINA, **more),
        "ranges": lambda: plot_rank_ranges(ranges(made.codes), codes, GMINA, **more),
        "saturation": lambda: plot_saturation(*curve(estimates), **more),
        "claims": lambda: plot_claims(claims(estimates), **more),
    }
    return figures[figure]()


FIGURES = (
    "heatmap",
    "slopes",
    "regions",
    "map",
    "ranking",
    "dominance",
    "spontaneous",
    "ranges",
    "saturation",
    "claims",
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_can_be_printed(figure, size):
    n_regions, n_codes, lang = SIZES[size]
    ax = draw(figure, study(n_regions, n_codes), lang)
    page = laid_out(ax)
    shown = [text for text in page.findobj(Text) if text.get_visible() and text.get_text().strip()]
    assert page.get_figwidth() * 2.54 == pytest.approx(PAGE_WIDTH_CM)
    assert page.get_figheight() * 2.54 <= TALLEST_CM
    assert outside(ax) == []
    assert min(text.get_fontsize() for text in shown) >= SMALLEST_PT
    assert overlapping([*ax.texts, *page.texts]) == []
    for axis in (ax.xaxis, ax.yaxis):
        assert overlapping([label for label in axis.get_ticklabels() if label.get_visible()]) == []
    if lang == "pl" and figure != "claims":
        assert not [text.get_text() for text in shown if re.search(r"\d\.\d", text.get_text())]
    plt.close(page)


@pytest.mark.parametrize("figure", ["heatmap", "slopes"])
@pytest.mark.parametrize("n_in_region", [1, 4])
def test_the_title_lies_above_the_names_of_the_regions(figure, n_in_region):
    ax = draw(figure, study(3, 6, n_in_region=n_in_region), "pl")
    page = laid_out(ax)
    (title,) = [text for text in page.findobj(Text) if text.get_text() == ax.get_title("left")]
    assert overlapping([title, *ax.texts]) == []
    assert outside(ax) == []


@pytest.mark.parametrize("figure", ["heatmap", "slopes"])
def test_very_long_names_of_gminas_and_regions_are_shortened(figure):
    made = study(2, 6, n_in_region=3)
    estimates = made.estimates.assign(
        gmina=made.estimates["gmina"] + "ą" * 300, voivodeship=made.estimates["voivodeship"] + "ż" * 300
    )
    page = laid_out(draw(figure, SimpleNamespace(estimates=estimates, codes=made.codes), "pl"))
    assert page.get_figheight() * 2.54 <= TALLEST_CM
