"""Institutions by kinds of barriers."""

import matplotlib.pyplot as plt
import pytest

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.barriers import plot_barrier_kinds
from tests.plots import networks
from tests.plots.artists import NOTE, note_of, outside
from tests.plots.collisions import overlapping
from tests.plots.networks import CODES
from tests.plots.test_solutions import cells

TABLE = networks.barrier_counts(8)
STUDY = TABLE[TABLE["gmina"].isna() & TABLE["voivodeship"].isna()]


@pytest.mark.parametrize(("lang", "of"), [("pl", "z"), ("en", "of")])
def test_a_cell_counts_the_gminas_in_which_the_institution_took_part(lang, of):
    names = CODES.set_index("code")[f"label_{lang}"].to_dict() | {None: labels.words("figure.barriers_anybody", lang)}
    found = cells(plot_barrier_kinds(TABLE, CODES, lang=lang))
    for row in STUDY.astype(object).where(STUDY.notna(), None).itertuples():
        kind = labels.words(f"barrier.{row.kind}", lang)
        assert found[names[row.source], kind] == f"{row.n_gminas} {of} {row.n_opportunities}"


def test_whoever_speaks_stands_apart_below_and_kinds_in_their_order():
    ax = plot_barrier_kinds(TABLE, CODES)
    *_, before, last = ax.get_yticks()
    assert last - before > 1
    assert ax.get_yticklabels()[-1].get_text() == "ktokolwiek"
    shown = [label.get_text().replace("\n", " ") for label in ax.get_xticklabels()]
    assert shown == [labels.words(f"barrier.{kind}", "pl") for kind in networks.schemas.BARRIER_KINDS[:-1]]


def test_within_one_gmina_people_are_counted():
    found = cells(plot_barrier_kinds(TABLE, CODES, gmina="Oksa"))
    row = TABLE[(TABLE["gmina"] == "Oksa") & TABLE["source"].isna()].iloc[0]
    assert found["ktokolwiek", labels.words(f"barrier.{row.kind}", "pl")] == str(row.n_speakers)


def test_the_note_stands_below_and_nothing_is_cut_or_covered():
    ax = plot_barrier_kinds(TABLE, CODES, note=NOTE)
    assert NOTE in note_of(ax)
    assert not outside(ax)
    assert not overlapping(ax)
    plt.close("all")


def test_nothing_to_draw_and_an_unknown_gmina_are_refused():
    with pytest.raises(ArgumentError, match="no barrier"):
        plot_barrier_kinds(TABLE.iloc[:0], CODES)
    with pytest.raises(ArgumentError, match="no gmina"):
        plot_barrier_kinds(TABLE, CODES, gmina="Nigdzie")
