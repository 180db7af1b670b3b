"""Which coder codes: the rules of a codebook, what was learnt from examples, or both weighed against each other."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from focus_analysis import labels, user_cache
from focus_analysis.codebook import check_codebook
from focus_analysis.coding import rules
from focus_analysis.corpus import check_corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.resources import resource
from focus_analysis.schemas import Finding

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.coding.combined import LearnedCoder
    from focus_analysis.corpus import Corpus
    from focus_analysis.io.examples import Examples

_SHOWN = 10
CODERS = ("combined", "rules", "learned")
Coder = Literal["combined", "rules", "learned"]
_SHAPING = (
    "codebooks/social_problems.yaml", "codebooks/topic_guide.yaml", "columns.toml", "cues.csv", "fields.toml",
    "header.toml", "institutions.toml", "numbers.toml", "pauses.csv", "speakers.toml", "spellings.txt",
)  # fmt: skip
_PACKAGES = ("focus-analysis", "scikit-learn", "numpy", "scipy", "morfeusz2")
_CODE = (
    "coding/*.py", "io/*.py", "language/*.py", "codebook.py", "coders.py", "corpus.py", "guide.py", "patterns.py",
    "schemas.py",
)  # fmt: skip
# A corpus never changes, so that its questions are looked for once, however often it is coded.
_ASKED: WeakKeyDictionary[Corpus, Corpus] = WeakKeyDictionary()


def code(corpus: Corpus, codebook: Codebook, coder: Coder = "combined", lang: str | None = None) -> pd.DataFrame:
    """Code every turn.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codebook : Codebook
        Codes and patterns.
    coder : {"combined", "rules", "learned"}
        "rules": the patterns of the codebook. "learned": what was learnt from the invented examples and the
        reference-coded transcripts that come with the package. "combined": both, weighed a code at a time. Codes of
        the codebook without examples are coded by rules alone; a warning names them and says what examples bring.
    lang : {"pl", "en"}, optional
        Language of the warning; else that of the locale.

    Returns
    -------
    DataFrame, schema ``CODINGS``
        One row a hit; evidence tells what rule and model said, confidence how sure the weighing is.

    Raises
    ------
    ArgumentError
        There is no such coder, or something else stands for the corpus or the codebook.
    """
    check_corpus("code", corpus)
    check_codebook("code", codebook)
    if coder not in CODERS:
        raise ArgumentError(f"code: no coder {coder!r}; there are: {', '.join(CODERS)}")
    if coder == "rules":
        return rules.code(corpus, codebook)
    codes, missing = learnable(codebook), without_examples(codebook)
    if missing:
        warnings.warn(what_examples_bring(missing, lang), stacklevel=2)
    return default_coder().code(asked(corpus), codebook, coder, codes) if codes else rules.code(corpus, codebook)


def asked(corpus: Corpus) -> Corpus:
    """Return the corpus with the questions of its turns, by the packaged topic guide where none are known."""
    from focus_analysis.guide import with_questions
    from focus_analysis.io.codebooks import read_codebook

    if corpus.turns["question"].notna().any():
        return corpus
    if corpus not in _ASKED:
        _ASKED[corpus] = with_questions(corpus, read_codebook(resource("codebooks/topic_guide.yaml")))
    return _ASKED[corpus]


def learnable(codebook: Codebook) -> list[str]:
    """Return the codes of a codebook that the default coder has learnt; the others are coded by rules alone.

    They have the id and the definition of a code of the packaged codebook: a code of the same name that means
    something else is another code.
    """
    learnt = {entry.id: entry.definition for entry in _packaged().entries}
    return [entry.id for entry in codebook.entries if entry.id in learnt and entry.definition == learnt[entry.id]]


def without_examples(codebook: Codebook) -> list[str]:
    """Return the codes that the default coder has no examples of, but those that only gather others."""
    learnt = {*learnable(codebook), *(entry.parent for entry in codebook.entries)}
    return [entry.id for entry in codebook.entries if entry.id not in learnt]


def what_examples_bring(codes: Sequence[str], lang: str | None = None) -> str:
    """Say that codes have no examples, and what the first ones brought to the codes of the example bank.

    Parameters
    ----------
    codes : sequence of str
        Codes without examples.
    lang : {"pl", "en"}, optional
        Language; else that of the locale.
    """
    language = labels.check_language(lang or labels.default_language())
    said = labels.message(no_examples(codes, "", language), language)
    return f"{said.what[0].upper()}{said.what[1:]}. {said.why} {said.how}"


def no_examples(codes: Sequence[str], file: str, lang: str) -> Finding:
    """Return the finding that codes of a codebook have no examples, in one language."""
    import pandas as pd

    from focus_analysis.coding.learned import FEWEST_EXAMPLES

    curve = pd.read_csv(resource("bank_curve.csv"), comment="#")
    alone = curve[(curve["coder"] == "learned") & (curve["scope"] == "micro") & curve["group"].isna()]
    f1 = alone.set_index("size")["f1"]
    first, most = (labels.number(f1[n], lang, 2) for n in (FEWEST_EXAMPLES, f1.index.max()))
    shown = _shown(codes, lang)
    gaps = {"codes": shown, "n": f"{FEWEST_EXAMPLES}", "first": first, "size": f"{f1.index.max()}", "most": most}
    return Finding("codes_without_examples", "note", file, words=tuple(gaps.items()))


def noticed_in(codebook: Codebook, file: str, lang: str) -> list[Finding]:
    """Return what a researcher should know of a codebook of their own, in one language."""
    packaged = {rule for entry in _packaged().entries for rule in entry.patterns}
    own = (rule for entry in codebook.entries for rule in entry.patterns if rule not in packaged)
    rows = [side for rule in own for side in rule.choices_in_a_row]
    missing, formless = without_examples(codebook), rules.words_without_forms(rules.RuleCoder(codebook))
    shown = _shown([f"{_told(word)} ({code})" for word, code in formless.items()], lang)
    return [
        *([no_examples(missing, file, lang)] if missing else []),
        *([Finding("no_base_forms", "warning", file, words=(("words", shown),))] if formless else []),
        *([Finding("choices_in_a_row", "warning", file, words=(("sides", _shown(rows, lang)),))] if rows else []),
    ]


def _told(word: str) -> str:
    """Return a word, with the letters that only look like those of the Latin alphabet named."""
    import unicodedata

    names = [unicodedata.name(letter, "") for letter in word if letter.isalpha()]
    strange = [name for name in names if not name.startswith("LATIN")]
    return f"{word}: {', '.join(strange)}" if strange else word


def _shown(names: Sequence[str], lang: str) -> str:
    """Return the first few names, and how many more there are."""
    rest = labels.words("learning.more_codes", lang, n=len(names) - _SHOWN) if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + rest


def default_examples() -> Examples:
    """Return the invented utterances that come with the package, as a corpus and its codings."""
    from focus_analysis.io.examples import read_examples

    return read_examples(resource("codebooks/examples"))


def default_transcripts() -> Examples:
    """Return the coded invented transcripts that come with the package, as a corpus and its codings.

    The default coder learns from them and is weighed by them: by those of ``transcripts/``, and by those of
    ``codebooks/calibration/``, from which no pattern was made, so that none fits them by design.
    """
    import pandas as pd

    from focus_analysis.io.corpora import read_corpus
    from focus_analysis.io.examples import Examples, read_reference

    files, tables = _transcripts()
    return Examples(asked(read_corpus(files)), pd.concat(map(read_reference, tables), ignore_index=True))


@cache
def default_coder() -> LearnedCoder:
    """Return the coder that has learnt from what comes with the package.

    It is trained once, in less than a minute, and then kept in the user's cache folder.
    """
    from focus_analysis.coding.storage import load_coder, save_coder

    place = _kept()
    try:
        return load_coder(place)
    except ArgumentError:
        coder = _trained()
    try:
        user_cache.keep(place, partial(save_coder, coder))
    except OSError as error:
        warnings.warn(f"the trained coder could not be kept ({error}); the next run trains it again", stacklevel=2)
    return coder


def is_trained() -> bool:
    """Return whether the default coder has been trained on this machine."""
    return _kept().is_dir()


@cache
def _kept() -> Path:
    """Return where the default coder is kept, by everything that it comes from."""
    makers = sorted(file for pattern in _CODE for file in Path(__file__).parent.glob(pattern))
    examples = sorted(resource("codebooks/examples").glob("*.yaml"))
    files, tables = _transcripts()
    data = (*examples, *files, *tables, *map(resource, _SHAPING))
    return user_cache.entry("coder", _PACKAGES, (*makers, *data))


def _trained() -> LearnedCoder:
    from focus_analysis.coding.combined import LearnedCoder

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rare institutions have few examples; their patterns suffice
        return LearnedCoder(default_examples()).fit(*default_transcripts(), _packaged())


@cache
def _packaged() -> Codebook:
    from focus_analysis.io.codebooks import read_codebook

    return read_codebook(resource("codebooks/social_problems.yaml"))


def _transcripts() -> tuple[list[Path], list[Path]]:
    """Return the transcripts that have reference codes, and the tables of these; a user's own may lie beside them."""
    from focus_analysis.io.examples import read_reference

    files: list[Path] = []
    tables = [resource("codebooks/reference/first.csv"), resource("codebooks/calibration/codes.csv")]
    for folder, table in zip((resource("transcripts"), tables[1].parent), tables, strict=True):
        coded = set(read_reference(table)["session_id"])
        files += sorted(file for file in folder.iterdir() if file.stem in coded)
    return files, tables
