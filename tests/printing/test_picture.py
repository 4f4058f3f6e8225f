"""Pictures of sheets are small: greys are kept to the nearest of eight."""

import struct
from io import BytesIO

from PIL import Image

from app.printing.picture import in_greys
from tests.printing.looking import levels


def coloured(lines: list[list[int]]) -> bytes:
    values = [(value, value, value, 255) for line in lines for value in line]
    picture = Image.new("RGBA", (len(lines[0]), len(lines)))
    picture.putdata(values)
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def test_greys_are_kept_to_the_nearest_of_eight_at_odd_widths_too() -> None:
    made = in_greys(coloured([[0, 255, 128], [40, 200, 255]]))
    assert levels(made) == [bytes([0, 255, 146]), bytes([36, 182, 255])]


def test_a_point_takes_half_a_byte() -> None:
    depth, _colour = struct.unpack(">BB", in_greys(coloured([[0, 255]]))[24:26])
    assert depth == 4
