"""Apps: the settings of one site each."""

from __future__ import annotations

from typing import Any, Dict, Mapping, TypedDict, Union

from .caller import Caller
from .models import operations
from .operation import DELETE_APP, GET_APP_BY_ID, GET_APPS, NEW_APP, UPDATE_APP
from .sdkconfiguration import SDKConfiguration


class Apps:
    """Operations on apps.

    Each raises `errors.ErrorResponse` for 400 (the input is wrong) and 401 (the API secret is),
    `errors.SDKError` for every other refusal (404: no such app of this client) and for answers that
    are none of OnlyAuth's, and its subclasses `errors.SDKConnectionError` and
    `errors.SDKTimeoutError` where no whole answer came.
    """

    sdk_configuration: SDKConfiguration

    def __init__(self, sdk_configuration: SDKConfiguration, caller: Caller) -> None:
        self.sdk_configuration = sdk_configuration
        self._caller = caller

    def get_apps(self, client_id: str) -> operations.GetAppsResponse:
        """Lists every app of the client, oldest first. Tried again where the connection fails and
        after 429 and 502 to 504.

        Args:
            client_id: the client that the secret belongs to, `CLNT-…`.
        """
        return self._caller.call(GET_APPS, query={"client_id": client_id})

    async def get_apps_async(self, client_id: str) -> operations.GetAppsResponse:
        """As `get_apps`, for asyncio."""
        return await self._caller.call_async(GET_APPS, query={"client_id": client_id})

    def new_app(
        self, request: Union[operations.NewAppRequestBody, Mapping[str, Any]]
    ) -> operations.NewAppResponse:
        """Makes an app. Tried again only where no connection came about, so that there are never
        two.

        Args:
            request: the settings that it begins with; an empty one is fine. A new app is in sandbox
                mode.

        Returns:
            An answer whose `object.app` is a list of one.
        """
        return self._caller.call(NEW_APP, form=request)

    async def new_app_async(
        self, request: Union[operations.NewAppRequestBody, Mapping[str, Any]]
    ) -> operations.NewAppResponse:
        """As `new_app`, for asyncio."""
        return await self._caller.call_async(NEW_APP, form=request)

    def get_app_by_id(self, app_id: str, client_id: str) -> operations.GetAppByIDResponse:
        """Reads one app. Tried again where the connection fails and after 429 and 502 to 504.

        Args:
            app_id: the app, `APPX-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.

        Returns:
            An answer whose `object.app` is a list of one.
        """
        return self._caller.call(GET_APP_BY_ID, **_which(app_id, client_id))

    async def get_app_by_id_async(
        self, app_id: str, client_id: str
    ) -> operations.GetAppByIDResponse:
        """As `get_app_by_id`, for asyncio."""
        return await self._caller.call_async(GET_APP_BY_ID, **_which(app_id, client_id))

    def update_app(
        self,
        app_id: str,
        client_id: str,
        request_body: Union[operations.UpdateAppRequestBody, Mapping[str, Any]],
    ) -> operations.UpdateAppResponse:
        """Changes settings of an app. Tried again only where the server certainly did nothing.

        Args:
            app_id: the app, `APPX-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.
            request_body: the settings to change; what is not given stays.

        Returns:
            An answer whose `object.app` is a list of one, the app as it is now.
        """
        return self._caller.call(UPDATE_APP, form=request_body, **_which(app_id, client_id))

    async def update_app_async(
        self,
        app_id: str,
        client_id: str,
        request_body: Union[operations.UpdateAppRequestBody, Mapping[str, Any]],
    ) -> operations.UpdateAppResponse:
        """As `update_app`, for asyncio."""
        which = _which(app_id, client_id)
        return await self._caller.call_async(UPDATE_APP, form=request_body, **which)

    def delete_app(self, app_id: str, client_id: str) -> operations.DeleteAppResponse:
        """Deletes an app. Tried again only where the server certainly did nothing.

        Args:
            app_id: the app, `APPX-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.
        """
        return self._caller.call(DELETE_APP, **_which(app_id, client_id))

    async def delete_app_async(self, app_id: str, client_id: str) -> operations.DeleteAppResponse:
        """As `delete_app`, for asyncio."""
        return await self._caller.call_async(DELETE_APP, **_which(app_id, client_id))


class _Which(TypedDict):
    path: Dict[str, str]
    query: Dict[str, str]


def _which(app_id: str, client_id: str) -> _Which:
    return {"path": {"app_id": app_id}, "query": {"client_id": client_id}}
