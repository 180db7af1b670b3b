"""The bar shows only where somebody sees it, and only after a second."""

import io

import pytest
from rich.console import Console

from focus_analysis.io import progress
from focus_analysis.io.progress import tracked


@pytest.fixture
def console(monkeypatch):
    def use(*, terminal):
        seen = Console(file=io.StringIO(), force_terminal=terminal, force_jupyter=False, width=80)
        monkeypatch.setattr(progress, "_console", lambda: seen)
        return seen.file

    return use


def ticking(step):
    """A clock that goes on by a step whenever it is looked at."""
    times = iter(range(10_000))
    return lambda: next(times) * step


def test_a_long_work_on_a_terminal_shows_how_far_it_is(console):
    file = console(terminal=True)
    assert list(tracked(range(20), "Czytam", clock=ticking(0.6))) == list(range(20))
    assert "Czytam" in file.getvalue()
    assert "/20" in file.getvalue()


@pytest.mark.parametrize(("terminal", "step"), [(False, 0.6), (True, 0.01)])
def test_a_file_or_a_short_work_sees_no_bar(console, terminal, step):
    file = console(terminal=terminal)
    assert list(tracked("abc" * 10, "Czytam", clock=ticking(step))) == list("abc" * 10)
    assert file.getvalue() == ""


def test_the_bar_goes_away_when_the_work_breaks_off(console):
    file = console(terminal=True)
    with pytest.raises(RuntimeError):
        for item in tracked(range(20), "Czytam", clock=ticking(0.6)):
            if item == 10:
                raise RuntimeError
    assert file.getvalue().endswith(("\x1b[2K", "\x1b[?25h", "\x1b[1A\x1b[2K"))
