"""The interpreter's end: clean and at once, whatever is on its way."""

import subprocess
import sys
import time

import pytest

from stub import DEADLINE, Reply

START = """
import asyncio, atexit, sys, threading
import onlyauth

sdk = onlyauth.Onlyauth("x", server_url=sys.argv[1], timeout_ms=60_000)
"""

HANGING = {
    "a daemon thread waits": """
threading.Thread(target=sdk.apps.get_apps, args=("x",), daemon=True).start()
sys.stdin.read()
""",
    "many daemon threads wait": """
for _ in range(16):
    threading.Thread(target=sdk.apps.get_apps, args=("x",), daemon=True).start()
sys.stdin.read()
""",
    "a daemon thread's event loop waits": """
def loop():
    asyncio.run(sdk.apps.get_apps_async("x"))

threading.Thread(target=loop, daemon=True).start()
sys.stdin.read()
""",
    "tasks are left behind": """
async def main():
    asyncio.create_task(sdk.apps.get_apps_async("x"))
    await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
""",
    "a loop is closed without asyncio.run": """
async def main():
    global task
    task = asyncio.ensure_future(sdk.apps.get_apps_async("x"))
    await asyncio.sleep(0)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)

loop = asyncio.new_event_loop()
loop.run_until_complete(main())
task.cancel()
loop.run_until_complete(asyncio.wait([task]))
loop.close()
""",
}

ANSWERED = {
    "nothing is closed": "sdk.apps.get_apps('x')",
    "a call at exit": "sdk.apps.get_apps('x'); atexit.register(sdk.apps.get_apps, 'x')",
    "a first call at exit": "atexit.register(sdk.apps.get_apps, 'x')",
    "sys.exit in a with": "\nwith sdk:\n    sdk.apps.get_apps('x')\n    sys.exit(0)",
    "nothing is called": "",
}


def start(program, stub):
    return subprocess.Popen(
        [sys.executable, "-X", "dev", "-c", START + program, stub.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("name", HANGING)
def test_the_end_with_a_call_on_its_way(stub, name):
    stub.reply = stub.hang
    program = start(HANGING[name], stub)
    try:
        for _ in range(16 if "many" in name else 1):
            stub.wait_for_request()
        told = time.monotonic()
        # Its standard input ends, and so does the program.
        out, err = program.communicate(timeout=DEADLINE)
        assert time.monotonic() - told < 10
    finally:
        program.kill()
        program.wait()
    assert (out, err, program.returncode) == ("", "", 0)


@pytest.mark.parametrize("name", ANSWERED)
def test_the_end_after_calls(stub, name):
    stub.reply = Reply(200, b'{"apps": []}')
    program = start(ANSWERED[name], stub)
    try:
        out, err = program.communicate(timeout=DEADLINE)
    finally:
        program.kill()
        program.wait()
    assert (out, err, program.returncode) == ("", "", 0)
    assert len(stub.requests) == ANSWERED[name].count("get_apps")
