"""Web pages and oTranscribe: what a reader sees, and who says it."""

import json

import pytest

from focus_analysis.errors import ReadError
from tests.io.making import notes, said, times


def page(body, head=""):
    return f"<!DOCTYPE html><html><head><title>Wywiad</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "turn",
    [
        "<p>{}: {}</p>",
        "<div><span><b>{}:</b></span> {}</div>",
        "{}: {}<br>",
        "<li>{}: {}</li>",
        "<h3>{}:</h3><p>{}</p>",
        "<p style='font-weight: 600'>{}:</p>\n<div><p>{}</p></div>",
        "<table><tr><td>{}</td><td>{}</td></tr></table><hr>",
    ],
)
def test_turns_of_a_page_are_read_however_they_are_marked(read, turn):
    talk = [("M", "Co słychać dzisiaj?"), ("R1", "Bieda jest."), ("M", "Ach, tak?"), ("R1", "I śnieg pada.")]
    body = "\n".join(turn.format(*one) for one in talk)
    body = body.replace("</table><hr>\n<table>", "")
    assert said(read(page(body), "w.html")) == talk


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>M: zło</script>",
        "<style>p {}</style>",
        "<p hidden>M: zło</p>",
        "<div style='display:none'>M: zło</div>",
        "<!-- M: zło -->",
        "<nav>Menu: zło</nav>",
        "<p>M: <del>zło</del></p>",
    ],
)
def test_what_a_page_does_not_show_is_not_read(read, unseen):
    draft = read(page(f"<p>M: Co?</p>{unseen}<p>R1: Bieda.</p>"), "w.html")
    assert [one for one in said(draft) if one[1]] == [("M", "Co?"), ("R1", "Bieda.")]


def test_lines_of_the_source_are_no_lines_of_the_page(read):
    body = "<p>M: Co\nsłychać?</p><p>R1: Nie\r\n   ma&nbsp;nic &amp; &#322;zy.</p><pre>M: Tak?\nR1: No.</pre>"
    assert said(read(page(body), "w.htm")) == [
        ("M", "Co słychać?"),
        ("R1", "Nie ma nic & łzy."),
        ("M", "Tak?"),
        ("R1", "No."),
    ]


def test_elements_of_a_class_speaker_name_speakers_and_the_rest_of_the_page_is_no_talk(read):
    item = "<div class='item' data-start='{}'><span class='speaker-name'>{}</span><span>{}</span></div>"
    talk = "".join(item.format(*one) for one in [(0.5, "Anna Kos", "Co?"), (7503.5, "Jan Wrona", "Bieda: nic.")])
    body = f"<h1>Zebranie</h1><p>Krótkie.</p><section>{talk}</section><ul><li><b>Jan Wrona:</b> Wysłać</li></ul>"
    draft = read(page(body), "w.html")
    assert said(draft) == [("Anna Kos", "Co?"), ("Jan Wrona", "Bieda: nic.")]
    assert times(draft) == [(0.5, None), (7503.5, None)]
    assert notes(draft, "page_left_out") == [{"words": "5"}]


def test_a_table_of_turns_on_a_page_is_read_after_a_table_of_the_header(read):
    head = "<table><tr><td>Gmina</td><td>Łoniów</td></tr><tr><td>Data</td><td>2018-06</td></tr></table>"
    rows = [("Mówca", "Tekst"), ("M", "Cóż?"), ("R1", "Bieda.")]
    cells = "".join(f"<tr><td>{who}</td><td><p>{text}</p></td></tr>" for who, text in rows)
    draft = read(page(f"{head}<table><tbody>{cells}</tbody></table>"), "w.html")
    assert draft.header == {"gmina": "Łoniów", "date": "2018-06"}
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda.")]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250", "iso8859-2", "utf-16"])
def test_a_page_may_have_any_encoding(read, encoding):
    text = page("<p>M: Czy państwo słyszą?</p><p>R1: Źle, bo żaby i łąki są głośne.</p>")
    assert said(read(text, "w.html", encoding=encoding))[1] == ("R1", "Źle, bo żaby i łąki są głośne.")


@pytest.mark.parametrize("content", ["<div>" * 60_000, "<b>" * 60_000, "<table><tr><td>" * 20_000, "<p>", "<"])
def test_a_page_nested_without_end_or_empty_is_refused_or_read(read, content):
    try:
        assert read(content, "w.html").segments
    except ReadError as error:
        assert error.key


def otr(text):
    return json.dumps({"text": text, "media": "nagranie.mp3", "media-time": 61.5})


def test_a_transcript_of_otranscribe_is_read_with_its_times(read):
    stamp = '<span class="timestamp" contenteditable="false" data-timestamp="{}">{}</span>'
    first, second = stamp.format(3.2, "0:03"), stamp.format(61.5, "1:01")
    draft = read(otr(f"<p>{first} M: Co słychać?</p><p>{second}R1: Bieda.<br />I żal.</p>"), "w.otr")
    assert said(draft) == [("M", "Co słychać?"), ("R1", "Bieda. I żal.")]
    assert times(draft) == [(3.2, None), (61.5, None)]


def test_a_time_of_otranscribe_inside_a_turn_is_no_word_of_it(read):
    stamp = '<span class="timestamp" data-timestamp="9">0:09</span>'
    assert said(read(otr(f"<p>M: Co?</p><p>R1: Bieda {stamp} jest.</p>"), "w.otr"))[1] == ("R1", "Bieda jest.")


@pytest.mark.parametrize("content", ["", "{}", '{"text": ""}', '{"text": 5}', "[1]", "{", "[" * 100_000])
def test_another_file_under_the_suffix_of_otranscribe_is_refused(read, content):
    with pytest.raises(ReadError, match=r"w\.otr"):
        read(content, "w.otr")
