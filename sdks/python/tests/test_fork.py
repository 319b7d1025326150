"""Processes that fork: before the first call, after it, and in the middle of one."""

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
import urllib.request

import pytest

import onlyauth

from stub import DEADLINE, Reply, Stub


def in_a_child(work):
    """Runs `work` in a forked process, and asserts that it ends well and in time."""
    child = os.fork()
    if child == 0:
        # What hangs here is not left behind, even where the test itself is killed.
        signal.alarm(2 * int(DEADLINE))
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert os.waitstatus_to_exitcode(status) == 0
            return
        # There is nothing to wait on for a process's end with a deadline; this only asks.
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise AssertionError("the child did not end")


@pytest.fixture
def sdk(stub):
    stub.reply = Reply(200, b'{"apps": []}')
    with onlyauth.Onlyauth("x", server_url=stub.url) as sdk:
        yield sdk


def ask(sdk):
    assert sdk.apps.get_apps("x").object.apps == []


def ask_async(sdk):
    import asyncio

    assert asyncio.run(sdk.apps.get_apps_async("x")).object.apps == []


def test_a_client_made_before_a_fork_and_not_used_yet(sdk):
    in_a_child(lambda: ask(sdk))
    ask(sdk)


@pytest.mark.parametrize("before", [ask, ask_async])
@pytest.mark.parametrize("after", [ask, ask_async])
def test_a_client_that_was_used_before_a_fork(sdk, before, after):
    before(sdk)
    in_a_child(lambda: after(sdk))
    before(sdk)


def test_grandchildren(sdk):
    ask(sdk)
    in_a_child(lambda: (ask(sdk), in_a_child(lambda: ask(sdk)), ask(sdk)))
    ask(sdk)


def test_a_child_may_drop_its_parents_client(stub):
    stub.reply = Reply(200, b'{"apps": []}')
    clients = [onlyauth.Onlyauth("x", server_url=stub.url)]
    ask(clients[0])

    def drop():
        clients[0].close()
        clients.clear()
        with onlyauth.Onlyauth("x", server_url=stub.url) as another:
            ask(another)

    in_a_child(drop)
    ask(clients[0])


def test_forks_while_many_threads_are_calling(stub):
    stub.reply = Reply(200, b'{"apps": []}')
    sdk = onlyauth.Onlyauth("x", server_url=stub.url)
    enough = threading.Event()
    failed = []

    def call_on():
        try:
            while not enough.is_set():
                ask(sdk)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=call_on) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        with Stub(Reply(200, b'{"apps": []}')):
            for _ in range(20):
                in_a_child(lambda: ask(sdk))
    finally:
        enough.set()
        for thread in threads:
            thread.join(DEADLINE)
    assert failed == []


def pool_work(sdk):
    ask(sdk)
    return os.getpid()


_shared = {}


def in_pool(_number):
    return pool_work(_shared["sdk"])


def test_a_pool_of_processes(sdk):
    ask(sdk)
    _shared["sdk"] = sdk
    with multiprocessing.get_context("fork").Pool(3) as pool:
        processes = pool.map_async(in_pool, range(12)).get(DEADLINE)
    assert os.getpid() not in processes


APPLICATION = """
import os

import onlyauth

sdk = onlyauth.Onlyauth("x", server_url=os.environ["STUB"])
# The master process calls before it forks its workers.
assert sdk.apps.get_apps("x").status_code == 200


def application(environ, start_response):
    status = sdk.apps.get_apps("x").status_code
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{status} {os.getpid()}".encode()]
"""


@pytest.mark.parametrize("workers", ["sync", "gthread"])
def test_gunicorn_with_preload(stub, tmp_path, workers):
    stub.reply = Reply(200, b'{"apps": []}')
    (tmp_path / "shop.py").write_text(textwrap.dedent(APPLICATION))
    log = (tmp_path / "log").open("w+")
    command = [
        *(sys.executable, "-m", "gunicorn", "shop:application", "--preload"),
        *("--workers", "2", "--worker-class", workers, "--threads", "2"),
        *("--bind", "127.0.0.1:0", "--chdir", str(tmp_path), "--worker-tmp-dir", str(tmp_path)),
        *("--no-control-socket",),
    ]
    environment = {**os.environ, "STUB": stub.url, "PYTHONPATH": os.pathsep.join(sys.path)}
    gunicorn = subprocess.Popen(command, env=environment, stderr=log, stdout=log)
    try:
        address = listening(gunicorn, tmp_path / "log")
        answers = [get(address) for _ in range(40)]
        gunicorn.terminate()
        assert gunicorn.wait(DEADLINE) == 0
    finally:
        gunicorn.kill()
        gunicorn.wait()
        log.close()
    assert {answer.split()[0] for answer in answers} == {"200"}
    assert str(gunicorn.pid) not in {answer.split()[1] for answer in answers}
    # The master's call, and each worker's.
    assert len(stub.requests) == 41


def listening(process, log):
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        said = log.read_text()
        assert process.poll() is None, said
        for line in said.splitlines():
            if "Listening at: " in line:
                return line.split("Listening at: ")[1].split(" ")[0]
        time.sleep(0.01)
    raise AssertionError(log.read_text())


def get(address):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=DEADLINE) as answer:
        return answer.read().decode()
