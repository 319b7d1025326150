"""What goes wrong on the way: each gives its documented exception within the timeout, and tells no
secret."""

import json
import socket
import ssl

import pytest
import trustme

from onlyauth.models import errors

from planted import ALL, CALLS, EAGER, SHORT_MS, failure, once
from stub import Reply, Stub, reset


def half_a_body(connection, _request):
    whole = bytes(Reply(200, b'{"token": "a.b.c"}'))
    connection.sendall(whole[:-5])


def reset_at_once(connection, _request):
    reset(connection)


def reset_in_the_middle(connection, request):
    half_a_body(connection, request)
    reset(connection)


def no_http(connection, _request):
    connection.sendall(b"220 mail.example ESMTP\r\n")


def hang_in_the_middle(stub):
    def reply(connection, request):
        half_a_body(connection, request)
        stub.hang(connection, request)

    return reply


def endless_headers(connection, _request):
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-More: more\r\n" * 100_000)


FAULTS = {
    "closes at once": (lambda _: lambda connection, _request: None, errors.SDKConnectionError),
    "resets at once": (lambda _: reset_at_once, errors.SDKConnectionError),
    "resets in the middle": (lambda _: reset_in_the_middle, errors.SDKConnectionError),
    "half a body": (lambda _: half_a_body, errors.SDKConnectionError),
    "no HTTP": (lambda _: no_http, errors.SDKConnectionError),
    "endless headers": (lambda _: endless_headers, errors.SDKConnectionError),
    "hangs": (lambda stub: stub.hang, errors.SDKTimeoutError),
    "hangs in the middle": (hang_in_the_middle, errors.SDKTimeoutError),
}


@pytest.mark.parametrize("how", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_no_whole_answer(stub, fault, how):
    reply, kind = FAULTS[fault]
    stub.reply = reply(stub)
    for operation in ALL:
        settings = {"timeout_ms": SHORT_MS} if kind is errors.SDKTimeoutError else {}
        error = failure(once(stub, **settings), how, operation)
        assert type(error) is kind, operation
        assert (error.status_code, error.body, error.raw_response) == (None, "", None)
        assert error.may_have_taken_effect
        # Programs that know nothing of this package catch them, too.
        assert isinstance(error, OSError)


@pytest.mark.parametrize("how", CALLS)
def test_nobody_listens(how):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    for operation in ALL:
        error = failure(once(url), how, operation)
        assert type(error) is errors.SDKConnectionError
        assert (error.status_code, error.may_have_taken_effect) == (None, False)
        assert "Is the server running" in str(error) and url in str(error)


@pytest.fixture
def full_queue():
    """An address whose queue of connections is full, so that to connect there takes for ever."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        yield f"http://127.0.0.1:{address[1]}"
        for one in waiting:
            one.close()


@pytest.mark.parametrize("how", CALLS)
def test_connecting_takes_too_long(full_queue, how):
    error = failure(once(full_queue), how, "validate_success_token")
    assert type(error) is errors.SDKTimeoutError
    # Not a byte was sent.
    assert (error.status_code, error.may_have_taken_effect) == (None, False)


@pytest.mark.parametrize("how", CALLS)
def test_a_host_that_does_not_exist(how):
    error = failure(once("https://nowhere.invalid"), how, "get_apps")
    assert isinstance(error, errors.SDKError) and isinstance(error, OSError)
    assert (error.status_code, error.may_have_taken_effect) == (None, False)


@pytest.mark.parametrize("how", CALLS)
def test_an_answer_that_is_too_long(stub, how):
    stub.reply = Reply(200, json.dumps({"token": "x" * 10_000_000}).encode())
    for operation in ALL:
        error = failure(once(stub), how, operation)
        assert type(error) is errors.SDKError
        assert (error.status_code, error.body, error.raw_response) == (200, "", None)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def tls_stub(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with Stub(Reply(200, b'{"apps": []}'), tls=context) as stub:
        yield stub


@pytest.mark.parametrize("how", CALLS)
def test_an_unknown_authority(tls_stub, how):
    tls_stub.requests.clear()
    for operation in ALL:
        error = failure(once(tls_stub), how, operation)
        assert type(error) is errors.SDKConnectionError
        assert (error.status_code, error.may_have_taken_effect) == (None, False)
        assert "root_certificates_pem" in str(error)
    # The secret never left.
    assert tls_stub.requests == []


@pytest.mark.parametrize("how", CALLS)
def test_an_authority_that_is_named(tls_stub, authority, how):
    pem = authority.cert_pem.bytes()
    response = CALLS[how](once(tls_stub, root_certificates_pem=pem), "get_apps")
    assert response.object.apps == []


@pytest.mark.parametrize("how", CALLS)
def test_a_success_token_is_sent_once_and_reads_again(stub, how):
    stub.reply = reset_at_once
    for operation, more_than_once in [
        ("validate_success_token", False),
        ("new_app", False),
        ("update_app", False),
        ("delete_app", False),
        ("create_access_token", True),
        ("create_factor_link", True),
        ("get_apps", True),
        ("get_app_by_id", True),
        ("get_messages", True),
    ]:
        stub.requests.clear()
        error = failure(once(stub, retry_config=EAGER), how, operation)
        assert type(error) is errors.SDKConnectionError
        assert (len(stub.requests) > 1) == more_than_once, operation
