"""spaCy pipelines for Polish: a blank one, or an installed model where the user asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.errors import ArgumentError

if TYPE_CHECKING:
    from spacy.language import Language


def polish_pipeline(model: str | None = None) -> Language:
    """Return a spaCy pipeline.

    Parameters
    ----------
    model : str, optional
        Name of an installed model ("pl_core_news_sm") or path of a saved pipeline; without it, a blank Polish pipeline,
        which parts a text into tokens and knows no lemmas or entities.

    Raises
    ------
    ArgumentError
        No such model is installed.
    """
    import spacy

    if model is None:
        return spacy.blank("pl")
    try:
        return spacy.load(model)
    except OSError:
        raise ArgumentError(
            f"spaCy model {model!r} is not installed; run: python -m spacy download pl_core_news_sm, "
            "give the path of a saved pipeline, or leave the model out"
        ) from None
