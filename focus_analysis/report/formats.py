"""One document, three formats."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from focus_analysis import labels
from focus_analysis.report.document import Document

FORMATS = ("html", "docx", "pdf")
_TEMPLATES = {".css": "html", ".docx": "docx", ".typ": "pdf"}


def check_formats(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the formats asked for, each once.

    Raises
    ------
    ArgumentError
        One is unknown, or there is none.
    """
    wanted = tuple(dict.fromkeys(formats))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise labels.refused("formats", formats=", ".join(FORMATS), unknown=", ".join(unknown) or "–")
    return wanted


def templates_by_format(paths: Iterable[Path]) -> dict[str, Path]:
    """Return which template serves which format: a css the HTML page, a docx the Word file, a typ the PDF.

    Raises
    ------
    ArgumentError
        A file is missing or none of these, or two serve one format.
    """
    found: dict[str, Path] = {}
    for path in paths:
        name = _TEMPLATES.get(path.suffix.lower())
        if name is None or name in found:
            raise labels.refused("template_kind", file=path)
        if not path.is_file():
            raise labels.refused("template_missing", file=path)
        found[name] = path
    return found


def render(document: Document, name: str, template: Path | None = None, explorer: str = "") -> bytes:
    """Return the document in one of ``FORMATS``; the library that writes it is loaded only now.

    Parameters
    ----------
    document : Document
        What stands in it.
    name : str
        Of ``FORMATS``.
    template : Path, optional
        The user's template for this format.
    explorer : str
        Name of the explorer's file, to which the HTML page leads; Word and PDF files travel alone and lead nowhere.
    """
    if name == "docx":
        from focus_analysis.report.docx import render_docx

        return render_docx(document, template)
    if name == "pdf":
        from focus_analysis.report.pdf import render_pdf

        return render_pdf(document, template)
    from focus_analysis.report.html import render_html

    return render_html(document, template, explorer).encode()
