"""From an answer as it came to what a call gives, or raises."""

from __future__ import annotations

import json
from typing import Any, Dict, FrozenSet, List, NamedTuple, Optional, cast

from . import _native
from .call import Call
from .models import errors
from .models.components import RawResponse
from .operation import Operation, ResponseT


def settle(
    operation: Operation[ResponseT], answer: RawResponse, call: Call, authorization: Optional[str]
) -> ResponseT:
    """What the operation gives for this answer to the call. Raises what `models.errors` lists."""
    status = answer.status_code
    content_type = answer.headers.get("Content-Type")
    if status == 200 and _is_json(content_type):
        return operation.response(content_type, status, answer, _read(operation, answer))
    if 200 < status < 300:
        # A success that the operation does not have.
        return operation.response(content_type, status, answer)
    secrets = call.secrets(authorization)
    if status >= 300:
        raise _refused(answer, content_type, secrets)
    raise _unexpected(answer, content_type, secrets)


def _read(operation: Operation[Any], answer: RawResponse) -> Any:
    try:
        data = _json(answer)
        return None if data is None else operation.body.from_dict(data)
    except ValueError as problem:
        # The words of the JSON reader are a position, and those of the models names of keys.
        raise errors.DecodeError(
            f"The server's answer can't be read ({problem}): is it an OnlyAuth server, and not a "
            "much newer one?",
            answer.status_code,
            answer.text,
            answer,
            may_have_taken_effect=True,
        ) from None


def _json(answer: RawResponse) -> Any:
    try:
        return json.loads(answer.text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _refused(
    answer: RawResponse, content_type: Optional[str], secrets: FrozenSet[str]
) -> errors.OnlyauthError:
    status = answer.status_code
    if status < 400:
        return errors.SDKError(
            f"The server answered {status} and leads to another address, which is not followed, "
            "since the API secret is for the server that was named: if that address is yours, make "
            "it the server_url.",
            status,
            answer.text,
            answer,
            may_have_taken_effect=True,
        )
    json_expected = status in (400, 401)
    if not _is_json(content_type):
        if json_expected:
            return _unexpected(answer, content_type, secrets)
        return _sdk_error(answer, _Words(None, None, None), secrets)
    words = _words(answer)
    if not json_expected:
        return _sdk_error(answer, words or _Words(None, None, None), secrets)
    if words is None:
        return errors.DecodeError(
            f"The server answered {status}, and not with JSON of OnlyAuth's: does server_url lead "
            "to an OnlyAuth server?",
            status,
            answer.text,
            answer,
        )
    message = _sentence(status, words, secrets)
    return errors.ErrorResponse(words.error, words.code, words.errors, answer, message)


class _Words(NamedTuple):
    """What the body of an error says."""

    error: Optional[str]
    code: Optional[str]
    errors: Optional[List[str]]


def _words(answer: RawResponse) -> Optional[_Words]:
    try:
        data = _json(answer)
    except ValueError:
        return None
    if not isinstance(data, dict):
        return None
    body = cast(Dict[str, Any], data)
    return _Words(_text(body.get("error")), _text(body.get("code")), _texts(body.get("errors")))


def _text(value: Any) -> Optional[str]:
    return value if isinstance(value, str) else None


def _texts(value: Any) -> Optional[List[str]]:
    if not isinstance(value, list):
        return None
    listed: List[Any] = value
    return listed if all(isinstance(one, str) for one in listed) else None


def _sdk_error(answer: RawResponse, words: _Words, secrets: FrozenSet[str]) -> errors.SDKError:
    status = answer.status_code
    nothing_done = status < 500 or (status == 503 and words.code == "overloaded")
    return errors.SDKError(
        _sentence(status, words, secrets),
        status,
        answer.text,
        answer,
        code=words.code,
        errors=words.errors,
        may_have_taken_effect=not nothing_done,
    )


def _unexpected(
    answer: RawResponse, content_type: Optional[str], secrets: FrozenSet[str]
) -> errors.SDKError:
    kind = "without a content type" if content_type is None else f"with '{content_type}'"
    said = f"The server answered {answer.status_code} {kind} instead of JSON"
    return errors.SDKError(
        without(secrets, f"{said}: does server_url lead to an OnlyAuth server?"),
        answer.status_code,
        answer.text,
        answer,
        may_have_taken_effect=answer.status_code == 200,
    )


def _sentence(status: int, words: _Words, secrets: FrozenSet[str]) -> str:
    said = f"The server answered {status}"
    if words.code is not None:
        said += f" {words.code}"
    if words.error is not None:
        said += f": {words.error}"
    elif words.code is None:
        said += " without saying why: does server_url lead to an OnlyAuth server?"
    if words.errors and words.errors != [words.error]:
        said += f" ({' '.join(words.errors)})"
    return without(secrets, said)


def without(secrets: FrozenSet[str], text: str) -> str:
    """The text as it may be shown: something before the server may have repeated what was sent."""
    # The longest first: one may be part of another.
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "[masked]")
    return _native.masked(text)


def _is_json(content_type: Optional[str]) -> bool:
    return (content_type or "").split(";")[0].strip().lower() == "application/json"
