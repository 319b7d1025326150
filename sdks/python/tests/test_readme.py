"""The README tells all differences from the published package, and its Python is Python."""

import ast
import re
from pathlib import Path

import pytest

from parity.differences import DIFFERENCES

README = Path(__file__).parents[1] / "README.md"


@pytest.mark.parametrize("name", DIFFERENCES)
def test_every_difference_is_told(name):
    section = README.read_text().split("## Differences from 0.0.3")[1]
    assert DIFFERENCES[name].told in section


def test_its_python_can_be_read():
    programs = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    assert len(programs) >= 8
    for program in programs:
        # Some are parts of functions.
        lines = "".join(f"    {line}\n" for line in program.splitlines())
        ast.parse(f"async def part():\n{lines}")


@pytest.mark.parametrize("page", [README, README.with_name("examples") / "README.md"])
def test_its_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target
