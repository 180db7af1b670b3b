"""Patterns found plainly: every phrase is tried at every word that its first word fits, and every choice of parts."""

from collections import defaultdict
from functools import cache
from itertools import pairwise, product

from focus_analysis.coding.matching import Match
from focus_analysis.coding.variants import variants
from focus_analysis.language.morphology import inflected_forms, unambiguous_forms

WIDEST_GAP = 3


class Matcher:
    """Patterns found one text at a time."""

    def __init__(self, patterns):
        self.patterns = list(patterns)
        numbers = {}
        self.parts = [tuple(numbered(part, numbers) for part in pattern.parts) for pattern in self.patterns]
        self.not_near = [numbered(pattern.not_near, numbers) for pattern in self.patterns]
        self.not_before = [numbered(pattern.not_before, numbers) for pattern in self.patterns]
        self.finder = PhraseFinder(numbers)
        self.users = defaultdict(set)
        for number, parts in enumerate(self.parts):
            for phrase in parts[0]:
                self.users[phrase].add(number)

    def find(self, words, clauses=None):
        phrases = self.finder.find(words)
        matches = [
            match
            for number in {user for phrase in phrases for user in self.users[phrase]}
            for match in self.joined(number, phrases, words, clauses)
            if not self.ruled_out(match, phrases, words)
        ]
        return sorted(matches, key=lambda match: (match.first, match.pattern, match.last))

    def joined(self, number, phrases, words, clauses):
        """Yield the matches of one pattern: its parts, near enough to each other."""
        places = [sorted({span for phrase in part for span in phrases.get(phrase, ())}) for part in self.parts[number]]
        pattern = self.patterns[number]
        units = {"sentence": words.sentences, "clause": clauses or words.sentences, "turn": [0] * len(words.tokens)}
        unit = units[pattern.reach]
        for chosen in product(*places):
            ordered = sorted(chosen)
            if pattern.ordered and ordered != list(chosen):
                continue
            between = [after[0] - before[1] for before, after in pairwise(ordered)]
            if any(gap < 0 or gap > pattern.words for gap in between):
                continue
            first, last = ordered[0][0], ordered[-1][1]
            if len(places) == 1 or unit[first] == unit[last - 1]:
                yield Match(number, first, last, tuple(ordered))

    def ruled_out(self, match, phrases, words):
        after = self.not_before[match.pattern]
        sentences = words.sentences
        follows = (first for phrase in after for first, _ in phrases.get(phrase, ()) if first == match.last)
        if any(sentences[first] == sentences[match.last - 1] for first in follows):
            return True
        sentence = words.sentences[match.first]
        near = self.not_near[match.pattern]
        return any(words.sentences[first] == sentence for phrase in near for first, _ in phrases.get(phrase, ()))


class PhraseFinder:
    """Phrases found one text at a time."""

    def __init__(self, phrases):
        self.phrases = list(phrases)
        self.by_form = defaultdict(set)
        self.by_opening = defaultdict(set)
        for number, phrase in enumerate(self.phrases):
            forms, beginnings, cased = looked_for(phrase[0])
            for form in {*forms, *(word.replace("-", "").lower() for word in cased)}:
                self.by_form[form].add(number)
            for beginning in beginnings:
                self.by_opening[beginning[:3]].add(number)

    def find(self, words):
        """Return the places of each phrase that stands in the text."""
        found = {}
        for place, token in enumerate(words.tokens):
            for number in self.by_form.get(token.form, set()) | self.by_opening.get(token.form[:3], set()):
                end = min(ends(self.phrases[number], words, place), default=0)
                if end:
                    found.setdefault(number, []).append((place, end))
        return found


def ends(terms, words, place):
    """Yield where the terms can end if the first stands at this place; punctuation parts no phrase."""
    if not fits(terms[0], words, place):
        return
    after, rest = place + 1, terms[1:]
    if not rest:
        yield after
        return
    is_gap = rest[0][0].kind == "gap"
    while rest[0][0].kind == "gap":  # gaps in a row are one
        rest = rest[1:]
    for target in range(after, after + 1 + WIDEST_GAP * is_gap):
        if target >= len(words.tokens) or words.breaks[target]:
            return
        yield from ends(rest, words, target)


def fits(term, words, place):
    forms, beginnings, cased = looked_for(term)
    token = words.tokens[place]
    return token.form in forms or token.form.startswith(beginnings) or words.text[token.start : token.end] in cased


@cache
def looked_for(term):
    """Return the forms, beginnings and forms with capitals that fit a term."""
    forms = set()
    for atom in term:
        if atom.kind == "lemma":
            forms |= inflected_forms(atom.word)
        elif atom.kind == "strict":
            forms |= unambiguous_forms(atom.word)
        elif atom.kind == "form":
            forms.add(atom.word.replace("-", "").lower())
    beginnings = tuple(atom.word.replace("-", "").lower() for atom in term if atom.kind == "beginning")
    return forms, beginnings, {atom.word for atom in term if atom.kind == "cased"}


def numbered(phrases, numbers):
    every = dict.fromkeys(variant for phrase in phrases for variant in variants(phrase))
    return tuple(numbers.setdefault(phrase, len(numbers)) for phrase in every)
