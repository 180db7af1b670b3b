"""Pdf: the text layer in reading order, without what only the page says."""

import pytest

from focus_analysis.errors import ReadError
from tests.io.making import notes, packed, pdf, said

TALK = [("M", "Co słychać?"), ("R1", "Bieda, śnieg i łzy."), ("M", "Ach, tak?"), ("R1", "Żal – no, żal.")]
LINES = [f"{who}: {text}" for who, text in TALK]
LONG = "Wszystko to jest bardzo długie zdanie o niczym"


def column(lines, left=50, top=60, step=14):
    """Lines one below the other."""
    return [(left, top + step * place, line) for place, line in enumerate(lines)]


def test_turns_of_a_page_are_read_with_polish_letters(read):
    draft = read(pdf(column(LINES)), "w.pdf")
    assert said(draft) == TALK
    assert draft.format == "pdf"


def test_the_order_in_which_a_page_was_drawn_makes_no_difference(read):
    assert said(read(pdf(column(LINES)[::-1]), "w.pdf")) == TALK


def test_lines_that_go_on_and_pages_that_follow_are_one_turn(read):
    first = column(["M: Czego brakuje w gminie?", "R1: Nie ma żłobka i nie ma"])
    second = column(["autobusu do szko-", "ły, a biało-", "Czerwona stoi.", "M: Tak?"])
    assert said(read(pdf(first, second), "w.pdf"))[1] == (
        "R1",
        "Nie ma żłobka i nie ma autobusu do szkoły, a biało-Czerwona stoi.",
    )


def test_the_left_of_two_columns_is_read_before_the_right(read):
    left = [f"{'M' if n % 2 else 'R1'}: lewa {n}, {LONG[:20]}" for n in range(20)]
    right = [f"{'M' if n % 2 else 'R1'}: prawa {n}, {LONG[:20]}" for n in range(20)]
    drawn = [one for pair in zip(column(left, 40), column(right, 320), strict=True) for one in pair]
    words = [text.split(",")[0] for _, text in said(read(pdf([(40, 30, "Wywiad w gminie Bieliny"), *drawn]), "w.pdf"))]
    assert words == [f"{side} {n}" for side in ("lewa", "prawa") for n in range(20)]


def test_speakers_in_a_column_of_their_own_stay_with_their_words(read):
    names, texts = [f"{who}:" for who, _ in TALK] * 4, [text for _, text in TALK] * 4
    assert said(read(pdf([*column(names, 50), *column(texts, 120)]), "w.pdf")) == TALK * 4


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_of_lines_are_left_out_and_reported(read, step):
    lines = [LINES[n % 4] for n in range(20)]
    numbers = [(30, 60 + 14 * n, str(n + 1)) for n in range(20) if (n + 1) % step == 0]
    numbers = numbers if len(numbers) >= 5 else [*numbers, (30, 60 + 14 * 24, "25")]
    draft = read(pdf([*numbers, *column([*lines, *LINES, "M: Tak, to już koniec."])]), "w.pdf")
    assert said(draft) == [*TALK * 6, ("M", "Tak, to już koniec.")]
    assert notes(draft, "line_numbers_left_out") == [{"n": str(len(numbers))}]


def test_a_number_that_is_said_stays(read):
    lines = ["M: Ile osób?", "R1: Było ich chyba", "25", "albo 30 tam było.", "M: Tak?"]
    assert said(read(pdf(column(lines)), "w.pdf"))[1] == ("R1", "Było ich chyba 25 albo 30 tam było.")


def test_heads_and_feet_of_pages_are_left_out_and_reported(read):
    pages = [
        [(200, 20, "Badanie fokusowe"), *column([f"M: Pytanie {n}?", f"R1: Odpowiedź {n}."]), (290, 820, f"Strona {n}")]
        for n in range(1, 5)
    ]
    draft = read(pdf(*pages), "w.pdf")
    assert said(draft) == [turn for n in range(1, 5) for turn in (("M", f"Pytanie {n}?"), ("R1", f"Odpowiedź {n}."))]
    assert notes(draft, "page_heads_left_out") == [{"heads": "Badanie fokusowe; Strona 1"}]


def test_words_beyond_the_page_are_not_read(read):
    assert said(read(pdf([*column(LINES), (50, 2000, "M: zło"), (900, 60, "zło")]), "w.pdf")) == TALK


def test_bold_names_in_lines_of_their_own_are_speakers(read):
    lines = ["Jan Kos", "Co słychać?", "Anna Wrona", "Bieda.", "Jan Kos", "Tak?", "Anna Wrona", "Tak."]
    assert [who for who, _ in said(read(pdf(column(lines), bold=True), "w.pdf"))] == ["Jan Kos", "Anna Wrona"] * 2


def test_a_scan_is_refused_with_advice(read):
    with pytest.raises(ReadError, match=r"no text layer.*OCR"):
        read(pdf([]), "w.pdf")


@pytest.mark.parametrize("content", [b"zwykly tekst", b"%PDF-1.4\n", pdf(column(LINES))[:300], packed({})])
def test_a_broken_file_is_refused(read, content):
    with pytest.raises(ReadError, match="broken pdf"):
        read(content, "w.pdf")
