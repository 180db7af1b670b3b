"""What print needs to know of tables and figures: widths of columns, sizes of pictures."""

from __future__ import annotations

import re

from focus_analysis.report.document import Figure, Table

TEXT_WIDTH_CM, TEXT_HEIGHT_CM = 16.0, 21.0
_LETTERS_A_LINE = 108
_SHORTEST_WORD, _LONGEST_WORD, _SHORT_TEXT, _LONGEST_TEXT = 4, 18, 26, 300
_PADDING = 2
_BOLD = 1.15
_POINT_CM = 2.54 / 72
_SIZE = {name: re.compile(rb"<svg[^>]*?\s" + name + rb'="([\d.]+)pt"') for name in (b"width", b"height")}


def column_shares(table: Table) -> tuple[float, ...]:
    """Return the share of the width that each column gets.

    Each gets its longest word at least; short texts stand on one line where there is room; long ones share the rest by
    their length. A head may take several lines.
    """
    columns = [list(column) for column in zip(table.head, *table.rows, strict=True)]
    words = [max(_BOLD * _longest_word(head), *map(_longest_word, cells), 0) for head, *cells in columns]
    least = [min(max(word, _SHORTEST_WORD), _LONGEST_WORD) + _PADDING for word in words]
    longest = [min(max(map(len, cells), default=0), _LONGEST_TEXT) + _PADDING for _, *cells in columns]
    wanted = list(map(max, least, longest))
    start = list(least)
    for n in sorted(range(len(start)), key=lambda n: wanted[n] - least[n]):
        if wanted[n] <= _SHORT_TEXT and sum(start) - least[n] + wanted[n] <= _LETTERS_A_LINE:
            start[n] = wanted[n]
    spare = max(0.0, _LETTERS_A_LINE - sum(start))
    more = [want - low for want, low in zip(wanted, start, strict=True)]
    share = min(1.0, spare / sum(more)) if sum(more) else 0.0
    widths = [low + share * extra for low, extra in zip(start, more, strict=True)]
    return tuple(width / sum(widths) for width in widths)


def _longest_word(text: str) -> int:
    return max(map(len, re.split(r"[ \n-]", text)), default=0)


def size_cm(figure: Figure) -> tuple[float, float]:
    """Return width and height at which a figure stands on the page: its own, unless the page is smaller."""
    found = [pattern.search(figure.svg) for pattern in _SIZE.values()]
    if None in found:
        return TEXT_WIDTH_CM, TEXT_WIDTH_CM / 2
    width, height = (float(size[1]) * _POINT_CM for size in found if size)
    scale = min(1.0, TEXT_WIDTH_CM / width, TEXT_HEIGHT_CM / height)
    return width * scale, height * scale
