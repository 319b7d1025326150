"""An injected client: beyond what the published package does with one."""

import asyncio
import threading

import pytest
import requests

import onlyauth
from onlyauth.models import errors

from parity.calls import BODIES, CLIENT_ID
from parity.test_requests import Double, answer
from stub import DEADLINE


def sdk_over(double, **settings):
    return onlyauth.Onlyauth("s3cret", server_url="http://there.example", client=double, **settings)


def test_its_time_is_its_own_unless_one_is_set():
    double = Double(answer(200, BODIES["get_apps"]))
    sdk_over(double).apps.get_apps(CLIENT_ID)
    sdk_over(double, timeout_ms=1_500).apps.get_apps(CLIENT_ID)
    timeouts = [options.get("timeout") for _, _, options in double.calls]
    assert timeouts == [None, 1.5]


def test_asyncio_waits_for_it_on_a_thread():
    double = Double(answer(200, BODIES["get_apps"]))
    main_thread = threading.get_ident()
    threads = []
    carry = double.request

    def request(*arguments, **options):
        threads.append(threading.get_ident())
        return carry(*arguments, **options)

    double.request = request
    response = asyncio.run(sdk_over(double).apps.get_apps_async(CLIENT_ID))
    assert len(response.object.apps) == 2
    assert threads and main_thread not in threads


def test_asyncio_goes_on_while_it_waits():
    go_on = threading.Event()
    double = Double(answer(200, BODIES["get_apps"]))
    carry = double.request

    def request(*arguments, **options):
        assert go_on.wait(DEADLINE)
        return carry(*arguments, **options)

    double.request = request

    async def main():
        task = asyncio.ensure_future(sdk_over(double).apps.get_apps_async(CLIENT_ID))
        await asyncio.sleep(0)
        go_on.set()
        return await task

    assert asyncio.run(main()).status_code == 200


def test_a_redirect_is_an_error():
    with pytest.raises(errors.SDKError) as refused:
        sdk_over(Double(answer(307, None))).apps.get_apps(CLIENT_ID)
    assert refused.value.status_code == 307
    assert "not followed" in str(refused.value)


@pytest.mark.parametrize(
    "settings",
    [
        {"retry_config": onlyauth.RetryConfig("none", None, False)},
        {"root_certificates_pem": b"x"},
    ],
    ids=str,
)
def test_what_has_no_effect_beside_it_is_told(settings):
    with pytest.warns(RuntimeWarning, match=next(iter(settings))):
        sdk_over(requests.Session(), **settings)


def test_it_stays_open_when_the_client_closes():
    double = Double(answer(200, BODIES["get_apps"]))
    with sdk_over(double) as sdk:
        sdk.apps.get_apps(CLIENT_ID)
    with pytest.raises(RuntimeError, match="closed"):
        sdk.apps.get_apps(CLIENT_ID)
    assert len(double.calls) == 1
    assert not hasattr(double, "close")
