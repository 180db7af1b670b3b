"""The document as one HTML file that needs nothing else: no network, no script."""

from __future__ import annotations

import base64
import hashlib

from focus_analysis import labels
from focus_analysis.report.document import Document
from focus_analysis.resources import resource


def render_html(document: Document) -> str:
    """Return the page. Everything in it is escaped; its Content-Security-Policy allows its own style sheet only."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.filters["data_uri"] = _data_uri
    css = resource("report.css").read_text(encoding="utf-8")
    template = environment.from_string(resource("report.html.j2").read_text(encoding="utf-8"))
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    words = {name: labels.words(f"report.{name}", document.lang) for name in ("contents", "made_with")}
    return template.render(document=document, css=css, style_hash=f"sha256-{digest}", words=words)


def _data_uri(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
