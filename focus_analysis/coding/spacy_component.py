"""The rule coder as a component of anybody's spaCy pipeline: ``nlp.add_pipe("focus_codebook")``."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import ValidationError
from spacy.language import Language
from spacy.util import registry

from focus_analysis.codebook import Codebook
from focus_analysis.coding.clauses import WEIGHTS
from focus_analysis.coding.rules import RuleCoder, evidence_of
from focus_analysis.coding.spacy_docs import Mark, declare_attributes, set_marks
from focus_analysis.errors import CodebookError
from focus_analysis.language.stream import read_stream
from focus_analysis.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

READER = "focus_codebook.v1"
_FILE = "codebook.json"


class FocusCodebook:
    """Component that codes a Doc by the patterns of a codebook, into ``doc.spans["codes"]``.

    A Doc whose ``doc._.role`` is "moderator" is coded as a moderator's turn. The text is read as it stands: in what
    condition a transcript is does not show in one Doc, so that nothing is mended.

    Parameters
    ----------
    name : str
        Name of the component in its pipeline.
    source : str, optional
        Path of a codebook in YAML, or a codebook in JSON as ``to_bytes`` gives it; the packaged codebook where not
        said. It is read when it is first needed, so that a saved pipeline loads where the path does not exist.

    Raises
    ------
    CodebookError
        On first use: there is no such codebook, or it cannot be understood.
    """

    def __init__(self, name: str = "focus_codebook", source: str | None = None) -> None:
        self.name = name
        self._source = source or str(resource("codebooks/social_problems.yaml"))
        declare_attributes()

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook."""
        if self._source.lstrip().startswith("{"):
            return _from_json(self._source)
        codebook: Codebook = registry.get("readers", READER)(self._source)
        return codebook

    @cached_property
    def _coder(self) -> RuleCoder:
        return RuleCoder(self.codebook)

    def __call__(self, doc: Doc) -> Doc:
        """Code a Doc."""
        return self._coded([doc])[0]

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1_000) -> Iterator[Doc]:
        """Code Docs, many at once."""
        left = iter(stream)
        while docs := list(islice(left, batch_size)):
            yield from self._coded(docs)

    def _coded(self, docs: list[Doc]) -> list[Doc]:
        texts = [doc.text for doc in docs]
        hits = self._coder.hits(read_stream(texts), np.array([doc._.role == "moderator" for doc in docs]))
        marks: list[list[Mark]] = [[] for _ in docs]
        columns = (hits.texts, hits.patterns, hits.starts, hits.ends, hits.statuses)
        evidence = evidence_of(hits, self._coder, texts)
        for text, pattern, start, end, status, reason in zip(*map(np.ndarray.tolist, columns), evidence, strict=True):
            marks[text].append(Mark(self._coder.codes[pattern], start, end, WEIGHTS[status], reason))
        for doc, found in zip(docs, marks, strict=True):
            set_marks(doc, found)
        return docs

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the codebook, as JSON in UTF-8."""
        return self.codebook.model_dump_json().encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> FocusCodebook:
        """Take the codebook that ``to_bytes`` gave."""
        for name in ("codebook", "_coder"):
            self.__dict__.pop(name, None)
        self._source = data.decode()
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the codebook into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> FocusCodebook:
        """Take the codebook from the folder that ``to_disk`` wrote."""
        return self.from_bytes((Path(path) / _FILE).read_bytes())


def _from_json(source: str) -> Codebook:
    try:
        return Codebook.model_validate_json(source)
    except ValidationError as error:
        problem = error.errors()[0]
        raise CodebookError(
            f"focus_codebook: the codebook is given as JSON and cannot be understood: {problem['msg']}; "
            "give the path of a codebook in YAML, or what codebook.model_dump_json() returns"
        ) from None


@Language.factory("focus_codebook", default_config={"codebook": None}, assigns=["doc.spans"])
def make_focus_codebook(nlp: Language, name: str, codebook: str | None) -> FocusCodebook:
    """Return the component; ``codebook`` is the path of a codebook in YAML, or a codebook in JSON."""
    return FocusCodebook(name, codebook)
