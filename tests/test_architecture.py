"""The arrows between the rooms, lazy imports included, and where heavy libraries may be loaded."""

import ast
from functools import cache
from pathlib import Path

import pytest

import focus_analysis

PACKAGE = Path(focus_analysis.__file__).parent
LONGEST_FILE = 400

# Room -> rooms that it may know. Rooms not named here are reached by nobody.
ARROWS = {
    "errors": set(),
    "resources": {"errors"},
    "user_cache": set(),
    "schemas": {"errors"},
    "schemas_results": {"schemas"},
    "schemas_networks": {"schemas"},
    "labels": {"errors", "schemas", "resources"},
    "language": {"errors", "resources"},
    "corpus": {"schemas", "labels", "errors"},
    "patterns": {"labels"},
    "codebook": {"patterns", "schemas", "labels", "errors"},
    "io": {"corpus", "codebook", "language", "schemas", "schemas_networks", "labels", "errors", "resources"},
    "coding": {
        "corpus",
        "codebook",
        "patterns",
        "language",
        "schemas",
        "schemas_networks",
        "labels",
        "errors",
        "resources",
        "user_cache",
    },
    "analysis": {"schemas", "schemas_results", "schemas_networks", "errors"},
    "plots": {"schemas", "schemas_results", "schemas_networks", "labels", "errors", "resources"},
    "report": {"schemas", "schemas_results", "schemas_networks", "labels", "plots", "errors", "resources"},
    "coders": {"codebook", "coding", "corpus", "errors", "guide", "io", "labels", "resources", "schemas", "user_cache"},
    "claim_writing": {"analysis", "errors", "labels", "report", "schemas", "schemas_results"},
    "claim_checking": {
        "analysis",
        "claim_writing",
        "codebook",
        "coding",
        "errors",
        "io",
        "labels",
        "report",
        "resources",
        "schemas",
        "schemas_results",
    },
    "learning": {"analysis", "codebook", "coding", "corpus", "errors", "labels", "schemas"},
    "report_tables": {"analysis", "codebook", "coding", "corpus", "errors", "report", "schemas", "schemas_results"},
    "report_writing": {"errors", "io", "labels", "report"},
    "records": {"codebook", "corpus", "labels", "schemas"},
    "refine": {"analysis", "coding", "corpus", "errors", "labels", "schemas"},
    "network_tables": {"analysis", "coding", "corpus", "report"},
    "guide": {"codebook", "coding", "corpus", "errors", "labels", "schemas"},
    "inputs": {"codebook", "coders", "corpus", "errors", "guide", "io", "labels", "resources", "schemas"},
    "pipeline": {
        "inputs",
        "network_tables",
        "records",
        "report_tables",
        "report_writing",
        "coders",
        "analysis",
        "claim_writing",
        "codebook",
        "coding",
        "corpus",
        "errors",
        "guide",
        "io",
        "labels",
        "plots",
        "report",
        "resources",
        "schemas",
        "schemas_networks",
        "schemas_results",
    },
    "sheet_writing": {"analysis", "codebook", "coders", "coding", "corpus", "inputs", "io", "labels"},
    "usage": {"labels", "resources"},
    "cli": {"pipeline", "sheet_writing", "labels", "errors", "schemas", "corpus", "usage"},
}
ONLY_IN = {
    "morfeusz2": {"language"},
    "spacy": {"language", "coding"},
    "sklearn": {"coding", "analysis"},
    "matplotlib": {"plots"},
}


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports_of(path):
    """Every module imported anywhere in a file, at the top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            module = node.module or ""
            found |= {f"{module}.{name.name}" for name in node.names} if module == "focus_analysis" else {module}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_arrows_run_down_only(path):
    room = room_of(path)
    if room == "__init__":
        return
    assert room in ARROWS, f"{room} is no room of the architecture"
    known = {name.split(".")[1] for name in imports_of(path) if name.startswith("focus_analysis.")}
    assert known - {room} <= ARROWS[room], f"{room} must not know {known - {room} - ARROWS[room]}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_heavy_libraries_stay_in_their_rooms(path):
    loaded = {name.split(".")[0] for name in imports_of(path)}
    misplaced = {library for library in loaded & set(ONLY_IN) if room_of(path) not in ONLY_IN[library]}
    assert not misplaced


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_file_is_two_rooms(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_every_arrow_names_a_room():
    rooms = {room_of(path) for path in modules()} - {"__init__"}
    assert rooms == set(ARROWS)


def test_importing_takes_no_network_library():
    used = {name.split(".")[0] for path in modules() for name in imports_of(path) if name != "urllib.parse"}
    assert not used & {"urllib", "http", "socket", "requests", "httpx", "ftplib", "smtplib"}
