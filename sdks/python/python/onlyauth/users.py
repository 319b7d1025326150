"""End users: what is known of them, and letting them in again."""

from __future__ import annotations

from typing import Dict, Optional

from .caller import Caller
from .models import operations
from .operation import (
    ERASE_USER,
    EXPORT_USER,
    FIND_USER,
    FORGET_TRUSTED_DEVICE,
    FORGET_TRUSTED_DEVICES,
    GET_USER_BY_ID,
    IMPORT_USERS,
    LIST_USERS,
    REMOVE_FACTOR,
    RESET_USER,
    UNLOCK_USER,
)
from .sdkconfiguration import SDKConfiguration


class Users:
    """Operations on end users.

    Each raises `errors.ErrorResponse` for 400 (the input is wrong) and 401 (the API secret is),
    `errors.SDKError` for every other refusal (404: no such end user of this client) and for answers
    that are none of OnlyAuth's, and its subclasses `errors.SDKConnectionError` and
    `errors.SDKTimeoutError` where no whole answer came. Each is tried again where the connection
    fails and after 429 and 502 to 504, but for those that take something away: these only where the
    server certainly did nothing.
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

    def list_users(
        self,
        app_id: str,
        client_id: str,
        mode: Optional[str] = None,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> operations.ListUsersResponse:
        """Lists the end users of an app, in the order in which they became known, page by page: ask
        again with `object.next_cursor` until it is None.

        Args:
            app_id: the app, `APPX-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.
            mode: `sandbox` or `live`; without it, as the app is.
            limit: how many at most, 1 to 100; without it 20.
            cursor: `next_cursor` of the page before.
        """
        query = _page(app_id, client_id, mode, limit, cursor)
        return self._caller.call(LIST_USERS, query=query)

    async def list_users_async(
        self,
        app_id: str,
        client_id: str,
        mode: Optional[str] = None,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> operations.ListUsersResponse:
        """As `list_users`, for asyncio."""
        query = _page(app_id, client_id, mode, limit, cursor)
        return await self._caller.call_async(LIST_USERS, query=query)

    def import_users(
        self, app_id: str, client_id: str, lines: str, mode: Optional[str] = None
    ) -> operations.ImportUsersResponse:
        """Imports end users from another system. Each line is imported as a whole or refused with
        its reasons, and the same lines can be sent again.

        Args:
            app_id: the app, `APPX-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.
            lines: one JSON object a line: `end_user_uuid`, and `end_user_phone_number` (E.164),
                `totp_secret` (base32) or both. At most 1,000 lines and 1 MiB.
            mode: `sandbox` or `live`; without it, as the app is.
        """
        query = _page(app_id, client_id, mode)
        return self._caller.call(IMPORT_USERS, query=query, lines=lines)

    async def import_users_async(
        self, app_id: str, client_id: str, lines: str, mode: Optional[str] = None
    ) -> operations.ImportUsersResponse:
        """As `import_users`, for asyncio."""
        query = _page(app_id, client_id, mode)
        return await self._caller.call_async(IMPORT_USERS, query=query, lines=lines)

    def remove_factor(
        self, user_id: str, factor_id: str, client_id: str
    ) -> operations.RemoveFactorResponse:
        """Removes a factor that an end user lost. What is left to them is how they log in from then
        on.

        Args:
            user_id: the end user, `USER-…`, as `find_user` tells it.
            factor_id: one of their factors, `FCTR-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.
        """
        path, query = {"user_id": user_id, "factor_id": factor_id}, {"client_id": client_id}
        return self._caller.call(REMOVE_FACTOR, path=path, query=query)

    async def remove_factor_async(
        self, user_id: str, factor_id: str, client_id: str
    ) -> operations.RemoveFactorResponse:
        """As `remove_factor`, for asyncio."""
        path, query = {"user_id": user_id, "factor_id": factor_id}, {"client_id": client_id}
        return await self._caller.call_async(REMOVE_FACTOR, path=path, query=query)

    def forget_trusted_device(
        self, user_id: str, device_id: str, client_id: str
    ) -> operations.ForgetTrustedDeviceResponse:
        """Takes back an end user's trust in a device, which asks again before it lets anybody in.

        Args:
            user_id: the end user, `USER-…`, as `find_user` tells it.
            device_id: one of their trusted devices, `DEVC-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.
        """
        path, query = {"user_id": user_id, "device_id": device_id}, {"client_id": client_id}
        return self._caller.call(FORGET_TRUSTED_DEVICE, path=path, query=query)

    async def forget_trusted_device_async(
        self, user_id: str, device_id: str, client_id: str
    ) -> operations.ForgetTrustedDeviceResponse:
        """As `forget_trusted_device`, for asyncio."""
        path, query = {"user_id": user_id, "device_id": device_id}, {"client_id": client_id}
        return await self._caller.call_async(FORGET_TRUSTED_DEVICE, path=path, query=query)

    def forget_trusted_devices(
        self, user_id: str, client_id: str
    ) -> operations.ForgetTrustedDevicesResponse:
        """Takes back an end user's trust in every device; also where they trusted none.

        Args:
            user_id: the end user, `USER-…`, as `find_user` tells it.
            client_id: the client that the secret belongs to, `CLNT-…`.
        """
        path, query = {"user_id": user_id}, {"client_id": client_id}
        return self._caller.call(FORGET_TRUSTED_DEVICES, path=path, query=query)

    async def forget_trusted_devices_async(
        self, user_id: str, client_id: str
    ) -> operations.ForgetTrustedDevicesResponse:
        """As `forget_trusted_devices`, for asyncio."""
        path, query = {"user_id": user_id}, {"client_id": client_id}
        return await self._caller.call_async(FORGET_TRUSTED_DEVICES, path=path, query=query)

    def reset_user(self, user_id: str, client_id: str, reason: str) -> operations.ResetUserResponse:
        """Removes all that an end user enrolled, forgets their failures, and ends their logins.
        They begin anew from a phone. Do it once you know who is asking.

        Args:
            user_id: the end user, `USER-…`, as `find_user` tells it.
            client_id: the client that the secret belongs to, `CLNT-…`.
            reason: why, in words: 1 to 200 characters. Name no person in it.
        """
        path, form = {"user_id": user_id}, {"client_id": client_id, "reason": reason}
        return self._caller.call(RESET_USER, path=path, form=form)

    async def reset_user_async(
        self, user_id: str, client_id: str, reason: str
    ) -> operations.ResetUserResponse:
        """As `reset_user`, for asyncio."""
        path, form = {"user_id": user_id}, {"client_id": client_id, "reason": reason}
        return await self._caller.call_async(RESET_USER, path=path, form=form)

    def erase_user(self, user_id: str, client_id: str) -> operations.EraseUserResponse:
        """Erases an end user: all personal data leaves, and only counts remain. Whoever logs in by
        this name afterwards is somebody new.

        Args:
            user_id: the end user, `USER-…`, as `find_user` tells it.
            client_id: the client that the secret belongs to, `CLNT-…`.
        """
        path, query = {"user_id": user_id}, {"client_id": client_id}
        return self._caller.call(ERASE_USER, path=path, query=query)

    async def erase_user_async(self, user_id: str, client_id: str) -> operations.EraseUserResponse:
        """As `erase_user`, for asyncio."""
        path, query = {"user_id": user_id}, {"client_id": client_id}
        return await self._caller.call_async(ERASE_USER, path=path, query=query)

    def export_user(self, user_id: str, client_id: str) -> operations.ExportUserResponse:
        """Exports everything that is known of an end user, as they may ask for: personal data, in
        full, without secrets.

        Args:
            user_id: the end user, `USER-…`, as `find_user` tells it.
            client_id: the client that the secret belongs to, `CLNT-…`.
        """
        path, query = {"user_id": user_id}, {"client_id": client_id}
        return self._caller.call(EXPORT_USER, path=path, query=query)

    async def export_user_async(
        self, user_id: str, client_id: str
    ) -> operations.ExportUserResponse:
        """As `export_user`, for asyncio."""
        path, query = {"user_id": user_id}, {"client_id": client_id}
        return await self._caller.call_async(EXPORT_USER, path=path, query=query)


def _page(
    app_id: str,
    client_id: str,
    mode: Optional[str],
    limit: Optional[int] = None,
    cursor: Optional[str] = None,
) -> Dict[str, object]:
    return {
        "app_id": app_id,
        "client_id": client_id,
        "mode": mode,
        "limit": limit,
        "cursor": cursor,
    }


def _form(
    app_id: str, client_id: str, end_user_uuid: str, mode: Optional[str]
) -> Dict[str, Optional[str]]:
    return {
        "app_id": app_id,
        "client_id": client_id,
        "end_user_uuid": end_user_uuid,
        "mode": mode,
    }
