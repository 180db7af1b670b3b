"""The document as one HTML file that needs nothing else: no network, no script."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from focus_analysis import labels
from focus_analysis.report.addresses import EXPLORER
from focus_analysis.report.document import Document, Quotation, Span, numbered, spans
from focus_analysis.resources import resource

_LONG_CELL = 60


def render_html(document: Document, style: Path | None = None, explorer: str = "") -> str:
    """Return the page. Everything in it is escaped; its Content-Security-Policy allows its own style sheet only.

    Parameters
    ----------
    document : Document
        What stands in it.
    style : Path, optional
        A css that is put after ours.
    explorer : str
        Name of the explorer's file beside the page, to which numbers and quotations lead; none without it.

    Raises
    ------
    ArgumentError
        The css cannot be read, or would end the style sheet that holds it.
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.filters |= {"data_uri": _data_uri, "spans": spans, "href": lambda span: _href(span, explorer)}
    css = resource("report.css").read_text(encoding="utf-8") + _own_style(style)
    template = environment.from_string(resource("report.html.j2").read_text(encoding="utf-8"))
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    words = {
        name: labels.words(f"report.{name}", document.lang)
        for name in ("contents", "made_with", "linked", "label_table", "label_figure")
    }
    blocks = list(numbered(document.blocks))
    settings = {"style_hash": f"sha256-{digest}", "words": words, "explorer": explorer, "long": _LONG_CELL}
    return template.render(document=document, blocks=blocks, css=css, **settings)


def _href(span: Span | Quotation, explorer: str) -> str:
    """Return where words lead; nowhere where that would be an explorer that was not made."""
    leads_to_explorer = span.address.startswith(EXPLORER)
    return explorer and span.address.replace(EXPLORER, explorer, 1) if leads_to_explorer else span.address


def _own_style(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        css = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise labels.refused("template_css", file=path, error=error) from error
    if "</" in css:
        raise labels.refused("template_markup", file=path)
    return "\n" + css


def _data_uri(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
