"""The network's sample texts: what was measured for each when it was written must stay true."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from app.domain.gsm import count, encoding_of, segments, units
from app.domain.plain import make_plain


class Sample(NamedTuple):
    kind: str
    text: str
    encoding: str
    units: int
    count: int


SAMPLES = [
    Sample(**sample)
    for sample in json.loads((Path(__file__).parent / "sample_texts.json").read_text("utf-8"))
]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.kind)
def test_a_sample_text_costs_what_was_measured_for_it(sample: Sample) -> None:
    assert encoding_of(sample.text) == sample.encoding
    assert units(sample.text) == sample.units
    assert count(sample.text) == len(segments(sample.text)) == sample.count


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.kind)
def test_a_sample_text_is_plain_already(sample: Sample) -> None:
    assert make_plain(sample.text) == sample.text
