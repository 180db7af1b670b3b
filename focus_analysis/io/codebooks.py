"""Reader of codebooks in YAML: an error names file, line, code, what is wrong and what is allowed."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError, CodebookError, Fault
from focus_analysis.io.sheets import REFI_SUFFIXES
from focus_analysis.resources import toml

if TYPE_CHECKING:
    from pydantic import ValidationError
    from ruamel.yaml.error import MarkedYAMLError

    from focus_analysis.codebook import Codebook

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TOP = ("name", "version", "language", "groups", "lists", "codes")
# What pydantic calls a mistake, where our word for it is another.
_KINDS = {
    "extra_forbidden": "unknown",
    "int_parsing": "int_type",
    "int_from_float": "int_type",
    "bool_parsing": "bool_type",
    "string_too_short": "too_short",
}
_RESERVED = "@*%!`|>"
_SOUGHT = ("patterns", "except_in")
# How the reader's words for what is no YAML begin, and our word for it.
_SLIPS = {
    "found character '\\t'": "yaml_tab",
    "mapping values are not allowed": "yaml_colon",
    "could not find expected ':'": "yaml_key",
    "expected ',' or": "yaml_bracket",
    "expected <block end>": "yaml_indent",
    "found unexpected end of stream": "yaml_quote",
    "found unknown escape character": "yaml_backslash",
    "sequence entries are not allowed": "yaml_dash",
    "but found another document": "yaml_two",
}
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
        raise _error(Fault("no_file", {}, str(file)))
    if file.suffix.lower() in REFI_SUFFIXES:
        raise _error(Fault("refi", {}, file.name))
    data = file.read_bytes()
    text, sha256 = _decoded(data, file), hashlib.sha256(data).hexdigest()
    return _right(text, file, sha256) or _explained(text, file, sha256)


def _decoded(data: bytes, file: Path) -> str:
    """Return the text of a file in UTF-8, or say from which line on it is none."""
    if b"\0" in data and not data.startswith(_UTF16):
        raise _error(Fault("no_text", {}, file.name))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _error(Fault("not_utf8", {}, file.name, data.count(b"\n", 0, error.start) + 1)) from None


def _error(*faults: Fault) -> CodebookError:
    return CodebookError(labels.faults(faults, "en"), faults)


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
        raise _error(*_faults(error, content, plain, file), *_patterns_beside(error, content, plain, file)) from None


def _load(text: str, file: Path) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    from focus_analysis.io.values import odd_values

    try:
        odd = [_odd(*found, text, file) for found in odd_values(text)]
        content = None if odd else YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        raise _error(_no_yaml(error, text, file)) from None
    except TypeError:  # a mapping or a list as a key
        raise _error(Fault("key_no_word", {}, file.name)) from None
    except ReaderError as error:
        before, sign = text[: error.position], f"U+{error.character:04X}"
        place = before.count("\n") + 1, error.position - before.rfind("\n")
        raise _error(Fault("yaml_sign", {"sign": sign}, file.name, *place)) from None
    except YAMLError as error:
        raise _error(Fault("no_yaml", {"problem": error}, file.name)) from None
    if odd:
        raise _error(*odd)
    return content


def _odd(value: str, line: int, column: int, text: str, file: Path) -> Fault:
    """Return why a value means nothing: it has a tag, or is no number or date although it looks like one."""
    if value == "!":
        return Fault("reserved", {"sign": "!", "begins": _rest_of_line(text, line, column)}, file.name, line, column)
    return Fault("no_number", {"value": value}, file.name, line, column)


def _no_yaml(error: MarkedYAMLError, text: str, file: Path) -> Fault:
    """Return why a text is no YAML, and where."""
    problem = error.problem or ""
    key = next((key for begins, key in _SLIPS.items() if problem.startswith(begins)), "no_yaml")
    mark = error.context_mark if key == "yaml_quote" else error.problem_mark
    place = (mark.line + 1, mark.column + 1) if mark else (None, None)
    if twice := _TWICE.match(problem):
        return Fault("key_twice", {"field": twice[1]}, file.name, *place)
    begins = _rest_of_line(text, mark.line + 1, mark.column + 1) if mark else ""
    if begins[:1] and begins[0] in _RESERVED:
        return Fault("reserved", {"sign": begins[0], "begins": begins}, file.name, *place)
    return Fault(key, {"problem": problem}, file.name, *place)


def _rest_of_line(text: str, line: int, column: int) -> str:
    """Return what stands from a place to the end of its line; lines and columns count from 1."""
    lines = text.splitlines()
    return lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""


def _plain(content: Any, file: Path) -> dict[str, Any]:
    """Turn the file's mapping of codes into the model's list."""
    if not _is_mapping(content):
        raise _error(Fault("no_keys", {"allowed": ", ".join(_TOP)}, file.name, 1))
    unknown = [key for key in content if key not in _TOP]
    if unknown:
        raise _error(_at([unknown[0]], content, file, "unknown", field=unknown[0], allowed=", ".join(_TOP)))
    codes = content.get("codes")
    if not _is_mapping(codes) or not codes:
        raise _error(Fault("no_codes", {}, file.name))
    for code, entry in codes.items():
        if not isinstance(code, str | int):
            raise _error(Fault("key_no_word", {}, file.name, _line(content, ["codes", code])))
        if not _is_mapping(entry):
            raise _error(_at(["codes", code], content, file, "code_keys"))
        if "id" in entry:
            raise _error(_at(["codes", code], content, file, "id_key"))
    rest = {key: content[key] for key in content if key != "codes"}
    if "version" in rest and not isinstance(rest["version"], str):
        raise _error(_at(["version"], content, file, "version", version=rest["version"]))
    return {**rest, "entries": [{"id": str(code), **entry} for code, entry in codes.items()]}


def _is_mapping(node: Any) -> bool:
    return isinstance(node, dict)


def _faults(error: ValidationError, content: Any, plain: dict[str, Any], file: Path) -> Iterator[Fault]:
    """Yield everything that is wrong, with its place in the file."""
    problems = error.errors()
    for problem in problems:
        wrong = problem.get("ctx", {}).get("wrong")
        if wrong is not None:
            yield from (_at(one.steps, content, file, one.key, **one.gaps) for one in wrong)
        elif problem["type"] != "too_short" or len(problems) == 1:
            yield _fault(problem, content, plain, file)


def _patterns_beside(error: ValidationError, content: Any, plain: dict[str, Any], file: Path) -> Iterator[Fault]:
    """Yield the patterns that cannot be understood, which nobody looked at as something else is wrong too."""
    from pydantic import ValidationError

    from focus_analysis.codebook import Codebook

    places = [problem["loc"] for problem in error.errors()]
    if () in places or any(place[0] == "lists" for place in places):
        return
    misshapen = {place[1] for place in places if len(place) > 2 and place[2] in _SOUGHT}
    label = {"pl": "-", "en": "-"}
    entries = [
        {"id": entry["id"], "group": "-", "label": label, **{key: entry[key] for key in _SOUGHT if key in entry}}
        for number, entry in enumerate(plain["entries"])
        if number not in misshapen
    ]
    lists, groups = plain.get("lists", {}), {"-": {"label": label}}
    try:
        Codebook.model_validate({"name": "-", "version": "-", "groups": groups, "lists": lists, "entries": entries})
    except ValidationError as unread:
        yield from _faults(unread, content, plain, file)


def _fault(problem: Any, content: Any, plain: dict[str, Any], file: Path) -> Fault:
    """Return what is wrong with the part of the file that pydantic names."""
    steps = list(problem["loc"])
    if steps[:1] == ["entries"] and len(steps) > 1:
        steps = ["codes", plain["entries"][steps[1]]["id"], *steps[2:]]
    field, value, kind = steps[-1] if steps else "", problem.get("input"), _KINDS.get(problem["type"], problem["type"])
    place = field + 1 if isinstance(field, int) else 0
    if kind == "model_type" and place:
        kind = "empty_item" if value is None else "item"
    known = kind in toml("words.toml")["codebook"]["wrong"]
    gaps = {"field": field, "value": value, "place": place, "allowed": _allowed(steps), "message": problem["msg"]}
    return _at(steps, content, file, kind if known else "other", **{**problem.get("ctx", {}), **gaps})


def _at(steps: Sequence[str | int], content: Any, file: Path, key: str, **gaps: object) -> Fault:
    """Return what is wrong where the steps lead to."""
    code = str(steps[1]) if steps and steps[0] == "codes" and len(steps) > 1 else None
    return Fault(key, gaps, file.name, _line(content, steps), code=code)


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
