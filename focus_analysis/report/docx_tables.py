"""Tables of the Word file as XML of their own: python-docx takes seconds for tables of thousands of cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length

from focus_analysis.report.document import spans

_RIGHT = '<w:jc w:val="right"/>'
_BREAKS = {"\n": '</w:t><w:br/><w:t xml:space="preserve">', "\t": '</w:t><w:tab/><w:t xml:space="preserve">'}


def table_element(
    style: str, cell_style: str, rows: Sequence[Sequence[str]], widths: Sequence[Length], numeric: Collection[int]
) -> Any:
    """Return a table whose first row stands on every page and none of whose rows is broken by a page's end.

    Parameters
    ----------
    style, cell_style : str
        Ids of the styles of the table and of the paragraphs in its cells.
    rows : sequence of sequence of str
        Runs of each cell, as ``spoken`` returns them; the first row is the head.
    widths : sequence of Length
        Widths of the columns.
    numeric : collection of int
        Which columns are set to the right.
    """
    grid = "".join(f'<w:gridCol w:w="{width.twips}"/>' for width in widths)
    look = f'<w:tblStyle w:val={quoteattr(style)}/><w:tblW w:type="auto" w:w="0"/><w:tblLayout w:type="fixed"/>'
    look += '<w:tblLook w:firstColumn="1" w:firstRow="1" w:noVBand="1" w:val="04A0"/>'
    head, *body = (
        "".join(
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width.twips}"/></w:tcPr>'
            f"<w:p><w:pPr><w:pStyle w:val={quoteattr(cell_style)}/>{'' if n else '<w:keepNext/>'}"
            f"{_RIGHT if column in numeric else ''}</w:pPr>{cell}</w:p></w:tc>"
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for n, row in enumerate(rows)
    )
    lines = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    lines += [f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in body]
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def spoken(text: str, locales: Mapping[str, str]) -> str:
    """Return the runs of a text, one for each language."""
    runs = []
    for lang, alike in groupby(spans(text), key=lambda span: span.lang):
        look = f"<w:rPr><w:lang w:val={quoteattr(locales.get(lang, lang))}/></w:rPr>" if lang else ""
        words = escape("".join(span.text for span in alike), _BREAKS)
        runs.append(f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>')
    return "".join(runs)
