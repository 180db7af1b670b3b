"""Codings in spaCy: turns as Docs with their codes as spans.

A Doc has ``doc.spans["codes"]`` (a span's label is the code) and the attributes ``doc._.session_id``, ``doc._.turn``,
``doc._.speaker`` and ``doc._.role``; a span of the group has ``span._.status`` and ``span._.evidence``. spaCy parts
words otherwise than the coder, so a span holds every token that the coding touches; the coding's own offsets stand in
``doc.spans["codes"].attrs["start"]`` and ``["end"]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis.corpus import Corpus, check_corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.language.pipelines import polish_pipeline
from focus_analysis.schemas import CODINGS, NO_CODE, check, rows

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language
    from spacy.tokens import Doc, Span

SPANS_KEY = "codes"
_OF_DOC = ("session_id", "turn", "speaker", "role")
_OF_SPAN = ("status", "evidence")


class Mark(NamedTuple):
    """A code at a place of a text: start and end in characters."""

    code: str
    start: int
    end: int
    status: str
    evidence: str | None


def to_docs(corpus: Corpus, codings: pd.DataFrame, nlp: Language | str | None = None) -> Iterator[Doc]:
    """Yield each turn of a corpus as a spaCy Doc with its codings as spans, one at a time.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codings : DataFrame, schema ``CODINGS``
        What to mark, by whatever coder.
    nlp : Language or str, optional
        A pipeline, or the name of an installed model, for lemmas and entities; a blank Polish pipeline where not said.

    Yields
    ------
    Doc
        In the order of the turns; displaCy shows it with
        ``displacy.render(doc, style="span", options={"spans_key": "codes"})``.

    Raises
    ------
    SchemaError
        The codings break their schema.
    ArgumentError
        No such model is installed, or, while Docs are made, a coding stands where its turn has no character.
    """
    check_corpus("to_docs", corpus)
    given = check(codings, CODINGS)
    given = given[given["code"] != NO_CODE]
    pipeline = polish_pipeline(nlp) if nlp is None or isinstance(nlp, str) else nlp
    marks: dict[tuple[str, int], list[Mark]] = {}
    for row in rows(given.sort_values(["start", "end", "code"], kind="stable")):
        marks.setdefault((row.session_id, row.turn), []).append(
            Mark(row.code, row.start, row.end, row.status, row.evidence)
        )
    return _docs(corpus, marks, pipeline)


def _docs(corpus: Corpus, marks: Mapping[tuple[str, int], list[Mark]], nlp: Language) -> Iterator[Doc]:
    declare_attributes()
    turns = ((turn.text, turn) for turn in rows(corpus.turns))
    for doc, turn in nlp.pipe(turns, as_tuples=True):
        for name in _OF_DOC:
            doc._.set(name, getattr(turn, name))
        set_marks(doc, marks.get((turn.session_id, turn.turn), ()))
        yield doc


def set_marks(doc: Doc, marks: Iterable[Mark]) -> None:
    """Put codings into ``doc.spans["codes"]``; tokens that a coding only touches belong to its span.

    Raises
    ------
    ArgumentError
        A coding stands where the text has no character.
    """
    from spacy.tokens import SpanGroup

    kept = list(marks)
    spans = [_span(mark, doc) for mark in kept]
    attrs = {name: [getattr(mark, name) for mark in kept] for name in ("start", "end", *_OF_SPAN)}
    doc.spans[SPANS_KEY] = SpanGroup(doc, name=SPANS_KEY, spans=spans, attrs=attrs)


def _span(mark: Mark, doc: Doc) -> Span:
    span = doc.char_span(mark.start, mark.end, label=mark.code, alignment_mode="expand")
    if span is None:
        raise ArgumentError(
            f"coding {mark.code!r} stands at characters {mark.start} to {mark.end}, but the turn has {len(doc.text)}; "
            "give the corpus that was coded"
        )
    return span


def declare_attributes() -> None:
    """Declare the attributes of Docs and spans, once."""
    from spacy.tokens import Doc, Span

    for name in _OF_DOC:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    for name in _OF_SPAN:
        if not Span.has_extension(name):
            Span.set_extension(name, getter=_getter(name))


def _getter(name: str) -> Any:
    """Return the function that looks a span's attribute up in its group: two codes may stand on the same tokens."""

    def of(span: Span) -> Any:
        group = span.doc.spans.get(SPANS_KEY, ())
        places = (place for place, other in enumerate(group) if _is_same(span, other))
        return next((group.attrs[name][place] for place in places), None)

    return of


def _is_same(one: Span, other: Span) -> bool:
    return (one.start, one.end, one.label) == (other.start, other.end, other.label)
