"""Files of a topic guide: the guide itself in YAML, and tables that correct by hand where its questions open."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.io.draft import normalise, refuse
from focus_analysis.io.sheets import columns_of, read_rows
from focus_analysis.resources import toml

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook

_TABLES = (".csv", ".tsv", ".xlsx")


def read_guide(files: Iterable[str | Path], default: Path) -> tuple[Codebook, pd.DataFrame | None]:
    """Read a topic guide and its corrections.

    Parameters
    ----------
    files : iterable of path
        A guide, written as a codebook in YAML, tables (csv or xlsx: session_id, turn, question), or both.
    default : Path
        The guide where none is among the files.

    Returns
    -------
    Codebook, DataFrame or None
        The guide, and the corrections as ``with_questions`` takes them.

    Raises
    ------
    CodebookError
        The guide cannot be understood.
    ReadError
        A table does not exist or lacks a column.
    ArgumentError
        There are several guides.
    """
    import pandas as pd

    paths = [Path(file) for file in files]
    tables = [_corrections(path) for path in paths if path.suffix.lower() in _TABLES]
    guides = [path for path in paths if path.suffix.lower() not in _TABLES]
    if len(guides) > 1:
        raise labels.refused("guides_twice", files=", ".join(path.name for path in guides))
    return read_codebook(guides[0] if guides else default), pd.concat(tables) if tables else None


def _corrections(path: Path) -> pd.DataFrame:
    import pandas as pd

    if not path.is_file():
        refuse("no_such_path", str(path))
    rows, _ = read_rows(path)
    names = list(toml("columns.toml")["questions"])
    places = columns_of(rows[0], "questions") if rows else {}
    missing = [name for name in names if name not in places]
    if missing:
        refuse("table_lacks_column", path.name, "1", needed=" / ".join(missing), allowed=", ".join(names))
    return pd.DataFrame(
        [[normalise(row[places[name]]) if places[name] < len(row) else "" for name in names] for row in rows[1:]],
        columns=names,
    )
