"""A picture small enough for slow lines: eight greys, half a byte a point (PNG, ISO 15948)."""

from io import BytesIO

GREYS = 8

_level = [round(value * (GREYS - 1) / 255) for value in range(256)]
_palette = [part for no in range(GREYS) for part in [round(no * 255 / (GREYS - 1))] * 3]


def in_greys(picture: bytes) -> bytes:
    """A picture of typst's (PNG) in eight greys."""
    # Here, because few that start the office print a picture.
    from PIL import Image

    with Image.open(BytesIO(picture)) as opened:
        levels = opened.convert("L").point(_level)
    greys = Image.frombytes("P", levels.size, levels.tobytes())
    greys.putpalette(_palette)
    made = BytesIO()
    greys.save(made, "PNG", compress_level=9)
    return made.getvalue()
