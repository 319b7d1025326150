"""End users: what is known of them, and letting them in again."""

from __future__ import annotations

from typing import Dict, Optional

from .caller import Caller
from .models import operations
from .operation import FIND_USER, GET_USER_BY_ID, UNLOCK_USER
from .sdkconfiguration import SDKConfiguration


class Users:
    """Operations on end users.

    Each raises `errors.ErrorResponse` for 400 (the input is wrong) and 401 (the API secret is),
    `errors.SDKError` for every other refusal (404: no such end user of this client) and for answers
    that are none of OnlyAuth's, and its subclasses `errors.SDKConnectionError` and
    `errors.SDKTimeoutError` where no whole answer came. Each is tried again where the connection
    fails and after 429 and 502 to 504.
    """

    sdk_configuration: SDKConfiguration

    def __init__(self, sdk_configuration: SDKConfiguration, caller: Caller) -> None:
        self.sdk_configuration = sdk_configuration
        self._caller = caller

    def find_user(
        self, app_id: str, client_id: str, end_user_uuid: str, mode: Optional[str] = None
    ) -> operations.FindUserResponse:
        """Finds an end user by your name for them. Who never passed and was not imported is a 404.

        Args:
            app_id: the app, `APPX-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.
            end_user_uuid: your name for the end user.
            mode: `sandbox` or `live`; without it, as the app is.

        Returns:
            An answer whose `object.user.id` is the server's name for them, `USER-…`.
        """
        return self._caller.call(FIND_USER, form=_form(app_id, client_id, end_user_uuid, mode))

    async def find_user_async(
        self, app_id: str, client_id: str, end_user_uuid: str, mode: Optional[str] = None
    ) -> operations.FindUserResponse:
        """As `find_user`, for asyncio."""
        form = _form(app_id, client_id, end_user_uuid, mode)
        return await self._caller.call_async(FIND_USER, form=form)

    def get_user_by_id(self, user_id: str, client_id: str) -> operations.GetUserByIDResponse:
        """Reads one end user.

        Args:
            user_id: the end user, `USER-…`, as `find_user` tells it.
            client_id: the client that the secret belongs to, `CLNT-…`.
        """
        path, query = {"user_id": user_id}, {"client_id": client_id}
        return self._caller.call(GET_USER_BY_ID, path=path, query=query)

    async def get_user_by_id_async(
        self, user_id: str, client_id: str
    ) -> operations.GetUserByIDResponse:
        """As `get_user_by_id`, for asyncio."""
        path, query = {"user_id": user_id}, {"client_id": client_id}
        return await self._caller.call_async(GET_USER_BY_ID, path=path, query=query)

    def unlock_user(self, user_id: str, client_id: str) -> operations.UnlockUserResponse:
        """Forgets an end user's failures in a row on every channel. Do it once you know who is
        asking: whoever guesses codes would ask, too.

        Args:
            user_id: the end user, `USER-…`, as `find_user` tells it.
            client_id: the client that the secret belongs to, `CLNT-…`.
        """
        path, form = {"user_id": user_id}, {"client_id": client_id}
        return self._caller.call(UNLOCK_USER, path=path, form=form)

    async def unlock_user_async(
        self, user_id: str, client_id: str
    ) -> operations.UnlockUserResponse:
        """As `unlock_user`, for asyncio."""
        path, form = {"user_id": user_id}, {"client_id": client_id}
        return await self._caller.call_async(UNLOCK_USER, path=path, form=form)


def _form(
    app_id: str, client_id: str, end_user_uuid: str, mode: Optional[str]
) -> Dict[str, Optional[str]]:
    return {
        "app_id": app_id,
        "client_id": client_id,
        "end_user_uuid": end_user_uuid,
        "mode": mode,
    }
