"""Every visible word in Polish and English; numbers, dates, plural forms and the language a person reads.

The words stand in ``resources/words.toml``, the messages about files in ``resources/messages.toml``.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis.errors import ArgumentError, CodebookError, Fault, FocusAnalysisError, ReadError
from focus_analysis.resources import toml
from focus_analysis.schemas import FINDINGS, Finding, check

if TYPE_CHECKING:
    import pandas as pd

LANGUAGES = ("pl", "en")
_ADJECTIVE = "kie"
_PERSONAL = {"label", "labels", "person", "line", "text", "institution"}  # gaps of messages that may name somebody
_ALPHABET = {ord(char): 0x1000 + place for place, char in enumerate("aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż")}


class Message(NamedTuple):
    """What was found, why it matters and how to mend it, in one language."""

    what: str
    why: str
    how: str


class CodeNames(dict[str, str]):
    """Names of codes; a code that the codebook does not have goes by its id.

    Examples
    --------
    >>> CodeNames(police="policja")["gops"]
    'gops'
    """

    def __missing__(self, code: str) -> str:
        return code


def check_language(lang: str) -> str:
    """Return ``lang`` if it is known.

    Raises
    ------
    ArgumentError
        It is neither ``"pl"`` nor ``"en"``.
    """
    if lang not in LANGUAGES:
        raise ArgumentError(f"lang must be one of {', '.join(LANGUAGES)}; not {lang!r}")
    return lang


def default_language() -> str:
    """Return the language of the machine's locale: ``"pl"``, or ``"en"`` for every other."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        if os.environ.get(variable):
            return "pl" if os.environ[variable].lower().startswith("pl") else "en"
    name = (locale.getlocale()[0] or "").lower()
    return "pl" if name.startswith(("pl", "polish")) else "en"


def words(key: str, lang: str, **gaps: object) -> str:
    """Return the visible words for ``key`` with their gaps filled.

    Examples
    --------
    >>> words("term.gmina", "pl")
    'gmina'
    """
    entry: Any = toml("words.toml")
    for part in key.split("."):
        entry = entry[part]
    text: str = entry[check_language(lang)]
    return text.format(**gaps) if gaps else text


def faults(found: Iterable[Fault], lang: str) -> str:
    """Return what is wrong with a codebook, a line each, with the places.

    Examples
    --------
    >>> faults([Fault("empty", {}, "book.yaml", line=12, code="poverty")], "en")
    "book.yaml, line 12, code 'poverty': a pattern is empty; write a word, or delete the line"
    """
    return "\n".join(_fault(fault, lang) for fault in found)


def _fault(fault: Fault, lang: str) -> str:
    places = ((place, getattr(fault, place)) for place in ("line", "column", "code"))
    where = [words(f"codebook.place.{place}", lang, at=at) for place, at in places if at is not None]
    return f"{', '.join([fault.file, *where])}: {words(f'codebook.wrong.{fault.key}', lang, **fault.gaps)}"


def reason(error: FocusAnalysisError, lang: str) -> str:
    """Return what went wrong, in a language where the message is of the catalogue; several reasons a line each."""
    if isinstance(error, CodebookError) and error.faults:
        return _listed(faults(error.faults, lang).splitlines())
    if isinstance(error, ArgumentError) and error.key:
        return words(f"refused.{error.key}", lang, **error.gaps)
    if not isinstance(error, ReadError):
        return str(error)
    if error.causes:
        return "\n".join(["", *(f"  {reason(cause, lang)}" for cause in error.causes)])
    said = message(Finding(error.key, "error", words=tuple(error.words.items())), lang)
    place = f", {error.place}" if error.place else ""
    return f"{error.file}{place}: {said.what}. {said.why} {said.how}"


def _listed(told: list[str]) -> str:
    return told[0] if len(told) == 1 else "\n".join(["", *(f"  {line}" for line in told)])


def refused(key: str, **gaps: object) -> ArgumentError:
    """Return the error for what was given, with its words in every language."""
    return ArgumentError(words(f"refused.{key}", "en", **gaps), key, gaps)


def evidence(written: str, lang: str) -> str:
    """Return the evidence of a coding as its reader's language says it.

    Examples
    --------
    >>> evidence("praca → pracy | cue: nie ma", "pl")
    'praca → pracy | wskazówka: nie ma'
    """
    for said in toml("words.toml")["evidence"].values():
        written = written.replace(said["en"], said[check_language(lang)])
    return written


def plural(key: str, n: int, lang: str) -> str:
    """Return ``n`` and the form of the noun that goes with it.

    Examples
    --------
    >>> [plural("gmina", n, "pl") for n in (1, 2, 5, 22)]
    ['1 gmina', '2 gminy', '5 gmin', '22 gminy']
    >>> plural("gmina", 2, "en")
    '2 gminas'
    """
    forms: list[str] = toml("words.toml")["plural"][key][check_language(lang)]
    return f"{number(n, lang)} {forms[_plural_form(n, lang)]}"


def _plural_form(n: int, lang: str) -> int:
    if n == 1:
        return 0
    if lang == "en":
        return 1
    few = 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14
    return 1 if few else 2


def number(value: float, lang: str, digits: int = 0) -> str:
    r"""Return a number as the language writes it.

    Examples
    --------
    >>> number(1234.5, "pl", 1), number(1234.5, "en", 1)
    ('1234,5', '1,234.5')
    >>> number(36120, "pl")
    '36\xa0120'
    """
    text = f"{value:,.{digits}f}"
    if lang == "en":
        return text
    thousands = "\N{NO-BREAK SPACE}" if abs(value) >= 10_000 else ""
    return text.replace(",", thousands).replace(".", ",")


def count_of(part: int, whole: int, lang: str) -> str:
    r"""Return a small share as a count.

    Examples
    --------
    >>> count_of(6, 8, "pl"), count_of(6, 8, "en")
    ('6\xa0z\xa08', '6 of 8')
    >>> count_of(6, 120, "pl"), count_of(216, 1411, "en")
    ('6\xa0ze\xa0120', '216 of 1,411')
    """
    hundred = str(whole)[0] == "1" and len(str(whole)) % 3 == 0
    shown = {"part": number(part, lang), "whole": number(whole, lang)}
    return words("phrase.count_of_hundred" if hundred else "phrase.count_of", lang, **shown)


def percent(share: float | None, lang: str) -> str:
    """Return a share in percent, or a dash where there is none.

    Examples
    --------
    >>> percent(0.152, "pl"), percent(None, "en")
    ('15%', '–')
    """
    return "–" if share is None else f"{number(100 * share, lang)}%"


def share_interval(share: float, low: float, high: float, lang: str) -> str:
    """Return a share with its interval, in percent.

    Examples
    --------
    >>> share_interval(0.152, 0.117, 0.23, "pl")
    '15% (12–23%)'
    """
    middle, first, last = (number(100 * value, lang) for value in (share, low, high))
    return f"{middle}% ({first}–{last}%)"


def listed(names: Iterable[str], lang: str) -> str:
    """Return names as a list in words.

    Examples
    --------
    >>> listed(["Oksa"], "pl"), listed(["Oksa", "Mirzec", "Bogoria"], "pl")
    ('Oksa', 'Oksa, Mirzec i Bogoria')
    >>> listed(["ubóstwo", "sąd i kuratorzy"], "pl")
    'ubóstwo oraz sąd i kuratorzy'
    """
    *others, last = names
    if not others:
        return last
    joint = words("phrase.and", lang, first="", last="")
    link = "and_apart" if any(joint in name for name in (others[-1], last)) else "and"
    return words(f"phrase.{link}", lang, first=", ".join(others), last=last)


def region(name: str, case: str, lang: str) -> str:
    """Return a voivodeship as it stands in a sentence; a region of another kind by its name in quotation marks.

    Parameters
    ----------
    name : str
        Such as "świętokrzyskie".
    case : {"nominative", "genitive", "locative"}
        Case of the phrase.
    lang : {"pl", "en"}
        Language.

    Examples
    --------
    >>> region("świętokrzyskie", "genitive", "pl"), region("Północ", "locative", "pl")
    ('województwa świętokrzyskiego', 'regionie „Północ”')
    """
    if not name.endswith(_ADJECTIVE):
        return words(f"region.{case}_other", lang, name=name)
    inflected = name.removesuffix(_ADJECTIVE) + words(f"region.{case}_ending", lang)
    return words(f"region.{case}_adjective", lang, name=inflected)


def date(iso: str, lang: str) -> str:
    r"""Return an ISO date, a month or a year as the language writes it.

    Examples
    --------
    >>> date("2018-09-12", "pl"), date("2018-06", "en"), date("2018", "pl")
    ('12\xa0września 2018', 'June 2018', '2018')
    """
    parts = iso.split("-")
    months = toml("words.toml")["months"]
    if len(parts) == 1:
        return iso
    month = int(parts[1]) - 1
    if len(parts) == 2:
        return f"{months['nominative'][lang][month]} {parts[0]}"
    return f"{int(parts[2])}\N{NO-BREAK SPACE}{months['genitive'][lang][month]} {parts[0]}"


def message(finding: Finding, lang: str) -> Message:
    """Return what a finding says in one language."""
    entry = toml("messages.toml")[finding.key]
    gaps = dict(finding.words)
    what, why, how = (entry[part][check_language(lang)].format(**gaps) for part in ("what", "why", "how"))
    return Message(what, why, how)


def unnamed(finding: Finding) -> Finding:
    """Return a finding as it may leave the team: without labels of speakers and without what they said.

    Examples
    --------
    >>> message(unnamed(Finding("not_in_roster", "warning", "oksa.txt", "Jan K.", (("label", "Jan K."),))), "en").what
    '… speaks but is not in the roster'
    """
    words = tuple((gap, "…" if gap in _PERSONAL else said) for gap, said in finding.words)
    return replace(finding, place=finding.place if finding.place.isdecimal() else "", words=words)


def findings_table(findings: Iterable[Finding], lang: str) -> pd.DataFrame:
    """Return findings as a table of the schema ``FINDINGS``, in one language: one row a finding."""
    import pandas as pd

    rows = [(note.file, note.place, note.severity, *message(note, lang)) for note in findings]
    return check(pd.DataFrame(rows, columns=FINDINGS.names), FINDINGS)


def sort_key(text: str) -> str:
    """Return the key that puts names in the order of the Polish alphabet.

    Examples
    --------
    >>> sorted(["Mirzec", "Łoniów", "Oksa", "Lubin"], key=sort_key)
    ['Lubin', 'Łoniów', 'Mirzec', 'Oksa']
    """
    return text.lower().translate(_ALPHABET)
