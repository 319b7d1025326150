"""The README's first login, its own commands run one after the other."""

import json
import os
import re
import subprocess
from pathlib import Path

from server import BINARY, DEADLINE, environment, eventually
from widget import EndUser, success_token

README = Path(__file__).parents[4] / "README.md"


def commands():
    """The shell blocks of the walk-through, but for the one that builds and starts the server."""
    text = README.read_text()
    section = text.split("## Your first login in five minutes")[1].split("\n## ")[0]
    build, *rest = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    assert "onlyauth serve" in build
    return rest


class Terminal:
    """One shell after the other, with the variables of the earlier ones."""

    def __init__(self, server, folder):
        self.server = server
        self.folder = folder
        self.variables = folder / "variables"
        self.variables.touch()
        programs = folder / "bin"
        programs.mkdir()
        (programs / "onlyauth").symlink_to(BINARY)
        self.path = f"{programs}{os.pathsep}{os.environ['PATH']}"

    def run(self, block):
        # The walk-through's server has its default address, and its data folder is the default one: both are
        # told by other means here. That the program was just built is known.
        block = block.replace("http://localhost:8080", self.server.url)
        block = block.replace('export PATH="$PWD/target/release:$PATH"\n', "")
        script = f"""
            set -eu -o pipefail
            source {self.variables}
            {block}
            declare -p client_id api_secret app_id access_token >{self.variables} 2>/dev/null || true
        """
        settings = {"PATH": self.path, "ONLYAUTH_DATA_DIR": str(self.server.folder), "NO_PROXY": "*"}
        done = subprocess.run(
            ["bash", "-c", script],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=DEADLINE,
            cwd=self.folder,
            env=environment() | settings,
        )
        assert done.returncode == 0, f"{block}\n{done.stderr}"
        return done.stdout.strip()

    def variable(self, name):
        return self.run(f'echo "${name}"')


class Browser:
    """What the widget's actor needs of a backend, when the backend is a terminal."""

    def __init__(self, server):
        self.server = server


def test_the_first_login_of_the_readme(server, tmp_path):
    terminal = Terminal(server, tmp_path)
    make_client, ask_for_token, read_inbox, validate = commands()

    terminal.run(make_client)
    address = terminal.run(ask_for_token)
    token, app_id = re.search(r"/client\?token=([^&]+)&app_id=(.+)$", address).groups()
    assert app_id == terminal.variable("app_id")

    end_user = EndUser(Browser(server), app_id, token)
    page = end_user.submit(end_user.open().form("send"))
    message = eventually(lambda: as_message(terminal.run(read_inbox)))
    page = end_user.submit(page.form("check"), code=message.split()[0])
    assert page.home.startswith("http://localhost:3000/login/return?token=TOKN-")

    proof = json.loads(terminal.run(validate.replace("TOKN-…", success_token(page.home))))
    assert set(proof) == set(json.loads(README.read_text().split("```json\n")[1].split("```")[0]))
    assert (proof["end_user_uuid"], proof["channel"]) == ("user-42", "sms")


def as_message(printed):
    """jq prints null until there is a message."""
    return printed if printed != "null" else None
