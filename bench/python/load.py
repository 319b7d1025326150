"""Calls createAccessToken by the package that is installed here, and prints how fast, as JSON.

python load.py MODE SECONDS IN_FLIGHT, with the server, the client and the app in the environment.
"""

import asyncio
import itertools
import json
import os
import resource
import sys
import threading
import time

import onlyauth
from onlyauth.models import operations

ENDS = itertools.count()


def sdk():
    return onlyauth.Onlyauth(bearer_auth=os.environ["SECRET"], server_url=os.environ["SERVER"])


def request():
    number = next(ENDS)
    return operations.CreateAccessTokenRequestBody(
        app_id=os.environ["APP"],
        client_id=os.environ["CLIENT"],
        end_user_phone_number="+12025550142",
        end_user_uuid=f"user-{number}",
        redirect_uri="http://localhost:3000/login/return",
        language="en-us",
        region="us-1",
    )


def check(answer):
    assert answer.object is not None and answer.object.token, answer.status_code


def one_after_another(auth, end):
    calls = 0
    while time.perf_counter() < end:
        check(auth.create_access_token(request()))
        calls += 1
    return calls


def sequential(seconds, _in_flight):
    auth = sdk().authentication
    one_after_another(auth, time.perf_counter() + 0.5)
    begun = time.perf_counter()
    return one_after_another(auth, begun + seconds), time.perf_counter() - begun


def threads(seconds, in_flight):
    """All share one client, as a web server's do."""
    auth, counts = sdk().authentication, []
    one_after_another(auth, time.perf_counter() + 0.5)
    begun = time.perf_counter()

    def work():
        counts.append(one_after_another(auth, begun + seconds))

    workers = [threading.Thread(target=work) for _ in range(in_flight)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(counts) == in_flight, "a thread failed"
    return sum(counts), time.perf_counter() - begun


async def all_at_once(seconds, in_flight):
    async with sdk() as client:
        auth = client.authentication

        async def work(end):
            calls = 0
            while time.perf_counter() < end:
                check(await auth.create_access_token_async(request()))
                calls += 1
            return calls

        # What opens the connections is not measured.
        await asyncio.gather(*(work(time.perf_counter() + 0.5) for _ in range(in_flight)))
        begun = time.perf_counter()
        counts = await asyncio.gather(*(work(begun + seconds) for _ in range(in_flight)))
        return sum(counts), time.perf_counter() - begun


def asynchronous(seconds, in_flight):
    return asyncio.run(all_at_once(seconds, in_flight))


def main():
    mode, seconds, in_flight = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    calls, took = {"sequential": sequential, "threads": threads, "async": asynchronous}[mode](
        seconds, in_flight
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"calls_per_second": calls / took, "peak_mib": peak}))


if __name__ == "__main__":
    main()
