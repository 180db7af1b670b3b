"""XML and HTML from untrusted files: no entity is unfolded, nothing outside the file is fetched."""

from __future__ import annotations

from typing import Any

from focus_analysis.io.draft import refuse
from focus_analysis.io.opening import TranscriptFile


def parse_xml(data: bytes, file: TranscriptFile) -> Any:
    """Return the root of an XML document.

    Raises
    ------
    ReadError
        The document is broken, has too many elements, or declares entities of its own.
    """
    from lxml import etree

    file.limits.check("elements", data.count(b"<"), file.name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        refuse("broken_xml", file.name, f"{getattr(error, 'lineno', '') or ''}", reason=type(error).__name__)
    own = root.getroottree().docinfo.internalDTD
    if own is not None and any(True for _ in own.iterentities()):
        refuse("xml_entities", file.name)
    return root


def parse_html(text: str, file: TranscriptFile) -> Any:
    """Return the root of an HTML page, however badly it is written.

    Raises
    ------
    ReadError
        The page has no element, or too many.
    """
    from lxml import etree

    file.limits.check("elements", text.count("<"), file.name)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        refuse("broken_html", file.name, reason=type(error).__name__)
    if root is None:
        refuse("no_turns", file.name)
    return root


def local_name(element: Any) -> str:
    """Return an element's name without its namespace.

    Examples
    --------
    >>> from lxml import etree
    >>> local_name(etree.fromstring('<u xmlns="http://www.tei-c.org/ns/1.0"/>'))
    'u'
    """
    return str(element.tag).rpartition("}")[2]
