"""What this package does differently from the published one, on purpose.

Each difference is here with what either package does, and with words of the README that tell of it.
"""

import importlib.metadata
from dataclasses import dataclass
from typing import Any

PUBLISHED = importlib.metadata.version("onlyauth") == "0.0.3"


@dataclass(frozen=True)
class Difference:
    published: Any
    ours: Any
    told: str
    """What the README says about it, word for word."""


DIFFERENCES = {
    "default server": Difference(
        published="https://api.onlyauth.io",
        ours="http://localhost:8080",
        told="The default server is `ONLYAUTH_SERVER_URL`, else `http://localhost:8080`",
    ),
    "how a success token is sent": Difference(
        published=("GET", "query"),
        ours=("POST", "form"),
        told="`validate_success_token` sends the token in a body, by POST",
    ),
    "user agent": Difference(
        published="speakeasy-sdk/python",
        ours="onlyauth-client/",
        told="The user agent is `onlyauth-client/… onlyauth-python/…`",
    ),
    "no connection": Difference(
        published="requests.exceptions.ConnectionError",
        ours="onlyauth.models.errors.noanswer.SDKConnectionError",
        told="Where no whole answer comes: `errors.SDKConnectionError`",
    ),
    "a redirect": Difference(
        published="followed",
        ours="SDKError",
        told="A redirect is not followed, but an `SDKError`",
    ),
    "no JSON": Difference(
        published="json.decoder.JSONDecodeError",
        ours="onlyauth.models.errors.sdkerror.DecodeError",
        told="An answer that can't be read is a `DecodeError`",
    ),
    "a required key is missing": Difference(
        published="builtins.KeyError",
        ours="onlyauth.models.errors.sdkerror.DecodeError",
        told="a key is missing",
    ),
    "a value of another type": Difference(
        published="5",
        ours="onlyauth.models.errors.sdkerror.DecodeError",
        told="a value has another type",
    ),
    "a 400 that is no object": Difference(
        published="builtins.AttributeError",
        ours="onlyauth.models.errors.sdkerror.DecodeError",
        told="an error's body is no object",
    ),
    "an absent nullable key": Difference(
        published=True,
        ours=None,
        told="A key that the server does not send is None",
    ),
    "no request": Difference(
        published="builtins.Exception",
        ours="builtins.TypeError",
        told="A request that is none is a `TypeError`",
    ),
    "an empty app_id": Difference(
        published="onlyauth.models.errors.sdkerror.SDKError",
        ours="builtins.ValueError",
        told="An `app_id` that is empty, None, `.` or `..` is a `ValueError`",
    ),
    "None in a mapping": Difference(
        published={"friendly_name": "None"},
        ours={},
        told="None in a mapping is not sent",
    ),
    "a list in a mapping": Difference(
        published="['DE', 'US']",
        ours="DE US",
        told="a list is sent with spaces between its entries",
    ),
    "white space around a secret": Difference(
        published="requests.exceptions.InvalidHeader",
        ours="Bearer s3cret",
        told="White space around a secret is cut off",
    ),
    "a function gives no secret any more": Difference(
        published="Bearer first",
        ours="",
        told="A function that gives None sends no secret",
    ),
    "secrets in reprs": Difference(
        published=True,
        ours=False,
        told="No repr shows a token, a secret, a phone number or an end user's name",
    ),
    "the body in an error's text": Difference(
        published=True,
        ours=False,
        told="An error's text says what happened and what to look at, and leaves out the body",
    ),
    "where an injected client gets the secret": Difference(
        published="its headers",
        ours="the request's headers",
        told="An object given as `client` gets the secret with each request",
    ),
    "whether an injected client follows redirects": Difference(
        published=True,
        ours=False,
        told="and is told not to follow redirects",
    ),
    "a body of 10 MB": Difference(
        published="read",
        ours="SDKError",
        told="An answer longer than 1 MiB is an `SDKError`",
    ),
    "when a server number is found wrong": Difference(
        published="call",
        ours="construction",
        told="A wrong `server_idx` or `server_url` is found when the client is made",
    ),
    "attempts after a 503": Difference(
        published=1,
        ours=3,
        told="Calls are tried again where that is safe",
    ),
}


def expected(what):
    """What this package does, of a difference's name."""
    difference = DIFFERENCES[what]
    return difference.published if PUBLISHED else difference.ours
