"""Logins: the token that one begins with, and the token that proves it. And the link to the page
where end users look after what they log in with."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Union

from .caller import Caller
from .models import errors, operations
from .operation import CREATE_ACCESS_TOKEN, CREATE_FACTOR_LINK, VALIDATE_SUCCESS_TOKEN
from .sdkconfiguration import SDKConfiguration


class Authentication:
    """Operations on logins."""

    sdk_configuration: SDKConfiguration

    def __init__(self, sdk_configuration: SDKConfiguration, caller: Caller) -> None:
        self.sdk_configuration = sdk_configuration
        self._caller = caller

    def create_access_token(
        self, request: Union[operations.CreateAccessTokenRequestBody, Mapping[str, Any]]
    ) -> operations.CreateAccessTokenResponse:
        """Creates an access token, with which the widget on your login page starts one login.

        It writes and sends nothing yet, so create one for every login page that you show. It is
        tried again where the connection fails and after 429, 502, 503 and 504.

        Args:
            request: who is to log in, at which app, and where the browser goes afterwards; all
                fields are required.

        Returns:
            An answer whose `object.token` is for the widget, within five minutes by default.

        Raises:
            errors.ErrorResponse: 400, `errors` names every problem; 401, the API secret is wrong.
            errors.SDKError: 429, too many in a second; 503, overloaded; an answer that is none of
                OnlyAuth's.
            errors.SDKConnectionError, errors.SDKTimeoutError: no whole answer came.
        """
        return self._caller.call(CREATE_ACCESS_TOKEN, form=request)

    async def create_access_token_async(
        self, request: Union[operations.CreateAccessTokenRequestBody, Mapping[str, Any]]
    ) -> operations.CreateAccessTokenResponse:
        """As `create_access_token`, for asyncio."""
        return await self._caller.call_async(CREATE_ACCESS_TOKEN, form=request)

    def create_factor_link(
        self, request: Union[operations.CreateFactorLinkRequestBody, Mapping[str, Any]]
    ) -> operations.CreateFactorLinkResponse:
        """Creates a link to the page where an end user looks after their factors: sees, adds, names
        and removes them, once one of them passed.

        For somebody who is logged in at your site. It writes and sends nothing yet, so create one
        when they ask for the page, and send their browser there: it opens once. It is tried again
        where the connection fails and after 429, 502, 503 and 504.

        Args:
            request: whose factors, at which app, and where the browser goes afterwards; all fields
                are required.

        Returns:
            An answer whose `object.url` is good once, until `object.expires_at`.

        Raises:
            errors.ErrorResponse: 400, `errors` names every problem; 401, the API secret is wrong.
            errors.SDKError: 429, too many in a second; 503, overloaded; an answer that is none of
                OnlyAuth's.
            errors.SDKConnectionError, errors.SDKTimeoutError: no whole answer came.
        """
        return self._caller.call(CREATE_FACTOR_LINK, form=request)

    async def create_factor_link_async(
        self, request: Union[operations.CreateFactorLinkRequestBody, Mapping[str, Any]]
    ) -> operations.CreateFactorLinkResponse:
        """As `create_factor_link`, for asyncio."""
        return await self._caller.call_async(CREATE_FACTOR_LINK, form=request)

    def validate_success_token(
        self, app_id: str, client_id: str, token: str, end_user_uuid: Optional[str] = None
    ) -> operations.ValidateSuccessTokenResponse:
        """Validates a success token and thereby consumes it: exactly one call can ever succeed.

        So it is never sent twice: only where no connection came about is it tried again.

        Args:
            app_id: the app, `APPX-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.
            token: the success token that came with the browser, `TOKN-…`.
            end_user_uuid: the end user whose login this is, from your own session and never from
                the browser. A token of somebody else is refused and stays unused. Without it,
                compare the answer's yourself.

        Returns:
            An answer whose `object` tells what the token proves.

        Raises:
            errors.ErrorResponse: 400, code `end_user_mismatch` for somebody else's token, else the
                input is wrong; 401, the API secret is.
            errors.SDKError: 404, the token is unknown, used, expired, or of another app; 503,
                overloaded or, with code `outcome_unknown`, perhaps consumed.
                `may_have_taken_effect` tells whether the token may be used up.
            errors.SDKConnectionError, errors.SDKTimeoutError: no whole answer came; likewise.
        """
        form = _form(app_id, client_id, token, end_user_uuid)
        return _of(end_user_uuid, self._caller.call(VALIDATE_SUCCESS_TOKEN, form=form))

    async def validate_success_token_async(
        self, app_id: str, client_id: str, token: str, end_user_uuid: Optional[str] = None
    ) -> operations.ValidateSuccessTokenResponse:
        """As `validate_success_token`, for asyncio. Cancelled, it may still have consumed the
        token."""
        form = _form(app_id, client_id, token, end_user_uuid)
        return _of(end_user_uuid, await self._caller.call_async(VALIDATE_SUCCESS_TOKEN, form=form))


def _form(
    app_id: str, client_id: str, token: str, end_user_uuid: Optional[str]
) -> Dict[str, Optional[str]]:
    return {
        "app_id": app_id,
        "client_id": client_id,
        "token": token,
        "end_user_uuid": end_user_uuid,
    }


def _of(
    end_user_uuid: Optional[str], response: operations.ValidateSuccessTokenResponse
) -> operations.ValidateSuccessTokenResponse:
    """The server compares, too: a proxy or an older server that drops the field must not open the
    door."""
    proof = response.object
    if end_user_uuid is None or (proof is not None and proof.end_user_uuid == end_user_uuid):
        return response
    raise errors.ErrorResponse(
        "The success token is another end user's: don't let this login pass.",
        "end_user_mismatch",
        ["The success token is another end user's: don't let this login pass."],
        response.raw_response,
    )
