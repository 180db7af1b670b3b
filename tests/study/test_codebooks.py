import hashlib

import pytest

from focus_analysis import labels
from focus_analysis.errors import CodebookError
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.pipeline import default_codebook

BOOK = """\
name: próba
version: "1"
language: pl
groups:
  problems:
    label: {pl: problemy, en: problems}
  institutions:
    label: {pl: instytucje, en: institutions}
    status: affirmed
codes:
  lonely:   # line 11
    group: problems
    label: {pl: samotność, en: loneliness}
    definition: {pl: Ktoś jest sam., en: Somebody is alone.}
    in_charge: [gops, pcpr]
    patterns:
      - samotność
      - samotny osoba|człowiek
  bus:      # line 19
    group: problems
    label: {pl: autobus, en: bus}
"""


def read(tmp_path, text):
    path = tmp_path / "książka.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_codebook(path)


def wrong(tmp_path, text):
    with pytest.raises(CodebookError) as caught:
        read(tmp_path, text)
    return str(caught.value)


def test_a_codebook_is_read_with_everything_in_it(tmp_path):
    book = read(tmp_path, BOOK)
    assert (book.name, book.version, book.language) == ("próba", "1", "pl")
    assert book.sha256 == hashlib.sha256(BOOK.encode()).hexdigest()
    assert [code.id for code in book.entries] == ["lonely", "bus"]
    lonely = book["lonely"]
    assert (lonely.label.pl, lonely.definition.en, lonely.in_charge) == (
        "samotność",
        "Somebody is alone.",
        ("gops", "pcpr"),
    )
    assert [rule.match for rule in lonely.patterns] == ["samotność", "samotny osoba|człowiek"]
    assert [book.groups[group].status for group in ("problems", "institutions")] == [None, "affirmed"]


@pytest.mark.parametrize("text", [b"\xef\xbb\xbf" + BOOK.encode(), BOOK.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path, text):
    assert read(tmp_path, text).codes.equals(read(tmp_path, BOOK).codes)


def test_the_packaged_codebook_is_read():
    book = read_codebook(str(default_codebook()))
    assert book.name == "social_problems"
    assert set(book.codes["group"]) == {"problems", "difficulty", "cooperation", "solutions", "institutions"}


def test_a_key_that_nobody_knows_is_named_with_those_allowed(tmp_path):
    message = wrong(tmp_path, BOOK + "    colour: red\n")
    assert message.startswith("książka.yaml, line 22, code 'bus': 'colour' is not known; allowed: group, label, parent")
    assert "patterns" in message


def test_a_key_at_the_top_that_nobody_knows_is_named_with_those_allowed(tmp_path):
    assert wrong(tmp_path, BOOK + "colour: red\n") == (
        "książka.yaml, line 22: 'colour' is not known; allowed: name, version, language, groups, lists, codes"
    )


def test_a_key_of_a_group_that_nobody_knows_is_named(tmp_path):
    message = wrong(tmp_path, BOOK.replace("status: affirmed", "colour: red"))
    assert message == "książka.yaml, line 9: 'colour' is not known; allowed: label, status"


def test_a_missing_label_is_named_with_its_code(tmp_path):
    message = wrong(tmp_path, BOOK.replace("    label: {pl: autobus, en: bus}\n", ""))
    assert message == "książka.yaml, line 19, code 'bus': 'label' is missing"


def test_a_label_in_one_language_lacks_the_other(tmp_path):
    message = wrong(tmp_path, BOOK.replace("{pl: autobus, en: bus}", "{pl: autobus}"))
    assert message == "książka.yaml, line 21, code 'bus': 'en' is missing"


def test_a_label_without_languages_says_which_are_needed(tmp_path):
    message = wrong(tmp_path, BOOK.replace("{pl: autobus, en: bus}", "autobus"))
    assert message == "książka.yaml, line 21, code 'bus': 'label' must have keys of its own: pl, en"


def test_a_number_for_a_label_is_told_to_stand_in_quotation_marks(tmp_path):
    message = wrong(tmp_path, BOOK.replace("{pl: autobus, en: bus}", "{pl: 500, en: bus}"))
    assert message.startswith("książka.yaml, line 21, code 'bus': 'pl' must be text, not 500")


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [("sa*", "3 letters"), ("stary||starszy", "no word"), ('"500+"', "no word"), ('"="', "no word"), ('""', "empty")],
)
def test_a_bad_pattern_is_named_with_its_code_and_what_is_wrong(tmp_path, pattern, reason):
    message = wrong(tmp_path, BOOK.replace("samotny osoba|człowiek", pattern))
    assert message.startswith("książka.yaml, line 1")
    assert "code 'lonely'" in message
    assert reason in message


def test_everything_that_is_wrong_is_told_at_once_a_line_each(tmp_path):
    book = BOOK.replace("samotny osoba|człowiek", "sa*").replace("- samotność", '- "@elder near sam"')
    book = book.replace(
        "bus:      # line 19\n    group: problems", "bus:\n    group: problem\n    except_in: [sam ...]"
    )
    assert wrong(tmp_path, f"lists: {{old: [stary|]}}\n{book}").splitlines() == [
        "książka.yaml, line 21, code 'bus': group 'problem' is unknown; groups: problems, institutions",
        "książka.yaml, line 1: pattern 'stary|', character 1: '' is no word. Allowed: samotny, samotny!, =sama, "
        "==Mops, samotn*, GOPS, @list, stary|starszy, słowo?, ...",
        "książka.yaml, line 18, code 'lonely': pattern '@elder', character 1: no list @elder; lists: @old",
        "książka.yaml, line 19, code 'lonely': pattern 'sa*', character 1: a beginning needs 3 letters or more",
        "książka.yaml, line 22, code 'bus': pattern 'sam ...': a word must follow the gap '...'",
    ]


@pytest.mark.parametrize("pattern", ["@elder near sam", "*sam", "%sam"])
def test_a_pattern_that_yaml_takes_for_something_else_must_stand_in_quotation_marks(tmp_path, pattern):
    message = wrong(tmp_path, BOOK.replace("- samotność", f"- {pattern}"))
    place = "książka.yaml, line 17, column 9: "
    assert message == f'{place}what begins with {pattern[0]} must stand in quotation marks: "{pattern}"'


def test_patterns_must_be_a_list(tmp_path):
    message = wrong(tmp_path, BOOK + "    patterns: autobus\n")
    assert message == "książka.yaml, line 22, code 'bus': 'patterns' must be a list, one '- item' a line"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    label: {pl: autobus, en: bus}\n", "    label: {pl: a, en: b}\n    parent: road\n", "parent 'road'"),
        ("bus:      # line 19\n    group: problems", "bus:\n    group: problem", "group 'problem' is unknown"),
        (
            "bus:      # line 19\n    group: problems",
            "bus:\n    group: institutions\n    parent: lonely",
            "different groups",
        ),
        ("    label: {pl: autobus, en: bus}\n", "    label: {pl: a, en: b}\n    parent: bus\n", "one level deep"),
    ],
)
def test_codes_that_do_not_fit_together_are_named(tmp_path, old, new, said):
    message = wrong(tmp_path, BOOK.replace(old, new))
    assert message.startswith("książka.yaml, line ")
    assert "code 'bus'" in message
    assert said in message


def test_a_label_that_no_document_can_hold_is_refused(tmp_path):
    message = wrong(tmp_path, BOOK.replace("{pl: autobus, en: bus}", '{pl: "auto\\abus", en: bus}'))
    assert message == (
        "książka.yaml, line 21, code 'bus': an invisible control character stands in 'pl' (U+0007); delete it"
    )


@pytest.mark.parametrize("key", ["? {a: [1]}\n: 1\n", "  ? [x]\n  : {group: problems}\n"])
def test_a_key_that_is_no_word_is_refused(tmp_path, key):
    assert "a key can only be a word" in wrong(tmp_path, BOOK + key)


def test_patterns_are_looked_at_where_something_else_is_wrong_too(tmp_path):
    book = BOOK.replace("samotny osoba|człowiek", "sa*").replace("- samotność", '- "@elder near sam"')
    book = book.replace("bus:      # line 19\n", "bus:      # line 19\n    colour: red\n    patterns: autobus\n")
    told = wrong(tmp_path, book).splitlines()
    assert [line.partition(": ")[0] for line in told] == [
        "książka.yaml, line 21, code 'bus'",
        "książka.yaml, line 20, code 'bus'",
        "książka.yaml, line 17, code 'lonely'",
        "książka.yaml, line 18, code 'lonely'",
    ]
    assert "no list @elder" in told[2] and "a beginning needs 3 letters" in told[3]
    assert wrong(tmp_path, f"lists: old\n{book}").count("\n") == 2


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (BOOK + "\tpatterns: [a]\n", "line 22, column 1", "a tab stands here"),
        (BOOK.replace("{pl: autobus, en: bus}", "to: autobus: bus"), "line 21, column 14", "no colon may stand here"),
        (BOOK.replace("en: bus}", "en: bus"), "line 22, column 1", "the end of a bracket"),
        (BOOK + "   patterns: [a]\n", "line 22, column 4", "the indent of this line does not fit"),
        (BOOK.replace("- samotność", '- "samotność" jest'), "line 17, column 21", "text follows a closed quotation"),
        (BOOK.replace("- samotność", '- "samotność'), "line 17, column 9", "is never closed"),
        (BOOK + "    patterns\n    except_in: [a]\n", "line 23, column 5", "a colon is missing after the key"),
        (BOOK + "    patterns: - a\n", "line 22, column 15", "must begin a line of its own"),
        (BOOK.replace("- samotność", '- "sam\\otność"'), "line 17, column 14", "a backslash has a meaning"),
        (BOOK + "---\nname: b\n", "line 22, column 1", "begins a second document"),
        (BOOK.replace("- samotność", "- sam\x07otność"), "line 17, column 12", "U+0007"),
        (BOOK.replace("- samotność", "- !!float"), "line 17, column 9", "must stand in quotation marks"),
        (BOOK.replace("- samotność", "- !!int sam"), "line 17, column 9", '"!!int sam"'),
        (BOOK.replace("- samotność", "- 2018-13-45"), "line 17, column 9", "looks like a number or a date"),
        (BOOK.replace("- samotność", "- <<: sam"), "line 17, column 13", "this is no YAML: expected a mapping"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_place_and_the_likely_slip(tmp_path, text, place, said):
    message = wrong(tmp_path, text)
    assert message.startswith(f"książka.yaml, {place}: ")
    assert said in message


@pytest.mark.parametrize(
    ("extra", "line", "key"),
    [
        ("  lonely:\n    group: problems\n    label: {pl: a, en: b}\n", 22, "lonely"),
        ("    group: problems\n", 22, "group"),
        ("name: druga\n", 22, "name"),
    ],
)
def test_a_key_that_stands_twice_is_named_with_its_line(tmp_path, extra, line, key):
    message = wrong(tmp_path, BOOK + extra)
    assert message.startswith(f"książka.yaml, line {line}, ")
    assert message.endswith(f"{key!r} stands here a second time; each key may stand once")


@pytest.mark.parametrize("encoding", ["cp1250", "utf-16"])
def test_a_codebook_that_is_not_utf8_says_so(tmp_path, encoding):
    message = wrong(tmp_path, BOOK.encode(encoding))
    assert message.startswith("książka.yaml, line 1: not UTF-8")
    assert "save it with the encoding UTF-8" in message


def test_the_line_from_which_a_codebook_is_not_utf8_is_named(tmp_path):
    message = wrong(tmp_path, "version: a\nlanguage: pl\nname: żółw\n".encode("cp1250"))
    assert message.startswith("książka.yaml, line 3: not UTF-8")


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", BOOK.encode().replace(b"bus", b"b\0s")])
def test_a_file_that_is_no_text_says_so(tmp_path, data):
    assert wrong(tmp_path, data) == (
        "książka.yaml: this is no text; a codebook is a YAML file, written in a text editor"
    )


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{match: a near b, words: piec}", "'words' must be a whole number, not 'piec'"),
        ("{match: a near b, words: 2.5}", "'words' must be a whole number, not 2.5"),
        ("{match: a near b, words: -3}", "'words' must be 0 or more, not -3"),
        ("{match: a near b, ordered: tak}", "'ordered' must be true or false, not 'tak'"),
        ("{match: a near b, reach: zdanie}", "'reach' must be 'clause', 'sentence' or 'turn', not 'zdanie'"),
        ("{match: a, status: afirmed}", "'status' must be 'affirmed', 'denied' or 'hypothetical', not 'afirmed'"),
        ("", "item 2 is empty; write something after its dash, or delete the line"),
        ("500", "item 2 must be text or have keys of its own (match, words,"),
    ],
)
def test_a_condition_that_cannot_be_is_named_with_what_it_says_and_what_it_may_say(tmp_path, pattern, said):
    message = wrong(tmp_path, BOOK + f"    patterns:\n      - autobus\n      - {pattern}\n")
    assert message.startswith(f"książka.yaml, line 24, code 'bus': {said}")
    assert "\n" not in message


@pytest.mark.parametrize("text", ["", "# tylko uwaga\n", "- a\n- b\n", "samotność"])
def test_a_file_without_keys_says_which_keys_a_codebook_has(tmp_path, text):
    assert wrong(tmp_path, text) == (
        "książka.yaml, line 1: a codebook has the keys name, version, language, groups, lists, codes"
    )


@pytest.mark.parametrize("codes", ["", "codes:\n", "codes: {}\n", "codes:\n  - lonely\n", "codes: lonely\n"])
def test_a_codebook_without_codes_says_so(tmp_path, codes):
    message = wrong(tmp_path, BOOK.split("codes:")[0] + codes)
    assert message.startswith("książka.yaml")
    assert "'codes' must hold one entry a code" in message


def test_a_code_without_keys_is_named(tmp_path):
    assert wrong(tmp_path, BOOK + "  road: droga\n").startswith("książka.yaml, line 22, code 'road': ")


def test_every_problem_is_named_at_once(tmp_path):
    lines = wrong(tmp_path, BOOK.replace("    label: {pl: autobus, en: bus}\n", "    colour: red\n")).splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "książka.yaml, line 19, code 'bus'",
        "książka.yaml, line 21, code 'bus'",
    ]


def test_a_codebook_that_is_not_there_raises(tmp_path):
    with pytest.raises(CodebookError, match=r"nie_ma\.yaml: there is no such codebook"):
        read_codebook(tmp_path / "nie_ma.yaml")
    with pytest.raises(CodebookError, match="there is no such codebook"):
        read_codebook(tmp_path)


def test_what_is_wrong_is_said_in_polish_too(tmp_path):
    with pytest.raises(CodebookError) as caught:
        read(tmp_path, BOOK.replace("- samotność", "- sa*"))
    place = "książka.yaml, wiersz 17, kod „lonely”: wzorzec „sa*”, znak 1: "
    assert labels.faults(caught.value.faults, "pl") == place + "początek słowa musi mieć co najmniej 3 litery"
