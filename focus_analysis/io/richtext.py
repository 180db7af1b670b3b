"""Reader of rich text (rtf), as f4, easytranscript and old word processors write it."""

from __future__ import annotations

import codecs
import re
import sys
from dataclasses import dataclass, replace

from focus_analysis.io.draft import Cells, Line, finding, lines_of_pieces, normalise, refuse
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.schemas import Finding

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)"
)
_SIGNS = {
    **{"line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
    **{"emspace": " ", "enspace": " ", "nestcell": " ", "nestrow": "\n"},
}
_ESCAPED = {
    "~": " ",
    "_": "-",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
_LAYOUT = {"par", "sect", "page", "cell", "row", "intbl", "pard"}
_READ_ANYWAY = {"shpinst"}
_SKIPPED = {
    *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "objdata", "fldinst", "listtable", "pntext"),
    *(
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "sp",
        "shprslt",
        "xe",
        "tc",
    ),
    *("listtext", "template", "themedata", "datastore", "nonesttables", "private", "ftnsep", "ftnsepc", "aftnsep"),
}
_REPORTED = {"footnote": "footnote_left_out", "annotation": "comment_left_out"}
_CHARSETS = {0: "cp1252", 77: "mac_roman", 161: "cp1253", 162: "cp1254", 186: "cp1257", 204: "cp1251", 238: "cp1250"}
_DEFAULT = "cp1250"
_LONGEST_FALLBACK = 16


@dataclass(frozen=True)
class _State:
    """What holds inside a group: the encoding of its font, bold, and what becomes of its words."""

    encoding: str = _DEFAULT
    bold: bool = False
    hidden: bool = False
    destination: str = ""
    fallback: int = 1


def read_rtf(file: TranscriptFile) -> tuple[list[Line | Cells], list[Finding]]:
    """Return the paragraphs and table rows of a rich text in order, and what was left out.

    Deleted and hidden words, page heads and pictures are not read; footnotes and comments are reported.

    Raises
    ------
    ReadError
        The file is empty, too large, or no rich text.
    """
    data = file.read_bytes().lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.startswith(b"{\\rtf"):
        refuse("broken_rtf", file.name)
    file.limits.check("elements", data.count(b"\\"), file.name)
    document = _Document()
    document.read(data.decode("latin-1"))
    texts = {key: [normalise(text) for text in found] for key, found in document.notes.items()}
    notes = [
        finding(key, "note", file.name, n=len(found), text=" | ".join(found)[:300])
        for key, found in texts.items()
        if any(found)
    ]
    return document.items, notes


class _Document:
    """The paragraphs, rows and notes of a rich text, and the groups that are open while it is read."""

    def __init__(self) -> None:
        self.items: list[Line | Cells] = []
        self.notes: dict[str, list[str]] = {}
        self._pieces: list[tuple[str, bool]] = []
        self._cells: list[str] = []
        self._in_table = False
        self._state = _State()
        self._outer: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._encoding = _DEFAULT
        self._unread = 0
        self._optional = False

    def read(self, source: str) -> None:
        """Read the whole source, one sign of its language after the other."""
        place = 0
        while match := _TOKEN.search(source, place):
            place = match.end()
            kind = match.lastgroup
            if kind == "brace":
                self._brace(match["brace"])
            elif kind == "text":
                self._plain(match["text"])
            elif kind == "hex":
                self._plain(chr(int(match["hex"], 16)))
            elif kind == "sign":
                self._sign(match["sign"])
            elif match["word"] == "bin":
                place += max(0, int(match["number"] or 0))
            else:
                self._word(match["word"], int(match["number"]) if match["number"] else None)
        self._end_paragraph()

    def _brace(self, brace: str) -> None:
        self._optional = False
        self._unread = 0
        if brace == "{":
            self._outer.append(self._state)
        elif self._outer:
            self._state = self._outer.pop()

    def _plain(self, text: str) -> None:
        kept = text[self._unread :]
        self._unread = max(0, self._unread - len(text))
        self._add(kept.encode("latin-1").decode(self._state.encoding, "replace"))

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._optional = True
        elif sign in "\r\n":
            self._end_paragraph()
        elif self._unread:
            self._unread -= 1
        else:
            self._add(_ESCAPED.get(sign, ""))

    def _word(self, word: str, number: int | None) -> None:
        optional, self._optional = self._optional, False
        if word in _SIGNS:
            self._add(_SIGNS[word])
        elif word == "u" and number is not None:
            self._add(chr(number if 0 <= number <= sys.maxunicode else number % 0x10000))
            self._unread = self._state.fallback
        elif word in _REPORTED:
            self._state = replace(self._state, destination=_REPORTED[word])
            self.notes.setdefault(_REPORTED[word], []).append("")
        elif word in _SKIPPED or (optional and word not in _READ_ANYWAY):
            self._state = replace(self._state, destination=word)
        elif word in _LAYOUT:
            self._lay_out(word)
        else:
            self._change(word, number)

    def _lay_out(self, word: str) -> None:
        if self._state.destination:
            self._add(" ")
        elif word == "cell":
            self._cells.append("\n".join(filter(None, (normalise(text) for text, _ in self._lines()))))
        elif word == "row":
            self.items.append(Cells(self._cells))
            self._cells = []
        elif word in ("intbl", "pard"):
            self._in_table = word == "intbl"
        elif self._in_table:
            self._add("\n")
        else:
            self._end_paragraph()

    def _change(self, word: str, number: int | None) -> None:
        """Change what holds from here to the end of the group."""
        on = number != 0
        if word == "b":
            self._state = replace(self._state, bold=on)
        elif word in ("v", "deleted"):
            self._state = replace(self._state, hidden=on)
        elif word == "plain":
            self._state = replace(self._state, bold=False, hidden=False)
        elif word == "uc":
            self._state = replace(self._state, fallback=min(number or 0, _LONGEST_FALLBACK))
        elif word == "ansicpg":
            self._encoding = _codec(f"cp{number}")
            self._state = replace(self._state, encoding=self._encoding)
        elif word == "f":
            self._font = number or 0
            self._state = replace(self._state, encoding=self._fonts.get(self._font, self._encoding))
        elif word == "fcharset" and number:
            self._fonts[self._font] = _CHARSETS.get(number, self._encoding)

    def _add(self, text: str) -> None:
        if self._state.destination in self.notes:
            self.notes[self._state.destination][-1] += text
        elif not (self._state.destination or self._state.hidden):
            self._pieces.append((text, self._state.bold))

    def _lines(self) -> list[tuple[str, int]]:
        lines, self._pieces = lines_of_pieces(self._pieces), []
        return lines

    def _end_paragraph(self) -> None:
        self.items += [Line.of(text, len(self.items) + 1, bold) for text, bold in self._lines()]


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return _DEFAULT
