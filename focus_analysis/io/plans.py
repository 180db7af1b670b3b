"""Plans of validation samples as csv files: written once, read back with the chances that they hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from focus_analysis.errors import SchemaError
from focus_analysis.io.draft import refuse
from focus_analysis.io.outputs import write_csv
from focus_analysis.io.sheets import read_head, read_rows
from focus_analysis.schemas import PLAN, check

if TYPE_CHECKING:
    import pandas as pd

_MARK = "probability"


def plan_path(sheet: Path) -> Path:
    """Return where the plan of a coding sheet stands: beside it."""
    return sheet.with_name(f"{sheet.stem}-plan.csv")


def is_plan(path: Path) -> bool:
    """Return whether a file is a plan: a csv with the column ``probability``."""
    return path.suffix.lower() == ".csv" and _MARK in read_head(path)


def write_plan(plan: pd.DataFrame, path: Path) -> None:
    """Write a plan."""
    write_csv(check(plan, PLAN), path)


def read_plan(path: Path) -> pd.DataFrame:
    """Read a plan.

    Raises
    ------
    ReadError
        It is not one, or was changed so that its chances are lost.
    """
    import pandas as pd

    head, *lines = read_rows(path)[0]
    if twice := sorted({name for name in head if head.count(name) > 1}):
        refuse("broken_plan", path.name, reason=f"columns that stand twice: {', '.join(twice)}")
    frame = pd.DataFrame(
        [dict(zip(head, (cell or None for cell in line), strict=False)) for line in lines], columns=head
    )
    try:
        if _MARK in frame:
            frame[_MARK] = frame[_MARK].str.replace(",", ".")
        return check(frame, PLAN)
    except SchemaError as error:
        refuse("broken_plan", path.name, reason=str(error))
