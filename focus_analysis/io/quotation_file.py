"""The file in which people clear quotations, or rule them out: ``quotations.csv`` of the output folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.io.outputs import write_csv
from focus_analysis.io.sheets import numbered_sheets

if TYPE_CHECKING:
    import pandas as pd

FILE = "quotations.csv"
_COLUMNS = ["use", "session_id", "turn", "code", "names", "text"]
_YES, _NO = {"yes", "y", "tak", "t"}, {"no", "n", "nie"}


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
        A column is missing, ``use`` holds something else than yes (tak) or no (nie), or a row names no turn.
    """
    import pandas as pd

    path = folder / FILE
    if not path.is_file():
        return None
    (_, head), *lines = numbered_sheets(path)[FILE]
    missing = [name for name in _COLUMNS if name not in head]
    if missing:
        raise labels.refused("quotations_columns", file=path, missing=", ".join(missing))
    found = []
    for number, line in lines:
        row = dict.fromkeys(head, "") | dict(zip(head, line, strict=False))
        use, turn = row["use"].strip().lower(), row["turn"].strip()
        if use and use not in _YES | _NO:
            raise labels.refused("quotations_use", file=path, row=number, use=use)
        if use and not turn.isdecimal():
            raise labels.refused("quotations_turn", file=path, row=number, turn=turn)
        if use:
            found.append((row["session_id"].strip(), int(turn), row["text"].strip(), use in _YES, row))
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
