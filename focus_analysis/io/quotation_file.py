"""The file in which people clear quotations, or rule them out: ``quotations.csv`` of the output folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.io.outputs import write_csv
from focus_analysis.io.sheets import read_rows

if TYPE_CHECKING:
    import pandas as pd

FILE = "quotations.csv"
_COLUMNS = ["use", "session_id", "turn", "code", "names", "text"]
_YES, _NO = {"yes", "y", "tak", "t", "x", "1", "true", "prawda"}, {"no", "n", "nie", "0", "false", "fałsz"}


def read_decisions(folder: Path) -> pd.DataFrame | None:
    """Return what people decided of quotations, None where there is no file.

    Returns
    -------
    DataFrame or None
        session_id, turn, text, use (True clears a quotation in the words of ``text``; False rules it out). Rows whose
        ``use`` is empty are left out.

    Raises
    ------
    ArgumentError
        A column is missing, or ``use`` holds something else than yes (tak) or no (nie).
    """
    import pandas as pd

    path = folder / FILE
    if not path.is_file():
        return None
    head, *lines = read_rows(path)[0]
    missing = [name for name in _COLUMNS if name not in head]
    if missing:
        raise labels.refused("quotations_columns", file=path, missing=", ".join(missing))
    found = []
    for line in lines:
        row = dict(zip(head, line, strict=False))
        use = row.get("use", "").strip().lower()
        if use and use not in _YES | _NO:
            raise labels.refused("quotations_use", file=path, use=use)
        if use:
            found.append((row["session_id"], int(row["turn"]), row.get("text", "").strip(), use in _YES, row))
    table = pd.DataFrame([row[:4] for row in found], columns=["session_id", "turn", "text", "use"])
    table["row"] = pd.Series([row[4] for row in found], dtype=object)
    return table


def write_quotations(quotations: pd.DataFrame, decisions: pd.DataFrame | None, folder: Path) -> None:
    """Write the quotations of a report, and those that were kept out for a name, for people to decide on.

    Parameters
    ----------
    quotations : DataFrame
        session_id, turn, code, names, text.
    decisions : DataFrame, optional
        From ``read_decisions``: these rows stay as they are, at the head of the file.
    folder : Path
        The output folder.
    """
    import pandas as pd

    kept = [] if decisions is None else list(decisions["row"])
    known = {(row["session_id"], str(row["turn"])) for row in kept}
    new = quotations.assign(use="")[_COLUMNS].drop_duplicates(["session_id", "turn"])
    fresh = [key not in known for key in zip(new["session_id"], new["turn"].astype(str), strict=True)]
    write_csv(pd.concat([pd.DataFrame(kept, columns=_COLUMNS), new[fresh]], ignore_index=True), folder / FILE)
