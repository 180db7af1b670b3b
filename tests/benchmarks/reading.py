"""How fast transcripts are read, against the bare parsing library.

Run it by hand, on a machine that does nothing else::

    python -m tests.benchmarks.reading --words 1000000 --files 2000
"""

import argparse
import csv
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import pandas as pd
import webvtt

from focus_analysis import read_corpus
from focus_analysis.io.readers import read_draft
from focus_analysis.io.speakers import clock

MOST = {"docx": 1.5, "vtt": 1.5, "csv": 1.5}
WORDS = [
    "nie",
    "ma",
    "u",
    "nas",
    "w",
    "gminie",
    "autobusu",
    "do",
    "szkoły",
    "i",
    "żłobka",
    "bo",
    "pieniędzy",
    "brakuje",
    "a",
    "młodzi",
    "wyjeżdżają",
    "za",
    "pracą",
]
LENGTHS = (3, 8, 15, 30, 60)
PEOPLE = ("M", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8")


def talk(n_words: int) -> list[tuple[str, str]]:
    """Invented turns with that many words altogether."""
    chance = random.Random(0)
    turns: list[tuple[str, str]] = []
    while n_words > 0:
        length = min(chance.choice(LENGTHS), n_words)
        speaker = chance.choice([who for who in PEOPLE if not turns or who != turns[-1][0]])
        turns.append((speaker, " ".join(chance.choices(WORDS, k=length)).capitalize() + "."))
        n_words -= length
    return turns


def write_docx(turns: list[tuple[str, str]], path: Path) -> None:
    """One paragraph a turn."""
    document = docx.Document()
    for speaker, text in turns:
        document.add_paragraph().add_run(f"{speaker}: {text}")
    document.save(str(path))


def write_vtt(turns: list[tuple[str, str]], path: Path) -> None:
    """One cue a turn."""
    cues = (f"{clock(2 * n)} --> {clock(2 * n + 2)}\n<v {who}>{text}" for n, (who, text) in enumerate(turns))
    path.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n", encoding="utf-8")


def write_csv(turns: list[tuple[str, str]], path: Path) -> None:
    """One row a turn."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("speaker", "text"), *turns])


def parse_docx(path: Path) -> int:
    """What the library alone does: every paragraph's text."""
    return sum(len(paragraph.text) for paragraph in docx.Document(str(path)).paragraphs)


def parse_vtt(path: Path) -> int:
    """What the library alone does: every caption's text."""
    return sum(len(caption.text) for caption in webvtt.read(str(path)))


def parse_csv(path: Path) -> int:
    """What the library alone does: every cell.

    The rows are kept, as the libraries of docx and vtt keep what they parsed: a reader needs its whole talk.
    """
    return sum(map(len, [*csv.reader(io.StringIO(path.read_text(encoding="utf-8")))]))


def stream_csv(path: Path) -> int:
    """The same with each row thrown away for the next: the least that any program takes that looks at a csv."""
    return sum(map(len, csv.reader(io.StringIO(path.read_text(encoding="utf-8")))))


FORMATS: dict[str, tuple[Callable[[list[tuple[str, str]], Path], None], Callable[[Path], int]]] = {
    "docx": (write_docx, parse_docx),
    "vtt": (write_vtt, parse_vtt),
    "csv": (write_csv, parse_csv),
}


def seconds(work: Callable[[], object]) -> float:
    """The processor's time of the fastest of three rounds."""
    found = []
    for _ in range(3):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def compare(kind: str, n_words: int, folder: Path) -> tuple[float, float]:
    """Seconds of the bare library and of the reader for one large transcript."""
    write, parse = FORMATS[kind]
    path = folder / f"w.{kind}"
    write(talk(n_words), path)
    return seconds(lambda: parse(path)), seconds(lambda: read_draft(path))


def main() -> int:
    """Measure and say so; 1 if a reader takes longer than it may."""
    arguments = argparse.ArgumentParser(description="How fast transcripts are read.")
    arguments.add_argument("--words", type=int, default=1_000_000)
    arguments.add_argument("--files", type=int, default=2_000)
    given = arguments.parse_args()
    slow = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        read_draft(_small(folder))
        for kind in FORMATS:
            bare, ours = compare(kind, given.words, folder)
            slow |= kind in MOST and ours > MOST[kind] * bare
            sys.stdout.write(
                f"{kind:5} {given.words} words: library {bare:.2f} s, reader {ours:.2f} s, {ours / bare:.2f}\n"
            )
        table = folder / "w.csv"
        for what, work in (("rows thrown away", stream_csv), ("pandas", pd.read_csv), ("read_corpus", read_corpus)):
            taken = seconds(partial(work, table))
            sys.stdout.write(f"csv   {given.words} words: {what} {taken:.3f} s\n")
        many = folder / "many"
        many.mkdir()
        for number in range(given.files):
            _small(many, f"grupa{number}.txt", number)
        sys.stdout.write(f"{given.files} files: {seconds(lambda: read_corpus(many)):.1f} s\n")
    return int(slow)


def _small(folder: Path, name: str = "mala.txt", number: int = 0) -> Path:
    path = folder / name
    path.write_text(
        f"M: Pytanie {number}?\n" + "\n".join(f"{who}: {text}" for who, text in talk(500)), encoding="utf-8"
    )
    return path


if __name__ == "__main__":
    sys.exit(main())
