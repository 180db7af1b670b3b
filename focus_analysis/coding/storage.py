"""A learned coder in a folder: arrays in ``arrays.npz``, words in ``coder.json``; nothing that could run."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from focus_analysis.coding.combined import LearnedCoder
from focus_analysis.coding.decisions import Stance, Weighing, Weighings
from focus_analysis.coding.features import Features
from focus_analysis.coding.fitted import Fitted
from focus_analysis.coding.learned import Learned, Scores
from focus_analysis.coding.reasons import Reasons
from focus_analysis.coding.ridge import Linear
from focus_analysis.errors import ArgumentError

_ARRAYS, _WORDS = "arrays.npz", "coder.json"


def save_coder(coder: LearnedCoder, folder: str | Path) -> None:
    """Write a fitted coder; the folder then holds words of the text that it learnt from.

    Raises
    ------
    ArgumentError
        The coder has learnt nothing yet.
    """
    if not isinstance(coder, LearnedCoder):
        raise ArgumentError(f"save_coder: a LearnedCoder stands first, the folder second; not a {type(coder).__name__}")
    fitted = coder.fitted
    if fitted is None:
        raise ArgumentError("save_coder: it has learnt nothing yet; call fit first")
    learned, reasons = fitted.learned, fitted.reasons
    unseen = Scores(*(np.array(part) for part in zip(*learned.unseen.values(), strict=True)))
    arrays: dict[str, Any] = {
        "feature_weights": learned.features.weights,
        "weights": learned.model.weights,
        "bias": learned.model.bias,
        "given": reasons.given,
        **{f"rows_{name}": getattr(reasons.rows, name) for name in ("data", "indices", "indptr")},
        **{f"unseen_{name}": part for name, part in zip(Scores._fields, unseen, strict=True)},
        **{
            f"{kind}_{of}_{name}": part
            for kind, weighings in fitted.weighings.items()
            for of, weighing in weighings._asdict().items()
            for name, part in weighing._asdict().items()
        },
    }
    words = {
        "codes": learned.codes,
        "features": learned.features.names,
        "coders": list(fitted.weighings),
        "scarce": coder.scarce,
        "texts": reasons.texts,
        "unseen": list(learned.unseen),
        "questions": fitted.questions,
    }
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    (place / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    np.savez(place / _ARRAYS, **arrays)


def load_coder(folder: str | Path) -> LearnedCoder:
    """Read a coder that ``save_coder`` wrote.

    Raises
    ------
    ArgumentError
        The folder holds none, or a damaged one.
    """
    try:
        place = Path(folder)
        words = json.loads((place / _WORDS).read_text(encoding="utf-8"))
        with (place / _ARRAYS).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _coder(words, dict(arrays))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, EOFError, BadZipFile) as error:
        raise ArgumentError(f"load_coder: {folder} holds no coder ({error}); fit one and save it again") from None


def _coder(words: dict[str, Any], arrays: dict[str, np.ndarray]) -> LearnedCoder:
    from scipy.sparse import csr_array

    features = Features(words["features"], arrays["feature_weights"])
    parts = [arrays[f"unseen_{name}"] for name in Scores._fields]
    unseen = {text: Scores(*(part[row] for part in parts)) for row, text in enumerate(words["unseen"])}
    learned = Learned(tuple(words["codes"]), features, Linear(arrays["weights"], arrays["bias"]), unseen)
    cells = tuple(arrays[f"rows_{name}"] for name in ("data", "indices", "indptr"))
    reasons = Reasons(words["texts"], csr_array(cells, (len(words["texts"]), len(features.names))), arrays["given"])
    weighings = {
        kind: Weighings(
            Weighing(**_parts(arrays, kind, "affirmed", Weighing._fields)),
            Weighing(**_parts(arrays, kind, "mentioned", Weighing._fields)),
            Stance(**_parts(arrays, kind, "stance", Stance._fields)),
        )
        for kind in words["coders"]
    }
    coder = LearnedCoder()
    coder.fitted = Fitted(learned, reasons, weighings, tuple(words["questions"]))
    coder.scarce = words["scarce"]
    return coder


def _parts(arrays: dict[str, np.ndarray], kind: str, of: str, names: Iterable[str]) -> dict[str, np.ndarray]:
    """Return the arrays of one part of a kind of coder, by their names."""
    return {name: arrays[f"{kind}_{of}_{name}"] for name in names}
