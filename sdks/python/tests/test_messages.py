"""Answers that are errors: what their exceptions tell, and what not."""

import json

import pytest

from onlyauth.models import errors

from parity.calls import BODIES
from planted import ALL, CALLS, SECRET, failure, once
from stub import Reply


@pytest.mark.parametrize("how", CALLS)
def test_an_answer_of_another_kind(stub, how):
    stub.reply = Reply(200, b"<p>Welcome</p>", "text/html")
    for operation in ALL:
        error = failure(once(stub), how, operation)
        assert type(error) is errors.SDKError
        assert (error.status_code, error.body) == (200, "<p>Welcome</p>")
        assert "text/html" in str(error) and "server_url" in str(error)


@pytest.mark.parametrize("how", CALLS)
@pytest.mark.parametrize("status", [200, 302, 400, 401, 404, 429, 500, 503])
@pytest.mark.parametrize("content_type", ["application/json", "text/plain"])
def test_an_answer_that_repeats_what_was_sent(stub, how, status, content_type):
    def echo(connection, request):
        said = f"{request.method} {request.target} {request.headers} {request.form} {request.query}"
        body = {
            "error": said,
            "code": said,
            "errors": [said, SECRET],
            "token": [said],
            "apps": said,
        }
        body |= {"app": said, "messages": said, "url": [said]}
        connection.sendall(bytes(Reply(status, json.dumps(body).encode(), content_type)))

    stub.reply = echo
    for operation in ALL:
        error = failure(once(stub), how, operation)
        assert error.raw_response.status_code == status


@pytest.mark.parametrize("how", CALLS)
def test_content_types_are_masked_too(stub, how):
    stub.reply = Reply(200, b"", f"text/{SECRET}")
    assert "[masked]" in str(failure(once(stub), how, "get_apps"))


@pytest.mark.parametrize("how", CALLS)
def test_what_may_have_taken_effect(stub, how):
    for status, code, may in [
        (404, "not_found", False),
        (429, "rate_limited", False),
        (503, "overloaded", False),
        (503, "outcome_unknown", True),
        (500, "internal", True),
    ]:
        stub.reply = Reply(
            status, json.dumps({"error": "No.", "code": code, "errors": ["No."]}).encode()
        )
        error = failure(once(stub), how, "validate_success_token")
        found = (error.status_code, error.code, error.errors, error.may_have_taken_effect)
        assert found == (status, code, ["No."], may)


@pytest.mark.parametrize("how", CALLS)
def test_somebody_elses_token_from_a_server_that_does_not_compare(stub, how):
    proof = {**BODIES["validate_success_token"], "end_user_uuid": "mallory"}
    stub.reply = Reply(200, json.dumps(proof).encode())
    error = failure(once(stub), how, "validate_success_token")
    assert (type(error), error.code) == (errors.ErrorResponse, "end_user_mismatch")


@pytest.mark.parametrize("how", CALLS)
@pytest.mark.parametrize("status", [200, 400, 404])
def test_json_that_is_too_deep_to_be_read(stub, how, status):
    stub.reply = Reply(status, b"[" * 500_000)
    error = failure(once(stub), how, "get_apps")
    assert type(error) is (errors.SDKError if status == 404 else errors.DecodeError)
