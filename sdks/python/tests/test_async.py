"""asyncio: thousands at once on one runtime, cancellable, on any loop."""

import asyncio
import contextlib
import json
import os
import resource
import threading
from pathlib import Path

import pytest
import uvloop

import onlyauth
from onlyauth.models import operations

from parity.calls import access_token_request
from stub import DEADLINE, Reply
from widget import EndUser, success_token

MANY = 1_000


@pytest.fixture
def many_files():
    """Both ends of every connection are in this process."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8 * MANY, before[1]), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


class Gathering:
    """Answers nobody before everybody has asked."""

    def __init__(self, size):
        self.size = size
        self.waiting = 0
        self.complete = asyncio.Event()

    async def serve(self, reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        self.waiting += 1
        if self.waiting == self.size:
            self.complete.set()
        await self.complete.wait()
        number = head.split(b"client_id=")[1].split(b" ")[0].decode()
        body = json.dumps({"app": [], "apps": None, "number": number}).encode()
        writer.write(bytes(Reply(200, body)))
        await writer.drain()
        writer.close()


def runtime_threads():
    return [
        task
        for task in Path("/proc/self/task").iterdir()
        if (task / "comm").read_text().strip() == "onlyauth"
    ]


@pytest.mark.usefixtures("many_files")
@pytest.mark.parametrize("run", [asyncio.run, uvloop.run])
def test_a_thousand_at_once_on_one_thread(run):
    async def main():
        gathering = Gathering(MANY)
        server = await asyncio.start_server(gathering.serve, "127.0.0.1", 0, backlog=2 * MANY)
        port = server.sockets[0].getsockname()[1]
        async with server, onlyauth.Onlyauth("x", server_url=f"http://127.0.0.1:{port}") as sdk:
            calls = [sdk.apps.get_apps_async(str(number)) for number in range(MANY)]
            answers = await asyncio.wait_for(asyncio.gather(*calls), DEADLINE)
            threads = len(runtime_threads())
        return [answer.raw_response.json()["number"] for answer in answers], threads

    numbers, threads = run(main())
    # Each call got its own answer, and nobody had one before all had asked.
    assert numbers == [str(number) for number in range(MANY)]
    assert threads == 1


def test_a_login_by_asyncio(shop, app_id):
    async def main():
        async with shop.sdk_with(shop.secret) as sdk:
            request = access_token_request(app_id, shop.client_id)
            access = await sdk.authentication.create_access_token_async(request)
            end_user = EndUser(shop, app_id, access.object.token)
            token = success_token(end_user.pass_the_login(request.end_user_phone_number))
            return await sdk.authentication.validate_success_token_async(
                app_id, shop.client_id, token, request.end_user_uuid
            )

    assert asyncio.run(main()).object.channel == "sms"


def test_apps_by_asyncio(shop):
    async def main():
        apps = shop.sdk.apps
        [app] = (await apps.new_app_async(operations.NewAppRequestBody())).object.app
        settings = operations.UpdateAppRequestBody(allowed_countries=["DE", "US"], enabled=False)
        [changed] = (await apps.update_app_async(app.id, shop.client_id, settings)).object.app
        assert (changed.allowed_countries, changed.enabled) == (["DE", "US"], 0)
        [found] = (await apps.get_app_by_id_async(app.id, shop.client_id)).object.app
        assert found == changed
        assert found in (await apps.get_apps_async(shop.client_id)).object.apps
        messages = await shop.sdk.sandbox.get_messages_async(app.id, shop.client_id, limit=1)
        assert messages.object.messages == []
        return await apps.delete_app_async(app.id, shop.client_id)

    assert asyncio.run(main()).object.to_dict() == {"app": {}}


def test_a_cancelled_call_is_given_up_and_its_connection_closed(stub):
    closed = threading.Event()

    def until_the_other_side_closes(connection, _request):
        if connection.recv(1) == b"":
            closed.set()

    stub.reply = until_the_other_side_closes

    async def main():
        # By itself it would go on for longer than the test waits.
        sdk = onlyauth.Onlyauth("x", server_url=stub.url, timeout_ms=10 * int(DEADLINE) * 1000)
        task = asyncio.create_task(sdk.apps.get_apps_async("x"))
        await asyncio.to_thread(stub.wait_for_request)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert task.cancelled()
        assert await asyncio.to_thread(closed.wait, DEADLINE)
        # The loop goes on, and so does the client.
        stub.reply = Reply(200, b'{"apps": []}')
        assert (await sdk.apps.get_apps_async("x")).object.apps == []

    asyncio.run(main())


def test_a_timeout_of_asyncio_itself(stub):
    stub.reply = stub.hang

    async def main():
        sdk = onlyauth.Onlyauth("x", server_url=stub.url)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(sdk.apps.get_apps_async("x"), 0.05)

    asyncio.run(main())


def test_the_loop_goes_on_meanwhile(stub):
    """The answer is given by a task of the very loop that waits for it."""
    asked = threading.Event()
    go_on = threading.Event()

    def reply(connection, _request):
        asked.set()
        assert go_on.wait(DEADLINE)
        connection.sendall(bytes(Reply(200, b'{"apps": []}')))

    stub.reply = reply

    async def main():
        sdk = onlyauth.Onlyauth("x", server_url=stub.url)
        task = asyncio.create_task(sdk.apps.get_apps_async("x"))
        await asyncio.to_thread(asked.wait, DEADLINE)
        go_on.set()
        return await task

    assert asyncio.run(main()).status_code == 200


def test_many_loops_one_after_the_other_and_in_many_threads(stub):
    stub.reply = Reply(200, b'{"apps": []}')
    sdk = onlyauth.Onlyauth("x", server_url=stub.url)

    async def main():
        calls = [sdk.apps.get_apps_async("x") for _ in range(5)]
        return [answer.status_code for answer in await asyncio.gather(*calls)]

    found = []
    threads = [threading.Thread(target=lambda: found.append(asyncio.run(main()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
    files = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        assert asyncio.run(main()) == [200] * 5
    assert found == [[200] * 5] * 8
    # What a loop had is gone with it: no more than a few that wait for the collector.
    import gc

    gc.collect()
    assert len(os.listdir("/proc/self/fd")) < files + 20


class NoFiles(asyncio.SelectorEventLoop):
    """A loop that can't watch files, as Windows's own."""

    def add_reader(self, *_arguments):
        raise NotImplementedError


def test_a_loop_that_cannot_watch_files(stub):
    stub.reply = Reply(200, b'{"apps": []}')
    sdk = onlyauth.Onlyauth("x", server_url=stub.url)
    # The loop's own way of waking itself is a file, too.
    loop = NoFiles.__new__(NoFiles)
    NoFiles.add_reader, watched = asyncio.SelectorEventLoop.add_reader, NoFiles.add_reader
    try:
        loop.__init__()
    finally:
        NoFiles.add_reader = watched
    try:
        assert loop.run_until_complete(sdk.apps.get_apps_async("x")).status_code == 200
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        loop.close()
