"""Writers of transcripts: docx, csv, xlsx, vtt and TEI, and beside them the tables of the study."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis.corpus import Corpus, check_corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.io.files import write_whole
from focus_analysis.io.outputs import fit_for_xml, write_csv, write_text
from focus_analysis.io.people import UNKNOWN
from focus_analysis.io.speakers import clock
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d|readme.*|(?:sessions|speakers|guide)(?:-\d+)?|[.~].*)$", re.I)
_LONGEST_NAME = 120
_LAST_CUE_S = 2.0
_TEI = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_KEYS = {"gmina": "Gmina", "powiat": "Powiat", "voivodeship": "Województwo", "date": "Data"}
_SESSIONS = ("session_id", "gmina", "teryt", "powiat", "voivodeship", "date", "language", "invented", "anonymised")
_TABLE = ("start", "end", "speaker", "role", "text")


def write_transcripts(corpus: Corpus, folder: str | Path, format: str = "docx") -> list[Path]:
    """Write each session as a transcript that ``read_corpus`` reads to the same turns.

    Beside the transcripts stand ``sessions.csv``, and ``speakers.csv`` where a roster is known. No file is overwritten.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    folder : path
        Where they go; it is made if it is not there.
    format : {"docx", "csv", "xlsx", "vtt", "tei"}
        docx: a paragraph a turn, without ends of turns. vtt: only where every turn has a time; turns of one speaker
        in a row become one when they are read. tei: an ``u`` a turn, in a file ``.xml``.

    Returns
    -------
    list of Path
        The transcripts, in the order of the sessions.

    Raises
    ------
    ArgumentError
        The format is unknown, a file is there already, or a session lacks the times that the format needs.
    """
    check_corpus("write_transcripts", corpus)
    if format not in _WRITERS:
        raise ArgumentError(f"format must be one of {', '.join(_WRITERS)}; not {format!r}")
    suffix, write = _WRITERS[format]
    target = Path(folder)
    names = _names(list(corpus.sessions["session_id"]), suffix)
    taken = [name for name in (*names.values(), "sessions.csv", "speakers.csv") if (target / name).exists()]
    if taken:
        raise ArgumentError(f"{target} holds {', '.join(taken[:5])} already; give an empty folder")
    written = {target / names[session.session_id]: _Session(session, corpus) for session in rows(corpus.sessions)}
    if format == "vtt":
        _check_times(written.values())
    for path, session in written.items():
        write(session, path)
    _write_tables(corpus, names, target)
    return list(written)


class _Session:
    """One session as its writer needs it: its columns, its turns, and who moderates."""

    def __init__(self, columns: Any, corpus: Corpus) -> None:
        def own(table: pd.DataFrame) -> list[Any]:
            return rows(table[table["session_id"] == columns.session_id])

        self.columns = columns
        self.turns: Sequence[Any] = own(corpus.turns)
        self.people: Sequence[Any] = own(corpus.speakers)
        self.moderators = [person.speaker for person in self.people if person.role == "moderator"]


def _names(sessions: Sequence[str], suffix: str) -> dict[str, str]:
    """Return a file name for each session that every system takes and no two share."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for session in sessions:
        stem = _UNFIT.sub("_", session).strip(". ")[:_LONGEST_NAME] or "_"
        stem = f"_{stem}" if _RESERVED.match(stem) else stem
        number, name = 1, f"{stem}{suffix}"
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}{suffix}"
        taken.add(name.casefold())
        names[session] = name
    return names


def _write_tables(corpus: Corpus, names: Mapping[str, str], folder: Path) -> None:
    sessions = corpus.sessions[list(_SESSIONS)].copy()
    sessions.insert(0, "file", sessions["session_id"].map(names))
    for column in ("invented", "anonymised"):
        sessions[column] = sessions[column].map({True: "tak", False: ""})
    write_csv(sessions, folder / "sessions.csv")
    roster = corpus.speakers[corpus.speakers["in_roster"]]
    if len(roster):
        table = roster[["speaker", "role", "institution"]].copy()
        table.insert(0, "file", roster["session_id"].map(names))
        write_csv(table, folder / "speakers.csv")


def _write_docx(session: _Session, path: Path) -> None:
    import docx

    document = docx.Document()
    for line in _head(session):
        document.add_paragraph(fit_for_xml(line))
    labelled = any(turn.speaker != UNKNOWN for turn in session.turns)
    for turn in session.turns:
        paragraph = document.add_paragraph()
        if labelled:
            paragraph.add_run(fit_for_xml("?" if turn.speaker == UNKNOWN else turn.speaker)).bold = True
            time = "" if turn.start_s is None else f" [{clock(turn.start_s)}]"
            paragraph.add_run(f"{time}: ")
        paragraph.add_run(fit_for_xml(turn.text))
    write_whole(path, lambda unfinished: document.save(str(unfinished)))


def _head(session: _Session) -> list[str]:
    values = {label: getattr(session.columns, column) for column, label in _KEYS.items()}
    moderator = {"Moderator": "; ".join(session.moderators)}
    invented = {"Dane": "zmyślone" if session.columns.invented else ""}
    return [f"{label}: {value}" for label, value in (values | moderator | invented).items() if value]


def _rows(session: _Session) -> list[list[Any]]:
    return [[getattr(turn, name) for name in ("start_s", "end_s", "speaker", "role", "text")] for turn in session.turns]


def _write_csv(session: _Session, path: Path) -> None:
    import pandas as pd

    write_csv(pd.DataFrame(_rows(session), columns=list(_TABLE)), path)


def _write_xlsx(session: _Session, path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate([list(_TABLE), *_rows(session)], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, fit_for_xml(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
    write_whole(path, lambda unfinished: book.save(unfinished))


def _check_times(sessions: Any) -> None:
    for session in sessions:
        if any(turn.start_s is None for turn in session.turns):
            raise ArgumentError(
                f"session {session.columns.session_id} has turns without times, which vtt needs; choose another format"
            )


def _write_vtt(session: _Session, path: Path) -> None:
    starts = [turn.start_s for turn in session.turns]
    blocks = ["WEBVTT", *(f"NOTE {line}" for line in _head(session))]
    for turn, following in zip(session.turns, [*starts[1:], starts[-1] + _LAST_CUE_S], strict=True):
        end_s = turn.end_s if turn.end_s is not None else max(following, turn.start_s)
        voice = "" if turn.speaker == UNKNOWN else f"<v {html.escape(turn.speaker, quote=False)}>"
        text = html.escape(turn.text, quote=False)
        blocks.append(f"{clock(turn.start_s)} --> {clock(end_s)}\n{voice}{text}")
    write_text("\n\n".join(blocks) + "\n", path)


def _write_tei(session: _Session, path: Path) -> None:
    from lxml import etree

    root = etree.Element(f"{{{_TEI}}}TEI", nsmap={None: _TEI})
    times = sorted({time for turn in session.turns for time in (turn.start_s, turn.end_s) if time is not None})
    ids = {person.speaker: f"s{number}" for number, person in enumerate(session.people, 1)}
    root.append(_tei_header(session, ids))
    text = etree.SubElement(root, f"{{{_TEI}}}text")
    points = {time: f"T{number}" for number, time in enumerate(times, 1)}
    if points:
        line = etree.SubElement(text, f"{{{_TEI}}}timeline", unit="s", origin="#T0")
        etree.SubElement(line, f"{{{_TEI}}}when", {f"{{{_XML}}}id": "T0"})
        for time, point in points.items():
            etree.SubElement(
                line, f"{{{_TEI}}}when", {f"{{{_XML}}}id": point, "interval": f"{time:.3f}", "since": "#T0"}
            )
    body = etree.SubElement(text, f"{{{_TEI}}}body")
    for turn in session.turns:
        said = etree.SubElement(body, f"{{{_TEI}}}u", who=f"#{ids[turn.speaker]}")
        for end, time in (("start", turn.start_s), ("end", turn.end_s)):
            if time is not None:
                said.set(end, f"#{points[time]}")
        said.text = fit_for_xml(turn.text)
    content = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    write_whole(path, lambda unfinished: unfinished.write_bytes(content))


def _tei_header(session: _Session, ids: Mapping[str, str]) -> Any:
    from lxml.builder import ElementMaker

    tei = ElementMaker(namespace=_TEI)
    people = [
        tei.person(
            tei.persName(fit_for_xml(person.speaker)), {f"{{{_XML}}}id": ids[person.speaker], "role": person.role}
        )
        for person in session.people
    ]
    date = [tei.date(when=session.columns.date)] if session.columns.date else []
    return tei.teiHeader(
        tei.fileDesc(
            tei.titleStmt(tei.title(fit_for_xml(session.columns.session_id))),
            tei.publicationStmt(tei.p("focus_analysis")),
            tei.sourceDesc(tei.p(*(f"{line}. " for line in map(fit_for_xml, _head(session))))),
        ),
        tei.profileDesc(tei.particDesc(tei.listPerson(*people)), tei.settingDesc(tei.setting(*date))),
    )


_WRITERS: dict[str, tuple[str, Callable[[_Session, Path], None]]] = {
    "docx": (".docx", _write_docx),
    "csv": (".csv", _write_csv),
    "xlsx": (".xlsx", _write_xlsx),
    "vtt": (".vtt", _write_vtt),
    "tei": (".xml", _write_tei),
}
