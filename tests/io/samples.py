"""One talk in every format that is read, for tests of all readers at once."""

import json

from tests.io.making import cues, odt, odt_paragraph, packed, paragraph, pdf, table, word, workbook
from tests.io.timed import eaf, long_grid, short_grid

TALK = [
    ("M", "Cóż słychać, proszę państwa?"),
    ("R1", "Bieda, śnieg i łzy."),
    ("M", "Tak? A dlaczego?"),
    ("R1", "No tak: nie ma autobusu."),
]
_HEAD = "Gmina: Łoniów\nUczestnicy:\nR1 – GOPS\n\n"
_LINES = [f"{who}: {text}" for who, text in TALK]
_TIERS = [
    (who, [(float(at), at + 1.0, text) for at, (speaker, text) in enumerate(TALK) if speaker == who])
    for who in ("M", "R1")
]


def _unicode(text: str) -> str:
    return "".join(char if char < "\x80" else f"\\u{ord(char)}?" for char in text)


def _tei() -> str:
    turns = "".join(f'<u who="#{who}" start="#T{n}">{text}</u>' for n, (who, text) in enumerate(TALK))
    points = "".join(f'<when xml:id="T{n}" interval="{n}.5" since="#T"/>' for n in range(len(TALK)))
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><timeline>{points}</timeline><body>{turns}</body></text></TEI>'
    )


def _trs() -> str:
    turns = "".join(
        f'<Turn speaker="{who}" startTime="{n}" endTime="{n + 1}"><Sync time="{n}"/>{text}</Turn>'
        for n, (who, text) in enumerate(TALK)
    )
    people = "".join(f'<Speaker id="{who}" name="{who}"/>' for who in ("M", "R1"))
    return f"<Trans><Speakers>{people}</Speakers><Episode><Section>{turns}</Section></Episode></Trans>"


def _sbv() -> str:
    return "\n\n".join(f"0:00:0{n}.000,0:00:0{n + 1}.000\n{line}" for n, line in enumerate(_LINES)) + "\n"


def _rtf() -> str:
    body = "".join(f"{_unicode(line)}\\par " for line in _LINES)
    return r"{\rtf1\ansi\ansicpg1250{\fonttbl{\f0\fcharset238 Arial;}}\f0 " + body + "}"


SAMPLES: dict[str, bytes] = {
    "w.txt": (_HEAD + "\n".join(_LINES)).encode("cp1250"),
    "w.md": (_HEAD + "\n\n".join(f"**{who}:** {text}" for who, text in TALK)).encode(),
    "w.docx": word(paragraph("Gmina: Łoniów"), table(("Mówca", "Tekst"), *TALK), paragraph("")),
    "w.odt": odt(*(odt_paragraph(f" {text}", f"{who}:") for who, text in TALK)),
    "w.rtf": _rtf().encode(),
    "w.pdf": pdf([(50, 60 + 14 * n, line) for n, line in enumerate(_LINES)]),
    "w.html": ("<html><body>" + "".join(f"<p><b>{who}:</b> {text}</p>" for who, text in TALK) + "</body>").encode(),
    "w.otr": json.dumps({"text": "".join(f"<p>{line}</p>" for line in _LINES)}).encode(),
    "w.srt": cues(_LINES).encode(),
    "w.vtt": ("WEBVTT\n\n" + cues([f"<v {who}>{text}" for who, text in TALK], ".")).encode("utf-16"),
    "w.sbv": _sbv().encode(),
    "w.csv": "\r\n".join(["mówca;tekst", *(f'{who};"{text}"' for who, text in TALK)]).encode("cp1250"),
    "w.tsv": "\n".join(["speaker\ttext", *(f"{who}\t{text}" for who, text in TALK)]).encode(),
    "w.xlsx": workbook([("Gmina", "Łoniów"), ("mówca", "tekst"), *TALK]),
    "w.json": json.dumps({"segments": [{"speaker": who, "text": text, "start": 1} for who, text in TALK]}).encode(),
    "w.eaf": eaf(*_TIERS)[0],
    "w.TextGrid": long_grid(*_TIERS)[0].encode(),
    "short.TextGrid": short_grid(*_TIERS)[0].encode("utf-16"),
    "w.cha": ("@Begin\n" + "".join(f"*{who}:\t{text}\n" for who, text in TALK) + "@End\n").encode(),
    "w.trs": _trs().encode(),
    "w.xml": _tei().encode(),
}
ARCHIVE = packed({f"wywiady/{name}": content for name, content in SAMPLES.items()})
