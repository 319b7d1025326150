"""What is installed: one wheel for every CPython from 3.9, typed, and nothing else with it."""

import importlib.metadata
import shutil
import subprocess
from pathlib import Path

import pytest

import onlyauth

from stub import Reply

PACKAGE = importlib.metadata.distribution("onlyauth")


def runs(python):
    """Whether there is a Python behind the name: some are told to be installed elsewhere."""
    done = subprocess.run([python, "-c", "pass"], capture_output=True, check=False)
    return done.returncode == 0


NAMES = (shutil.which(f"python3.{minor}") for minor in range(9, 20))
PYTHONS = [name for name in NAMES if name is not None and runs(name)]


def test_the_wheel_is_for_every_cpython_from_3_9():
    tags = [line for line in PACKAGE.read_text("WHEEL").splitlines() if line.startswith("Tag: ")]
    assert tags and all(tag.startswith("Tag: cp39-abi3-") for tag in tags)
    assert PACKAGE.metadata["Requires-Python"] == ">=3.9"
    assert PACKAGE.requires is None


def test_it_is_typed_and_knows_its_version():
    files = {Path(file).name for file in PACKAGE.files}
    assert {"py.typed", "_native.pyi", "_native.abi3.so"} <= files
    assert onlyauth.__version__ == PACKAGE.version


PROGRAM = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
import onlyauth
with onlyauth.Onlyauth("x", server_url=sys.argv[2]) as sdk:
    assert sdk.apps.get_apps("x").object.apps == []
    assert asyncio.run(sdk.apps.get_apps_async("x")).object.apps == []
    try:
        sdk.apps.get_apps("x").object.apps[0]
    except IndexError:
        print(sys.version_info[:2], "fine")
"""


@pytest.mark.parametrize("python", PYTHONS)
def test_it_runs_on_every_python_that_is_here(stub, python):
    stub.reply = Reply(200, b'{"apps": []}')
    site = Path(onlyauth.__file__).parents[1]
    done = subprocess.run(
        [python, "-X", "dev", "-I", "-c", PROGRAM, site, stub.url],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "fine" in done.stdout
