"""Words by base form, counted by speaker."""

from focus_analysis.coding.words import speaker_words
from tests.builders import codings, corpus, group


def counts(study, *more):
    table = speaker_words(study, *more)
    return {session: {word: n for word, n in row.items() if n} for session, row in table.iterrows()}


def test_a_speaker_counts_once_for_all_forms_of_a_word():
    study = corpus(group("a", "R1: bieda i biedy", "R2: biedą", "R1: bieda"))
    assert counts(study) == {"a": {"bieda": 2}}


def test_the_moderator_does_not_count():
    study = corpus(group("a", "M: Czy jest bieda?", "R1: Opał."))
    assert counts(study) == {"a": {"opał": 1}}


def test_little_words_names_and_unknown_words_are_left_out():
    study = corpus(group("a", "R1: Do Kielc ze Zofią pojechał ten xyzzy od nas"))
    assert counts(study) == {"a": {"pojechać": 1}}


def test_a_form_of_two_words_counts_for_the_one_that_is_used_without_doubt():
    """Form "drogi" comes from droga (road) and drogi (dear); "drogę" and "drogiego" from one of them each."""
    assert counts(corpus(group("a", "R1: drogę", "R2: drogi"))) == {"a": {"droga": 2}}
    assert counts(corpus(group("a", "R1: drogiego", "R2: drogi"))) == {"a": {"drogi": 2}}


def test_only_the_turns_in_which_a_code_is_affirmed():
    study = corpus(group("a", "R1: węgiel", "R2: autobus"), group("b", "R1: węgiel"))
    found = codings(("a", 1, "poverty"), ("a", 2, "transport"), ("b", 1, "poverty", "denied"))
    assert counts(study, found, "poverty") == {"a": {"węgiel": 1}, "b": {}}


def test_sessions_keep_their_order_and_the_silent_have_a_row_of_zeros():
    study = corpus(group("b", "R1: bieda"), group("a", "M: bieda"))
    table = speaker_words(study)
    assert table.index.tolist() == ["b", "a"]
    assert table.to_numpy().tolist() == [[1], [0]]
    assert speaker_words(corpus()).empty
