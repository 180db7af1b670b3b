"""A file written and read at once, for the tests of the readers."""

from collections.abc import Callable

import pytest

from focus_analysis.io.draft import Draft
from focus_analysis.io.readers import read_draft


@pytest.fixture(scope="session")
def read(tmp_path_factory) -> Callable[..., Draft]:
    """``read(content, name="wywiad.txt", known=(), encoding="utf-8")``: the draft of a file with that content."""
    folder = tmp_path_factory.mktemp("transcripts")

    def write_and_read(
        content: str | bytes, name: str = "wywiad.txt", known: tuple[str, ...] = (), encoding: str = "utf-8"
    ) -> Draft:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read_draft(path, known)

    return write_and_read
