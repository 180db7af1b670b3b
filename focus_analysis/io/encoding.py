"""Bytes to text: UTF-8, UTF-16, Windows-1250, ISO-8859-2, cp852, told apart by what they make of Polish letters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

from focus_analysis.io.draft import refuse

_POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–…")
_WESTERN = set("äöüßéèêàáíúçãõâôñÄÖÜÉÀÇ’“")
_CANDIDATES = ("cp1250", "iso8859-2", "cp1252")
_BOMS = (
    *((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")),
    *((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")),
)
_UNICODE = {"utf-8", "utf-16-le", "utf-16-be", *(encoding for _, encoding in _BOMS)}
_OTHER = re.compile("[^\0-\x7f\u0370-\u07ff]")
_NOT_LATIN_WORD = re.compile("[\u0370-\u07ff]{2}")
_IN_LATIN_WORD = re.compile("[A-Za-z][\u0370-\u07ff]|[\u0370-\u07ff][A-Za-z]")
_SAMPLE = 400_000
_FEWEST_VALID = 10
_FEWEST_LINES, _FEWEST_SHARE = 2, 0.2
# Polish letters of DOS whose bytes are no letters of Polish in the other encodings; capitals within words of capitals,
# or at the start of a word, where the others have "ť" and "˝".
_DOS, _DOS_LETTERS, _FEWEST_DOS = "cp852", set("ąćęłóśż"), 2
_DOS_CAPITALS = re.compile(r"(?<=[A-Z])[ĄĘŁŻ]|[ĄĘŁŻ](?=[A-Z])|\b[ŁŻ](?=[a-z])")
_FEWEST_TWICE = 3
DAMAGED, MIXED, TWICE = "utf-8, damaged", "utf-8 and ", "utf-8, encoded twice"


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    Raises
    ------
    ReadError
        The file is empty, or its bytes are no text.
    """
    if not data or data.isspace():
        refuse("empty_file", file)
    text, encoding = _decoded(data, file)
    mended = _encoded_once(text) if encoding in _UNICODE else text
    return mended, encoding if mended is text else TWICE


def _decoded(data: bytes, file: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, file), encoding
    sample = data[:_SAMPLE]
    if b"\0" in sample:
        return _utf16_without_bom(data, file)
    try:
        text = data.decode("utf-8")
        if not _is_chance(text):
            return text, "utf-8"
    except UnicodeDecodeError:
        if _is_damaged_utf8(sample):
            return data.decode("utf-8", errors="replace"), DAMAGED
        if mixed := _line_by_line(data):
            return mixed
    best = _most_plausible(sample)
    return data.decode(best, errors="replace"), best


def _is_chance(text: str) -> bool:
    """Return whether all letters beyond ASCII are single Greek or Cyrillic ones inside Latin words.

    Then they are two Polish capitals: Windows-1250 writes "ÓŻ" as the two bytes that UTF-8 has for "ӯ".
    """
    if text.isascii() or _OTHER.search(text):
        return False
    return not _NOT_LATIN_WORD.search(text) and bool(_IN_LATIN_WORD.search(text))


def _is_damaged_utf8(data: bytes) -> bool:
    """Return whether nearly all letters beyond ASCII are valid UTF-8, which chance does not bring about."""
    text = data.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    right = sum(char > "\x7f" for char in text) - wrong
    return right >= _FEWEST_VALID and wrong * 10 <= right


def _line_by_line(data: bytes) -> tuple[str, str] | None:
    """Return the text of UTF-8 lines among lines of an older encoding, and both names; None if there are too few."""
    texts: dict[int, str] = {}
    lines = data.splitlines(keepends=True)
    for number, line in enumerate(lines):
        with suppress(UnicodeDecodeError):
            texts[number] = line.decode("utf-8")
    older = b"".join(line for number, line in enumerate(lines) if number not in texts)
    n_utf8 = sum(not (text.isascii() or _is_chance(text)) for text in texts.values())
    if n_utf8 < max(_FEWEST_LINES, _FEWEST_SHARE * (len(lines) - len(texts))):
        return None
    best = _most_plausible(older[:_SAMPLE])
    for number in set(range(len(lines))) - texts.keys():
        texts[number] = lines[number].decode(best, errors="replace")
    return "".join(texts[number] for number in range(len(lines))), f"{MIXED}{best}"


def _most_plausible(sample: bytes) -> str:
    dos = sample.decode(_DOS, errors="replace")
    n_letters = max(len(_DOS_LETTERS.intersection(dos)), len(set(_DOS_CAPITALS.findall(dos))))
    candidates = (*_CANDIDATES, _DOS) if n_letters >= _FEWEST_DOS else _CANDIDATES
    return max(candidates, key=lambda encoding: _plausibility(sample, encoding))


def _encoded_once(text: str) -> str:
    """Return a text in which the letters whose two bytes were taken for two signs ("Å‚" for "ł") are letters again."""
    twice = _letters_encoded_twice()
    if not any(first in text for first in {signs[0] for signs, letter in twice.items() if letter.isalpha()}):
        return text
    pattern = re.compile("|".join(_of_length(twice, length) for length in (2, 3)))
    different = {twice[signs] for signs in twice.keys() & set(pattern.findall(text))}
    if sum(map(str.isalpha, different)) < _FEWEST_TWICE:
        return text
    return pattern.sub(lambda match: twice.get(match[0], match[0]), text)


def _of_length(signs: Iterable[str], length: int) -> str:
    """Return the pattern of whatever has at each place a sign that one of that length has there."""
    places = zip(*(one for one in signs if len(one) == length), strict=True)
    return "".join(f"[{re.escape(''.join(place))}]" for place in places)


@cache
def _letters_encoded_twice() -> dict[str, str]:
    """Return the letters and quotation marks of Polish by the signs that older encodings make of their UTF-8."""
    return {
        "".join(bytes([byte]).decode(older, errors="ignore") or chr(byte) for byte in letter.encode()): letter
        for older in ("cp1252", "cp1250", "latin-1")
        for letter in sorted(_POLISH | _WESTERN)
    }


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        refuse("broken_encoding", file, byte=error.start, encoding=encoding)


def _utf16_without_bom(data: bytes, file: str) -> tuple[str, str]:
    """UTF-16 text has a NUL in every second byte of a Latin letter; other files with NULs are no text."""
    even, odd = data[0:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    half = len(data[:_SAMPLE]) / 2
    if max(even, odd) < 0.4 * half or min(even, odd) > 0.1 * half:
        refuse("not_text", file)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return _strict(data, encoding, file), encoding


def _plausibility(data: bytes, encoding: str) -> int:
    """Letters of the language count for, signs inside words and control characters against."""
    text = data.decode(encoding, errors="replace")
    score = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char < "\x80":
            continue
        if char in _POLISH:
            score += 2
        elif char in _WESTERN:
            score += 1
        elif char == "\ufffd" or "\x80" <= char < "\xa0":
            score -= 5
        elif not char.isalpha() and before.isalpha() and after.isalpha():
            score -= 2
    return score
