"""Which words may stand in a report: quotations chosen by rule, none with a name in it unless a person cleared it."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pandas as pd

from focus_analysis.coding.matching import split_words
from focus_analysis.corpus import Corpus
from focus_analysis.language.acronyms import is_acronym
from focus_analysis.language.morphology import is_common_word, is_first_name, lemmas, name_marks
from focus_analysis.resources import resource
from focus_analysis.schemas import NO_CODE, place_names, rows

_SHORTEST, _LONGEST, _BEST = 8, 60, 25
_PER_GMINA = 2
_SEVERAL = 2
_TITLE = "pan"
_SHORTEST_SHOUTED = 5
_LEAST_SURE, _SURE = 0.5, (0.7, 0.9)
_BEGINS_WITH_NO = r"(?i)(?:no|a|ale|oj|eee?)?[\s,]*nie\b"
_UNITS = {"powiat", "gmina", "województwo"}
_OMITTED = "[…]"
_TURN = ["session_id", "turn"]
_BEST_FIRST = ["unasked", "doubtful", "single", "cut", "far", "session_id", "turn"]
COLUMNS = ["code", "session_id", "turn", "speaker", "institution", "voivodeship", "text"]
DECISIONS = ["session_id", "turn", "text", "use"]


def quotable(corpus: Corpus, codings: pd.DataFrame, decisions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return every passage that may be quoted for a code, the best of each code first.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codings : DataFrame, schema ``CODINGS``
        What participants affirm and deny; a turn that does both is not quoted as a denial.
    decisions : DataFrame, columns session_id, turn, text, use, optional
        What people decided of a turn: ``use`` True clears it, and its ``text`` is what is quoted; False rules it out.

    Returns
    -------
    DataFrame, shape (n_passages, 16)
        The columns of ``choose_quotations``, and status, place (gmina or session), gmina (its name), names: the
        words that may name somebody, joined by "; " and empty where there are none or a person cleared them.

    Notes
    -----
    Eligible is a participant's turn of 8 to 60 words, or the sentences of a longer one around the first hit, at most
    60 words, with "[…]" where words are left out; never where a model gave the code with a probability below .5.
    Best first: cleared by a person, least doubtful (a probability from .9, from .7, below; last what is affirmed and
    begins with "nie"), two hits or more, whole turns, those nearest to 25 words, then by session and turn.
    """
    turns = corpus.turns[["session_id", "turn", "speaker", "role", "text", "n_words"]]
    turns = turns[(turns["role"] == "participant") & (turns["n_words"] >= _SHORTEST)]
    hits = codings[codings["status"].isin(["affirmed", "denied"]) & (codings["code"] != NO_CODE)]
    hits = hits[~(hits["confidence"] < _LEAST_SURE)]
    hits = hits.groupby([*_TURN, "code", "status"], as_index=False).agg(
        size=("start", "size"), start=("start", "min"), confidence=("confidence", "max")
    )
    said = hits.sort_values("status").drop_duplicates([*_TURN, "code"]).merge(turns, on=_TURN)
    said = said.merge(corpus.speakers[["session_id", "speaker", "institution"]], on=["session_id", "speaker"])
    sessions = corpus.sessions[["session_id", "voivodeship", "teryt"]].assign(gmina=place_names(corpus.sessions))
    said = said.merge(sessions, on="session_id")
    said["place"] = said["teryt"].str[:6].fillna(said["session_id"])
    said["cut"] = said["n_words"] > _LONGEST
    said["text"] = [passage(row.text, int(row.start)) if row.cut else row.text for row in rows(said)]
    said["n_words"] = said["n_words"].where(~said["cut"], said["text"].map(_n_words))
    said = said[said["n_words"].between(_SHORTEST, _LONGEST)].copy()
    found = {text: "; ".join(names_in(text)) for text in said["text"].unique()}
    said["names"], said["unasked"] = said["text"].map(found), True
    denies = said["text"].astype("str").str.match(_BEGINS_WITH_NO) & (said["status"] == "affirmed")
    said["doubtful"] = sum((said["confidence"] < least).astype("int") for least in _SURE) + len(_SURE) * denies
    said = _decided(said, decisions)
    said["single"], said["far"] = said["size"] < _SEVERAL, (said["n_words"] - _BEST).abs()
    said = said.sort_values(["code", *_BEST_FIRST], kind="stable")
    return said[[*COLUMNS, "status", "place", "gmina", "names", *_BEST_FIRST[:5]]].reset_index(drop=True)


def _decided(said: pd.DataFrame, decisions: pd.DataFrame | None) -> pd.DataFrame:
    """Leave out what people ruled out, and take what they cleared, in their words."""
    if decisions is None or decisions.empty:
        return said
    known = decisions[DECISIONS].rename(columns={"text": "own"}).drop_duplicates(_TURN)
    said = said.merge(known, on=_TURN, how="left")
    cleared = said["use"].eq(True)
    said["text"] = said["own"].where(cleared & said["own"].fillna("").ne(""), said["text"])
    said["names"] = said["names"].mask(cleared, "")
    said["unasked"] = ~cleared
    return said[~said["use"].eq(False)].copy()


def choose_quotations(corpus: Corpus, codings: pd.DataFrame, per_code: int = 2) -> pd.DataFrame:
    """Choose quotations for every code.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codings : DataFrame, schema ``CODINGS``
        Only what participants affirm is quoted.
    per_code : int
        How many for a code.

    Returns
    -------
    DataFrame, shape (n_quotations, 7)
        code, session_id, turn, speaker, institution, voivodeship, text.

    Notes
    -----
    Out of ``quotable`` passages, those that name nobody. A region is not quoted twice before every region has been
    quoted once, a speaker once and a gmina twice at most for a code. No turn is quoted for two codes; the codes with
    the fewest passages choose first. The choice is the same in every run.
    """
    return best_quotations(quotable(corpus, codings), per_code)


def best_quotations(passages: pd.DataFrame, per_code: int = 2) -> pd.DataFrame:
    """Choose quotations for every code out of ``quotable`` passages; see ``choose_quotations``."""
    clear = _spread(passages[(passages["status"] == "affirmed") & (passages["names"] == "")])
    clear["turn_of_region"] = clear.groupby(["code", "voivodeship"], dropna=False).cumcount()
    clear = clear.sort_values(["code", "turn_of_region", *_BEST_FIRST], kind="stable")
    clear["few"] = clear.groupby("code")["code"].transform("size")
    chosen = _each_turn_once(clear.sort_values("few", kind="stable"), "code", per_code)
    return clear.loc[clear.index.isin(chosen.index), COLUMNS].reset_index(drop=True)


def _each_turn_once(passages: pd.DataFrame, of: str, most: int) -> pd.DataFrame:
    """Return for each value of a column its first passages, ``most`` of them, of turns that no other value took."""
    taken: set[tuple[str, int]] = set()
    counts: dict[object, int] = {}
    chosen = []
    for place, (value, *turn) in enumerate(zip(passages[of], passages["session_id"], passages["turn"], strict=True)):
        if counts.get(value, 0) < most and tuple(turn) not in taken:
            taken.add((turn[0], turn[1]))
            counts[value] = counts.get(value, 0) + 1
            chosen.append(place)
    return passages.iloc[chosen]


def gmina_quotations(passages: pd.DataFrame, leading: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Choose a quotation for each of the leading codes of each gmina: no turn quoted elsewhere, no person twice.

    Parameters
    ----------
    passages : DataFrame
        From ``quotable``.
    leading : DataFrame, columns place, code
        Codes to quote, the most salient first.
    taken : DataFrame
        Quotations used already. A quotation that stands under its institution must not stand under its gmina too: the
        two together would name a person.

    Returns
    -------
    DataFrame, shape (n_quotations, 9)
        The columns of ``choose_quotations``, place and gmina.
    """
    used = set(zip(taken["session_id"], taken["turn"], strict=True))
    clear = passages[(passages["status"] == "affirmed") & (passages["names"] == "")]
    free = [key not in used for key in zip(clear["session_id"], clear["turn"], strict=True)]
    wanted = leading.assign(order=range(len(leading))).merge(clear.loc[free], on=["place", "code"])
    wanted = wanted.sort_values(["order", *_BEST_FIRST], kind="stable")
    chosen, persons, codes = [], set(), set()
    for place, row in enumerate(rows(wanted)):
        person, code = (row.session_id, row.speaker), (row.place, row.code)
        if person not in persons and code not in codes:
            persons.add(person)
            codes.add(code)
            chosen.append(place)
    return wanted.iloc[chosen][[*COLUMNS, "place", "gmina"]].reset_index(drop=True)


def counter_quotations(passages: pd.DataFrame, doubts: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Choose a quotation that speaks against each claim that has counter-examples.

    Parameters
    ----------
    passages : DataFrame
        From ``quotable``.
    doubts : DataFrame, columns claim, place, code, status
        What would speak against which claim: the code affirmed or denied in that gmina, the strongest first.
    taken : DataFrame
        Quotations used already.

    Returns
    -------
    DataFrame, shape (n_claims at most, 9)
        claim, status and the columns of ``choose_quotations``.
    """
    used = set(zip(taken["session_id"], taken["turn"], strict=True))
    clear = passages[passages["names"] == ""]
    free = [key not in used for key in zip(clear["session_id"], clear["turn"], strict=True)]
    wanted = doubts.assign(order=range(len(doubts))).merge(clear.loc[free], on=["place", "code", "status"])
    wanted = _each_turn_once(wanted.sort_values(["order", *_BEST_FIRST], kind="stable"), "claim", 1)
    return wanted[["claim", "status", *COLUMNS]].reset_index(drop=True)


def flagged_quotations(passages: pd.DataFrame, per_code: int = 3) -> pd.DataFrame:
    """Return the passages that would be quoted if they did not seem to name somebody: with ``names``."""
    flagged = _spread(passages[(passages["status"] == "affirmed") & (passages["names"] != "")])
    return flagged.groupby("code", sort=False).head(per_code)[[*COLUMNS, "names"]].reset_index(drop=True)


def _spread(passages: pd.DataFrame) -> pd.DataFrame:
    """Keep one passage a speaker and two a gmina for each code."""
    once = passages.drop_duplicates(["code", "session_id", "speaker"])
    return once[once.groupby(["code", "place"]).cumcount() < _PER_GMINA].copy()


def passage(text: str, start: int) -> str:
    """Return the sentences of a long turn around the word at ``start``, at most 60 words, omissions marked.

    Returns
    -------
    str
        Empty where that sentence alone is longer.
    """
    spans = _sentences(text)
    here = max((place for place, (begin, _) in enumerate(spans) if begin <= start), default=0)
    first, last = here, here + 1
    if not spans or _n_words(text[slice(*spans[here])]) > _LONGEST:
        return ""
    growing = True
    while growing:
        growing = False
        for begin, end in ((first, last + 1), (first - 1, last)):
            fits = begin >= 0 and end <= len(spans) and _n_words(text[spans[begin][0] : spans[end - 1][1]]) <= _LONGEST
            if fits and (begin, end) != (first, last):
                first, last, growing = begin, end, True
                break
    shown = text[spans[first][0] : spans[last - 1][1]].strip()
    return " ".join([*([_OMITTED] if first else []), shown, *([_OMITTED] if last < len(spans) else [])])


def _sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence begins and ends; what stands between two belongs to the first."""
    words = split_words(text)
    opens = [
        token.start for n, token in enumerate(words.tokens) if not n or words.sentences[n] != words.sentences[n - 1]
    ]
    edges = [0, *opens[1:], len(text)] if opens else []
    return list(pairwise(edges))


def _n_words(text: str) -> int:
    return sum(word != _OMITTED for word in text.split())


def names_somebody(text: str) -> bool:
    """Return whether a word of the text may be a first name, a surname or the name of a place; in doubt it may.

    Examples
    --------
    >>> names_somebody("Pani Zofia mieszka sama."), names_somebody("Nikt tam nie zajrzy.")
    (True, False)
    """
    return bool(names_in(text))


def names_in(text: str) -> list[str]:
    """Return the words of a text that may be a first name, a surname or the name of a place.

    Examples
    --------
    >>> names_in("Pani Zofia mieszka sama w powiecie kieleckim.")
    ['Zofia', 'kieleckim']
    """
    words = split_words(text)
    found, previous, after_unit = [], -1, False
    for token, sentence in zip(words.tokens, words.sentences, strict=True):
        word = words.text[token.start : token.end]
        is_county = after_unit and bool(lemmas(word) & _counties())
        if is_county or (word[0].isupper() and may_be_name(word, opens=sentence != previous)):
            found.append(word)
        previous, after_unit = sentence, bool(lemmas(word.lower()) & _UNITS)
    return list(dict.fromkeys(found))


@cache
def _counties() -> frozenset[str]:
    """Return the names of counties and voivodeships, which are written small: kielecki, podkarpackie."""
    register = pd.read_csv(resource("gminas.csv"), dtype="str")
    names = {*register["powiat"], *register["voivodeship"]}
    return frozenset(base for name in names if name.islower() for base in lemmas(name))


def may_be_name(word: str, *, opens: bool) -> bool:
    """Weigh a capitalised word; one that opens a sentence is a name only if it is a first name, or nothing else.

    "Pan" is a title, though the dictionary also knows it as a name.
    """
    if _TITLE in lemmas(word.lower()):
        return False
    if is_acronym(word.partition("-")[0]):
        return len(word) >= _SHORTEST_SHOUTED and bool(name_marks(word.capitalize()) - {"ign"})
    return is_first_name(word) if opens and is_common_word(word) else bool(name_marks(word))
