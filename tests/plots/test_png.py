import io

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image
from pypdfium2 import PdfDocument

from focus_analysis.plots.png import as_png


def _pdf(width: float, height: float) -> bytes:
    figure = Figure(figsize=(width, height), facecolor="#F0E0D0")
    figure.add_axes((0.1, 0.1, 0.8, 0.8)).plot([0, 1, 2], [2, 0, 1], color="#CC4E00")
    stream = io.BytesIO()
    figure.savefig(stream, format="pdf")
    return stream.getvalue()


@pytest.mark.parametrize("dots", [72, 73, 75, 300], ids="{} dots an inch".format)
def test_picture_is_the_page_dot_by_dot(dots: int) -> None:
    pdf = _pdf(2.01, 1.03)  # rows whose length is no multiple of four bytes too
    with PdfDocument(pdf) as document:
        expected = document[0].render(scale=dots / 72).to_pil()
    picture = Image.open(io.BytesIO(as_png(pdf, dots)))
    picture.verify()
    picture = Image.open(io.BytesIO(as_png(pdf, dots)))
    assert (picture.mode, picture.size) == ("RGB", expected.size)
    assert picture.info["dpi"] == pytest.approx((dots, dots), abs=0.02)
    np.testing.assert_array_equal(np.asarray(picture), np.asarray(expected))
