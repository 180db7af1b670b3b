"""Who is said to work with whom: institutions named together with cooperation, turn by turn.

An institution that a participant names is the target of one relation in a sentence: that of the cue closest to it,
counted in words, clauses apart weighing more (``relation_cues`` finds the cues). Talk of cooperation is what answers
that question of the guide, or a moderator who asks about it. There a sentence that opens "with" the institution ("Z
policją ...") and has no cue takes one from the sentence before or after that names nobody; the first sentence of an
answer, from the moderator's question ("kogo brakuje?"); and an answer that names nobody speaks of whom the question
names ("a z policją?"). Anywhere a short sentence after one that names a single institution, and names none itself,
speaks of that one ("Piszę do sądu. Cisza."). Of an institution that no such cue speaks of in the turn, a coding of
cooperation in its sentence does.

The source is the speaker's institution; another one where it acts: named in the same clause before the target, with
no preposition, while a preposition governs the target, and the speaker is not in it ("szkoła dogaduje się z GOPS-em",
said by the police), or where two are said to stand in a relation with each other ("szkoła i sąd nie rozmawiają ze
sobą"). Who is spoken to ("panie sołtysie") is not spoken of.

``mentioned`` is another network: who names whom, and who is named in one turn, whatever is said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis.coding.clauses import clauses_of
from focus_analysis.coding.relation_cues import Cue, coded_cues, find_cues
from focus_analysis.corpus import check_corpus
from focus_analysis.language.morphology import is_finite_verb
from focus_analysis.language.stream import read_stream
from focus_analysis.schemas import CODES, CODINGS, check, rows
from focus_analysis.schemas_networks import RELATIONS, VALENCES

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.corpus import Corpus

GROUP = "institutions"
QUESTION = "cooperation"  # id of the guide's block
_CLAUSE_COST = 4
_MOST_ASKED = 2
_BEFORE = 3
_NEXT, _SHORT = 3, 8
_WITH, _TO = frozenset({"z", "ze"}), frozenset({"do"})
_INSTRUMENTAL = ("ą", "em", "im", "ym", "ami", "imi", "ymi", "mi")
_EACH_OTHER = (("ze", "sobą"), ("między", "sobą"), ("nawzajem",), ("wzajemnie",))
_PREPOSITIONS = _WITH | set(re.findall(r"\w+", "do od u w we na dla przez o po przy za między wobec ku pod przeciw"))
_OURSELVES = frozenset(re.findall(r"\w+", "ja my mnie nas nam mi nami mną nasz nasza nasze naszym naszej naszego"))
_FIRST_PERSON = ("my", "łam", "łem")
_CALLED = "panie"
_GOVERNING = frozenset({"with", "to"})  # scopes of cues


class _Place(NamedTuple):
    """Words of a turn, from the first up to the last and with it."""

    first: int
    last: int


class _Named(NamedTuple):
    """An institution named in a turn, with the characters where it is."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class _Layout:
    """A turn's words: forms, first characters, number of the clause and of the sentence of each."""

    forms: list[str]
    starts: list[int]
    clauses: list[int]
    sentences: list[int]

    def place(self, span: _Named | Cue) -> _Place:
        """Return the words that characters belong to."""
        first, last = (max(bisect_right(self.starts, at) - 1, 0) for at in (span.start, max(span.end - 1, span.start)))
        return _Place(first, last)

    def sentences_of(self, place: _Place) -> range:
        """Return the numbers of the sentences that words stand in."""
        return range(self.sentences[place.first], self.sentences[place.last] + 1)

    def distance(self, one: _Place, other: _Place) -> int:
        """Return how far apart words are; 0 where they overlap."""
        low, high = sorted((one, other))
        if high.first <= low.last:
            return 0
        return high.first - low.last + _CLAUSE_COST * (self.clauses[high.first] - self.clauses[low.last])

    def is_governed(self, place: _Place, by: Set[str] = _PREPOSITIONS) -> bool:
        """Return whether one of these words stands up to three words before, in the same clause."""
        before = range(max(0, place.first - _BEFORE), place.first)
        clause = self.clauses[place.first]
        return any(self.forms[word] in by and self.clauses[word] == clause for word in before)

    def opens_with(self, place: _Place, by: Set[str] = _WITH) -> bool:
        """Return whether the sentence opens "with" it ("Z policją ..."), or "to" it."""
        opens = self.sentences.index(self.sentences[place.first])
        return place.first - opens <= _BEFORE and self.is_governed(place, by)

    def reaches(self, cue: Cue, place: _Place) -> bool:
        """Return whether a cue may speak of it: a verb of doing "with" it, or of telling "to" it, of its clause."""
        at = self.place(cue)
        if cue.scope not in _GOVERNING:
            return cue.scope != "carried"
        if self.clauses[at.last] != self.clauses[place.first]:
            return False
        if cue.scope == "with":
            return self.is_governed(place, _WITH) and self.forms[place.first].endswith(_INSTRUMENTAL)
        return self.is_governed(place, _TO) or (
            0 < place.first - at.last <= _NEXT and not self.is_governed(place, _PREPOSITIONS)
        )

    def is_mutual(self, sentence: int) -> bool:
        """Return whether the sentence speaks of each other."""
        forms = self.forms_of(sentence)
        return any(tuple(forms[at : at + len(words)]) == words for words in _EACH_OTHER for at in range(len(forms)))

    def forms_of(self, sentence: int) -> list[str]:
        """Return the words of a sentence."""
        return [form for form, number in zip(self.forms, self.sentences, strict=True) if number == sentence]

    def is_called(self, place: _Place) -> bool:
        """Return whether it is somebody who is spoken to ("panie sołtysie")."""
        return place.first > 0 and self.forms[place.first - 1] == _CALLED

    def speaks_of_ourselves(self, sentence: int) -> bool:
        """Return whether the speaker is in the sentence: a pronoun, or a verb of the first person."""
        return any(
            form in _OURSELVES or (form.endswith(_FIRST_PERSON) and is_finite_verb(form))
            for form in self.forms_of(sentence)
        )


@dataclass(frozen=True)
class _Said:
    """A participant's turn: who says it, whom it names, its cues, and what the moderator asked."""

    turn: Any
    own: str | None
    named: list[_Named]
    cues: list[Cue]
    coded: list[Cue]
    asked: bool
    who: Cue | None
    asked_of: list[str]


def find_relations(corpus: Corpus, codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Find what participants say of their institution and others: cooperation, its lack, conflict, and wishes.

    Parameters
    ----------
    corpus : Corpus
        The transcripts; with the questions of a topic guide, answers on cooperation need fewer words.
    codings : DataFrame, schema ``CODINGS``
        Institutions named, with the characters where they are, and cooperation.
    codes : DataFrame, schema ``CODES``
        Which codes are institutions (``codebook.codes``).

    Returns
    -------
    DataFrame, schema ``RELATIONS``
        One row a turn, pair and relation. The rules stand at the head of this module, their cues in
        ``resources/relations.csv``; a person mends the table with ``write_relations`` and ``read_relations``.
    """
    import pandas as pd

    check_corpus("find_relations", corpus)
    said = list(_participants(corpus, check(codings, CODINGS), check(codes, CODES)))
    naming = [one for one in said if one.named]
    found = [row for one in said if not one.named for row in _answered(one)]
    for one, layout in zip(naming, _layouts([one.turn.text for one in naming]), strict=True):
        found += [*_told(one, layout), *_mentioned(one)]
    table = pd.DataFrame(found, columns=RELATIONS.names).drop_duplicates(list(RELATIONS.key))
    return check(table.sort_values(["session_id", "turn"], kind="stable"), RELATIONS)


def _participants(corpus: Corpus, codings: pd.DataFrame, codes: pd.DataFrame) -> Iterator[_Said]:
    """Yield what participants said, with what the moderator asked before."""
    institutions = set(codes.loc[codes["group"] == GROUP, "code"])
    held = codings[codings["code"].isin(institutions) & (codings["status"] == "affirmed")]
    named: dict[tuple[str, int], list[_Named]] = defaultdict(list)
    for coding in rows(held.sort_values("start", kind="stable")):
        named[coding.session_id, coding.turn].append(_Named(coding.code, coding.start, coding.end))
    belongs = {(row.session_id, row.speaker): row.institution for row in rows(corpus.speakers)}
    cues, coded = find_cues(corpus), coded_cues(codings)
    who: Cue | None = None
    before: Any = None
    on_topic = False
    for turn in rows(corpus.turns):
        key = (turn.session_id, turn.turn)
        if before is None or before.session_id != turn.session_id:
            who, before, on_topic = None, None, False
        if turn.role == "moderator":
            who = next((cue for cue in cues.get(key, ()) if cue.scope == "who"), None)
            on_topic = key in coded or any(cue.scope == "topic" for cue in cues.get(key, ()))
        elif turn.role == "participant":
            asked = on_topic or turn.question == QUESTION or (turn.question is None and key in coded)
            asked_of = _asked_of(before, named)
            scopes = ("anywhere", "with", "to", "carried", *(("asked",) if asked else ()))
            listed, meant = ([cue for cue in every.get(key, ()) if cue.scope in scopes] for every in (cues, coded))
            own = belongs.get((turn.session_id, turn.speaker))
            yield _Said(turn, own, named.get(key, []), _untaken(listed), meant, asked, who, asked_of)
        before = turn


def _untaken(cues: list[Cue]) -> list[Cue]:
    """Return the cues without verbs of doing and telling inside another ("powinniśmy siadać z opieką" is a wish)."""
    others = [cue for cue in cues if cue.scope not in _GOVERNING]
    return [
        cue
        for cue in cues
        if cue.scope not in _GOVERNING or not any(one.start <= cue.start and cue.end <= one.end for one in others)
    ]


def _asked_of(before: Any, named: Mapping[tuple[str, int], list[_Named]]) -> list[str]:
    """Return the one or two institutions that a moderator's question right before names."""
    if before is None or before.role != "moderator":
        return []
    codes = list(dict.fromkeys(one.code for one in named.get((before.session_id, before.turn), ())))
    return codes if len(codes) <= _MOST_ASKED else []


def _layouts(texts: list[str]) -> Iterator[_Layout]:
    """Yield the words of each text, all of them read at once."""
    stream = read_stream(texts)
    clauses = clauses_of(stream).numbers
    for edge, end in pairwise(stream.edges.tolist()):
        words = slice(edge + 1, end)
        sentences = stream.sentences[words]
        yield _Layout(
            [stream.vocabulary[form] for form in stream.forms[words]],
            stream.starts[words].tolist(),
            clauses[words].tolist(),
            (sentences - sentences[:1]).tolist(),
        )


def _told(said: _Said, layout: _Layout) -> Iterator[dict[str, Any]]:
    """Yield the relations that a turn tells: by the list, then by codings for institutions that it says nothing of."""
    placed = {one: layout.place(one) for one in said.named if layout.forms}
    spoken_of = {one: place for one, place in placed.items() if not layout.is_called(place)}
    actors = {one: _actor(place, spoken_of, layout) for one, place in spoken_of.items()}
    others = {one: place for one, place in spoken_of.items() if one.code != said.own and one not in actors.values()}
    mutual = list(_mutual(others, said, layout))
    for acting, named, cue in mutual:
        yield _row(said, acting.code, named.code, cue, named)
    paired = {one for pair in mutual for one in pair[:2]}
    others = {one: place for one, place in others.items() if one not in paired}
    told = {one.code for one in paired}
    for find in (_listed, _coded):
        for one, place in others.items():
            found = None if find is _coded and one.code in told else find(place, said, layout, list(others.values()))
            actor = actors[one]
            source = actor.code if actor else said.own
            if found is not None and source != one.code:
                told.add(one.code)
                yield _row(said, source, one.code, found, one)


def _mutual(others: Mapping[_Named, _Place], said: _Said, layout: _Layout) -> Iterator[tuple[_Named, _Named, Cue]]:
    """Yield two institutions that a sentence without the speaker tells of each other, the first as who acts."""
    sentences: dict[int, dict[str, _Named]] = defaultdict(dict)
    for one, place in others.items():
        sentences[layout.sentences[place.first]].setdefault(one.code, one)
    for sentence, named in sentences.items():
        if len(named) > 1 and layout.is_mutual(sentence) and not layout.speaks_of_ourselves(sentence):
            source, *targets = named.values()
            for target in targets:
                cue = _closest(said.cues, others[target], {sentence}, layout)
                if cue is not None:
                    yield source, target, cue


def _answered(said: _Said) -> Iterator[dict[str, Any]]:
    """Yield the relations of an answer that names nobody to a question that does."""
    spoken = [cue for cue in said.cues if cue.scope not in _GOVERNING]
    first = min(spoken, key=lambda cue: cue.start, default=None)
    if first is not None and said.asked:
        for code in said.asked_of:
            if code != said.own:
                yield _row(said, said.own, code, first)


def _listed(place: _Place, said: _Said, layout: _Layout, others: list[_Place]) -> Cue | None:
    """Return the cue that an institution goes with: of its sentence, one beside it, or the question that it answers."""
    here = set(layout.sentences_of(place))
    found = _closest(said.cues, place, here, layout)
    if found is None:
        naming = [sentence for other in others for sentence in layout.sentences_of(other)]
        beside = {number for one in here for number in (one - 1, one + 1)} - set(naming)
        found = _from_beside(place, said, layout, here, beside, alone=sum(map(naming.count, here)) == 1)
    return found or (said.who if 0 in here else None)


def _from_beside(
    place: _Place, said: _Said, layout: _Layout, here: set[int], beside: set[int], *, alone: bool
) -> Cue | None:
    """Return the cue of a sentence beside that names nobody."""
    if said.asked and layout.opens_with(place):
        return _nearest(_of_sentences(said.cues, beside, layout), place, layout)
    if layout.opens_with(place, _TO):
        telling = [cue for cue in said.cues if cue.scope == "to"]
        return _nearest(_of_sentences(telling, beside & {min(here) - 1}, layout), place, layout)
    after = beside & {max(here) + 1}
    if alone and all(len(layout.forms_of(sentence)) <= _SHORT for sentence in after):
        spoken = [cue for cue in said.cues if cue.scope not in _GOVERNING]
        return _nearest(_of_sentences(spoken, after, layout), place, layout)
    return None


def _coded(place: _Place, said: _Said, layout: _Layout, others: list[_Place]) -> Cue | None:
    """Return the coding that an institution goes with; one that holds names of institutions speaks of these alone."""
    here = set(layout.sentences_of(place))
    meant = []
    for coding in said.coded:
        held = [other for other in others if not layout.distance(layout.place(coding), other)]
        if place in held or not held:
            meant.append(coding)
    return _closest(meant, place, here, layout)


def _closest(cues: list[Cue], place: _Place, sentences: set[int], layout: _Layout) -> Cue | None:
    """Return the cue of these sentences that is closest, of those that reach so far."""
    near = [cue for cue in _of_sentences(cues, sentences, layout) if layout.reaches(cue, place)]
    return _nearest(near, place, layout)


def _of_sentences(cues: list[Cue], sentences: set[int], layout: _Layout) -> list[Cue]:
    return [cue for cue in cues if sentences & set(layout.sentences_of(layout.place(cue)))]


def _nearest(cues: list[Cue], place: _Place, layout: _Layout) -> Cue | None:
    return min(cues, key=lambda cue: layout.distance(place, layout.place(cue)), default=None)


def _actor(place: _Place, spoken_of: Mapping[_Named, _Place], layout: _Layout) -> _Named | None:
    """Return who acts towards an institution where that is not the speaker: one named before it in the clause."""
    if not layout.is_governed(place) or layout.speaks_of_ourselves(layout.sentences[place.first]):
        return None
    clause = layout.clauses[place.first]
    before = [
        one
        for one, at in spoken_of.items()
        if at.last < place.first and layout.clauses[at.last] == clause and not layout.is_governed(at)
    ]
    return before[-1] if before else None


def _mentioned(said: _Said) -> Iterator[dict[str, Any]]:
    """Yield who is named by whom, and who is named together in a turn."""
    first = {one.code: one for one in reversed(said.named)}
    named = sorted((one for one in first.values() if one.code != said.own), key=lambda one: one.start)
    for one in named:
        yield _row(said, said.own, one.code, Cue("mentioned", "", one.start, one.end, "named"), one)
    for one, other in combinations(named, 2):
        yield _row(said, one.code, other.code, Cue("mentioned", "", one.start, one.end, "named together"), other)


def _row(said: _Said, source: str | None, target: str, cue: Cue, one: _Named | None = None) -> dict[str, Any]:
    """Return one relation; its characters are those of the cue and of the institution, where both are in the turn."""
    turn = said.turn
    spans = [span for span in (cue, one) if span is not None and not (span is cue and cue.scope == "who")]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return {
        "session_id": turn.session_id,
        "turn": turn.turn,
        "named_by": said.own,
        "source": source,
        "target": target,
        "relation": cue.relation,
        "valence": VALENCES[cue.relation],
        "start": start,
        "end": end,
        "evidence": f"{cue.evidence} · {turn.text[start:end]}",
        "coder_kind": "rule",
    }
