"""What a sentence claims: in how many gminas, which problem, at which place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from focus_analysis import labels
from focus_analysis.codebook import Code, Codebook, Group, Rule, Text
from focus_analysis.coding.rules import code
from focus_analysis.corpus import Corpus
from focus_analysis.language.morphology import is_dictionary_form, lemmas
from focus_analysis.language.tokens import tokens
from focus_analysis.schemas import SESSIONS, SPEAKERS, TURNS, rows

_COUNT = re.compile(r"(?<![\w,.])(\d+)\s*(?:z|ze|of|/)\s*(\d+)(?![\w,.]\d)")
_GENERIC = frozenset({"sytuacja", "problem", "problemy", "trudność", "trudności", "situation", "problems"})
_LITTLE = 2
_GROUPS_COUNTED = ("gmin", "grup", "group")
_PREPOSITIONS = frozenset({"w", "we", "na", "in"})
_BETWEEN = 2  # words that may stand between how many and of what


@dataclass(frozen=True)
class ClaimForm:
    """One claim of a sentence.

    Parameters
    ----------
    code : str
        Which problem.
    position : {"first", "last", "named"}
        Raised by the largest share of participants, by the smallest, or raised at all.
    quantifier : str, optional
        One of ``QUANTIFIERS``; missing where a count stands for it.
    count : (int, int), optional
        k of n, as written.
    place, region : str, optional
        The one gmina, or the region, that the claim is about.
    said : str, optional
        The words of the sentence for the problem where they are not its name, and mean perhaps a part of it.
    """

    code: str
    position: str
    quantifier: str | None = None
    count: tuple[int, int] | None = None
    place: str | None = None
    region: str | None = None
    said: str | None = None


class _Mention(NamedTuple):
    start: int
    end: int
    name: str


class _Claimed(NamedTuple):
    code: str
    position: str
    said: str | None


def read_claim(
    sentence: str,
    codebook: Codebook,
    cues: Codebook,
    group: str = "problems",
    places: Iterable[str] = (),
    regions: Iterable[str] = (),
) -> tuple[ClaimForm, ...]:
    """Return the claims of a sentence.

    Parameters
    ----------
    sentence : str
        Such as "we wszystkich gminach bezrobocie jest najmniej istotne"; several problems with a place each may
        stand in it, in the same order.
    codebook : Codebook
        Whose problems are meant: found by any form of their names, else by their patterns.
    cues : Codebook
        Words for quantifiers (group quantifier), places (position), denial, other units (unit) and who
        speaks (speaker).
    group : str
        Group of the codes.
    places, regions : iterable of str
        Names of gminas and regions that the sentence may speak of.

    Raises
    ------
    ArgumentError
        The sentence is not of these forms, counts something else than gminas or says who spoke; the message says what
        is missing and what may stand there.
    """
    marks = _found(sentence, cues)
    of = {name: [mark for mark in marks if cues[mark.name].group == name] for name in cues.groups}
    scopes = _named(sentence, {f"place:{name}": name for name in places} | {f"region:{name}": name for name in regions})
    labelled = _labelled(sentence, codebook, group)
    codes = _codes(sentence, codebook, group, labelled, len(of["position"]))
    count = _COUNT.search(sentence)
    amounts = [(mark.start, mark.end) for mark in of["quantifier"]] + ([count.span()] if count else [])
    _check_counted(sentence, [unit for unit in of["unit"] if not any(_overlap(unit, mark) for mark in codes)], amounts)
    _check_speakers(sentence, codebook, group, [*codes, *of["quantifier"]], of["speaker"])
    claimed = _paired(codes, labelled, of["position"], len(of["quantifier"]), cues, sentence)
    where = _scope(scopes, sentence)
    if count:
        counted = (int(count[1]), int(count[2]))
        return tuple(
            ClaimForm(name, at, None, counted, where["place"], where["region"], said) for name, at, said in claimed
        )
    words = _quantifiers(of["quantifier"], of["denial"], claimed, where["place"], cues, sentence)
    return tuple(
        ClaimForm(name, at, word, None, where["place"], where["region"], said)
        for (name, at, said), word in zip(claimed, words, strict=True)
    )


def _check_counted(sentence: str, units: list[_Mention], amounts: list[tuple[int, int]]) -> None:
    """Refuse a sentence that says of how many persons, counties or the like: gminas are counted.

    What stands after a preposition ("wszędzie w województwie") is where, and not of what there are so many.
    """
    for unit in units:
        for start, end in amounts:
            between = sentence[end : unit.start].lower().split()
            is_parted = any(word.startswith(_GROUPS_COUNTED) or word in _PREPOSITIONS for word in between)
            if start <= unit.start and len(between) <= _BETWEEN and not is_parted:
                raise labels.refused("claim_unit", sentence=sentence, unit=sentence[unit.start : unit.end])


def _check_speakers(
    sentence: str, codebook: Codebook, group: str, taken: list[_Mention], speakers: list[_Mention]
) -> None:
    """Refuse a sentence that says who spoke: women, men, an institution that the codebook codes by its name."""
    named = {entry.id for entry in codebook.entries if entry.group != group and codebook.groups[entry.group].status}
    institutions = [mark for mark in _found(sentence, codebook) if mark.name in named]
    for mark in [*institutions, *speakers]:
        if not any(_overlap(mark, other) for other in taken):
            raise labels.refused("claim_speakers", sentence=sentence, speaker=sentence[mark.start : mark.end])


def _paired(
    codes: list[_Mention],
    labelled: list[_Mention],
    positions: list[_Mention],
    n_quantifiers: int,
    cues: Codebook,
    sentence: str,
) -> list[_Claimed]:
    """Return each problem with its place, the first with the first, and with its words where they are not its name."""
    ranked = [mark for mark in positions if mark.name != "named"]
    positions = ranked or positions[:1]
    if not codes:
        raise labels.refused("claim_no_code", sentence=sentence)
    if not positions:
        raise labels.refused("claim_no_place", sentence=sentence, examples=_examples(cues, "position"))
    if len(positions) == 1 and (positions[0].name == "named" or n_quantifiers == len(codes)):
        positions = positions * len(codes)
    if len(codes) != len(positions):
        named = ", ".join(dict.fromkeys(mark.name for mark in codes))
        gaps = {"codes": len(codes), "named": named, "places": len(positions)}
        raise labels.refused("claim_unpaired", sentence=sentence, **gaps)
    said = [None if mark in labelled else sentence[mark.start : mark.end] for mark in codes]
    return [_Claimed(mark.name, at.name, words) for mark, at, words in zip(codes, positions, said, strict=True)]


def _quantifiers(
    marks: list[_Mention],
    denials: list[_Mention],
    claimed: list[_Claimed],
    place: str | None,
    cues: Codebook,
    sentence: str,
) -> list[str]:
    """Return the quantifier of each claim."""
    words = [mark.name for mark in marks]
    nobody = any(mark.name == "nobody" for mark in denials)
    if not words and nobody and all(claim.position == "named" for claim in claimed):
        words = ["none"]
    if not words and place:
        words = ["all"]
    if len(words) == 1:
        words = words * len(claimed)
    if len(words) != len(claimed):
        raise labels.refused("claim_how_many", sentence=sentence, examples=_examples(cues, "quantifier"))
    if denials and "none" not in words:
        raise labels.refused("claim_denied", sentence=sentence)
    return words


def _scope(scopes: list[_Mention], sentence: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {"place": None, "region": None}
    for kind in found:
        names = dict.fromkeys(mark.name.removeprefix(f"{kind}:") for mark in scopes if mark.name.startswith(f"{kind}:"))
        if len(names) > 1:
            raise labels.refused(f"claim_several_{kind}s", sentence=sentence, names=", ".join(names))
        found[kind] = next(iter(names), None)
    return found


def _labelled(sentence: str, codebook: Codebook, group: str) -> list[_Mention]:
    """Return the problems that are named by their labels."""
    entries = [entry for entry in codebook.entries if entry.group == group]
    by_label = [
        *_named(sentence, {entry.id: entry.label.pl for entry in entries}),
        *_named(sentence, {entry.id: entry.label.en for entry in entries}),
    ]
    return _longest(by_label)


def _codes(sentence: str, codebook: Codebook, group: str, by_label: list[_Mention], n_positions: int) -> list[_Mention]:
    """Return the problems named, by their labels; with patterns too where labels are fewer than places."""
    if by_label and len(by_label) >= n_positions:
        return by_label
    known = {entry.id for entry in codebook.entries if entry.group == group}
    by_pattern = [mark for mark in _found(sentence, codebook) if mark.name in known]
    return _longest([*by_label, *(mark for mark in by_pattern if not any(_overlap(mark, own) for own in by_label))])


def _named(sentence: str, names: dict[str, str]) -> list[_Mention]:
    """Return where names stand in any form, the longest where they overlap; a name with a capital keeps it."""
    if not names:
        return []
    entries = tuple(
        Code(id=name, group="names", label=Text(pl=label, en=label), patterns=tuple(_rules(label)))
        for name, label in names.items()
    )
    groups = {"names": Group(label=Text(pl="nazwy", en="names"), status="affirmed")}
    found = _found(sentence, Codebook(name="names", version="1", groups=groups, entries=entries))
    return [mark for mark in found if sentence[mark.start].isupper() or not names[mark.name][0].isupper()]


def _rules(label: str) -> list[Rule]:
    """Return the patterns of a name: its words in any form, and without a first or last word that says "problem"."""
    words = [label[token.start : token.end] for token in tokens(label)]
    shorter = words[1:] if words[0].lower() in _GENERIC else words[:-1] if words[-1].lower() in _GENERIC else []
    while shorter and len(shorter[0]) <= _LITTLE:
        shorter = shorter[1:]
    return [Rule(match=" ".join(map(_any_form, part))) for part in (words, shorter) if part]


def _any_form(word: str) -> str:
    bases = sorted(base for base in lemmas(word.lower()) if is_dictionary_form(base) and base.isalpha())
    return "|".join([*(bases if len(word) > _LITTLE else []), f"={word}"])


def _found(sentence: str, codebook: Codebook) -> list[_Mention]:
    """Return where the codes of a codebook stand, in order; of those that overlap within a group, the longest."""
    hits = rows(code(_one_turn(sentence), codebook))
    by_group: dict[str, list[_Mention]] = {}
    for hit in hits:
        by_group.setdefault(codebook[hit.code].group, []).append(_Mention(hit.start, hit.end, hit.code))
    return sorted(mark for marks in by_group.values() for mark in _longest(marks))


def _longest(marks: Iterable[_Mention]) -> list[_Mention]:
    kept: list[_Mention] = []
    for mark in sorted(set(marks), key=lambda mark: (mark.start - mark.end, mark.start)):
        if not any(_overlap(mark, other) for other in kept):
            kept.append(mark)
    return sorted(kept)


def _overlap(one: _Mention, other: _Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _one_turn(text: str) -> Corpus:
    import pandas as pd

    session = dict.fromkeys(SESSIONS.names) | {
        "session_id": "claim",
        "language": "pl",
        "source": "claim",
        "sha256": "",
        "invented": False,
        "anonymised": False,
    }
    turn = dict.fromkeys(TURNS.names) | {
        "session_id": "claim",
        "turn": 1,
        "speaker": "claim",
        "role": "participant",
        "text": text,
        "n_words": len(tokens(text)),
    }
    return Corpus(pd.DataFrame([session]), pd.DataFrame([], columns=SPEAKERS.names), pd.DataFrame([turn]))


def _examples(cues: Codebook, group: str) -> str:
    return ", ".join(entry.label.pl for entry in cues.entries if entry.group == group)
