"""The toolkit's own errors: each says the step, what was got, what is allowed and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class FocusAnalysisError(Exception):
    """Base of every error that the toolkit raises on purpose."""


class ReadError(FocusAnalysisError):
    """A file could not be read.

    Parameters
    ----------
    message : str
        What was wrong, in English.
    file, place, key : str
        The file's name, the place in it, and the key of the message in the catalogue.
    words : dict of str to str
        What the message's gaps are filled with, so that it can be said in another language.
    causes : tuple of ReadError
        The errors of several files, where this one gathers them.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str = "",
        place: str = "",
        key: str = "",
        words: dict[str, str] | None = None,
        causes: tuple[ReadError, ...] = (),
    ) -> None:
        super().__init__(message)
        self.file = file
        self.place = place
        self.key = key
        self.words = words or {}
        self.causes = causes


class SchemaError(FocusAnalysisError):
    """A table does not have the columns, types or values that its schema asks for."""


class Fault(NamedTuple):
    """What is wrong with a codebook, and where.

    Parameters
    ----------
    key : str
        Key of what is wrong among the visible words (``codebook.wrong``).
    gaps : mapping of str to object
        What its gaps are filled with.
    file : str
        The file's name.
    line, column : int, optional
        The place in it, counted from 1.
    code : str, optional
        The code.
    """

    key: str
    gaps: Mapping[str, object]
    file: str
    line: int | None = None
    column: int | None = None
    code: str | None = None


class CodebookError(FocusAnalysisError):
    """A codebook, or a pattern in it, cannot be understood.

    Parameters
    ----------
    message : str
        What is wrong, in English.
    faults : tuple of Fault
        The same, so that it can be said in another language.
    """

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class ArgumentError(FocusAnalysisError, ValueError):
    """A function was called with a value that it does not know.

    Parameters
    ----------
    message : str
        What is wrong, in English.
    key : str
        Key of the message among the visible words (``refused``), where it may reach the command line.
    gaps : mapping of str to object
        What its gaps are filled with, so that it can be said in another language.
    """

    def __init__(self, message: str, key: str = "", gaps: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.key = key
        self.gaps = gaps or {}
