"""How a report's words are set: no-break spaces, quotation marks, nothing that cannot be printed."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

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
    Span,
    Table,
    Text,
    spans,
)
from focus_analysis.resources import toml

_NBSP = "\N{NO-BREAK SPACE}"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SHORT = re.compile(r"(?<![\w'’-])([aiouwzAIOUWZ]) +(?=\S)")
_UNIT = re.compile(r"(?<=\d) +(?=(?:%|zł|km|m|cm|h|min|godz|proc|tys|mln|mld|r|rok|roku|pkt)(?:\b|(?<=%)))")
_QUOTED = re.compile(r'(?<![\w"])"(?=\S)([^"\n]*[^"\s])"(?!\w)')
_MARKS = {"pl": ("„", "”"), "en": ("“", "”")}
_TYPED = r"""(?P<typed>(?P<table>tables/[a-z_]+\.csv)  # a file beside the page
    |\b[a-z_]+\.(?:csv|html|yaml)\b|\b[a-z]+(?:_[a-z]+)+\b|\bfocus-analysis\ [a-z]+|(?<!\S)--[a-z]+(?:-[a-z]+)*)"""


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


def set_spans(text: str, lang: str) -> str:
    """Return words set, with what is no word of their language told apart: names of files and the like, English names.

    A table of the report's folder leads to its file.
    """
    set_apart = [part for span in spans(text) for part in _told_apart(span, lang)]
    return Text(*set_apart) if any(span != Span(span.text) for span in set_apart) else set_words(text, lang)


def _told_apart(span: Span, lang: str) -> list[Span]:
    words = set_words(span.text, lang)
    if span != Span(span.text):
        return [replace(span, text=words)]
    found, end = [], 0
    for match in _unlike(lang).finditer(words):
        found += [Span(words[end : match.start()])] if match.start() > end else []
        typed = match["typed"] is not None
        found.append(Span(match[0], match["table"] or "", "" if typed else "en", typed))
        end = match.end()
    return [*found, Span(words[end:])] if words[end:] or not found else found


@cache
def _unlike(lang: str) -> re.Pattern[str]:
    """Return the pattern of names of files, and of the names that stay English in a text of the language."""
    names = sorted(toml("words.toml")["english_names"][lang], key=len, reverse=True)
    return re.compile("|".join([_TYPED, *(rf"\b{re.escape(name)}\b" for name in names)]), re.VERBOSE)


def capitalised(text: str) -> str:
    """Return a text that begins with a capital letter; names of codes and regions do not of themselves."""
    return text[:1].upper() + text[1:]


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
        case Paragraph():
            return replace(block, text=set_spans(block.text, lang))
        case Heading():
            return replace(block, text=capitalised(set_words(block.text, lang)))
        case Notice():
            return replace(block, text=set_words(block.text, lang))
        case Quotation(text, source, other):
            own = other if other in _MARKS else lang
            return replace(block, text=set_words(text, own), source=set_words(source, lang))
        case Bullets(items):
            return Bullets(tuple(set_spans(item, lang) for item in items))
        case Figure():
            return replace(block, caption=capitalised(set_words(block.caption, lang)), alt=set_words(block.alt, lang))
        case Command(text):
            return Command(printable(text))
        case Table():
            rows = tuple(
                tuple(
                    printable(cell) if place in block.verbatim else set_spans(cell, lang)
                    for place, cell in enumerate(row)
                )
                for row in block.rows
            )
            return replace(block, caption=set_spans(block.caption, lang), head=_all(block.head, lang), rows=rows)


def _all(texts: tuple[str, ...], lang: str) -> tuple[str, ...]:
    return tuple(set_words(text, lang) for text in texts)
