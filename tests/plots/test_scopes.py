"""One scope out of a table."""

import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.scopes import is_one_gmina, of_scope, scope_title
from tests.plots import networks

TABLE = networks.difficulty(4, problems=3)


@pytest.mark.parametrize(
    ("scope", "n_scope", "title"),
    [
        ({}, 4, "Wszystkie gminy (4)"),
        ({"region": "podkarpackie"}, 2, "podkarpackie (2 gminy)"),
        ({"gmina": "Oksa"}, 1, "Oksa"),
        ({"gmina": "2600000"}, 1, "Bieliny"),
    ],
)
def test_a_scope_holds_its_own_rows_and_has_a_title(scope, n_scope, title):
    shown = of_scope(TABLE, **scope)
    assert len(shown) == 3
    assert set(shown["n_scope"]) == {n_scope}
    assert scope_title(shown, "pl") == title
    assert is_one_gmina(shown) == (n_scope == 1)


def test_the_title_of_no_rows_is_that_of_the_study():
    assert scope_title(TABLE.head(0), "en") == "All gminas"


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ({"region": "mazowieckie"}, "podkarpackie, świętokrzyskie"),
        ({"gmina": "Wolica"}, "Bieliny, Kazimierza Wielka, Krościenko Wyżne, Oksa"),
        ({"gmina": "Oksa", "region": "podkarpackie"}, "both"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(scope, said):
    with pytest.raises(ArgumentError, match=said):
        of_scope(TABLE, **scope)


def test_a_name_that_gminas_share_asks_for_the_code():
    twice = TABLE.assign(gmina=TABLE["gmina"].replace("Oksa", "Bieliny"))
    with pytest.raises(ArgumentError, match="1800003, 2600000"):
        of_scope(twice, gmina="Bieliny")
    assert len(of_scope(twice, gmina="1800003")) == 3
