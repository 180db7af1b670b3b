"""What codebook patterns keep between one look and the next."""

import pickle

from focus_analysis.patterns import Atom, Remembered


def test_what_is_remembered_of_a_term_stays_in_the_process():
    term = Remembered([Atom("lemma", "bieda")])
    term._hash = 0  # as another process, with hashes of its own, would leave it
    back = pickle.loads(pickle.dumps(term))
    assert type(back) is Remembered
    assert hash(back) == hash((Atom("lemma", "bieda"),))
