"""Reader of codebooks in YAML: an error names file, line, code, what is wrong and what is allowed."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis.errors import ArgumentError, CodebookError

if TYPE_CHECKING:
    from pydantic import ValidationError
    from ruamel.yaml.error import MarkedYAMLError

    from focus_analysis.codebook import Codebook

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TOP = ("name", "version", "language", "groups", "lists", "codes")
_WRONG = {
    "missing": "{field!r} is missing",
    "extra_forbidden": "{field!r} is not known; allowed: {allowed}",
    "string_type": "{field!r} must be text, not {value!r}; put it in quotation marks",
    "tuple_type": "{field!r} must be a list, one '- item' a line",
    "model_type": "{field!r} must have keys of its own: {allowed}",
    "int_parsing": "{field!r} must be a whole number, not {value!r}",
    "int_type": "{field!r} must be a whole number, not {value!r}",
    "int_from_float": "{field!r} must be a whole number, not {value!r}",
    "greater_than_equal": "{field!r} must be {ge} or more, not {value!r}",
    "bool_parsing": "{field!r} must be true or false, not {value!r}",
    "bool_type": "{field!r} must be true or false, not {value!r}",
    "literal_error": "{field!r} must be {expected}, not {value!r}",
    "item": "item {place} must be text or have keys of its own ({allowed}), not {value!r}; put it in quotation marks",
    "empty_item": "item {place} is empty; write something after its dash, or delete the line",
}
_RESERVED = "@*%!`|>"
_TWICE = re.compile(r'found duplicate key "(.+?)" with value')


def read_codebook(path: str | Path) -> Codebook:
    """Read a codebook.

    Parameters
    ----------
    path : path
        A YAML file, in UTF-8.

    Raises
    ------
    CodebookError
        The file does not exist, is no YAML, or says something that a codebook cannot mean.
    ArgumentError
        Something else than a path is given.
    """
    if not isinstance(path, str | Path):
        raise ArgumentError(f"read_codebook: the path of a YAML file is needed; not a {type(path).__name__}")
    file = Path(path)
    if not file.is_file():
        raise CodebookError(f"{file}: there is no such codebook; check the path")
    data = file.read_bytes()
    text, sha256 = _decoded(data, file), hashlib.sha256(data).hexdigest()
    return _right(text, file, sha256) or _explained(text, file, sha256)


def _decoded(data: bytes, file: Path) -> str:
    """Return the text of a file in UTF-8, or say from which line on it is none."""
    if b"\0" in data and not data.startswith(_UTF16):
        raise CodebookError(f"{file.name}: this is no text; a codebook is a YAML file, written in a text editor")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CodebookError(
            f"{file.name}, line {line}: not UTF-8; open the file in a text editor and save it with the encoding UTF-8"
        ) from None


def _right(text: str, file: Path, sha256: str) -> Codebook | None:
    """Return the codebook, by the fast reader, where nothing is wrong with it."""
    from pydantic import ValidationError
    from ruamel.yaml.error import YAMLError

    from focus_analysis.codebook import Codebook
    from focus_analysis.io.values import UnusualError, read_values

    try:
        return Codebook(**_plain(read_values(text), file), sha256=sha256)
    except (UnusualError, YAMLError, ValidationError, CodebookError):
        return None


def _explained(text: str, file: Path, sha256: str) -> Codebook:
    """Return the codebook, by the reader that knows lines, or say what is wrong and where."""
    from pydantic import ValidationError

    from focus_analysis.codebook import Codebook

    content = _load(text, file)
    plain = _plain(content, file)
    try:
        return Codebook(**plain, sha256=sha256)
    except ValidationError as error:
        raise CodebookError(_explain(error, content, plain, file)) from None


def _load(text: str, file: Path) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise CodebookError(f"{file.name}{line}: {_no_yaml(error, text)}") from None
    except YAMLError as error:
        raise CodebookError(f"{file.name}: this is no YAML: {error}") from None


def _no_yaml(error: MarkedYAMLError, text: str) -> str:
    """Return why a text is no YAML, and what would mend it."""
    twice, mark = _TWICE.match(error.problem or ""), error.problem_mark
    if twice:
        return f"{twice[1]!r} stands here a second time; each key may stand once"
    lines = text.splitlines()
    begins = lines[mark.line][mark.column :].strip() if mark and mark.line < len(lines) else ""
    if begins[:1] and begins[0] in _RESERVED:
        return f'what begins with {begins[0]} must stand in quotation marks: "{begins}"'
    return f"this is no YAML: {error.problem}; check indents, colons and quotation marks, here and above"


def _plain(content: Any, file: Path) -> dict[str, Any]:
    """Turn the file's mapping of codes into the model's list."""
    if not _is_mapping(content):
        raise CodebookError(f"{file.name}, line 1: a codebook has the keys {', '.join(_TOP)}")
    unknown = [key for key in content if key not in _TOP]
    if unknown:
        line = _line(content, [unknown[0]])
        raise CodebookError(f"{file.name}, line {line}: {unknown[0]!r} is not known; allowed: {', '.join(_TOP)}")
    codes = content.get("codes")
    if not _is_mapping(codes) or not codes:
        raise CodebookError(f"{file.name}: 'codes' must hold one entry a code, by its id")
    for code, entry in codes.items():
        if not _is_mapping(entry):
            line = _line(content, ["codes", code])
            raise CodebookError(
                f"{file.name}, line {line}, code {code!r}: a code has keys of its own: label, group, patterns …"
            )
    rest = {key: content[key] for key in content if key != "codes"}
    if "version" in rest and not isinstance(rest["version"], str):
        line = _line(content, ["version"])
        raise CodebookError(
            f'{file.name}, line {line}: put the version in quotation marks: version: "{rest["version"]}"'
        )
    if any("id" in entry for entry in codes.values()):
        code = next(code for code, entry in codes.items() if "id" in entry)
        line = _line(content, ["codes", code])
        raise CodebookError(f"{file.name}, line {line}, code {code!r}: 'id' is not known; the key above is the id")
    return {**rest, "entries": [{"id": str(code), **entry} for code, entry in codes.items()]}


def _is_mapping(node: Any) -> bool:
    return isinstance(node, dict)


def _explain(error: ValidationError, content: Any, plain: dict[str, Any], file: Path) -> str:
    problems = error.errors()
    told = [problem for problem in problems if problem["type"] != "too_short" or len(problems) == 1]
    return "\n".join(line for problem in told for line in _lines(problem, content, plain, file))


def _lines(problem: Any, content: Any, plain: dict[str, Any], file: Path) -> Iterator[str]:
    """Yield what is wrong, a line each, with the place in the file."""
    wrong = problem.get("ctx", {}).get("wrong")
    if wrong is not None:
        yield from (_at(one.steps, content, file) + one.message for one in wrong)
        return
    steps = list(problem["loc"])
    if steps[:1] == ["entries"] and len(steps) > 1:
        steps = ["codes", plain["entries"][steps[1]]["id"], *steps[2:]]
    yield _at(steps, content, file) + _said(problem, steps)


def _at(steps: Sequence[str | int], content: Any, file: Path) -> str:
    where = f", code {steps[1]!r}" if steps[:1] in (["codes"], ("codes",)) and len(steps) > 1 else ""
    return f"{file.name}, line {_line(content, steps)}{where}: "


def _said(problem: Any, steps: list[Any]) -> str:
    """Return what is wrong with the part of the file that the steps lead to."""
    field, value, kind = steps[-1] if steps else "", problem.get("input"), problem["type"]
    place = field + 1 if isinstance(field, int) else 0
    if kind == "model_type" and place:
        kind = "empty_item" if value is None else "item"
    gaps = {"field": field, "value": value, "place": place, "allowed": _allowed(steps)}
    message = problem["msg"].removeprefix("Value error, ")
    return _WRONG.get(kind, "{message}").format(**{**problem.get("ctx", {}), **gaps, "message": message})


def _allowed(steps: list[Any]) -> str:
    from focus_analysis.codebook import Code, Group, Rule, Text

    if steps[:1] == ["codes"]:
        model = Rule if "patterns" in steps[:-1] else Code if len(steps) == 3 else Text
        extra = steps[-1] in ("label", "definition")
        return ", ".join(name for name in (Text if extra else model).model_fields if name != "id")
    return ", ".join((Group if len(steps) == 3 else Text).model_fields)


def _line(content: Any, steps: Sequence[Any]) -> int:
    """Return the line of the deepest part of the file that the steps lead to."""
    node, line = content, 1
    for step in steps:
        try:
            line = (node.lc.key(step) if _is_mapping(node) else node.lc.item(step))[0] + 1
            node = node[step]
        except (KeyError, IndexError, AttributeError, TypeError):
            break
    return line
