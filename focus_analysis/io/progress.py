"""Progress, where somebody sees it and only where it takes long enough to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from threading import Lock, Timer
from typing import Any, TypeVar

_AFTER_S = 1.0
_shown: list[Any] = []
_lock = Lock()
T = TypeVar("T")


@contextmanager
def progress(what: str, total: int | None = None, after_s: float = _AFTER_S) -> Iterator[Callable[[], None]]:
    """Show, on a terminal or in a notebook, that work is going on, once it has taken a while.

    Work within work stands on a line of its own, below.

    Parameters
    ----------
    what : str
        What is done, in words that the line shows.
    total : int, optional
        How many things are done; without it the line shows only that it goes on.
    after_s : float
        After how many seconds the line appears.

    Yields
    ------
    callable
        To be called when a thing is done.
    """
    with _running(after_s) as bar:
        if bar is None:
            yield lambda: None
            return
        task = bar.add_task(what, total=total)
        try:
            yield lambda: bar.advance(task)
        finally:
            bar.remove_task(task)


def tracked(items: Sequence[T], what: str, after_s: float = _AFTER_S) -> Generator[T, None, None]:
    """Yield items, and show how many are done, as ``progress`` does."""
    with progress(what, len(items), after_s) as done:
        for item in items:
            yield item
            done()


@contextmanager
def _running(after_s: float) -> Iterator[Any]:
    """Yield the bar of the work around this one, or a new one that appears in a while; None where nobody would see."""
    with _lock:
        around = bool(_shown)
        bar = _shown[0] if around else _bar()
        if bar is not None and not around:
            _shown.append(bar)
    if bar is None or around:
        yield bar
        return
    appears = Timer(after_s, bar.start)
    appears.daemon = True
    appears.start()
    try:
        yield bar
    finally:
        with _lock:
            _shown.pop()
        appears.cancel()
        appears.join()
        if bar.live.is_started:
            bar.stop()


def _bar() -> Any:
    """Return a bar that can be started, or None where nobody would see it."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    console = _console()
    in_notebook = console.is_jupyter and find_spec("ipywidgets") is not None
    if not (in_notebook or (console.is_terminal and not console.is_jupyter)):
        return None
    counted = TaskProgressColumn("{task.completed:.0f}/{task.total:.0f}", text_format_no_percentage="")
    columns = (TextColumn("{task.description}"), BarColumn(), counted, TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


def _console() -> Any:
    from rich.console import Console

    return Console(stderr=True)
