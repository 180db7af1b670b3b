"""What codebook patterns keep between one look and the next, and where they may not mean what they look like."""

import pickle

import pytest

from focus_analysis.patterns import Atom, Remembered, choices_in_a_row


def test_what_is_remembered_of_a_term_stays_in_the_process():
    term = Remembered([Atom("lemma", "bieda")])
    term._hash = 0  # as another process, with hashes of its own, would leave it
    back = pickle.loads(pickle.dumps(term))
    assert type(back) is Remembered
    assert hash(back) == hash((Atom("lemma", "bieda"),))


@pytest.mark.parametrize(
    ("source", "sides"),
    [
        ("matka near szpital|hospicjum dom|samotny", ["szpital|hospicjum dom|samotny"]),
        ("=sam|=sama =nigdzie|=donikąd near stary|chory", ["=sam|=sama =nigdzie|=donikąd"]),
        ("matka near szpital|hospicjum", []),
        ("matka near szpital|hospicjum domowy", []),
        ("matka near z|=ze szpital|hospicjum", []),
        ("matka near szpital|hospicjum domowy|ludowy? nocny", []),
        ("stary|chory matka|ojciec", []),
    ],
)
def test_choices_side_by_side_in_a_part_of_near_are_told(source, sides):
    assert choices_in_a_row(source) == sides
