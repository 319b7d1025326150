"""One client, many threads: none holds up the others, and Ctrl-C ends what waits."""

import signal
import subprocess
import sys
import threading
import time

import pytest

import onlyauth

from stub import DEADLINE, Reply


def test_another_thread_makes_progress_while_one_waits(stub):
    """The answer comes only once another thread of Python has run."""
    progress = threading.Event()
    asked = threading.Event()

    def reply(connection, _request):
        asked.set()
        assert progress.wait(DEADLINE)
        connection.sendall(bytes(Reply(200, b'{"apps": []}')))

    stub.reply = reply

    def other():
        asked.wait(DEADLINE)
        progress.set()

    thread = threading.Thread(target=other)
    thread.start()
    sdk = onlyauth.Onlyauth("x", server_url=stub.url)
    assert sdk.apps.get_apps("x").status_code == 200
    thread.join(DEADLINE)


def test_many_threads_get_each_their_own_answer(stub):
    def echo(connection, request):
        body = f'{{"token": "{request.form["end_user_uuid"]}"}}'.encode()
        connection.sendall(bytes(Reply(200, body)))

    stub.reply = echo
    sdk = onlyauth.Onlyauth("x", server_url=stub.url)
    wrong = []

    def many(thread):
        for number in range(20):
            name = f"{thread}-{number}"
            response = sdk.authentication.create_access_token({"end_user_uuid": name})
            if response.object.token != name:
                wrong.append(name)

    threads = [threading.Thread(target=many, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
        assert not thread.is_alive()
    assert wrong == []
    assert len(stub.requests) == 16 * 20


PROGRAM = """
import signal, sys
import onlyauth

class Alarm(Exception):
    pass

def handler(*_):
    raise Alarm

signal.signal(signal.SIGUSR1, handler)
# As in a terminal, also where whoever runs these tests does so in the background.
signal.signal(signal.SIGINT, signal.default_int_handler)
sdk = onlyauth.Onlyauth("x", server_url=sys.argv[1])
try:
    sdk.apps.get_apps("x")
except KeyboardInterrupt:
    print("interrupted")
except Alarm:
    print("alarm")
"""


@pytest.mark.parametrize(
    ("number", "said"), [(signal.SIGINT, "interrupted\n"), (signal.SIGUSR1, "alarm\n")]
)
def test_a_signal_ends_what_waits(stub, number, said):
    stub.reply = stub.hang
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, stub.url], stdout=subprocess.PIPE, text=True
    )
    try:
        stub.wait_for_request()
        sent = time.monotonic()
        program.send_signal(number)
        out, _ = program.communicate(timeout=DEADLINE)
        # Long before the call's own timeout of 10 s.
        assert time.monotonic() - sent < 5
    finally:
        program.kill()
        program.wait()
    assert (out, program.returncode) == (said, 0)


def test_after_close_nothing_is_sent(stub):
    stub.reply = Reply(200, b'{"apps": []}')
    with onlyauth.Onlyauth("x", server_url=stub.url) as sdk:
        assert sdk.apps.get_apps("x").status_code == 200
    with pytest.raises(RuntimeError, match="closed"):
        sdk.apps.get_apps("x")
    assert len(stub.requests) == 1
