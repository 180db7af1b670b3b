"""The rule coder written plainly, one text and one hit at a time: what the engine must come to."""

from collections import defaultdict

from focus_analysis.coding.matching import split_words
from tests.coding.plain_matching import Matcher, PhraseFinder
from tests.coding.plain_status import read_clauses, status_of


def code(texts, roles, codebook):
    """Return (text, code, start, end, status, evidence) of every coding."""
    rules = [(entry.id, pattern, codebook.groups[entry.group].status) for entry, pattern in codebook.patterns()]
    matcher = Matcher([pattern for _, pattern, _ in rules])
    exceptions = [(entry.id, phrase) for entry, phrase in codebook.exceptions()]
    finder = PhraseFinder([phrase for _, phrase in exceptions])
    for number, (text, role) in enumerate(zip(texts, roles, strict=True)):
        words = split_words(text)
        clauses = read_clauses(words)
        excepted = [(exceptions[n][0], span) for n, spans in finder.find(words).items() for span in spans]
        for hit in standing(matcher.find(words, clauses.numbers), rules):
            of, pattern, group_status = rules[hit.pattern]
            if any(of == other and first <= hit.first and hit.last <= last for other, (first, last) in excepted):
                continue
            status, cue = decided(hit, pattern, group_status, role, clauses)
            start, end = words.tokens[hit.first].start, words.tokens[hit.last - 1].end
            evidence = f"{pattern.shown} → {text[start:end]}" + (" | moderator" if cue == "moderator" else "")
            yield number, of, start, end, status, evidence


def standing(hits, rules):
    """Keep one of the hits of a code that overlap: what its pattern denies or supposes, a phrase, the longest."""
    kept = defaultdict(list)
    takes_back = [(group or pattern.status) in ("denied", "hypothetical") for _, pattern, group in rules]
    ranked = sorted(hits, key=lambda hit: (len(hit.parts), hit.first - hit.last, hit.first, hit.pattern))
    for hit in sorted(ranked, key=lambda hit: not takes_back[hit.pattern]):
        others = kept[rules[hit.pattern][0]]
        if not any(hit.first < other.last and other.first < hit.last for other in others):
            others.append(hit)
    return sorted((hit for hits in kept.values() for hit in hits), key=lambda hit: (hit.first, hit.pattern))


def decided(hit, pattern, group_status, role, clauses):
    if group_status:
        return group_status, ""
    if role == "moderator":
        return "hypothetical", "moderator"
    if pattern.status:
        return pattern.status, ""
    return status_of(hit, clauses)
