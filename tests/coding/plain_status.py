"""Clauses and status read plainly: every cue is asked whether it reaches a hit."""

import csv
from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cache
from typing import Any, NamedTuple

from focus_analysis.coding.matching import Match
from focus_analysis.language.morphology import is_finite_verb, lemmas
from focus_analysis.patterns import parse_pattern
from focus_analysis.resources import resource
from tests.coding.plain_matching import Matcher

REACH = 6
SUPPOSED_REACH = 9
NEAR = 3
FARTHEST = 30
LONGEST_ITEM = 4
WEIGHTS = ("affirmed", "denied", "hypothetical")


class Cue(NamedTuple):
    """A row of the cue list."""

    cue: str
    status: str
    scope: frozenset[str]
    comment: str


class Standing(NamedTuple):
    """A cue that can decide, and the longer ones that take its words, unless they hold the hit too."""

    cue: Cue
    match: Match
    takers: list[Match]


class Clauses(NamedTuple):
    """The clauses of a text, the cues in play, and what bounds their reach."""

    words: Any
    numbers: list[int]
    cues: list[Standing]
    complements: set[int]
    items: set[int]
    verbs: set[int]
    asides: set[int]
    walls: set[int]
    agreeing: set[int]
    shields: dict[int, int]
    governed: set[int]


def read_clauses(words):
    """Find the clauses of a text and the cues in it; longer cues take their words from shorter ones."""
    cues, matcher = cue_list()
    every = [(cues[match.pattern], match) for match in matcher.find(words)]
    longer = by_place(every)
    found = [Standing(cue, match, takers_of(match, longer)) for cue, match in every]
    untaken = [(cue, match) for cue, match, takers in found if not takers]
    asides = [match for cue, match in untaken if cue.status == "aside"]
    numbers, complements, items = numbered(words, openers_of(every, longer, words), asides)
    shields = [(cue, match) for cue, match in every if cue.status == "shield"]
    in_place = [(cue, match) for cue, match in every if is_in_place(cue, match, words, numbers)]
    longer = by_place(in_place)
    return Clauses(
        words,
        numbers,
        [Standing(cue, match, takers_of(match, longer)) for cue, match in in_place if cue.status in WEIGHTS],
        complements,
        items,
        verbs={match.first for cue, match in every if cue.status == "verb"},
        asides={place for match in asides for place in range(match.first, match.last)},
        walls={match.first for cue, match in untaken if "wall" in cue.scope},
        agreeing={match.first for cue, match in every if cue.status == "agree"},
        shields={match.last: match.first for cue, match in untaken if cue.status == "shield" and not cue.scope},
        governed={match.last for _, match in shields},
    )


def status_of(hit, clauses):
    """Return the status of a hit and the cue that decided it, empty where none did.

    A cue inside the hit belongs to the pattern and decides nothing. What governs the clause ("nie sądzę, że") outweighs
    what stands in it. Two denials, one above the other, affirm; so does a denial asked back ("gdzie nie ma biedy?").
    """
    outside = [
        (cue, match)
        for cue, match, takers in cues_around(hit, clauses)
        if not holds(hit, match)
        if all(taker.first <= hit.first and hit.last <= taker.last for taker in takers)
    ]
    reaching = [(cue, match) for cue, match in outside if any(reaches(cue, match, part, clauses) for part in hit.parts)]
    if clauses.agreeing & {place for part in hit.parts for place in range(*part)}:
        reaching = [(cue, match) for cue, match in reaching if cue.status != "denied"]
    inner = weightiest(cue for cue, _ in reaching)
    outer = weightiest(cue for cue, match in outside if governs(cue, match, hit, clauses))
    if outer and inner and outer.status == inner.status == "denied":
        return "affirmed", f"{outer.cue} + {inner.cue}"
    if inner and not outer and is_asked_back(reaching, hit, clauses):
        return "affirmed", f"{inner.cue} + ?"
    deciding = outer or inner or answer(hit, clauses)
    return (deciding.status, deciding.cue) if deciding else ("affirmed", "")


def cues_around(hit, clauses):
    """Return the cues that stand near enough to matter; they are in order of their first word."""
    low, high = hit.first - FARTHEST, hit.last + FARTHEST
    begin, end = (bisect_left(clauses.cues, place, key=lambda item: item.match.first) for place in (low, high))
    return clauses.cues[begin:end]


def weightiest(cues):
    return min(cues, key=lambda cue: WEIGHTS.index(cue.status), default=None)


def holds(hit, match):
    return any(first <= match.first and match.last <= last for first, last in hit.parts)


def reaches(cue, match, part, clauses):
    """Return whether a cue reaches a part of a hit within their clause, or their sentence where the scope says so."""
    first, last = part
    numbers, sentences = clauses.numbers, clauses.words.sentences
    if cue.scope & {"between", "across"}:
        unit = sentences if "across" in cue.scope else numbers
        if match.parts[0][1] <= first and last <= match.parts[-1][0]:
            return unit[match.first] == unit[match.last - 1]
        if "on" not in cue.scope:
            return False
    if "on" in cue.scope and match.last <= first and sentences[match.first] == sentences[first]:
        return True
    if numbers[match.first] != numbers[match.last - 1]:
        return False
    if match.last <= first:
        if not cue.scope & {"after", "near", "object"} or clauses.shields.get(first, -1) >= match.last:
            return False
        return reaches_on(cue, match, part, clauses)
    if "verdict" in cue.scope and sentences[last - 1] == sentences[match.first - 1] != sentences[match.first]:
        return True
    if "beside" in cue.scope and last == match.first and numbers[last - 1] == numbers[match.first]:
        return True
    if "back" in cue.scope:
        return match.first - last < REACH and sentences[last - 1] == sentences[match.first]
    if "object" in cue.scope and (first in clauses.governed or has_base_form(part, clauses.words)):
        return False
    if not cue.scope & {"before", "object"} or count_verbs(last, match.first, clauses):
        return False
    if numbers[last - 1] != numbers[match.first]:
        return "object" in cue.scope and is_listed(last - 1, match.first, clauses) and is_item(part, clauses)
    return match.first - last < REACH


def reaches_on(cue, match, part, clauses):
    """Return whether a cue reaches forward: as far as a wall, the second verb, or the subject of another clause."""
    first, last = part
    supposes = cue.status == "hypothetical"
    n_verbs = count_verbs(match.first, first + 1, clauses)
    if n_verbs > 1 + supposes or clauses.walls & set(range(match.last, first + 1)):
        return False
    if cue.scope == {"after"} and cue.status == "denied" and n_verbs and is_followed_by_its_verb(last, clauses):
        return False
    if "after" not in cue.scope and "object" in cue.scope and has_base_form((first, first + 1), clauses.words):
        return False
    if clauses.numbers[match.last - 1] != clauses.numbers[first]:
        listed = "object" in cue.scope and first not in clauses.governed
        return listed and is_listed(match.last - 1, first, clauses) and is_item(part, clauses)
    return first - match.last < (NEAR if "near" in cue.scope else SUPPOSED_REACH if supposes else REACH)


def is_followed_by_its_verb(last, clauses):
    clause = clauses.numbers[last - 1]
    return clauses.numbers[last : last + 1] == [clause] and count_verbs(last, last + 1, clauses) > 0


def count_verbs(first, end, clauses):
    """Return how many finite verbs stand in a stretch, those said aside left out."""
    tokens = clauses.words.tokens
    places = (place for place in range(first, end) if place not in clauses.asides)
    return sum(place in clauses.verbs or is_finite_verb(tokens[place].form) for place in places)


def is_listed(one, other, clauses):
    """Return whether mere commas part two words, and short items without a verb ("nie ma biedy, przemocy")."""
    low, high = clauses.numbers[one], clauses.numbers[other]
    items = set(range(low + 1, high + 1))
    places = [place for place in range(one, other + 1) if clauses.numbers[place] in items]
    longest = max(Counter(clauses.numbers[place] for place in places).values())
    return items <= clauses.items and longest <= LONGEST_ITEM and not count_verbs(places[0], places[-1] + 1, clauses)


def is_item(part, clauses):
    """Return whether the clauses of a part of a hit hold no verb: one that does says its own thing."""
    held = {clauses.numbers[place] for place in range(*part)}
    places = [place for place, number in enumerate(clauses.numbers) if min(held) <= number <= max(held)]
    return not count_verbs(places[0], places[-1] + 1, clauses)


def has_base_form(part, words):
    """Return whether the first or the last word is a base form: more likely a subject than an object."""
    return any(words.tokens[place].form in lemmas(words.tokens[place].form) for place in {part[0], part[1] - 1})


def governs(cue, match, hit, clauses):
    """Return whether the hit stands in the clause that tells what is said, thought or asked."""
    clause = clauses.numbers[hit.first]
    governed = "that" in cue.scope and clause in clauses.complements and clauses.numbers[match.last - 1] == clause - 1
    return governed and match.last <= hit.first and hit.first not in clauses.shields


def is_asked_back(reaching, hit, clauses):
    """Return whether a denial is a question that expects "yes"; with "czy" or "u was" it is a real one."""
    denials = all(cue.status == "denied" and match.first in clauses.agreeing for cue, match in reaching)
    return denials and is_question(hit.first, clauses.words, clauses.numbers)


def answer(hit, clauses):
    """Return the denial that answers a question at once ("bieda? nie")."""
    if not is_question(hit.first, clauses.words, clauses.numbers):
        return None
    clause = clauses.numbers[hit.last - 1]
    answer = next((place for place, number in enumerate(clauses.numbers) if number > clause), None)
    denials = (cue for cue, match, takers in clauses.cues if match.first == answer and not takers)
    return next((cue for cue in denials if cue.status == "denied"), None)


def is_question(place, words, numbers):
    after = next((other for other in range(place, len(numbers)) if numbers[other] > numbers[place]), len(numbers))
    return "?" in sign_before(after, words)


def sign_before(place, words):
    """Return what stands between a word and the one before, or after the last word."""
    start = words.tokens[place - 1].end if place else 0
    end = words.tokens[place].start if place < len(words.tokens) else len(words.text)
    return words.text[start:end].strip()


def openers_of(found, longer, words):
    """Return the words that open a clause; a longer cue takes those that stand in it after its first word."""
    return {
        match.last - 1: cue
        for cue, match in found
        if cue.status == "clause" and "wall" not in cue.scope
        if "opening" not in cue.scope or match.first == 0 or words.breaks[match.first]
        if not any(o.status != "clause" and other.first < match.last - 1 for o, other in longer[match.last - 1])
    }


def numbered(words, openers, asides):
    """Return the number of each word's clause, the clauses that "że" or "czy" opens, and those that a comma parts."""
    commas = {place for place, broken in enumerate(words.breaks) if broken and sign_before(place, words) == ","}
    joined = {place for m in asides if {m.first, m.last} <= commas for place in (m.first, m.last)}
    numbers = []
    complements = set()
    items = set()
    clause = 0
    for place, broken in enumerate(words.breaks):
        opens = place in openers
        clause += opens or (broken and place not in joined)
        numbers.append(clause)
        if opens and "that" in openers[place].scope:
            complements.add(clause)
        elif place in commas and not opens:
            items.add(clause)
    return numbers, complements, items


def is_in_place(cue, match, words, numbers):
    if "opening" in cue.scope and match.first and numbers[match.first - 1] == numbers[match.first]:
        return False
    if "closing" in cue.scope and match.last < len(numbers) and numbers[match.last - 1] == numbers[match.last]:
        return False
    return "question" not in cue.scope or is_question(match.first, words, numbers)


def by_place(found):
    """Return the cues of several words by the place of each of their words."""
    longer = defaultdict(list)
    for cue, match in found:
        if match.last - match.first > 1 and len(match.parts) == 1:
            for place in range(match.first, match.last):
                longer[place].append((cue, match))
    return longer


def takers_of(match, longer):
    """Return the longer matches that the words of a match all lie in."""
    length = match.last - match.first
    takers = [other for cue, other in longer[match.first] if cue.status != "clause"]
    return [other for other in takers if match.last <= other.last and other.last - other.first > length]


@cache
def cue_list():
    with resource("cues.csv").open(encoding="utf-8", newline="") as file:
        cues = [
            Cue(row["cue"], row["status"], frozenset(row["scope"].split()), row["comment"])
            for row in csv.DictReader(file)
        ]
    return cues, Matcher(parse_pattern(cue.cue)._replace(ordered=True) for cue in cues)
