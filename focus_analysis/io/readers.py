"""From a file to a draft: the reader is found by suffix and content."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from focus_analysis.io.blocks import draft_from_blocks
from focus_analysis.io.chat import read_cha
from focus_analysis.io.documents import read_docx
from focus_analysis.io.draft import Draft, refuse
from focus_analysis.io.opendocument import read_odt
from focus_analysis.io.opening import Limits, TranscriptFile
from focus_analysis.io.pages import read_html, read_otr
from focus_analysis.io.plain import read_md, read_txt
from focus_analysis.io.printed import read_pdf
from focus_analysis.io.richtext import read_rtf
from focus_analysis.io.speech import read_json
from focus_analysis.io.subtitles import read_subtitles
from focus_analysis.io.tables import read_table
from focus_analysis.io.tiers import read_textgrid
from focus_analysis.io.utterances import read_xml

_SUBTITLES = re.compile(rb"\s*(?:\xef\xbb\xbf)?(?:WEBVTT|\d+\r?\n(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3} --> )")
_BOLD_LABELS = re.compile(rb"^\*\*[^*\n]{1,63}\*\*", re.MULTILINE)
_FEWEST_BOLD = 3
_HEAD = 20_000


def read_draft(path: Path, known: tuple[str, ...] = (), limits: Limits | None = None) -> Draft:
    """Read one transcript.

    Parameters
    ----------
    path : Path
        A file with a suffix of ``READERS`` or ``REFUSED``.
    known : tuple of str
        Labels that a speakers table names for this file.
    limits : Limits, optional
        How much the file may hold.

    Raises
    ------
    ReadError
        The file cannot be read; the message says why and how to mend it.
    """
    file = TranscriptFile(path, known, limits or Limits())
    if not path.is_file():
        refuse("no_such_path", str(path))
    if file.suffix in REFUSED:
        refuse(REFUSED[file.suffix], path.name)
    with _collector_at_rest():
        draft = READERS[file.suffix](file)
    if not draft.segments:
        refuse("no_turns", path.name)
    return draft


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep Python from looking for cycles among the many small objects of a file."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _txt(file: TranscriptFile) -> Draft:
    head = file.read_bytes(_HEAD)
    if _SUBTITLES.match(head):
        return read_subtitles(file)
    if len(_BOLD_LABELS.findall(head)) >= _FEWEST_BOLD:
        return _md(file)
    lines, encoding = read_txt(file)
    return draft_from_blocks(lines, file, encoding=encoding)


def _md(file: TranscriptFile) -> Draft:
    items, encoding = read_md(file)
    return draft_from_blocks(items, file, encoding=encoding)


def _docx(file: TranscriptFile) -> Draft:
    items, notes = read_docx(file)
    return draft_from_blocks(items, file, notes)


def _odt(file: TranscriptFile) -> Draft:
    items, notes = read_odt(file)
    return draft_from_blocks(items, file, notes)


def _rtf(file: TranscriptFile) -> Draft:
    items, notes = read_rtf(file)
    return draft_from_blocks(items, file, notes)


def _html(file: TranscriptFile) -> Draft:
    items, notes, encoding = read_html(file)
    return draft_from_blocks(items, file, notes, encoding)


def _otr(file: TranscriptFile) -> Draft:
    items, notes, encoding = read_otr(file)
    return draft_from_blocks(items, file, notes, encoding)


def _pdf(file: TranscriptFile) -> Draft:
    lines, notes = read_pdf(file)
    return draft_from_blocks(lines, file, notes)


READERS: dict[str, Callable[[TranscriptFile], Draft]] = {
    ".txt": _txt,
    ".md": _md,
    ".docx": _docx,
    ".odt": _odt,
    ".rtf": _rtf,
    ".pdf": _pdf,
    ".html": _html,
    ".htm": _html,
    ".otr": _otr,
    ".srt": read_subtitles,
    ".vtt": read_subtitles,
    ".sbv": read_subtitles,
    ".csv": read_table,
    ".tsv": read_table,
    ".xlsx": read_table,
    ".json": read_json,
    ".eaf": read_xml,
    ".trs": read_xml,
    ".tei": read_xml,
    ".xml": read_xml,
    ".textgrid": read_textgrid,
    ".cha": read_cha,
}
REFUSED = {".doc": "old_or_encrypted_word", ".docm": "macros", ".xlsm": "macros", ".xls": "encrypted_xlsx"}
KNOWN_SUFFIXES = (*READERS, *REFUSED)
