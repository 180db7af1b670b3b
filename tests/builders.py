"""Small studies made in memory: corpora, codebooks, codings and estimates."""

from typing import Any

import pandas as pd

from focus_analysis.codebook import Codebook
from focus_analysis.corpus import Corpus
from focus_analysis.schemas import CODES, CODINGS, ESTIMATES, SESSIONS, SPEAKERS, TURNS, Finding, check

TERYT = {"Bieliny": "2604012", "Krempna": "1805062", "Oksa": "2602052", "Świlcza": "1816122", "Łoniów": "2609052"}


def group(
    session_id: str,
    *turns: str,
    roster: tuple[str, ...] = (),
    moderator: str = "M",
    roles_known: bool = True,
    institutions: dict[str, str] | None = None,
    **columns: Any,
) -> dict[str, list[dict[str, Any]]]:
    """One session: each turn as "R1: what was said"; ``roster`` names the participants present."""
    parted = [turn.partition(": ") for turn in turns]
    labels = dict.fromkeys([*roster, *(label for label, _, _ in parted)])

    def role(label: str) -> str:
        return "unknown" if not roles_known else "moderator" if label == moderator else "participant"

    spoken = [
        {
            "session_id": session_id,
            "turn": number,
            "speaker": label,
            "role": role(label),
            "question": None,
            "start_s": None,
            "end_s": None,
            "text": text,
            "n_words": len(text.split()),
        }
        for number, (label, _, text) in enumerate(parted, 1)
    ]
    speakers = [
        {
            "session_id": session_id,
            "speaker": label,
            "role": role(label),
            "institution": (institutions or {}).get(label),
            "in_roster": label in roster,
            "n_turns": sum(turn["speaker"] == label for turn in spoken),
            "n_words": sum(turn["n_words"] for turn in spoken if turn["speaker"] == label),
        }
        for label in labels
    ]
    gmina = columns.pop("gmina", None)
    session = {
        "session_id": session_id,
        "gmina": gmina,
        "teryt": TERYT.get(gmina),
        "powiat": None,
        "voivodeship": None,
        "date": "2018-09-12",
        "language": "pl",
        "source": f"{session_id}.txt",
        "sha256": "0" * 64,
        "invented": False,
        "anonymised": False,
        "n_participants": len(roster) or None,
    }
    return {"sessions": [session | columns], "speakers": speakers, "turns": spoken}


def corpus(*groups: dict[str, list[dict[str, Any]]], notes: tuple[Finding, ...] = ()) -> Corpus:
    """A corpus of the groups."""
    tables = {
        name: pd.DataFrame([row for one in groups for row in one[name]], columns=schema.names)
        for name, schema in (("sessions", SESSIONS), ("speakers", SPEAKERS), ("turns", TURNS))
    }
    return Corpus(**tables, notes=notes)


def one_turn(text: str, speaker: str = "R1") -> Corpus:
    """A corpus in which one speaker says one thing."""
    return corpus(group("s", f"{speaker}: {text}"))


def codebook(patterns: dict[str, list[str]], parents: dict[str, str] | None = None, **labels: str) -> Codebook:
    """A codebook of problems; a code whose id begins with "inst_" is an institution."""
    entries = [
        {
            "id": code,
            "group": "institutions" if code.startswith("inst_") else "problems",
            "label": {"pl": labels.get(code, f"{code} po polsku"), "en": f"{code} in English"},
            "parent": (parents or {}).get(code),
            "patterns": tuple(written),
        }
        for code, written in patterns.items()
    ]
    groups = {
        "problems": {"label": {"pl": "problemy", "en": "problems"}},
        "institutions": {"label": {"pl": "instytucje", "en": "institutions"}, "status": "affirmed"},
    }
    return Codebook(name="próba", version="7", groups=groups, entries=tuple(entries), sha256="f" * 64)


def codes(*names: str, parents: dict[str, str] | None = None, group: str = "problems") -> pd.DataFrame:
    """The table of these codes, in this order."""
    rows = [
        (name, group, (parents or {}).get(name), i, f"{name} pl", f"{name} en", None) for i, name in enumerate(names)
    ]
    return check(pd.DataFrame(rows, columns=CODES.names), CODES)


def codings(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Codings, each (session, turn, code) or (session, turn, code, status)."""
    filled = [
        {
            "session_id": session,
            "turn": turn,
            "code": code,
            "start": number,
            "end": number + 1,
            "status": status[0] if status else "affirmed",
            "coder": "ręka",
            "coder_kind": "human",
            "confidence": None,
            "evidence": None,
            "codebook_version": None,
        }
        for number, (session, turn, code, *status) in enumerate(rows)
    ]
    return pd.DataFrame(filled, columns=CODINGS.names)


def estimates(*rows: dict[str, Any]) -> pd.DataFrame:
    """Estimates; what a row does not say is filled in: a share of its counts, ranks as stated."""
    default = {
        "teryt": None,
        "gmina": None,
        "voivodeship": "świętokrzyskie",
        "level": "leaf",
        "measure": "coverage",
        "low": None,
        "high": None,
        "interval_kind": "none",
        "n_denied": 0,
        "n_participants": 10,
        "denominator": "roster",
        "n_sessions": 1,
        "rank": 1,
        "rank_low": 1,
        "rank_high": 1,
        "coder_kind": "rule",
        "method": "worked by hand",
    }
    filled = [default | row for row in rows]
    for row in filled:
        row.setdefault("estimate", row["n_named"] / row["n_participants"] if row["n_participants"] else None)
    return check(pd.DataFrame(filled), ESTIMATES)
