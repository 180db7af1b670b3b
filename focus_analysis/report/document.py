"""The document model: what stands in a report, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 or 2, and the name under which it can be linked."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    text: str


@dataclass(frozen=True)
class Notice:
    """What a reader must know before anything else."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list of statements."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table: caption, column heads, rows of text, and which columns hold numbers."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


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
    """Somebody's words, and whose kind they are."""

    text: str
    source: str


Block = Heading | Paragraph | Notice | Bullets | Table | Figure | Quotation


@dataclass(frozen=True)
class Document:
    """A report: its title, language and blocks in order."""

    title: str
    subtitle: str
    lang: str
    blocks: tuple[Block, ...]

    @property
    def contents(self) -> tuple[Heading, ...]:
        """Headings of the first level."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.level == 1)
