"""The pages of the operations: what they show is Python, and none is forgotten."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

SDK = Path(__file__).parents[1]
TOP = SDK.parents[1]
PAGES = sorted(SDK.glob("docs/*/*.md"))


def write_pages(description, folder):
    return subprocess.run(
        [sys.executable, SDK / "pages", description, SDK / "python/onlyauth", folder],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def changed(tmp_path, change):
    """The API's description, changed."""
    description = json.loads((TOP / "openapi.json").read_text())
    change(description["paths"])
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(description))
    return file


def test_there_are_pages():
    assert len(PAGES) >= 8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_shows_is_python_and_its_links_lead_somewhere(page):
    text = page.read_text()
    calls = re.findall(r"```python\n(res = .*?)```", text, re.DOTALL)
    assert len(calls) == 2
    for call in calls:
        ast.parse(f"async def example():\n    {call}")
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (page.parent / target).exists(), target


def test_an_operation_without_a_method_is_named(tmp_path):
    def add(paths):
        paths["/doors"] = {"post": {**paths["/apps"]["post"], "operationId": "openDoor"}}

    done = write_pages(changed(tmp_path, add), tmp_path)
    assert done.returncode == 1
    assert done.stderr == "pages: the package has no method for openDoor\n"


def test_a_method_without_an_operation_is_named(tmp_path):
    done = write_pages(changed(tmp_path, lambda paths: paths["/apps"].pop("post")), tmp_path)
    assert done.returncode == 1
    assert done.stderr == "pages: openapi.json has no newApp\n"
