"""Inflected forms of Polish words, by the Morfeusz 2 analyser with the SGJP dictionary."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from focus_analysis.language.acronyms import acronym_forms, is_acronym

# Abbreviations and parts of compounds: with them "w" would be a form of "wieś" and "o" of "ojciec".
_LEFT_OUT = {"brev", "adja", "adjp"}
_CONTENT = {"subst", "depr", "adj", "ger", "ppas", "pact", "fin", "praet", "inf", "impt", "imps", "bedzie", "winien"}
_FUNCTION = {"prep", "conj", "comp", "part", "num", "ppron12", "ppron3", "siebie", "interj", "pred"}
_POINTING = {
    "ten", "tamten", "ów", "taki", "jaki", "jakiś", "jakikolwiek", "który", "któryś", "każdy", "żaden", "sam", "inny",
    "wszystek", "wszystko", "wszyscy", "mój", "twój", "swój", "nasz", "wasz", "jeden", "cały", "co", "coś", "cokolwiek",
    "kto", "ktoś", "ktokolwiek", "nic", "nikt", "to", "być", "mieć", "móc",
}  # fmt: skip
_UNKNOWN = 0
_MOST_KEPT = 10_000
_FINITE = {"fin", "impt", "praet", "bedzie", "imps", "winien", "aglt"}


@cache
def _morfeusz() -> Any:
    import morfeusz2

    return morfeusz2.Morfeusz(praet="composite")


@cache
def inflected_forms(lemma: str) -> frozenset[str]:
    """Return every form of a word in lower case, the word itself among them.

    Parameters
    ----------
    lemma : str
        A dictionary form ("samotny", "wyjechać"), an acronym in capitals ("GOPS"), or any other word, which then
        stands for itself.

    Examples
    --------
    >>> "samotnej" in inflected_forms("samotny"), "gopsie" in inflected_forms("GOPS")
    (True, True)
    >>> "starszą" in inflected_forms("starszy"), "stara" in inflected_forms("starszy")
    (True, False)
    >>> sorted(inflected_forms("xyzzy"))
    ['xyzzy']
    """
    if is_acronym(lemma):
        return acronym_forms(lemma)
    forms = {form.lower() for form, _, tag in _generated(lemma) if _kept(tag)}
    return frozenset(forms | _borrowed_forms(lemma) | {lemma.lower()})


@cache
def _borrowed_forms(word: str) -> frozenset[str]:
    """Return the forms of a word that people take for a base form and the dictionary keeps under another.

    Comparatives ("starszy"), participles ("osamotniony") and plurals ("ludzie") keep their degree, kind or number.
    """
    found: set[str] = set()
    is_base = any(_bare(lemma) == word for _, lemma, _ in _generated(word))
    for lemma, tag in _readings(word):
        kept = _kept_features(tag)
        if kept and not (is_base and tag.startswith(("subst", "ger"))):
            generated = _generated(_bare(lemma))
            found |= {form.lower() for form, _, other in generated if kept(other)}
    return frozenset(found)


def _kept_features(tag: str) -> Callable[[str], bool] | None:
    """Return which tags belong with a form that stands for a whole word, or None where the form does not."""
    kind, *features = tag.split(":")
    if "nom" not in ":".join(features):
        return None
    if kind == "adj" and features[-1] in ("com", "sup"):
        return lambda other: other.startswith("adj:") and other.endswith(features[-1])
    if kind in ("ppas", "pact", "ger"):
        return lambda other: other.startswith(f"{kind}:") and other.endswith("neg") is tag.endswith("neg")
    if kind == "subst" and features[0] == "pl":
        return lambda other: other.startswith("subst:pl")
    return None


@cache
def unambiguous_forms(lemma: str) -> frozenset[str]:
    """Return the forms of a word that cannot come from any other word.

    Examples
    --------
    >>> "mieli" in unambiguous_forms("mieć"), "mieliśmy" in inflected_forms("mieć")
    (False, True)
    """
    return frozenset(form for form in inflected_forms(lemma) if lemmas(form) <= {lemma.lower()})


@cache
def _generated(lemma: str) -> tuple[tuple[str, str, str], ...]:
    """Return every form of a base form, with base form and tag.

    The analyser's own objects are read: its lists also hold names and labels, and take twice as long to make.
    """
    items = _morfeusz()._morfeusz_obj.generate(lemma, None)
    return tuple((item.orth, item.lemma, _tag(item.tagId)) for item in items if item.tagId != _UNKNOWN)


@cache
def _tag(number: int) -> str:
    tag: str = _morfeusz()._morfeusz_obj.getIdResolver().getTag(number)
    return tag


def _kept(tag: str) -> bool:
    parts = tag.split(":")
    return parts[0] not in _LEFT_OUT and "neg" not in parts


@cache
def is_dictionary_form(word: str) -> bool:
    """Return whether the dictionary knows the word as a base form."""
    return any(_bare(lemma) == word for _, lemma, _ in _generated(word)) or bool(_borrowed_forms(word))


@cache
def is_word(form: str) -> bool:
    """Return whether the dictionary knows a lower-case word as one that is no abbreviation or acronym.

    Examples
    --------
    >>> is_word("sama"), is_word("sa"), is_word("ktora")
    (True, False, False)
    """
    return any(_bare(lemma).islower() and _kept(tag) for lemma, tag in _readings(form))


@cache
def lemmas(form: str) -> frozenset[str]:
    """Return the base forms that a word may come from; the lower-case word itself where none is known.

    Examples
    --------
    >>> sorted(lemmas("samotnych"))
    ['samotny']
    """
    readings = _readings(form)
    return frozenset(_bare(lemma).lower() for lemma, _ in readings) or frozenset({form.lower()})


@cache
def content_lemmas(form: str) -> frozenset[str]:
    """Return the base forms of a word in its readings as noun, adjective or verb.

    Names, unknown words, and forms that may be little words (do, mi, od) have none.

    Examples
    --------
    >>> sorted(content_lemmas("mam")), content_lemmas("dla"), content_lemmas("xyzzy")
    (['mama', 'mamić'], frozenset(), frozenset())
    """
    readings = [(_bare(lemma), tag.split(":")[0]) for lemma, tag in _readings(form.lower())]
    if any(kind in _FUNCTION for _, kind in readings):
        return frozenset()
    found = {lemma for lemma, kind in readings if kind in _CONTENT and lemma[0].islower()}
    return frozenset(found - _POINTING)


@cache
def is_finite_verb(form: str) -> bool:
    """Return whether a word can only be read as a finite verb ("uważam", "powiedzieli")."""
    kinds = {tag.split(":")[0] for _, tag in _readings(form.lower())}
    return bool(kinds) and kinds <= _FINITE


@lru_cache(_MOST_KEPT)
def _readings(form: str) -> tuple[tuple[str, str], ...]:
    """Return base form and tag of each reading as one word; none where the word is unknown."""
    items = _morfeusz()._morfeusz_obj.analyse(form)
    return tuple(
        (item.lemma, _tag(item.tagId))
        for item in items
        if (item.startNode, item.endNode) == (0, 1) and item.tagId != _UNKNOWN
    )


def _bare(lemma: str) -> str:
    return lemma.split(":", 1)[0]


@cache
def is_name(word: str) -> bool:
    """Return whether the dictionary marks a word as a first name or surname, or does not know it at all."""
    analysis = _morfeusz().analyse(word)
    marks = {mark for _, _, (_, _, tag, kinds, _) in analysis for mark in (kinds if tag != "ign" else ("ign",))}
    return bool(marks & {"imię", "nazwisko", "ign"})


@cache
def name_marks(word: str) -> frozenset[str]:
    """Return what names a capitalised word can be: "imię", "nazwisko", "nazwa_geograficzna", or "ign" where unknown.

    Examples
    --------
    >>> "imię" in name_marks("Zofia"), name_marks("Nikt")
    (True, frozenset())
    """
    analysis = _morfeusz().analyse(word)
    marks = {
        mark
        for _, _, (_, lemma, tag, kinds, _) in analysis
        for mark in (("ign",) if tag == "ign" else kinds if lemma[0].isupper() else ())
    }
    return frozenset(marks & {"imię", "nazwisko", "nazwa_geograficzna", "ign"})


@cache
def is_first_name(word: str) -> bool:
    """Return whether a capitalised word can be the first name of one person.

    Examples
    --------
    >>> is_first_name("Zofii"), is_first_name("Ale")
    (True, False)
    """
    return any("imię" in kinds and ":sg" in tag for _, _, (_, _, tag, kinds, _) in _morfeusz().analyse(word))


@cache
def is_common_word(word: str) -> bool:
    """Return whether a word can be read as one that is no name."""
    return any(lemma[0].islower() for lemma, _ in _readings(word.lower()))


@cache
def is_thing(word: str) -> bool:
    """Return whether a word can only be a common noun that names no man ("alkohol"); women's names of trades pass.

    Examples
    --------
    >>> is_thing("alkohol"), is_thing("nauczyciel"), is_thing("nauczycielka"), is_thing("Zofia")
    (True, False, False, False)
    """
    nouns = [(lemma, tag) for lemma, tag in _readings(word.lower()) if tag.startswith(("subst", "depr"))]
    if not nouns or is_name(word) or word.lower().endswith(("ka", "yni", "ini", "owa")):
        return False
    return not any(":m1" in tag or ".m1" in tag for _, tag in nouns)
