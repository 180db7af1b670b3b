"""Pages of PDF files as PNG pictures."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_POINTS_AN_INCH, _INCH_M = 72, 0.0254
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BITS_RGB = bytes((8, 2, 0, 0, 0))
_METRE = 1
_UNFILTERED = b"\0"
_QUICK = 2


def as_png(pdf: bytes, dots_an_inch: int) -> bytes:
    """Return the first page of a PDF as a PNG picture.

    Its rows are not filtered: on flat colours that saves no room, and the choice of filters takes longer than all else.
    """
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        bitmap = document[0].render(scale=dots_an_inch / _POINTS_AN_INCH, rev_byteorder=True)
        pixels = memoryview(bitmap.buffer).cast("B")
        rows = (pixels[start : start + 3 * bitmap.width] for start in range(0, len(pixels), bitmap.stride))
        content = zlib.compress(b"".join(_unfiltered(rows)), _QUICK)
    resolution = round(dots_an_inch / _INCH_M)
    parts = {
        b"IHDR": struct.pack(">2I", bitmap.width, bitmap.height) + _EIGHT_BITS_RGB,
        b"pHYs": struct.pack(">2IB", resolution, resolution, _METRE),
        b"IDAT": content,
        b"IEND": b"",
    }
    return _SIGNATURE + b"".join(_part(kind, held) for kind, held in parts.items())


def _unfiltered(rows: Iterator[memoryview]) -> Iterator[bytes | memoryview]:
    for row in rows:
        yield _UNFILTERED
        yield row


def _part(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
