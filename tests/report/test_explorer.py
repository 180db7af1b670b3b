"""The team's page, read without a browser: what it carries, and that nothing in it is alive but its own script."""

import base64
import hashlib
import json
import re
import tomllib
from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import lxml.html
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from focus_analysis import labels
from focus_analysis.pipeline import analyse
from focus_analysis.report.explorer import embedded_json, explorer_data, render_explorer
from focus_analysis.resources import resource
from tests.builders import codebook, corpus, group
from tests.report.conftest import GMINA, LABEL, REGION, SAID, SESSION, SPEAKER, analysed

SCRIPTS = ("explorer_data.js", "explorer_turns.js", "explorer_networks.js", "explorer.js")
PRIVATE = {"pl": "Nie udostępniać: ta strona zawiera treść rozmów", "en": "Do not share: this page holds what people"}


def opened(results, lang):
    page = render_explorer(results, lang)
    tree = lxml.html.document_fromstring(page.encode())
    data = json.loads(tree.xpath("string(//script[@id='data'])"))
    return SimpleNamespace(lang=lang, results=results, page=page, tree=tree, data=data)


@cache
def made(lang):
    return opened(analysed(lang), lang)


@pytest.fixture(params=["pl", "en"])
def explorer(request):
    return made(request.param)


def frame(table):
    return pd.DataFrame(table["rows"], columns=table["columns"])


def same(table, source):
    """Assert that a table of the page holds exactly these columns of a table of results."""
    shown = frame(table)
    expected = source[table["columns"]].reset_index(drop=True).astype(object)
    pd.testing.assert_frame_equal(
        shown.astype(object).where(shown.notna(), None), expected.where(expected.notna(), None)
    )


@pytest.mark.parametrize("name", ["speakers", "turns", "codings"])
def test_the_tables_of_the_study_are_carried_whole(explorer, name):
    table = getattr(explorer.results, name)
    told = (
        {"evidence": [labels.evidence(said, explorer.lang) for said in table["evidence"]]}
        if "evidence" in table
        else {}
    )
    same(explorer.data[name], table.assign(**told))


def test_sessions_are_carried_with_their_place_and_the_date_in_words(explorer):
    shown = frame(explorer.data["sessions"])
    same(
        {"columns": ["session_id", "gmina", "voivodeship", "source", "invented"], "rows": []}
        | {"rows": shown[["session_id", "gmina", "voivodeship", "source", "invented"]].to_numpy().tolist()},
        explorer.results.sessions,
    )
    assert shown["date"].tolist() == [labels.date("2018-09-12", explorer.lang)] * 3
    assert shown["place"].tolist() == ["260205", f"{GMINA} ({SESSION})", "181612"]


def test_codes_have_their_names_in_the_language_of_the_page(explorer):
    codes = explorer.results.codes
    assert frame(explorer.data["codes"])["label"].tolist() == codes[f"label_{explorer.lang}"].tolist()


def test_every_number_of_the_heat_map_is_one_of_the_estimates(explorer):
    shown, expected = frame(explorer.data["cells"]), explorer.results.by_gmina.reset_index(drop=True)
    assert len(shown) == len(expected) > 20
    for row, cell in zip(expected.itertuples(), shown.itertuples(), strict=True):
        assert (cell.level, cell.code) == (row.level, row.code)
        if pd.isna(row.estimate):
            assert cell.count == "–" and pd.isna(cell.estimate)
        else:
            assert cell.estimate == row.estimate
            assert cell.count == labels.count_of(row.n_named, row.n_participants, explorer.lang)


def test_as_many_people_stand_behind_a_cell_as_it_counts(explorer):
    where = frame(explorer.data["sessions"])[["session_id", "place"]]
    behind = frame(explorer.data["behind"]).merge(where, on="session_id")
    people = behind.drop_duplicates(["place", "level", "code", "session_id", "speaker"])
    counts = people.groupby(["place", "level", "code"]).size()
    cells = frame(explorer.data["cells"]).dropna(subset=["estimate"])
    assert cells["n_named"].sum() > 0
    for cell in cells.itertuples():
        assert counts.get((cell.place, cell.level, cell.code), 0) == cell.n_named


def test_every_cell_has_a_place_with_sessions(explorer):
    places = set(frame(explorer.data["places"])["place"])
    assert set(frame(explorer.data["cells"])["place"]) == places == set(frame(explorer.data["sessions"])["place"])


def test_places_stand_by_region_in_the_order_of_the_polish_alphabet():
    groups = [
        group(name, "M: Słucham.", "R1: Bieda.", gmina=name, voivodeship=region)
        for name, region in [
            ("Łoniów", "świętokrzyskie"),
            ("Oksa", "świętokrzyskie"),
            ("Świlcza", "podkarpackie"),
            ("Krempna", "podkarpackie"),
            ("Bieliny", None),
        ]
    ]
    results = analyse(corpus(*groups), codebook({"poverty": ["bieda"]}), coder="rules")
    places = frame(explorer_data(results, "pl")["places"])
    assert places["gmina"].tolist() == ["Krempna", "Świlcza", "Łoniów", "Oksa", "Bieliny"]


def test_the_ranking_is_the_mean_over_groups_for_all_and_for_each_region(explorer):
    ranking = frame(explorer.data["ranking"])
    known = explorer.results.by_gmina.dropna(subset=["estimate"])
    assert set(ranking["scope"].dropna()) == {"świętokrzyskie", REGION}
    for scope in [None, "świętokrzyskie", REGION]:
        for level in ("leaf", "top"):
            cells = known[(known["level"] == level) & (known["voivodeship"].eq(scope) if scope else True)]
            rows = ranking[
                (ranking["level"] == level) & (ranking["scope"].eq(scope) if scope else ranking["scope"].isna())
            ]
            means = cells.groupby("code")["estimate"].mean()
            assert dict(zip(rows["code"], rows["mean"], strict=True)) == pytest.approx(means.to_dict())
            assert rows["mean"].is_monotonic_decreasing
    alcohol = ranking[ranking["scope"].isna() & (ranking["level"] == "leaf") & (ranking["code"] == "alcohol")].iloc[0]
    assert alcohol["gminas"] == labels.count_of(2, 2, explorer.lang)
    assert alcohol["people"] == labels.count_of(2, 6, explorer.lang)


def test_codings_that_say_that_there_is_no_code_are_left_out():
    results = made("pl").results
    none = results.codings.head(1).assign(code="none", start=0, end=0)
    more = replace(results, codings=pd.concat([results.codings, none], ignore_index=True))
    assert explorer_data(more, "pl")["codings"] == made("pl").data["codings"]


def test_evidence_is_told_in_the_language_of_the_page():
    results = made("pl").results
    english = "bieda → Biedy | cue: nie ma | model (denied) + place in the talk → biedy ≈ Bieda u nas."
    polish = "bieda → Biedy | wskazówka: nie ma | model (zaprzeczony) + miejsce w rozmowie → biedy ≈ Bieda u nas."
    told = replace(results, codings=results.codings.head(2).assign(evidence=[english, None]))
    for lang, first in (("pl", polish), ("en", english)):
        assert [row[-1] for row in explorer_data(told, lang)["codings"]["rows"]] == [first, None]


def test_the_first_line_says_that_the_page_must_not_be_shared(explorer):
    first = explorer.tree.xpath("//body/*")[0]
    assert first.get("role") == "note"
    assert first.text_content().startswith(PRIVATE[explorer.lang])
    assert PRIVATE[explorer.lang] in explorer.tree.xpath("string(//dialog)")
    assert f'@bottom-center {{ content: "{PRIVATE[explorer.lang]}' in explorer.tree.xpath("string(//style)")


def test_invented_and_unchecked_are_said_before_the_first_number(explorer):
    said = explorer.tree.xpath("//header/p[@class='notice']/text()")
    assert len(said) == 2
    assert labels.count_of(1, 3, explorer.lang) in said[0]
    assert said[1] == labels.words("report.unchecked", explorer.lang)


def test_nothing_is_called_invented_that_is_not():
    results = replace(made("pl").results, sessions=made("pl").results.sessions.assign(invented=False))
    page = opened(results, "pl")
    assert page.tree.xpath("//header/p[@class='notice']/text()") == [labels.words("report.unchecked", "pl")]


def digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_the_page_its_own_script_and_style_only(explorer):
    (policy,) = explorer.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,), (script,) = (explorer.tree.xpath(path) for path in ("//style", "//script[@type='module']"))
    assert dict(part.strip().split(" ", 1) for part in policy.split(";")) == {
        "default-src": "'none'",
        "style-src": digest(style.text),
        "script-src": digest(script.text),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def test_the_policy_stands_before_what_it_rules(explorer):
    head = [element.tag for element in explorer.tree.xpath("/html/head/*")]
    (policy,) = explorer.tree.xpath("//meta[@http-equiv]")
    assert explorer.tree.xpath("/html/head/*").index(policy) < head.index("style")
    assert not explorer.tree.xpath("/html/head/script")


def test_nothing_is_loaded_from_elsewhere_and_nothing_in_the_markup_is_alive(explorer):
    elements = list(explorer.tree.iter("*"))
    assert not {"link", "img", "iframe", "object", "embed", "base", "svg", "audio", "video"} & {
        one.tag for one in elements
    }
    attributes = [(name, value) for one in elements for name, value in one.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or name in ("style", "src", "srcset", "action")]
    assert all(value.startswith("#") for name, value in attributes if name == "href")
    assert not re.search(r"url\(|@import|//", explorer.tree.xpath("string(//style)"))


def test_the_script_makes_no_markup_runs_no_text_and_asks_no_network():
    script = "\n".join(resource(name).read_text(encoding="utf-8") for name in SCRIPTS)
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacent|document\.write|createContextualFragment|DOMParser|srcdoc|\beval\b|"
    )
    forbidden += r"\bFunction\(|\bfetch\b|XMLHttp|WebSocket|sendBeacon|import\(|https?:|localStorage|document\.cookie"
    assert not re.search(forbidden, script)
    assert not re.search(r"setTimeout\(\s*[\"'`]", script)


def test_hostile_words_are_carried_as_data_and_never_as_markup(explorer):
    assert [script.get("type") for script in explorer.tree.xpath("//script")] == ["application/json", "module"]
    assert not explorer.tree.xpath("//iframe | //svg | //i | //b | //*[@onload] | //*[@onclick]")
    turns, speakers = frame(explorer.data["turns"]), frame(explorer.data["speakers"])
    assert SAID in turns["text"].tolist()
    assert SPEAKER in speakers["speaker"].tolist()
    assert {GMINA, SESSION, REGION} <= set(frame(explorer.data["sessions"]).astype(object).to_numpy().ravel().tolist())
    if explorer.lang == "pl":
        assert LABEL in frame(explorer.data["codes"])["label"].tolist()
    for hostile in (SAID, SPEAKER, SESSION):
        assert hostile not in explorer.page


HOSTILE = [
    "</script>",
    "<!--<script>",
    "]]>",
    "\u2028\u2029",
    "&lt;/script&gt;",
    "\\u003c",
    "{{ 7*7 }}",
    "😀</SCRIPT >",
    "\x00\x1f",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_of_every_kind_stays_inside_its_string(hostile):
    embedded = embedded_json({hostile: [hostile]})
    assert json.loads(embedded) == {hostile: [hostile]}
    assert not re.search("[<>&\u2028\u2029]", embedded)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_data_comes_back_as_it_went(data):
    embedded = embedded_json(data)
    assert json.loads(embedded) == data
    assert not re.search("[<>&\u2028\u2029]", embedded)


def test_every_control_has_a_name_and_every_reference_a_target(explorer):
    for control in explorer.tree.xpath("//select | //input"):
        assert control.xpath("ancestor::label") and control.xpath("ancestor::label")[0].text.strip()
    ids = explorer.tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(explorer.tree.xpath("//@aria-labelledby | //@aria-describedby")) <= set(ids)
    assert explorer.tree.xpath("//*[@aria-live='polite']")


def test_the_page_speaks_one_language(explorer):
    vocabulary = tomllib.loads(resource("words.toml").read_text(encoding="utf-8"))["explorer"]
    flat = [*vocabulary.items(), *vocabulary["groups"].items(), *vocabulary["kind"].items()]
    other = "en" if explorer.lang == "pl" else "pl"
    pairs = [pair for _, pair in flat if explorer.lang in pair]
    ours = {pair[explorer.lang] for pair in pairs}
    shown = {text.strip() for text in explorer.tree.xpath("//body//text()[not(ancestor::script)]")}
    foreign = {pair[other] for pair in pairs} - ours
    assert len(ours & shown) > 15
    assert not foreign & shown
    carried = [*explorer.data["words"].values(), *explorer.data["words"]["groups"].values()]
    assert not foreign & {text for text in carried if isinstance(text, str)}
    assert explorer.tree.get("lang") == explorer.lang


def test_a_study_in_which_nobody_can_be_counted_is_a_page_too():
    study = corpus(group("oksa", "A: Bieda.", "B: Alkohol.", roles_known=False))
    page = opened(analyse(study, codebook({"poverty": ["bieda"]}), coder="rules"), "pl")
    assert {row[-1] for row in page.data["cells"]["rows"]} == {"–"}
    assert page.data["ranking"]["rows"] == []


def test_the_same_results_give_the_same_page(explorer):
    assert render_explorer(explorer.results, explorer.lang) == explorer.page
