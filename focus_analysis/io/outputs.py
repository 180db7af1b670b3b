"""Writers of result tables, the manifest, and documents that a person may have edited since."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.io.files import is_output, sha256, write_whole
from focus_analysis.io.sheets import FORMULA

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"
FIGURES, RESULT_TABLES = "figures", "tables"
TABLES = ("sessions.csv", "speakers.csv", "turns.csv", "codings.csv")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def claim_folder(folder: Path) -> None:
    """Make sure that results may be written into a folder: none of their names is somebody else's file there.

    Raises
    ------
    ArgumentError
        The folder is a file, or holds tables that no manifest of ours records.
    """
    if folder.exists() and not folder.is_dir():
        raise labels.refused("out_is_file", folder=folder)
    taken = [name for name in TABLES if (folder / name).exists()]
    if taken and not is_output(folder):
        raise labels.refused("out_is_taken", folder=folder, files=", ".join(taken))


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as csv: UTF-8, comma, a missing value is empty.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; our readers take it off again.
    """
    safe = frame.copy()
    for name in safe.columns[safe.dtypes.map(str).isin(["str", "object", "string", "category"])]:
        safe[name] = safe[name].astype(object).map(harmless, na_action="ignore")
    write_whole(path, lambda unfinished: safe.to_csv(unfinished, index=False, encoding="utf-8", lineterminator="\n"))


def harmless(value: object) -> object:
    """Return a text with an apostrophe before it where a spreadsheet would take it for a formula."""
    live = isinstance(value, str) and value.lstrip("'").startswith(FORMULA)
    return f"'{value}" if live else value


def fit_for_xml(text: str) -> str:
    """Return a text with the replacement sign for those that XML, and so a workbook or a Word file, cannot hold."""
    return _UNFIT.sub("\ufffd", text)


def write_text(text: str, path: Path) -> None:
    """Write a text file in UTF-8, whole or not at all."""
    write_whole(path, lambda unfinished: unfinished.write_text(text, encoding="utf-8", newline="\n"))


def write_manifest(content: Mapping[str, Any], folder: Path) -> None:
    """Write ``manifest.json``."""
    write_text(json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n", folder / MANIFEST)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of an output folder, empty where there is none or it cannot be read."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def hashes_of(files: Iterable[Path], folder: Path) -> dict[str, str]:
    """Return the SHA-256 of files by their path within a folder, with slashes."""
    return {file.relative_to(folder).as_posix(): sha256(file) for file in files}


def remove_stale(folder: Path, recorded: Mapping[str, str], made: Mapping[str, str]) -> None:
    """Remove figures and tables that an earlier run made and this one did not, unless a person changed them since.

    Parameters
    ----------
    folder : Path
        The output folder.
    recorded, made : mapping of str to str
        SHA-256 of what the earlier run and this one made, by path within the folder.
    """
    for name in recorded.keys() - made.keys():
        file = folder / name
        is_ours = file.parent in (folder / FIGURES, folder / RESULT_TABLES) and file.is_file()
        if is_ours and sha256(file) == recorded[name]:
            file.unlink()


def read_record(folder: Path) -> dict[str, dict[str, str]]:
    """Return the SHA-256 of what the manifest of an output folder records.

    Returns
    -------
    dict of str to dict of str to str
        "documents" by name; figures and tables "made" by path within the folder. Empty where there is no record.
    """
    manifest = read_manifest(folder)
    return {kind: found if isinstance(found := manifest.get(kind), dict) else {} for kind in ("documents", "made")}


def write_document(content: bytes, path: Path, recorded: Mapping[str, str]) -> Path:
    """Write a document, never over one that a person changed.

    Parameters
    ----------
    content : bytes
        The document.
    path : Path
        Where it belongs.
    recorded : mapping of str to str
        SHA-256 of the documents as they were written last, by name.

    Returns
    -------
    Path
        Where it was written: ``report.docx``, or ``report-2.docx`` … beside one that was edited.
    """
    number, target = 1, path
    while target.exists() and sha256(target) != recorded.get(target.name):
        number += 1
        target = path.with_stem(f"{path.stem}-{number}")
    write_whole(target, lambda unfinished: unfinished.write_bytes(content))
    return target
