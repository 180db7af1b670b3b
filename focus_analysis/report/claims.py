"""The sentences that state findings, in Polish and English: every one with its counts, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis import labels
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

_CERTAIN, _SMALLEST = 0.05, 0.001
_MOST_ALIKE = 3
_HALF = 0.5
_MANY = 2
_FIRST_FEW = 3


class Detectable(NamedTuple):
    """The difference of two regions that would be found with power 80%, the spread it is for, and their groups."""

    sd: float
    difference: float
    n_a: int
    n_b: int


@dataclass(frozen=True)
class Words:
    """What a sentence needs besides its numbers.

    Parameters
    ----------
    codes : mapping of str to str
        Names of the codes in the language.
    lang : {"pl", "en"}
        Language.
    unit : {"gmina", "session"}
        What the groups are called; sessions where a gmina is not known.
    """

    codes: Mapping[str, str]
    lang: str
    unit: str = "gmina"

    def say(self, key: str, **gaps: object) -> str:
        """Return words of the claims."""
        return labels.words(f"claims.{key}", self.lang, **gaps)

    def code(self, code: str) -> str:
        """Return the name of a code in quotation marks, which needs no case."""
        return labels.words("phrase.quoted", self.lang, text=self.codes.get(code, code))

    def form(self, case: str, n: int) -> str:
        """Return the word for the groups in the case that n asks for: 1 gminy, 5 gmin; 1 gminie, 5 gminach."""
        return labels.plural(f"{case}_{self.unit}", n, self.lang).partition(" ")[2]

    def by_word(self, word: str, region: str | None) -> str:
        """Return in how many groups, by the quantifier's word."""
        return self.say(
            f"by_word.{word}",
            in_unit=self.form("in", 1),
            in_units=self.form("in", _MANY),
            of_units=self.form("of", _MANY),
            of_region=self._of(region),
        )

    def where(self, word: str | None, k: int, n: int, region: str | None) -> str:
        """Return in how many groups, by the quantifier's word and the count, or by the count alone."""
        count = labels.count_of(k, n, self.lang)
        if word is None:
            key = "counted" if k else "counted_none"
            return self.say(f"where.{key}", count=count, n=n, of_n=self.form("of", n), of_region=self._of(region))
        where = self.by_word("single_one" if word == "single" and k == 1 else word, region)
        return self.say("where.worded", where=where, count=count)

    def _of(self, region: str | None) -> str:
        name = labels.region(region, "genitive", self.lang) if region else ""
        return self.say("where.of_region", region=name) if region else ""

    def places(self, names: list[str], most: int | None = None) -> str:
        """Return "w gminie Oksa" or "w gminach: Oksa, Mirzec"; of more than ``most`` the first and how many more."""
        if len(names) == 1:
            return self.say("in_one", unit=self.form("in", 1), name=names[0])
        shown = names if most is None or len(names) <= most + 1 else names[:most]
        mark = "; " if any(name.endswith(")") for name in names) else ", "
        listed = mark.join(shown)
        if len(shown) < len(names):
            listed = self.say("and_more", names=listed, n=len(names) - len(shown))
        return self.say("in_several", unit=self.form("in", len(names)), names=listed)


def sentence_of(fact: Any, words: Words) -> str:
    """Return what a fact claims, with its counts.

    Parameters
    ----------
    fact : row of ``CLAIM_FACTS``
        As an object with an attribute for each column.
    words : Words
        Names and language.
    """
    none = "_none" if not fact.n_strict else ""
    claim = words.say(f"{fact.position}{none}", code=words.code(fact.code))
    if fact.n_tied > fact.n_strict:
        tied = words.where(None, fact.n_tied, fact.n_groups, None)
        claim = words.say("with_ties", claim=claim, where=tied)
    where = words.where(fact.quantifier_strict, fact.n_strict, fact.n_groups, fact.region)
    return _sentence(f"{where} {claim}")


def counter_of(fact: Any, words: Words, most: int | None = None) -> str:
    """Return where the claim holds if that is in few groups, where it is tied, and where it is otherwise.

    Each names ``most`` groups at most, and how many more there are; all of them without it.
    """
    strict, tied, against = ([name for name in (text or "").split(";") if name] for text in _texts(fact))
    parts = []
    if 0 < fact.n_strict <= _HALF * fact.n_groups:
        parts.append(words.say("yes", places=words.places(strict, most)))
    if tied:
        parts.append(words.say("tied", places=words.places(tied, most)))
    if against:
        named = against if fact.position == "named" else [_with_codes(text, words) for text in against]
        parts.append(words.say("against", places=words.places(named, most)))
    return " ".join(parts)


def caution_of(fact: Any, words: Words) -> str:
    """Return the interval that random groups would give, and in how many draws of the groups the word still fits."""
    if fact.low is None:
        return ""
    units = {"units": words.form("some", _MANY), "of_units": words.form("of", _MANY)}
    low, high = (labels.number(100 * end, words.lang) for end in (fact.low, fact.high))
    parts = [words.say("interval", low=low, high=high, **units)]
    if fact.stands is not None and fact.n_strict:
        word = words.say(f"word.{fact.quantifier_strict}")
        share = labels.number(100 * fact.stands, words.lang)
        parts.append(words.say("stands", share=share, word=word))
    return " ".join(parts)


def asked_sentence(places: Iterable[str], fact: Any, words: Words, known: bool) -> str:
    """Return whether the moderator named what nobody else did.

    Parameters
    ----------
    places : iterable of str
        Groups in which the moderator named the code.
    fact : row of ``CLAIM_FACTS``
        The fact, for its groups.
    words : Words
        Names and language.
    known : bool
        Whether it is known who the moderators are.
    """
    if not known:
        return words.say("asked_unknown")
    n = len(set(places))
    return words.say("asked", where=words.where(None, n, fact.n_groups, None)) if n else words.say("not_asked")


def claim_rows(facts: pd.DataFrame, asked: pd.DataFrame, words: Words, knows_moderator: bool) -> list[dict[str, Any]]:
    """Return the rows of ``CLAIMS`` for the leading facts.

    Parameters
    ----------
    facts : DataFrame, schema ``CLAIM_FACTS``
        From ``leading_facts``.
    asked : DataFrame
        Where the moderator named what: group, region, code.
    words : Words
        Names and language.
    knows_moderator : bool
        Whether every group has a known moderator.
    """
    found: list[dict[str, Any]] = []
    for _, alike in facts.groupby([facts["region"].fillna(""), "position"], sort=False):
        several = rows(alike)
        if several[0].position != "named" and len(several) > _MOST_ALIKE:
            found.append(_shared(several, words))
            continue
        for fact in several:
            counter, brief = counter_of(fact, words), counter_of(fact, words, _FIRST_FEW)
            if fact.position == "named":
                here = asked[(asked["code"] == fact.code) & (asked["region"].eq(fact.region) | (fact.region is None))]
                counter = brief = asked_sentence(here["group"], fact, words, knows_moderator)
            found.append(_row(fact, fact.code, sentence_of(fact, words), counter, brief, caution_of(fact, words)))
    return found


def difference_rows(comparisons: pd.DataFrame, detectable: Detectable | None, words: Words) -> list[dict[str, Any]]:
    """Return the rows of ``CLAIMS`` for differences of regions that chance does not explain, or for there being none.

    Parameters
    ----------
    comparisons : DataFrame, schema ``COMPARISONS``
        From ``compare_regions``.
    detectable : Detectable, optional
        What the regions could show.
    words : Words
        Names and language.
    """
    tested = comparisons.dropna(subset=["p_adjusted"])
    n = labels.plural("comparison", len(tested), words.lang)
    sure = tested[tested["p_adjusted"] <= _CERTAIN].sort_values("p_adjusted", kind="stable")
    if len(sure):
        return [_difference(row, n, words) for row in rows(sure)]
    if tested.empty:
        return [_about_difference(words.say("no_difference_tested", of_units=words.form("of", _MANY)))]
    p = _p(float(tested["p_adjusted"].min()), words)
    caution = ""
    if detectable is not None:
        caution = detectable_line(detectable, words)
    return [_about_difference(words.say("no_difference", p=p, comparisons=n), caution)]


def detectable_line(detectable: Detectable, words: Words) -> str:
    """Return which difference of regions so few groups could show."""
    return words.say(
        "detectable",
        n_a=detectable.n_a,
        n_b=detectable.n_b,
        in_units=words.form("in", detectable.n_b),
        sd=labels.number(100 * detectable.sd, words.lang),
        points=labels.number(100 * detectable.difference, words.lang),
    )


def _difference(row: Any, n_comparisons: str, words: Words) -> dict[str, Any]:
    mean_a, mean_b = (labels.number(100 * mean, words.lang) for mean in (row.mean_a, row.mean_b))
    claim = words.say(
        "difference",
        a=labels.region(row.group_a, "locative", words.lang),
        b=labels.region(row.group_b, "locative", words.lang),
        code=words.code(row.code),
        more=words.say("more" if row.difference > 0 else "less"),
        mean_a=mean_a,
        mean_b=mean_b,
        n_a=labels.plural(words.unit, row.n_a, words.lang),
        n_b=labels.plural(words.unit, row.n_b, words.lang),
    )
    gaps = {
        "points": labels.number(100 * row.difference, words.lang),
        "p": _p(row.p_adjusted, words),
        "comparisons": n_comparisons,
    }
    if row.low is None:
        caution = words.say("difference_sure_no_interval", **gaps)
    else:
        low, high = (labels.number(100 * end, words.lang) for end in (row.low, row.high))
        caution = words.say("difference_sure", low=low, high=high, units=words.form("some", _MANY), **gaps)
    return _about_difference(claim, caution, row.code, f"{row.group_a} / {row.group_b}")


def _about_difference(
    claim: str, caution: str = "", code: str | None = None, regions: str | None = None
) -> dict[str, Any]:
    return {
        "about": "difference",
        "region": regions,
        "code": code,
        "sentence": _sentence(claim),
        "counter": None,
        "counter_brief": None,
        "caution": caution or None,
        "n_strict": None,
        "n_tied": None,
        "n_groups": None,
        "quantifier": None,
    }


def _row(fact: Any, code: str, sentence: str, counter: str = "", brief: str = "", caution: str = "") -> dict[str, Any]:
    return {
        "about": fact.position,
        "region": fact.region,
        "code": code,
        "sentence": sentence,
        "counter": counter or None,
        "counter_brief": brief or None,
        "caution": caution or None,
        "n_strict": fact.n_strict,
        "n_tied": fact.n_tied,
        "n_groups": fact.n_groups,
        "quantifier": fact.quantifier_strict,
    }


def _shared(alike: list[Any], words: Words) -> dict[str, Any]:
    """Return one row for many codes that stand first, or last, equally often."""
    fact = alike[0]
    codes = labels.listed([words.code(row.code) for row in alike], words.lang)
    where = words.where(None, fact.n_tied, fact.n_groups, fact.region)
    claim = words.say(f"shared_{fact.position}", where=where, codes=codes)
    return _row(fact, ";".join(row.code for row in alike), _sentence(claim))


def _texts(fact: Any) -> tuple[str | None, str | None, str | None]:
    return fact.strict, fact.tied, fact.against


def _with_codes(text: str, words: Words) -> str:
    name, _, codes = text.rpartition(": ")
    known = [words.code(code) for code in codes.split(", ") if code != "-"]
    return words.say("with_codes", name=name, codes=", ".join(known) or words.say("nothing_there"))


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _p(value: float, words: Words) -> str:
    if value < _SMALLEST:
        return f"< {labels.number(_SMALLEST, words.lang, 3)}"
    return f"= {labels.number(value, words.lang, 3 if value <= _CERTAIN else 2)}"
