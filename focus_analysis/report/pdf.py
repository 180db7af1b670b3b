"""The document as PDF: tagged, with bookmarks and alternative text; set by typst, which needs no other program."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from focus_analysis import labels
from focus_analysis.report.document import Block, Document, Figure, Table, Text
from focus_analysis.report.layout import column_shares, size_cm
from focus_analysis.resources import resource

_TEMPLATE_HERE = b"// The user's rules.\n"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")
_REGIONS = {"pl": "PL", "en": "GB"}


def render_pdf(document: Document, template: Path | None = None) -> bytes:
    """Return the report as a PDF that satisfies PDF/UA-1, the same bytes in every run.

    All words reach typst as JSON strings, never as markup. Without a template fonts are those that typst carries.

    Parameters
    ----------
    document : Document
        What stands in it.
    template : Path, optional
        A .typ file with a function ``style`` that takes the whole report and returns it, dressed in its own rules,
        which go before ours; for instance::

            #let style(report) = {
              set text(font: "Lato", size: 11pt)
              set page(header: image("logo.svg", alt: "Logo", height: 1cm))
              show heading: set text(fill: rgb("#7a0019"))
              report
            }

        Pictures and fonts are looked for in the template's folder, fonts on the machine too.

    Raises
    ------
    ArgumentError
        The template cannot be understood, or asks for a package that is not on this machine: nothing is fetched.
    """
    import typst

    content = {
        "title": document.title,
        "subtitle": document.subtitle,
        "lang": document.lang,
        "regions": _REGIONS,
        "running": document.running,
        "details": document.details,
        "contents": labels.words("report.contents", document.lang),
        "front": [_plain(block) for block in document.front],
        "body": [_plain(block) for block in document.body],
    }
    source = resource("report.typ").read_bytes()
    folder = None if template is None else template.resolve().parent
    fonts = typst.Fonts(template is not None, font_paths=[] if folder is None else [folder])
    inputs = {"report": json.dumps(content, ensure_ascii=False)}
    try:
        dressed = source if template is None else _dressed(source, template)
        with _without_network():
            compiler = typst.Compiler(dressed, folder, fonts, sys_inputs=inputs)
            made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError as error:
        if template is None:
            raise
        key = "template_fetched" if "download" in error.message else "template_typst"
        raise labels.refused(key, file=template, error=error.message) from error
    assert isinstance(made, bytes)
    return made


@contextmanager
def _without_network() -> Iterator[None]:
    """Let typst fetch no package: it has no switch for that, but asks the proxy that the environment names.

    The one named here can be no program's, since no port has the number 0.
    """
    kept = dict(os.environ)
    names = [name for proxy in _PROXIES for name in (proxy, proxy.upper())]
    try:
        os.environ.update(dict.fromkeys(names, "http://127.0.0.1:0") | dict.fromkeys(("no_proxy", "NO_PROXY"), ""))
        yield
    finally:
        for name in (*names, "no_proxy", "NO_PROXY"):
            os.environ.pop(name, None)
            if name in kept:
                os.environ[name] = kept[name]


def _dressed(source: bytes, template: Path) -> bytes:
    """Return our source with the rules of the template after its own."""
    own = f"#import {json.dumps('/' + template.name, ensure_ascii=False)}: style\n#show: style\n"
    return source.replace(_TEMPLATE_HERE, own.encode())


def _plain(block: Block) -> dict[str, Any]:
    """Return a block as what JSON can hold."""
    plain: dict[str, Any] = {"kind": type(block).__name__} | {key: _spans(value) for key, value in vars(block).items()}
    if isinstance(block, Table):
        plain |= {"numeric": sorted(block.numeric), "verbatim": sorted(block.verbatim), "shares": column_shares(block)}
    if isinstance(block, Figure):
        width, height = size_cm(block)
        del plain["png"], plain["paths"]
        plain |= {"svg": block.svg.decode("utf-8"), "width": width, "height": height}
    return plain


def _spans(value: Any) -> Any:
    """Return a text of several stretches as a list of them, within tuples too."""
    if isinstance(value, Text):
        return [vars(span) for span in value.spans]
    return [_spans(item) for item in value] if isinstance(value, tuple) else value
