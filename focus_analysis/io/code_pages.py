"""Pages that explain codes: what each means, five utterances that have it and three that only seem to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.io.coding_sheet import description
from focus_analysis.io.examples import Utterance, read_utterances
from focus_analysis.io.outputs import write_text
from focus_analysis.language.tokens import count_words

if TYPE_CHECKING:
    from focus_analysis.codebook import Code, Codebook

N_EXAMPLES, N_NEAR_MISSES = 5, 3
_LENGTH = 20
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def write_code_pages(
    codebook: Codebook, examples: str | Path, folder: str | Path, lang: str | None = None
) -> list[Path]:
    """Write a Markdown page a group of codes, with examples from a bank; the same bank gives the same pages.

    Parameters
    ----------
    codebook : Codebook
        The codes, with their definitions.
    examples : path
        The bank: a YAML file or a folder of them.
    folder : path
        Where the pages go, one a group: ``problems.md``.
    lang : {"pl", "en"}, optional
        Language of the headings; else that of the locale.

    Returns
    -------
    list of Path
        The pages.

    Raises
    ------
    CodebookError
        The bank cannot be read.
    """
    language = labels.check_language(lang or labels.default_language())
    bank = list(read_utterances(examples))
    place = Path(folder)
    written = []
    for group in codebook.groups:
        written.append(place / f"{group}.md")
        write_text("\n".join(_page(codebook, group, bank, language)) + "\n", written[-1])
    return written


def _page(codebook: Codebook, group: str, bank: Sequence[Utterance], lang: str) -> Iterator[str]:
    name = codebook.groups[group].label
    yield f"# {name.pl if lang == 'pl' else name.en}"
    yield ""
    yield labels.words("pages.invented", lang)
    gathering = {code.parent for code in codebook.entries}
    for code in codebook.entries:
        if code.group == group:
            yield from _section(code, bank, gathering, lang)


def _section(code: Code, bank: Sequence[Utterance], gathering: set[str | None], lang: str) -> Iterator[str]:
    def say(key: str) -> str:
        return labels.words(f"pages.{key}", lang)

    yield from ("", f"## {code.label.pl if lang == 'pl' else code.label.en} (`{code.id}`)")
    for key, text in zip(("definition", "include", "exclude"), description(code, lang), strict=True):
        if text:
            yield from ("", f"**{say(key)}** {_plain(text)}")
    if code.id in gathering:
        return
    has = [one for one in bank if one.codes.get(code.id) == "affirmed"]
    seems = [one for one in bank if code.id in one.seeming]
    for key, found, most in (("examples", has, N_EXAMPLES), ("near_misses", seems, N_NEAR_MISSES)):
        chosen = chosen_from(found, most)
        yield from ("", f"**{say(key)}**", "")
        yield from (f"- „{_plain(one.said)}” {_codes(one, code.id, lang)}".rstrip() for one in chosen)
        if not chosen:
            yield say("none")


def chosen_from(utterances: Iterable[Utterance], most: int) -> list[Utterance]:
    """Return the plainest utterances: few codes, of middle length, each of another hand as long as there are any."""
    order = sorted(utterances, key=lambda one: (len(one.codes), abs(count_words(one.said) - _LENGTH), one.said))
    hands: dict[str, int] = {}
    turns = []
    for one in order:
        hands[one.hand] = hands.get(one.hand, 0) + 1
        turns.append(hands[one.hand])
    return [one for _, one in sorted(zip(turns, order, strict=True), key=lambda pair: pair[0])][:most]


def _codes(one: Utterance, besides: str, lang: str) -> str:
    """Return the other codes of an utterance, with their statuses where they are not affirmed."""
    named = [
        f"`{code}`" + ("" if status == "affirmed" else f" ({labels.words(f'status.{status}', lang)})")
        for code, status in one.codes.items()
        if code != besides
    ]
    return f"→ {', '.join(named)}" if named else ""


def _plain(text: str) -> str:
    """Return text as Markdown shows it, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
