"""How finely a quotation may be attributed."""

import pandas as pd
import pytest

from focus_analysis.coding.attribution import FEWEST_PEOPLE, attributed
from focus_analysis.errors import ArgumentError
from tests.builders import corpus, group


def talk(session, gmina, schools, **columns):
    """A group with so many people of schools, and one of the police who is on no roster."""
    people = [f"R{n}" for n in range(schools)]
    institutions = dict.fromkeys(people, "school") | {"P": "police"}
    return group(session, "P: Tak.", roster=tuple(people), institutions=institutions, gmina=gmina, **columns)


def scopes(study, finest):
    quotations = pd.DataFrame(
        [("a", "school"), ("b", "school"), ("a", "police"), ("c", "school"), ("a", None)],
        columns=["session_id", "institution"],
    )
    return attributed(quotations, study, finest)["scope"].tolist()


@pytest.fixture
def study():
    """Oksa has three people of schools, Bieliny two; both with Krempna in other powiats."""
    return corpus(talk("a", "Oksa", 3), talk("b", "Bieliny", 2), talk("c", None, 5))


def test_without_asking_it_is_the_region(study):
    assert scopes(study, "region") == ["region"] * 5


def test_a_gmina_is_named_only_where_enough_people_of_the_kind_came_from_it(study):
    assert scopes(study, "gmina") == ["gmina", "region", "region", "region", "region"]


def test_the_finest_place_that_names_nobody_is_taken():
    study = corpus(talk("a", "Bieliny", 2), talk("b", "Łopuszno", 1, teryt="2604092"), talk("c", "Oksa", 1))
    assert scopes(study, "gmina") == ["powiat", "powiat", "region", "region", "region"]
    assert scopes(study, "powiat") == ["powiat", "powiat", "region", "region", "region"]


def test_several_groups_of_a_gmina_count_together():
    study = corpus(talk("a", "Oksa", 1), talk("b", "Oksa", FEWEST_PEOPLE - 1), talk("c", "Krempna", 1))
    assert scopes(study, "gmina")[:2] == ["gmina", "gmina"]


def test_the_moderator_is_nobody_of_the_kind():
    study = corpus(
        group(
            "a",
            "M: Tak.",
            "R1: Nie.",
            "R2: Nie.",
            institutions=dict.fromkeys(("M", "R1", "R2"), "school"),
            gmina="Oksa",
        ),
        talk("b", "Bieliny", 1),
        talk("c", "Krempna", 1),
    )
    assert scopes(study, "gmina")[0] == "region"


def test_another_scope_is_refused(study):
    with pytest.raises(ArgumentError, match="region, powiat, gmina; not 'wieś'"):
        scopes(study, "wieś")
