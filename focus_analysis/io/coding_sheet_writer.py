"""Writer of coding sheets: xlsx and csv, with every earlier human decision carried over."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.io.coding_sheet import Sheet, coding_sheet, description, read_sheets, say
from focus_analysis.io.coding_sheet_layout import Layout
from focus_analysis.io.files import write_whole
from focus_analysis.io.outputs import fit_for_xml, harmless
from focus_analysis.schemas import NO_CODE, STATUSES

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus

_LONGEST_CELL = 32_767
_LINE_HEIGHT, _HIGHEST_ROW = 14.5, 409.0
_A4 = 9
_SPARE_ROWS = 200
_HEAD_FILL, _CODE_FILL, _REMARK_FILL = "DDE8F0", "FFF9E5", "F8D7C4"
_WIDTHS = {"id": 16, "speaker": 12, "role": 12, "before": 40, "text": 70, "suggestion": 34, "evidence": 40,
           "comment": 28, "remark": 34, "stamp": 4}  # fmt: skip
_CODEBOOK_COLUMNS = (
    ("code", 34), ("id", 24), ("group", 18), ("definition", 50), ("include", 40), ("exclude", 40), ("examples", 60),
)  # fmt: skip


def write_coding_sheet(
    corpus: Corpus,
    codebook: Codebook,
    path: str | Path,
    codings: pd.DataFrame | None = None,
    sample: pd.DataFrame | None = None,
    lang: str | None = None,
) -> Path:
    """Write a sheet in which a person codes, one row a turn.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codebook : Codebook
        Codes of the drop-downs, with their descriptions on a sheet of their own.
    path : path
        An .xlsx, or a .csv (UTF-8 with a mark, semicolons) with code ids for names.
    codings : DataFrame, schema ``CODINGS``, optional
        Those of rules and models are shown as suggestions, with their evidence; those of people are filled in.
        Without it the coder sees no machine's codes.
    sample : DataFrame, optional
        Only these turns: a plan of ``plan_validation``, or any table with session_id and turn, or speaker. The turn
        before each is shown for the context.
    lang : {"pl", "en"}, optional
        Language of heads, names and guide; else that of the locale.

    Returns
    -------
    Path
        The sheet. A sheet that is there already is written anew with every decision in it: where a turn's text or a
        code's description has changed, or the turn or the code is gone, the row keeps the decision and says so. The
        old file is kept beside it, as ``name-before-1.xlsx``.

    Raises
    ------
    ArgumentError
        The suffix is neither .xlsx nor .csv, the sample has no turn of the corpus, or the file that is there is not a
        coding sheet.
    """
    from focus_analysis.codebook import check_codebook
    from focus_analysis.corpus import check_corpus

    check_corpus("write_coding_sheet", corpus)
    check_codebook("write_coding_sheet", codebook)
    target = Path(path)
    language = labels.check_language(lang or labels.default_language())
    earlier = earlier_sheet(target)
    layout = Layout.of(corpus, codebook, codings, sample, earlier, language)
    write = _write_xlsx if target.suffix.lower() == ".xlsx" else _write_csv
    if earlier is not None and any(row.given for row in earlier.rows):
        shutil.copy2(target, _free(target))
    write_whole(target, lambda unfinished: write(unfinished, layout))
    return target


def earlier_sheet(target: Path) -> Sheet | None:
    """Return the sheet that is there already.

    Raises
    ------
    ArgumentError
        No sheet can have this name, or the file that is there is not a coding sheet.
    """
    if target.suffix.lower() not in (".xlsx", ".csv"):
        raise labels.refused("sheet_suffix", file=target.name)
    if not target.exists():
        return None
    earlier = coding_sheet(read_sheets(target))
    if earlier is None:
        raise labels.refused("sheet_taken", file=target.name)
    return earlier


def _free(target: Path) -> Path:
    number = 1
    while (beside := target.with_stem(f"{target.stem}-before-{number}")).exists():
        number += 1
    return beside


def _write_csv(path: Path, layout: Layout) -> None:
    ids = {code: code for code in layout.names}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(head for _, head in layout.heads())
        for line in layout.lines(ids):
            writer.writerow(harmless(cell) for cell in line)


def _write_xlsx(path: Path, layout: Layout) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    _turns_sheet(book, layout)
    _codebook_sheet(book, layout)
    _guide_sheet(book, layout)
    book.save(path)


class _Cells:
    """Makes the cells of a write-only sheet; a style is worked out once."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.styles: dict[tuple[str, bool, bool], Any] = {}

    def __call__(self, value: str, fill: str = "", bold: bool = False, locked: bool = True) -> Any:
        from openpyxl.cell import WriteOnlyCell

        cell: Any = WriteOnlyCell(self.sheet)
        cell.value = fit_for_xml(value)[:_LONGEST_CELL]
        cell.data_type = "s"
        key = (fill, bold, locked)
        if key not in self.styles:
            self._style(cell, fill, bold, locked)
            self.styles[key] = cell._style
        cell._style = self.styles[key]
        return cell

    @staticmethod
    def _style(cell: Any, fill: str, bold: bool, locked: bool) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill, Protection

        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.protection = Protection(locked=locked)
        if bold:
            cell.font = Font(bold=True)
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)


def _turns_sheet(book: Any, layout: Layout) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(say("sheet_turns", layout.lang))
    heads = layout.heads()
    last = len(layout.rows) + 1
    for number, (kind, _) in enumerate(heads, 1):
        _column(sheet.column_dimensions[get_column_letter(number)], kind)
    sheet.freeze_panes = "C2"
    _print_across(sheet)
    whole = f"A1:{get_column_letter(len(heads))}{last}"
    sheet.auto_filter.ref = whole
    sheet.calculate_dimension = lambda: whole  # without it a reader goes through the whole sheet to learn its size
    sheet.protection.sheet = True
    for allowed in ("autoFilter", "sort", "formatColumns", "formatRows", "formatCells"):
        setattr(sheet.protection, allowed, False)
    _drop_downs(sheet, heads, last, layout)
    cell = _Cells(sheet)
    sheet.append([cell(head, _HEAD_FILL, bold=True) for _, head in heads])
    fills = {"code": _CODE_FILL, "status": _CODE_FILL, "comment": _CODE_FILL, "remark": _REMARK_FILL}
    for number, line in enumerate(layout.lines(layout.names), 2):
        texts = ((value, _width(kind)) for (kind, _), value in zip(heads, line, strict=True) if kind != "stamp")
        sheet.row_dimensions[number].height = _height(texts)
        sheet.append(
            [
                cell(value, fills.get(kind, ""), locked=kind not in fills)
                if value and kind != "stamp"
                else value or None
                for (kind, _), value in zip(heads, line, strict=True)
            ]
        )


def _width(kind: str) -> int:
    """Return how many characters wide a column is."""
    return _WIDTHS.get(kind, 30 if kind == "code" else 14)


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """Return how high a row must be for its wrapped texts, each with the width of its column.

    Excel would find this out by itself; LibreOffice shows the first line only.
    """
    n_lines = (sum(-(-max(len(part), 1) // width) for part in text.splitlines()) for text, width in texts if text)
    return min(max(n_lines, default=1) * _LINE_HEIGHT + 2, _HIGHEST_ROW)


def _print_across(sheet: Any) -> None:
    """Have a sheet printed across, its columns on one page and its heads on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"


def _column(column: Any, kind: str) -> None:
    from openpyxl.styles import Alignment, PatternFill, Protection

    column.width = _width(kind)
    column.alignment = Alignment(wrap_text=True, vertical="top")
    column.hidden = kind == "stamp"
    if kind in ("code", "status", "comment", "remark"):
        column.protection = Protection(locked=False)
    if kind in ("code", "status"):
        column.fill = PatternFill("solid", fgColor=_CODE_FILL)


def _drop_downs(sheet: Any, heads: Sequence[tuple[str, str]], last: int, layout: Layout) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    stands = ",".join(labels.words(f"status.{status}", layout.lang) for status in STATUSES)
    title = say("sheet_codebook", layout.lang)
    listed = {"code": f"'{title}'!$A$2:$A${len(layout.names) + 2}", "status": f'"{stands}"'}
    for kind, formula in listed.items():
        choice = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=False)
        for number, (column, _) in enumerate(heads, 1):
            if column == kind:
                letter = get_column_letter(number)
                choice.add(f"{letter}2:{letter}{last + _SPARE_ROWS}")
        sheet.data_validations.append(choice)


def _codebook_sheet(book: Any, layout: Layout) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(say("sheet_codebook", layout.lang))
    for number, (_, width) in enumerate(_CODEBOOK_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "B2"
    _print_across(sheet)
    cell = _Cells(sheet)
    heads = [name if name == "id" else say(f"head_{name}", layout.lang) for name, _ in _CODEBOOK_COLUMNS]
    sheet.append([cell(head, _HEAD_FILL, bold=True) for head in heads])
    sheet.append([cell(say("no_code", layout.lang)), cell(NO_CODE)])
    for number, code in enumerate(layout.codebook.entries, 3):
        group = layout.codebook.groups[code.group].label
        shown = (layout.names[code.id], code.id, group.pl if layout.lang == "pl" else group.en)
        examples = "\n".join(code.examples)
        values = (*shown, *description(code, layout.lang), examples)
        widths = (width for _, width in _CODEBOOK_COLUMNS)
        sheet.row_dimensions[number].height = _height(zip(values, widths, strict=True))
        sheet.append([cell(value) for value in values])


def _guide_sheet(book: Any, layout: Layout) -> None:
    sheet = book.create_sheet(say("sheet_guide", layout.lang))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 72, 36
    cell = _Cells(sheet)
    made = f"{layout.codebook.name} {layout.codebook.version}"
    asked = {"coder": layout.coder, "finished": "", "codebook": made}
    for name, value in asked.items():
        sheet.append([cell(say(name, layout.lang), bold=True), cell(value, _CODE_FILL)])
    for line in say("guide", layout.lang, next=layout.n_slots + 1).strip().splitlines():
        sheet.append([cell(line)])
