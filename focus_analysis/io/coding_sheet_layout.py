"""What a coding sheet holds before it is written: rows, and every earlier human decision carried over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.io.coding_sheet import (
    Row,
    Sheet,
    Stamp,
    code_cells,
    code_names,
    description,
    find_code,
    find_status,
    row_id,
    say,
    shown_names,
)
from focus_analysis.schemas import CODINGS, NO_CODE, STATUSES, check, rows

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus

Turn = tuple[str, int]
Given = dict[str, str]
Hit = tuple[str, str, str]
_FEWEST_SLOTS, _SPARE_SLOTS = 4, 1
_CONTEXT = 240


@dataclass
class Filled:
    """What is written into a row beside the turn: codes with statuses, a comment, a remark, the stamp."""

    given: list[tuple[str, str]] = field(default_factory=list)
    comment: str = ""
    remark: str = ""
    stamp: str = ""

    def add(self, other: Filled) -> None:
        """Take in what another row of the same turn says."""
        self.given += other.given
        self.comment = "\n".join(filter(None, (self.comment, other.comment)))
        self.remark = "\n".join(filter(None, (self.remark, other.remark)))


@dataclass(frozen=True)
class Layout:
    """A sheet before it is written: columns, rows, codebook and guide."""

    columns: tuple[str, ...]
    n_slots: int
    rows: list[tuple[dict[str, str], Filled]]
    codebook: Codebook
    names: Mapping[str, str]
    coder: str
    lang: str

    @classmethod
    def of(
        cls,
        corpus: Corpus,
        codebook: Codebook,
        codings: pd.DataFrame | None,
        sample: pd.DataFrame | None,
        earlier: Sheet | None,
        lang: str,
    ) -> Layout:
        """Lay a sheet out: the turns asked for, and every turn that somebody decided."""
        names = shown_names(codebook, lang)
        machine, human, coder = _parted(codings)
        filled, strays = _Carrying(corpus, codebook, earlier, lang, names).fill(human)
        shown = _chosen(corpus, sample) | set(filled)
        table: list[tuple[dict[str, str], Filled]] = []
        for turn, before in _with_context(corpus):
            key = (turn.session_id, turn.turn)
            if key in shown:
                row = filled.pop(key, Filled())
                row.stamp = row.stamp or str(Stamp.of(turn.text, codebook.version))
                table.append((_turn_cells(turn, before, machine.get(key, []), names, lang), row))
        gone = {row.turn: dict(row.cells) for row in (earlier.rows if earlier else ()) if row.turn in filled}
        table += [(gone[turn], row) for turn, row in filled.items() if turn in gone]
        columns = ["id", "speaker", "role", *(["before"] if sample is not None else []), "text"]
        columns += ["suggestion", "evidence"] if machine else []
        most = max((len(row.given) for _, row in table), default=0)
        author = (earlier.coder if earlier else "") or coder
        slots = max(_FEWEST_SLOTS, most + _SPARE_SLOTS)
        return cls(tuple(columns), slots, table + strays, codebook, names, author, lang)

    def heads(self) -> list[tuple[str, str]]:
        """Return the kind and the head of every column."""
        words = {name: say(name, self.lang) for name in (*self.columns, "comment", "remark", "stamp")}
        slots = [(kind, say(kind, self.lang, n=n)) for n in range(1, self.n_slots + 1) for kind in ("code", "status")]
        return [
            *((name, words[name]) for name in self.columns),
            *slots,
            *((name, words[name]) for name in ("comment", "remark", "stamp")),
        ]

    def lines(self, code_name: Mapping[str, str]) -> Iterator[list[str]]:
        """Yield the cells of every row; ``code_name`` is how a code is written."""
        none = say("no_code", self.lang)
        for cells, row in self.rows:
            slots: list[str] = []
            for code, status in row.given:
                named = none if code == NO_CODE else code_name.get(code, code)
                stands = labels.words(f"status.{status}", self.lang) if status in STATUSES else status
                slots += [named, "" if code == NO_CODE else stands]
            slots += [""] * (2 * self.n_slots - len(slots))
            yield [*(cells.get(name, "") for name in self.columns), *slots, row.comment, row.remark, row.stamp]


class _Carrying:
    """Carries decisions over: those of the sheet that is there before those of the codings given."""

    def __init__(
        self, corpus: Corpus, codebook: Codebook, earlier: Sheet | None, lang: str, names: Mapping[str, str]
    ) -> None:
        self.texts = {(row.session_id, row.turn): str(row.text) for row in rows(corpus.turns)}
        self.codebook, self.earlier, self.lang, self.names = codebook, earlier, lang, names
        self.known = {code.id for code in codebook.entries}
        old = earlier.described if earlier else {}
        self.changed = {
            code.id
            for code in codebook.entries
            if code.id in old and old[code.id] not in {" | ".join(description(code, one)) for one in labels.LANGUAGES}
        }

    def fill(self, human: Mapping[Turn, Given]) -> tuple[dict[Turn, Filled], list[tuple[dict[str, str], Filled]]]:
        """Return what stands in the row of each turn that somebody decided, and the rows that name no turn."""
        earlier: dict[Turn, Filled] = {}
        strays = []
        for row in self.earlier.rows if self.earlier else ():
            carried = self._carried(row)
            if not (carried.given or carried.comment):
                continue
            if row.turn is None:
                strays.append((dict(row.cells), carried))
            elif row.turn in earlier:
                earlier[row.turn].add(carried)
            else:
                earlier[row.turn] = carried
        filled = {turn: Filled(list(given.items())) for turn, given in human.items()}
        return filled | earlier, strays

    def _carried(self, row: Row) -> Filled:
        assert self.earlier is not None
        names = {**self.earlier.names, **code_names(self.codebook)}
        given = [
            (find_code(part, names) or part, find_status(status) or status)
            for cell, status in row.given
            for part in (code_cells(cell, names) or [""])
        ]
        if self.earlier.finished and not given:
            given = [(NO_CODE, STATUSES[0])]
        remarks = [row.cells.get("remark", ""), *self._conflicts(row, [code for code, _ in given])]
        stamp, text = row.stamp, self.texts.get(row.turn) if row.turn else None
        if stamp and text is not None:
            stamp = Stamp.of(text, stamp.version)
        unique = dict.fromkeys(remark for remark in remarks if remark)
        return Filled(given, row.cells.get("comment", ""), "; ".join(unique), str(stamp or ""))

    def _conflicts(self, row: Row, codes: list[str]) -> Iterator[str]:
        """Yield what no longer fits the decisions of a row."""
        stamp, turn = row.stamp, row.turn
        if turn is None or turn not in self.texts:
            yield say("turn_gone", self.lang)
        elif stamp and Stamp.of(self.texts[turn], stamp.version) != stamp:
            yield say("text_changed", self.lang)
        lost = [code for code in codes if code and code != NO_CODE and code not in self.known]
        if lost:
            yield say("code_gone", self.lang, version=self.codebook.version, codes=", ".join(lost))
        changed = [self.names[code] for code in codes if code in self.changed]
        if changed:
            yield say("code_changed", self.lang, codes=", ".join(changed))


def _parted(codings: pd.DataFrame | None) -> tuple[dict[Turn, list[Hit]], dict[Turn, Given], str]:
    """Return the machine's codings by turn, people's decisions by turn, and the person's name if there is one."""
    machine: dict[Turn, list[Hit]] = defaultdict(list)
    human: dict[Turn, Given] = defaultdict(dict)
    if codings is None:
        return machine, human, ""
    table = check(codings, CODINGS)
    people = table["coder_kind"].isin(["human", "adjudicated"])
    columns = (table[name] for name in ("session_id", "turn", "code", "status", "evidence"))
    for by_hand, session, turn, code, status, evidence in zip(people, *columns, strict=True):
        if by_hand:
            human[session, turn][code] = _stronger(status, human[session, turn].get(code))
        else:
            machine[session, turn].append((code, status, evidence if isinstance(evidence, str) else ""))
    names = list(table.loc[people, "coder"].unique())
    return machine, human, str(names[0]) if len(names) == 1 else ""


def _stronger(status: str, other: str | None) -> str:
    return min(status, other or status, key=STATUSES.index)


def _chosen(corpus: Corpus, sample: pd.DataFrame | None) -> set[Turn]:
    turns = corpus.turns
    if sample is not None:
        if not hasattr(sample, "columns"):
            raise ArgumentError("write_coding_sheet: the sample is a table, such as plan_validation returns")
        by_turn = "turn" in sample.columns and bool(sample["turn"].notna().all())
        key = ["session_id", "turn" if by_turn else "speaker"]
        missing = [name for name in key if name not in sample.columns]
        if missing:
            raise ArgumentError(f"write_coding_sheet: the sample has no column {missing[0]!r}")
        turns = turns.merge(sample[key].drop_duplicates().astype({key[1]: turns[key[1]].dtype}), on=key)
        if turns.empty:
            raise ArgumentError("write_coding_sheet: the sample has no turn of this corpus")
    return set(zip(turns["session_id"], turns["turn"], strict=True))


def _with_context(corpus: Corpus) -> Iterator[tuple[Any, str]]:
    """Yield every turn with the one before it in its session, of a long one the end."""
    last = None
    for turn in rows(corpus.turns):
        same = last is not None and last.session_id == turn.session_id
        yield turn, f"{last.speaker}: {_ending(last.text)}" if last is not None and same else ""
        last = turn


def _ending(text: str) -> str:
    """Return the last words of a text."""
    return text if len(text) <= _CONTEXT else f"… {text[-_CONTEXT:].partition(' ')[2]}"


def _turn_cells(turn: Any, before: str, hits: Sequence[Hit], names: Mapping[str, str], lang: str) -> dict[str, str]:
    stands: dict[str, str] = {}
    for code, status, _ in hits:
        stands[code] = _stronger(status, stands.get(code))
    return {
        "id": row_id(turn.session_id, turn.turn),
        "speaker": turn.speaker,
        "role": labels.words(f"explain.role.{turn.role}", lang),
        "before": before,
        "text": turn.text,
        "suggestion": "; ".join(
            f"{names.get(code, code)} ({labels.words(f'status.{status}', lang)})" for code, status in stands.items()
        ),
        "evidence": "\n".join(dict.fromkeys(labels.evidence(evidence, lang) for _, _, evidence in hits if evidence)),
    }
