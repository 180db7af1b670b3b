"""The page: escaped, safe, complete, and in one language."""

import base64
import hashlib
import re
import tomllib
from collections import Counter

import lxml.etree
import lxml.html
import pytest

from focus_analysis.report.document import (
    Bullets,
    Command,
    Document,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Quotation,
    Table,
)
from focus_analysis.report.html import render_html
from focus_analysis.resources import resource
from tests.report.conftest import GMINA, INSTITUTION_SET, LABEL, NAMED, PLACE, REGION, SAID, SESSION, made

XLINK = "{http://www.w3.org/1999/xlink}href"


def texts(tree, path):
    return [element.text_content().replace("\xa0", " ") for element in tree.xpath(path)]


def plain(text):
    return text.replace("\xa0", " ")


def drawings(tree):
    """The figures of the page as parsed SVG."""
    head = "data:image/svg+xml;base64,"
    sources = [image.get("src") for image in tree.xpath("//img")]
    assert sources and all(source.startswith(head) for source in sources)
    parser = lxml.etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    return [lxml.etree.fromstring(base64.b64decode(source.removeprefix(head)), parser) for source in sources]


@pytest.mark.parametrize(
    ("path", "hostile"),
    [
        ("//h3", NAMED),
        ("//td", GMINA),
        ("//td", REGION),
        ("//td", LABEL),
        ("//td", INSTITUTION_SET["pl"]),
        ("//td", SESSION),
        ("//td", f"{SESSION}.txt"),
        ("//td", "a<b>.txt"),
        ("//blockquote/p", SAID),
        ("//blockquote/footer", f"{INSTITUTION_SET['pl']}, {REGION}"),
    ],
)
def test_hostile_names_and_words_are_shown_as_they_are(polish, path, hostile):
    assert hostile in texts(polish.tree, path)


def test_the_place_of_a_finding_is_left_out_where_it_may_be_a_label(polish):
    assert "a<b>.txt" in texts(polish.tree, "//td")
    assert PLACE not in texts(polish.tree, "//*")


def test_they_are_no_markup(report):
    tags = Counter(element.tag for element in report.tree.iter() if isinstance(element.tag, str))
    assert set(tags) <= {
        *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "h1", "h2", "h3", "h4"),
        *("p", "ul", "li", "a", "div", "code", "table", "caption", "thead", "tbody", "tr", "th", "td"),
        *("figure", "img", "figcaption", "blockquote", "span"),
    }
    assert tags["style"] == tags["title"] == tags["h1"] == tags["main"] == 1


def test_there_is_no_script_and_no_handler(report):
    assert not report.tree.xpath("//script")
    attributes = [name for element in report.tree.iter("*") for name in element.attrib]
    assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_nothing_is_loaded_from_elsewhere(report):
    links = [value for element in report.tree.iter("*") for name, value in element.items() if name in ("href", "src")]
    assert links
    assert all(link.startswith(("#", "data:image/svg+xml;base64,", "tables/")) for link in links)
    assert not re.search(r"url\(|@import|//", report.tree.xpath("string(//style)"))


def test_drawings_hold_no_script_and_refer_only_to_themselves(report):
    for drawing in drawings(report.tree):
        elements = list(drawing.iter(lxml.etree.Element))
        assert not {lxml.etree.QName(element).localname for element in elements} & {
            *("script", "image", "foreignObject", "a", "iframe")
        }
        for element in elements:
            assert not [name for name in element.attrib if name.startswith("on")]
            assert all(element.get(name, "#").startswith("#") for name in (XLINK, "href"))


def test_the_policy_allows_the_page_its_own_style_and_pictures_only(report):
    (policy,) = report.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    style = report.tree.xpath("//style")[0].text
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode()
    assert rules == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": f"'sha256-{digest}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_policy_stands_before_what_it_rules(report):
    head = [element.tag for element in report.tree.xpath("/html/head/*")]
    policy = report.tree.xpath("/html/head/*").index(report.tree.xpath("//meta[@http-equiv]")[0])
    assert policy < head.index("style")
    assert report.tree.xpath("/html/head/meta[@charset]")[0].get("charset") == "utf-8"


def test_every_picture_says_in_words_what_it_shows(report):
    shown = [(image.get("alt"), texts(image, "ancestor::figure/figcaption")) for image in report.tree.xpath("//img")]
    figures = [block for block in report.document.blocks if isinstance(block, Figure)]
    label = {"pl": "Rysunek", "en": "Figure"}[report.lang]
    assert shown == [(figure.alt, [plain(f"{label} {n}. {figure.caption}")]) for n, figure in enumerate(figures, 1)]
    assert all(figure.alt and figure.caption for figure in figures)


def test_notices_stand_before_the_first_section(report):
    kinds = [(element.tag, element.get("class")) for element in report.tree.xpath("//main/*")]
    assert kinds[:3] == [("p", "notice"), ("p", "notice"), ("h2", None)]


def test_the_contents_lead_to_headings_that_exist_once(report):
    targets = [link.get("href").removeprefix("#") for link in report.tree.xpath("//nav//a")]
    ids = Counter(report.tree.xpath("//@id"))
    assert targets
    assert all(ids[target] == 1 for target in targets)
    assert texts(report.tree, "//nav//a") == texts(report.tree, "//main/h2")


def test_every_block_of_the_document_is_on_the_page(report):
    page = report.tree
    for block in report.document.blocks:
        match block:
            case Heading(1, text):
                assert plain(text) in texts(page, "//main/h2")
            case Heading(level, text):
                assert plain(text) in texts(page, f"//main/h{level + 1}")
            case Paragraph(text) | Notice(text):
                assert plain(text) in texts(page, "//main/p")
            case Command(text):
                assert text in texts(page, "//main/pre/code")
            case Bullets(items):
                assert set(map(plain, items)) <= set(texts(page, "//main/ul/li"))
            case Quotation(text, source):
                assert (plain(text), plain(source)) in zip(
                    texts(page, "//blockquote/p"), texts(page, "//blockquote/footer"), strict=True
                )


def test_every_cell_of_every_table_is_on_the_page(report):
    tables = [block for block in report.document.blocks if isinstance(block, Table)]
    shown = report.tree.xpath("//table")
    label = {"pl": "Tabela", "en": "Table"}[report.lang]
    assert len(shown) == len(tables)
    for number, (drawn, block) in enumerate(zip(shown, tables, strict=True), 1):
        assert texts(drawn, "caption") == [plain(f"{label} {number}. {block.caption}")]
        assert texts(drawn, "thead//th") == list(map(plain, block.head))
        assert [texts(row, "td") for row in drawn.xpath("tbody/tr")] == [list(map(plain, row)) for row in block.rows]
        numeric = {n for n, head in enumerate(drawn.xpath("thead//th")) if head.get("class") == "number"}
        assert numeric == block.numeric


def test_the_page_names_its_language_and_title(report):
    assert report.tree.get("lang") == report.lang
    assert texts(report.tree, "//title") == texts(report.tree, "//h1") == [plain(report.document.title)]


def _words(node):
    """Every pair of Polish and English words below a node of words.toml."""
    if isinstance(node, dict) and {"pl", "en"} == set(node):
        sides = [side if isinstance(side, list) else [side] for side in (node["pl"], node["en"])]
        yield tuple(sides)
    elif isinstance(node, dict):
        for child in node.values():
            yield from _words(child)


def visible(report):
    """The words of the page, cell by cell."""
    paths = ("//h1", "//h2", "//h3", "//p", "//li", "//th", "//td", "//caption", "//figcaption", "//footer")
    found = [text for path in paths for text in texts(report.tree, path)]
    return [*found, *report.tree.xpath("//@alt"), *report.tree.xpath("//@aria-label")]


def test_no_words_of_the_other_language_stand_on_the_page(report):
    vocabulary = tomllib.loads(resource("words.toml").read_text(encoding="utf-8"))
    sections = [vocabulary[name] for name in ("report", "caption", "alt", "term", "figure", "plural", "months")]
    own, other = (0, 1) if report.lang == "pl" else (1, 0)
    pairs = [pair for section in sections for pair in _words(section)]
    ours = {text for pair in pairs for text in pair[own]}
    foreign = {text for pair in pairs for text in pair[other]} - ours
    shown = visible(report)
    assert not foreign & set(shown)
    pieces = {
        piece.strip() for text in foreign for piece in re.split(r"\{\w+\}", text) if len(piece.strip().split()) > 2
    }
    assert len(pieces) > 20
    assert not [piece for piece in pieces for text in shown if piece in text]
    label = {"pl": "in English", "en": "po polsku"}[report.lang]
    assert not [text for text in shown if label in text]


def test_words_in_another_language_say_so(report):
    languages = set(report.tree.xpath("//blockquote/p/@lang"))
    assert languages == {"pl": set(), "en": {"pl"}}[report.lang]


def links(page):
    return [(link.get("href"), plain(link.text_content())) for link in page.xpath("//main//a")]


def test_without_an_explorer_numbers_lead_nowhere(report):
    assert {address for address, _ in links(report.tree)} == {"tables/claims.csv"}
    assert "explorer" not in report.page


def test_beside_an_explorer_every_number_leads_to_the_turns_behind_it(polish):
    page = lxml.html.document_fromstring(render_html(polish.document, explorer="explorer-2.html"))
    found = links(page)
    assert ("explorer-2.html#oksa/2", "2") in found
    behind = "explorer-2.html#turns?gmina=260205&code=code%3Apoverty&status=affirmed&role=participant"
    assert found.count((behind, "2 z 4")) == 2  # on the gmina's page and in the appendix
    assert ("explorer-2.html#oksa/1", "5") in found
    assert page.xpath("string(//header//a/@href)") == "explorer-2.html"
    leading = [address for address, _ in found if not address.startswith("tables/")]
    assert all(address.startswith("explorer-2.html#") for address in leading)


def test_the_address_of_a_quotation_does_not_tell_from_where_it_is(polish):
    page = lxml.html.document_fromstring(render_html(polish.document, explorer="explorer.html"))
    addresses = page.xpath("//blockquote//a/@href")
    assert len(addresses) == len(page.xpath("//blockquote")) > 0
    assert all(re.fullmatch(r"explorer\.html#quotation-\d+", address) for address in addresses)


def test_names_of_english_standards_say_that_they_are_english(polish):
    found = polish.tree.xpath("//main//span/@lang")
    assert set(found) == {"en"}
    names = {element.text for element in polish.tree.xpath("//main//span[@lang='en']")}
    assert {"COREQ", "SRQR", "Standards for reporting qualitative research"} <= names
    assert made("en").tree.xpath("//main//span") == []


def test_an_empty_document_is_a_page_too():
    tree = lxml.html.document_fromstring(render_html(Document("Tytuł", "", "pl", ())))
    assert texts(tree, "//h1") == ["Tytuł"]
    assert not tree.xpath("//main/*") and not tree.xpath("//p[@class='subtitle']")


@pytest.mark.parametrize(
    "hostile", ["</title><script>", "{{ 7*7 }}", "{% raw %}", "<!--", "]]>", "&lt;b&gt;", "'\"><b x="]
)
def test_any_text_anywhere_in_a_document_stays_text(hostile):
    document = Document(
        hostile,
        hostile,
        "pl",
        (
            Heading(1, hostile, hostile),
            Paragraph(hostile),
            Notice(hostile),
            Bullets((hostile,)),
            Table(hostile, (hostile,), ((hostile,),)),
            Figure(hostile, hostile, hostile, b"<svg/>"),
            Quotation(hostile, hostile),
            Command(hostile),
        ),
        details=(hostile,),
    )
    tree = lxml.html.document_fromstring(render_html(document))
    for path in (
        "//title",
        "//h1",
        "//main/h2",
        "//main/p",
        "//li",
        "//th",
        "//td",
        "//blockquote/p",
        "//pre/code",
        "//p[@class='detail']",
    ):
        assert hostile in texts(tree, path)
    assert [texts(tree, "//caption"), texts(tree, "//figcaption")] == [
        [f"Tabela 1. {hostile}"],
        [f"Rysunek 1. {hostile}"],
    ]
    assert tree.xpath("//img/@alt") == [hostile]
    assert tree.xpath("//h2/@id") == [hostile]
    assert tree.xpath("//nav//a/@href") == [f"#{hostile}"]
    assert not tree.xpath("//script | //b | //@x")


def test_the_same_document_gives_the_same_page(report):
    assert render_html(report.document) == report.page


def test_long_cells_have_room_and_short_ones_and_numbers_none_of_their_own():
    table = Table("t", ("a", "b"), (("krótko", "1"), ("Zdanie dłuższe. " * 6, "2" * 70)), frozenset({1}))
    page = lxml.html.fromstring(render_html(Document("t", "", "pl", (table,))))
    assert [cell.get("class") for cell in page.xpath("//td")] == [None, "number", "long", "number"]
