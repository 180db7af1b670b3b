"""Encodings told apart: a Polish sentence reads the same whatever it was saved in."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import ReadError
from focus_analysis.io.encoding import decode

LETTERS = "aąbcćdeęfghijklłmnńoóprsśtuwyzźżAĄBCĆDEĘFGHIJKLŁMNŃOÓPRSŚTUWYZŹŻ"
PANGRAM = "Pchnąć w tę łódź jeża lub ośm skrzyń fig. PCHNĄĆ W TĘ ŁÓDŹ JEŻA LUB OŚM SKRZYŃ FIG."
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1250", "iso8859-2")
GERMAN = "M: Die Mädchen sagen, das gefällt ihnen. R1: Wir hätten später Männer und Bären gezählt."
FRENCH = "M: Il va à Paris « là » — déjà à midi. R1: À côté, très près, voilà."

words = st.text(LETTERS, min_size=1, max_size=10)
# "się żyje" is the same in Windows-1250 and ISO-8859-2, and cannot be UTF-8.
sentences = st.lists(words, min_size=1, max_size=12).map(lambda some: f"R1: {' '.join(some)}, tak się żyje.")
ordinary = st.lists(
    st.sampled_from(["Łąki", "są", "żyzne", "wieś", "biedna", "i", "śnieg", "wciąż", "źle", "odgarnięty"]), min_size=4
)


@pytest.mark.parametrize("encoding", [*ENCODINGS, "utf-16-le", "utf-16-be", "cp852"])
def test_all_polish_letters_survive_each_encoding(encoding):
    text, _ = decode(f"M: {PANGRAM}\nR1: Bieda.\n".encode(encoding), "wywiad.txt")
    assert text == f"M: {PANGRAM}\nR1: Bieda.\n"


def test_dos_is_known_by_capitals_alone():
    text = "M: Gmina ŻABNO.\nR1: WÓJT MÓWI, ŻE DRÓG BĘDZIE WIĘCEJ.\n"
    assert decode(text.encode("cp852"), "wywiad.txt") == (text, "cp852")


def test_dos_is_known_by_the_capitals_that_begin_words():
    text = "Łukasz: Do Żor jest daleko.\nR1: W Łodzi tak samo.\n"
    assert decode(text.encode("cp852"), "wywiad.txt") == (text, "cp852")


@pytest.mark.parametrize(
    "text", ["SZKOŁA ZAMKNIĘTA, DROGA — ŻWIR.", "Cena ½ grosza ¤ 5, ¨tak¨ żal.", "—tak —nie, ½litra"]
)
def test_capitals_and_signs_of_windows_are_not_taken_for_dos(text):
    encoding = "cp1252" if "½" in text else "cp1250"
    data = text.encode(encoding, errors="ignore")
    assert decode(data, "wywiad.txt")[1] != "cp852"


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(deadline=None, max_examples=100)
@given(sentence=sentences)
def test_any_polish_sentence_survives_each_encoding(encoding, sentence):
    assert decode(sentence.encode(encoding), "wywiad.txt")[0] == sentence


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@settings(deadline=None, max_examples=50)
@given(some=ordinary)
def test_utf_16_without_a_mark_at_its_start_is_recognised(encoding, some):
    assert decode(" ".join(some).encode(encoding), "wywiad.txt")[0] == " ".join(some)


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
@pytest.mark.parametrize("letter", "ąĄśŚźŹ")
def test_the_six_letters_on_which_windows_and_iso_differ_are_not_mangled(letter, encoding):
    sentence = f"M: co{letter} tam"
    assert decode(sentence.encode(encoding), "wywiad.txt") == (sentence, encoding)


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("ascii", "utf-8"), ("utf-8", "utf-8"), ("cp1250", "cp1250"), ("iso8859-2", "iso8859-2")],
)
def test_the_encoding_is_named(encoding, named):
    text = "M: Dzien dobry." if encoding == "ascii" else f"M: {PANGRAM}"
    assert codecs.lookup(decode(text.encode(encoding), "wywiad.txt")[1]) == codecs.lookup(named)


@pytest.mark.parametrize("sign", "„”–—…’§°")
def test_windows_signs_of_print_survive(sign):
    sentence = f"R1: bieda {sign} a wójt śpi {sign}"
    assert decode(sentence.encode("cp1250"), "wywiad.txt")[0] == sentence


def test_western_letters_beside_polish_ones_survive():
    sentence = "R1: Pan Müller mówił o café Vosgérau, że źle."
    assert decode(sentence.encode("cp1250"), "wywiad.txt")[0] == sentence


@pytest.mark.parametrize("data", [b"", b"   \n\t \r\n"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(ReadError, match=r"pusty\.txt: the file is empty"):
        decode(data, "pusty.txt")


@pytest.mark.parametrize("data", [b"\0\0\0\0\0\0", b"M: \0 tak", b"RIFF\x24\0\0\0WAVEfmt " + bytes(range(256))])
def test_a_file_with_nul_bytes_is_refused(data):
    with pytest.raises(ReadError, match="not text"):
        decode(data, "nagranie.txt")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_cut_inside_a_letter_is_refused(encoding):
    with pytest.raises(ReadError, match="cut off") as caught:
        decode("M: Dzień dobry państwu.".encode(encoding)[:-1], "uciety.txt")
    assert caught.value.file == "uciety.txt"


@pytest.mark.parametrize("damage", [b"\xff", "ą".encode()[:1]])
def test_a_wrong_byte_in_utf_8_spoils_no_other_letter(damage):
    sound = f"M: {PANGRAM}\n"
    text, _ = decode(sound.encode() + damage + b"\n" + sound.encode(), "sklejony.txt")
    assert text.count(sound) == 2


def test_text_marked_as_utf_8_that_is_none_is_refused():
    with pytest.raises(ReadError, match="utf-8"):
        decode(codecs.BOM_UTF8 + "M: Źle.".encode("cp1250"), "sklejony.txt")


@pytest.mark.parametrize("sentence", ["PODRÓŻ DO LUBLINA", "M: SZKÓŁ NIE MA", "STRÓŻ", "M: To jest WRÓŚ."])
def test_two_polish_capitals_are_no_cyrillic_letter(sentence):
    assert decode(sentence.encode("cp1250"), "wywiad.txt")[0] == sentence


@pytest.mark.parametrize("sentence", ["Привет, М: как дела", "M: ӯ", "alfa α i beta β"])
def test_cyrillic_and_greek_stay_what_they_are(sentence):
    assert decode(sentence.encode(), "wywiad.txt") == (sentence, "utf-8")


@pytest.mark.parametrize("older", ["cp1250", "iso8859-2"])
@settings(deadline=None, max_examples=30)
@given(some=ordinary)
def test_lines_in_two_encodings_are_each_read_in_their_own(older, some):
    lines = [f"M: {PANGRAM}", f"R1: {' '.join(some)}, źle się żyje", f"R2: {PANGRAM}", "R3: gęś, źdźbło"]
    mixed = b"\n".join(line.encode(older if number % 2 else "utf-8") for number, line in enumerate(lines))
    assert decode(mixed, "sklejony.txt") == ("\n".join(lines), f"utf-8 and {older}")


@pytest.mark.parametrize("text", [GERMAN, FRENCH])
def test_western_text_is_not_taken_for_that_of_dos(text):
    assert decode(text.encode("cp1252"), "wywiad.txt")[0] == text


def _mangled(text: str, older: str) -> str:
    """Return what a program makes of UTF-8 that it takes for an older encoding; bytes without a sign stay numbers."""
    signs = (bytes([byte]).decode(older, errors="ignore") or chr(byte) for byte in text.encode())
    return "".join(signs)


@pytest.mark.parametrize("older", ["cp1250", "cp1252", "latin-1"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_encoded_twice_is_mended(older, encoding):
    text = f"M: {PANGRAM}\nR1: „Źle” – mówią…\n"
    assert decode(_mangled(text, older).encode(encoding), "wywiad.txt") == (text, "utf-8, encoded twice")


def test_lines_encoded_twice_are_mended_among_others():
    text = f"M: {PANGRAM}\n{_mangled('R1: Źle się żyje.', 'cp1252')}\n"
    assert decode(text.encode(), "wywiad.txt")[0] == f"M: {PANGRAM}\nR1: Źle się żyje.\n"


@pytest.mark.parametrize("sentence", ["M: Ä… nein. Ä… ja. Ä… gut.", "M: Ångström. Å› Å›", "R1: Taki znak: „Ĺ‚”."])
def test_strange_letters_that_are_few_stay_what_they_are(sentence):
    assert decode(sentence.encode(), "wywiad.txt") == (sentence, "utf-8")
