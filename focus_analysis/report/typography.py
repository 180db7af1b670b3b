"""How a report's words are set: no-break spaces, quotation marks, nothing that cannot be printed."""

from __future__ import annotations

import re
from dataclasses import replace

from focus_analysis.report.document import (
    Block,
    Bullets,
    Command,
    Document,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Quotation,
    Table,
)

_NBSP = "\N{NO-BREAK SPACE}"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SHORT = re.compile(r"(?<![\w'’-])([aiouwzAIOUWZ]) +(?=\S)")
_UNIT = re.compile(r"(?<=\d) +(?=(?:%|zł|km|m|cm|h|min|godz|proc|tys|mln|mld|r|rok|roku|pkt)(?:\b|(?<=%)))")
_QUOTED = re.compile(r'(?<![\w"])"(?=\S)([^"\n]*[^"\s])"(?!\w)')
_MARKS = {"pl": ("„", "”"), "en": ("“", "”")}


def set_words(text: str, lang: str) -> str:
    r"""Return words as print sets them in their language.

    Straight quotation marks in pairs become „ ” or “ ”; a number stays with its unit and, in Polish, a one-letter word
    with the word after it; characters that no format can hold are left out.

    Examples
    --------
    >>> set_words('Nikt z "tamtych" i po 5 km w lesie', "pl")
    'Nikt z\xa0„tamtych” i\xa0po 5\xa0km w\xa0lesie'
    >>> set_words('I said "no"', "en")
    'I said “no”'
    """
    opening, closing = _MARKS[lang]
    words = _QUOTED.sub(rf"{opening}\1{closing}", printable(text))
    if lang == "pl":
        words = _SHORT.sub(rf"\1{_NBSP}", words)
    return _UNIT.sub(_NBSP, words)


def printable(text: str) -> str:
    """Return a text without the characters that XML and print cannot hold."""
    return _UNPRINTABLE.sub("", text)


def typeset(document: Document) -> Document:
    """Return a document with all its words set; names of files, hashes and commands stay to the letter."""
    lang = document.lang
    return replace(
        document,
        title=set_words(document.title, lang),
        subtitle=set_words(document.subtitle, lang),
        details=_all(document.details, lang),
        running=set_words(document.running, lang),
        blocks=tuple(_typeset(block, lang) for block in document.blocks),
    )


def _typeset(block: Block, lang: str) -> Block:
    match block:
        case Heading() | Paragraph() | Notice():
            return replace(block, text=set_words(block.text, lang))
        case Quotation(text, source, other):
            own = other if other in _MARKS else lang
            return Quotation(set_words(text, own), set_words(source, lang), other)
        case Bullets(items):
            return Bullets(_all(items, lang))
        case Figure():
            return replace(block, caption=set_words(block.caption, lang), alt=set_words(block.alt, lang))
        case Command(text):
            return Command(printable(text))
        case Table():
            rows = tuple(
                tuple(
                    printable(cell) if place in block.verbatim else set_words(cell, lang)
                    for place, cell in enumerate(row)
                )
                for row in block.rows
            )
            return replace(block, caption=set_words(block.caption, lang), head=_all(block.head, lang), rows=rows)


def _all(texts: tuple[str, ...], lang: str) -> tuple[str, ...]:
    return tuple(set_words(text, lang) for text in texts)
