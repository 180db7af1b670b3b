"""Reader of the example bank: utterances with their codes, as a corpus and its codings."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from focus_analysis.corpus import Corpus
from focus_analysis.errors import CodebookError
from focus_analysis.language.tokens import count_words
from focus_analysis.schemas import CODINGS, SESSIONS, SPEAKERS, TURNS, check, empty

CODER = "examples"
_SPEAKER = "R"
_REFERENCE = ["session_id", "turn", "code", "status"]
_NAME = r"(?!(?:true|false|null)\b)[a-z]\w*"
_PLAIN = re.compile(
    rf"""- said: ("(?:[^"\\\n]|\\["\\])*")
  codes: {{((?:{_NAME}: {_NAME}, )*{_NAME}: {_NAME})?}}
(?:  not: \[((?:{_NAME}, )*{_NAME})?\]
)?  hand: ({_NAME})
"""
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Utterance(_Strict):
    """One utterance: what was said, its codes with their statuses, codes that it only seems to carry, its writer."""

    said: str = Field(min_length=1)
    codes: dict[str, Literal["affirmed", "denied", "hypothetical"]]
    seeming: tuple[str, ...] = Field(default=(), alias="not")
    hand: str


class _Bank(_Strict):
    invented: bool
    language: str
    utterances: tuple[Utterance, ...]


class Examples(NamedTuple):
    """The bank as the coder learns from it.

    Parameters
    ----------
    corpus : Corpus
        One session a hand, one turn an utterance.
    codings : DataFrame, schema ``CODINGS``
        The codes of the utterances.
    """

    corpus: Corpus
    codings: Any


def read_examples(path: str | Path) -> Examples:
    """Read the utterances of a file, or of every YAML file of a folder.

    Raises
    ------
    CodebookError
        There is nothing to read, or a file is not of the form that ``codebooks/README.md`` describes.
    """
    return as_corpus(list(read_utterances(path)))


def read_utterances(path: str | Path) -> Iterator[Utterance]:
    """Yield the utterances of a file, or of every YAML file of a folder, in order."""
    place = Path(path)
    files = sorted(place.glob("*.yaml")) if place.is_dir() else [place]
    if not files or not files[0].is_file():
        raise CodebookError(f"{place}: there are no examples; check the path")
    for file in files:
        yield from _load(file).utterances


def _load(file: Path) -> _Bank:
    from ruamel.yaml.error import YAMLError

    try:
        return _Bank.model_validate(_parsed(file.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError as error:
        raise CodebookError(f"{file.name}: not UTF-8 (byte {error.start}); save the examples as UTF-8") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = " ".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
        raise CodebookError(f"{file.name}, {where}: {first['msg']}; write said, codes, not, hand") from None
    except (YAMLError, ValueError) as error:  # a date that there is not is a ValueError
        raise CodebookError(f"{file.name}: this is no YAML: {error}") from None


def _parsed(text: str) -> Any:
    """Return what a YAML file holds; utterances written as the bank's own are read far faster than any others."""
    from ruamel.yaml import YAML

    head, key, body = text.partition("\nutterances:\n")
    found = list(_PLAIN.finditer(body))
    if not found or sum(len(utterance[0]) for utterance in found) < len(body):
        return YAML(typ="safe").load(text)
    return YAML(typ="safe").load(head + key) | {"utterances": [_utterance(*utterance.groups()) for utterance in found]}


def _utterance(said: str, codes: str | None, seeming: str | None, hand: str) -> dict[str, Any]:
    statuses = dict(code.split(": ") for code in codes.split(", ")) if codes else {}
    return {"said": json.loads(said), "codes": statuses, "not": seeming.split(", ") if seeming else [], "hand": hand}


def as_corpus(utterances: list[Utterance]) -> Examples:
    """Return utterances as a corpus, a session a hand, with their codings."""
    import pandas as pd

    turns: list[dict[str, Any]] = []
    codings: list[dict[str, Any]] = []
    spoken: dict[str, int] = {}
    for utterance in utterances:
        text = unicodedata.normalize("NFC", utterance.said)
        number = spoken[utterance.hand] = spoken.get(utterance.hand, 0) + 1
        place = {"session_id": utterance.hand, "turn": number}
        turns.append({**place, "speaker": _SPEAKER, "role": "participant", "text": text, "n_words": count_words(text)})
        whole = {"start": 0, "end": len(text), "coder": CODER, "coder_kind": "model"}
        codings += [{**place, "code": code, "status": status, **whole} for code, status in utterance.codes.items()]
    digest = _hash(utterances)
    hands = pd.DataFrame([{**_session(hand), "sha256": digest} for hand in spoken], columns=SESSIONS.names)
    frame = pd.DataFrame(turns, columns=TURNS.names)
    words = frame.groupby("session_id")["n_words"].sum()
    speakers = [_speaker(hand, spoken[hand], int(words[hand])) for hand in spoken]
    corpus = Corpus(hands, pd.DataFrame(speakers, columns=SPEAKERS.names), frame)
    return Examples(corpus, check(pd.DataFrame(codings, columns=CODINGS.names), CODINGS) if codings else empty(CODINGS))


def _hash(utterances: list[Utterance]) -> str:
    return hashlib.sha256("\n".join(utterance.said for utterance in utterances).encode()).hexdigest()


def _session(hand: str) -> dict[str, Any]:
    return {"session_id": hand, "language": "pl", "source": f"{hand} (invented)", "invented": True, "anonymised": True}


def _speaker(hand: str, n_turns: int, n_words: int) -> dict[str, Any]:
    given = {"session_id": hand, "speaker": _SPEAKER, "role": "participant", "in_roster": False}
    return {**given, "n_turns": n_turns, "n_words": n_words}


def read_reference(path: str | Path) -> Any:
    """Read reference codes: a table with session_id, turn, code and status.

    Raises
    ------
    CodebookError
        The file does not exist or has other columns.
    """
    import pandas as pd

    file = Path(path)
    if not file.is_file():
        raise CodebookError(f"{file}: there are no reference codes; check the path")
    table = pd.read_csv(file, dtype={"session_id": "str", "code": "str", "status": "str"})
    if list(table.columns) != _REFERENCE:
        raise CodebookError(f"{file.name}: columns {', '.join(table.columns)}; they must be {', '.join(_REFERENCE)}")
    return table
