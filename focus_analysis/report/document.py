"""The document model: what stands in a report, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path


@dataclass(frozen=True)
class Span:
    """A stretch of words: where it leads, its language where that is not the document's, whether it is to the letter.

    An address counts on the HTML page only: it leads to a file beside the page.
    """

    text: str
    address: str = ""
    lang: str = ""
    verbatim: bool = False


class Text(str):
    """Words of which some stretches lead somewhere or are of another kind; in all else a string."""

    spans: tuple[Span, ...]

    def __new__(cls, *spans: Span) -> Text:
        """Put the stretches together."""
        text = super().__new__(cls, "".join(span.text for span in spans))
        text.spans = spans
        return text


def spans(text: str) -> tuple[Span, ...]:
    """Return the stretches of a text: itself where it has none."""
    return text.spans if isinstance(text, Text) else (Span(text),)


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3, and the name under which it can be linked."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text; one that leads stays on the page of what follows."""

    text: str
    leads: bool = False


@dataclass(frozen=True)
class Notice:
    """What a reader must know before anything else."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list of statements."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Command:
    """What is typed at a command line, to the letter."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table: caption, column heads, rows of text.

    Parameters
    ----------
    caption : str
        What it shows.
    head : tuple of str, length n
        Heads of the columns.
    rows : tuple of tuple of str, each of length n
        Cells; a ``Text`` where a number leads to what is behind it.
    numeric, verbatim : frozenset of int
        Columns that hold numbers; columns of file names and the like, kept to the letter.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    verbatim: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Figure:
    """A figure: name of its files, caption, what it shows in words, its drawing as SVG and PNG, and its files."""

    name: str
    caption: str
    alt: str
    svg: bytes = field(repr=False)
    png: bytes = field(default=b"", repr=False)
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Quotation:
    """Somebody's words, whose kind they are, the words' language where it is not the document's, where they lead."""

    text: str
    source: str
    lang: str = ""
    address: str = ""


Block = Heading | Paragraph | Notice | Bullets | Command | Table | Figure | Quotation


@dataclass(frozen=True)
class Document:
    """A report.

    Parameters
    ----------
    title, subtitle : str
        On the title page.
    lang : {"pl", "en"}
        Language of its words.
    blocks : tuple of Block
        What stands in it, in order; notices before the first heading belong to the title page.
    details : tuple of str
        Further lines of the title page, such as the date of the data.
    running : str
        What every page says at its head.
    """

    title: str
    subtitle: str
    lang: str
    blocks: tuple[Block, ...]
    details: tuple[str, ...] = ()
    running: str = ""

    @property
    def contents(self) -> tuple[Heading, ...]:
        """Headings of the first level."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.level == 1)

    @property
    def front(self) -> tuple[Block, ...]:
        """Blocks before the first heading: they stand on the title page."""
        return tuple(takewhile(lambda block: not isinstance(block, Heading), self.blocks))

    @property
    def body(self) -> tuple[Block, ...]:
        """Blocks from the first heading on."""
        return self.blocks[len(self.front) :]


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[Block, int]]:
    """Yield each block with its number among the tables, or among the figures; 0 for every other block."""
    count = {Table: 0, Figure: 0}
    for block in blocks:
        kind = type(block)
        if kind in count:
            count[kind] += 1
        yield block, count.get(kind, 0)
