"""Marked-up sentences: "speaker: what is [said|code] / speaker: what is said => what is expected"."""

import re
from pathlib import Path

import pandas as pd

from focus_analysis.corpus import Corpus
from tests.builders import codings, corpus, group

MARK = re.compile(r"\[([^|\[\]]+)\|(\w+)\]")
MISSES = "# known misses"


def lines_of(name):
    """The lines of a file of sentences: those reached, and the known misses."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    at = lines.index(MISSES) if MISSES in lines else len(lines)
    return tuple([line for line in part if line and not line.startswith("#")] for part in (lines[:at], lines[at:]))


def plain_and_marks(marked):
    """Return the text without its marks, and each mark as (first character, end, code)."""
    text, marks, done = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[done : mark.start()]
        marks.append((len(text), len(text) + len(mark[1]), mark[2]))
        text, done = text + mark[1], mark.end()
    return text + marked[done:], marks


def turns_of(line):
    """Return the turns of a line as (speaker, whether the talk is of cooperation, marked text)."""
    turns = [turn.split(": ", 1) for turn in line.split(" => ")[0].split(" / ")]
    return [(speaker.rstrip("?"), speaker.endswith("?"), marked) for speaker, marked in turns]


def speaker_of(line):
    """Return who says what is judged."""
    return turns_of(line)[-1][0]


def expected_of(line):
    """Return what is expected, piece by piece."""
    return [one.split() for one in line.split(" => ")[1].split(", ") if one != "-"]


def study_of(lines, question):
    """Return a corpus with a session a line, and the codings that are marked; question(turn, line) names the block."""
    groups, coded, questions = [], [], []
    for number, line in enumerate(lines):
        said, room = [], {}
        for place, (speaker, asked, marked) in enumerate(turns_of(line), 1):
            text, marks = plain_and_marks(marked)
            label = "M" if speaker == "M" else f"R{place}"
            room |= {label: speaker} if speaker != "M" else {}
            said.append(f"{label}: {text}")
            questions.append(question(asked, line))
            spans = codings(*((str(number), place, code) for _, _, code in marks))
            if marks:
                coded.append(spans.assign(start=[start for start, *_ in marks], end=[end for _, end, _ in marks]))
        groups.append(group(str(number), *said, institutions=room))
    study = corpus(*groups)
    turns = study.turns.assign(question=questions)
    return Corpus(study.sessions, study.speakers, turns), pd.concat(coded, ignore_index=True)


def of_last_turns(found, study):
    """Return the rows of a table that stand in the last turn of their session."""
    last = study.turns.groupby("session_id")["turn"].max()
    return found[found["turn"] == found["session_id"].map(last)]
