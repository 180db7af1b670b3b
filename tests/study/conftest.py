"""Small studies written on the spot: a talk, and a folder of files."""

import pytest

_TALK = """\
Moderator: Co jest tu największym problemem?

R1: Samotność osób starszych.

R2: Nie ma autobusu, a do lekarza trzeba jechać.

Moderator: Coś jeszcze?

R1: Żeby była świetlica.
"""


@pytest.fixture(scope="session")
def talk():
    """A talk of five turns and 21 words: a moderator, R1 and R2."""
    return _TALK


@pytest.fixture(scope="session")
def talks():
    """Give every file a talk of its own: that of ``talk`` with its name in a last turn of R2."""
    return lambda name: f"{_TALK}\nR2: Mówi {name}.\n"


@pytest.fixture
def study(tmp_path):
    """Write files (text or bytes, by their path in the folder) and return the folder."""

    def write(files, folder="badanie"):
        root = tmp_path / folder
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write


@pytest.fixture
def workbook():
    """Write rows into the first sheet of an xlsx file."""

    def write(path, *rows):
        import openpyxl

        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(path)
        return path

    return write
