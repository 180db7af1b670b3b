"""The document as PDF: tagged, with bookmarks and alternative text; set by typst, which needs no other program."""

from __future__ import annotations

import json
from typing import Any

from focus_analysis import labels
from focus_analysis.report.document import Block, Document, Figure, Table
from focus_analysis.report.layout import column_shares, size_cm
from focus_analysis.resources import resource

_REGIONS = {"pl": "PL", "en": "GB"}


def render_pdf(document: Document) -> bytes:
    """Return the report as a PDF that satisfies PDF/UA-1, the same bytes in every run.

    All words reach typst as JSON strings, never as markup; fonts are those that typst carries.
    """
    import typst

    content = {
        "title": document.title,
        "subtitle": document.subtitle,
        "lang": document.lang,
        "region": _REGIONS[document.lang],
        "running": document.running,
        "details": document.details,
        "contents": labels.words("report.contents", document.lang),
        "front": [_plain(block) for block in document.front],
        "body": [_plain(block) for block in document.body],
    }
    made = typst.compile(
        resource("report.typ").read_bytes(),
        sys_inputs={"report": json.dumps(content, ensure_ascii=False)},
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


def _plain(block: Block) -> dict[str, Any]:
    """Return a block as what JSON can hold."""
    plain: dict[str, Any] = {"kind": type(block).__name__} | dict(vars(block))
    if isinstance(block, Table):
        plain |= {"numeric": sorted(block.numeric), "verbatim": sorted(block.verbatim), "shares": column_shares(block)}
    if isinstance(block, Figure):
        width, height = size_cm(block)
        del plain["png"], plain["paths"]
        plain |= {"svg": block.svg.decode("utf-8"), "width": width, "height": height}
    return plain
