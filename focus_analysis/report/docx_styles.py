"""How the Word file looks: A4, fonts, the report's own styles, its language; a template goes before all of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from focus_analysis import labels
from focus_analysis.report.layout import TEXT_WIDTH_CM

LOCALES = {"pl": "pl-PL", "en": "en-GB"}
TABLE, CELL, NOTICE, SOURCE, COMMAND = (
    "Report Table",
    "Table Text",
    "Notice",
    "Quote Source",
    "Command",
)
_INK, _SOFT, _ACCENT = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x59, 0x59, 0x59), RGBColor(0x00, 0x3F, 0x66)
_FONT, _FIXED = "Calibri", "Consolas"
_TABLE_LOOK = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:color="1A1A1A"/><w:bottom w:val="single" w:sz="8" w:color="1A1A1A"/>
    <w:insideH w:val="single" w:sz="4" w:color="D0D0D0"/>
  </w:tblBorders><w:tblCellMar>
    <w:top w:w="25" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="25" w:type="dxa"/>
    <w:right w:w="70" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>
    <w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="1A1A1A"/></w:tcBorders>
    <w:vAlign w:val="bottom"/>
  </w:tcPr></w:tblStylePr>
</w:style>"""
_NOTICE_LOOK = f"""
<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="36" w:space="8" w:color="D55E00"/></w:pBdr>"""


def opened(template: Path | None, lang: str) -> Any:
    """Return an empty Word document: dressed by us, or by the user's template, whose words are left out.

    Raises
    ------
    ArgumentError
        The template is no docx.
    """
    try:
        document = docx.Document(None if template is None else str(template))
    except (KeyError, ValueError, OSError, BadZipFile, PackageNotFoundError) as error:
        raise labels.refused("template_docx", file=template, error=error) from error
    if template is None:
        _dress(document)
    else:
        for element in list(document.element.body):
            if element.tag != qn("w:sectPr"):
                document.element.body.remove(element)
    _set_language(document, LOCALES[lang])
    _add_missing_styles(document)
    return document


def _dress(document: Any) -> None:
    """Give an empty document of our own A4 pages and fonts."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    _set_font(document.styles["Normal"], size=10.5)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    document.styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, size, before in (("Title", 28, 120), ("Subtitle", 14, 6), ("TOC Heading", 16, 0)):
        _set_font(document.styles[name], size=size, colour=_ACCENT if name != "Subtitle" else _SOFT, italic=False)
        document.styles[name].paragraph_format.space_before = Pt(before)
    for border in document.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    for level, size, before in ((1, 17, 24), (2, 13, 16), (3, 11, 10)):
        heading = document.styles[f"Heading {level}"]
        _set_font(heading, size=size, colour=_ACCENT)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(before), Pt(6)
    _set_font(document.styles["Caption"], size=9.5, colour=_INK)
    document.styles["Caption"].paragraph_format.space_before = Pt(8)
    _set_font(document.styles["Quote"], size=10.5, colour=_INK)
    quote = document.styles["Quote"].paragraph_format
    quote.left_indent, quote.space_after, quote.keep_with_next = Cm(0.8), Pt(0), True


def _add_missing_styles(document: Any) -> None:
    """Add those of the report's styles that a template does not have."""
    styles = document.styles
    known = {style.name for style in styles}
    for name in (
        "Caption",
        "Quote",
        "List Bullet",
        "Title",
        "Subtitle",
        "TOC Heading",
        "Heading 1",
        "Heading 2",
        "Heading 3",
    ):
        if name not in known:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True).base_style = styles["Normal"]
    for name, size in ((CELL, 8.5), (NOTICE, None), (SOURCE, 9.5), (COMMAND, 9.0)):
        if name in known:
            continue
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _SHAPES[name](style)
        if size:
            style.font.size = Pt(size)
    for level in (1, 2):
        name = f"toc {level}"
        if name not in known:
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            style.paragraph_format.left_indent, style.paragraph_format.space_after = Cm(0.6 * (level - 1)), Pt(2)
            style.paragraph_format.line_spacing = 1.0
            style.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    if TABLE not in known:
        styles.element.append(parse_xml(_TABLE_LOOK))


def _shape_cell(style: Any) -> None:
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(0), 1.0


def _shape_notice(style: Any) -> None:
    style.paragraph_format.left_indent, style.paragraph_format.space_before = Cm(0.5), Pt(6)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(parse_xml(_NOTICE_LOOK), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "FFF4E0")):
        shade.set(qn(name), value)
    properties.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc")


def _shape_source(style: Any) -> None:
    style.paragraph_format.left_indent, style.paragraph_format.space_after = Cm(0.8), Pt(8)
    style.font.color.rgb = _SOFT


def _shape_command(style: Any) -> None:
    style.font.name = _FIXED


_SHAPES = {
    CELL: _shape_cell,
    NOTICE: _shape_notice,
    SOURCE: _shape_source,
    COMMAND: _shape_command,
}


def _set_font(style: Any, size: float, colour: RGBColor | None = None, italic: bool | None = None) -> None:
    style.font.name, style.font.size = _FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), _FONT)
    if colour is not None:
        style.font.color.rgb = colour
    if italic is not None:
        style.font.italic = italic


def _set_language(document: Any, locale: str) -> None:
    default = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for properties in (default, document.styles["Normal"].element.get_or_add_rPr()):
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        language = OxmlElement("w:lang")
        for name in ("val", "eastAsia", "bidi"):
            language.set(qn(f"w:{name}"), locale if name != "bidi" else "ar-SA")
        properties.append(language)
