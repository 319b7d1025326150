"""Carries calls by the Rust client."""

from __future__ import annotations

from typing import Optional

from . import _native, mailbox
from .call import Call
from .models import errors
from .response import Response
from .retries import RetryConfig
from .sdkconfiguration import SDKConfiguration

# Mistakes in what was asked for, found before anything is sent.
_MISTAKES = ("configuration", "call")


class NativeTransport:
    """Carries calls by the Rust client, which keeps connections, watches the time and tries
    again."""

    def __init__(
        self, configuration: SDKConfiguration, root_certificates_pem: Optional[bytes]
    ) -> None:
        self._client = _native.Client(
            configuration.server_url,
            configuration.timeout_ms,
            _retry(configuration.retry_config),
            root_certificates_pem,
        )

    def send(self, call: Call, authorization: Optional[str]) -> Response:
        return _answer(
            self._client.send(
                call.operation, call.path, call.query, call.form, call.lines, authorization
            )
        )

    async def send_async(self, call: Call, authorization: Optional[str]) -> Response:
        return _answer(await mailbox.outcome(self._client, call, authorization))

    def close(self) -> None:
        self._client.close()


def _retry(config: Optional[RetryConfig]) -> Optional[_native.Retry]:
    if config is None:
        return None
    backoff = config.backoff
    if config.strategy != "backoff" or backoff is None:
        return (0, 0, 1.0, 0, False)
    return (
        backoff.initial_interval,
        backoff.max_interval,
        backoff.exponent,
        backoff.max_elapsed_time,
        config.retry_connection_errors,
    )


def _answer(outcome: _native.Outcome) -> Response:
    if isinstance(outcome, _native.Answer):
        return Response(outcome.status, outcome.headers, outcome.body, outcome.attempts)
    message = outcome.message
    if outcome.kind in _MISTAKES:
        raise ValueError(message)
    sentence = message[:1].upper() + message[1:]
    may = outcome.may_have_taken_effect
    if outcome.kind == "timeout":
        raise errors.SDKTimeoutError(sentence, may_have_taken_effect=may)
    if outcome.kind == "too_large":
        raise errors.SDKError(sentence, outcome.status, may_have_taken_effect=may)
    raise errors.SDKConnectionError(sentence, may_have_taken_effect=may)
