"""Logins: which there were, and what happened in each."""

from __future__ import annotations

from typing import Any, Dict, Optional

from .caller import Caller
from .models import operations
from .operation import GET_ACTION_BY_ID, LIST_ACTIONS
from .sdkconfiguration import SDKConfiguration


class Actions:
    """Operations on logins.

    Each raises `errors.ErrorResponse` for 400 (the input is wrong) and 401 (the API secret is),
    `errors.SDKError` for every other refusal (404: nothing of this name belongs to this client) and
    for answers that are none of OnlyAuth's, and its subclasses `errors.SDKConnectionError` and
    `errors.SDKTimeoutError` where no whole answer came. Each is tried again where the connection
    fails and after 429 and 502 to 504.
    """

    sdk_configuration: SDKConfiguration

    def __init__(self, sdk_configuration: SDKConfiguration, caller: Caller) -> None:
        self.sdk_configuration = sdk_configuration
        self._caller = caller

    def list_actions(
        self,
        app_id: str,
        client_id: str,
        user_id: Optional[str] = None,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> operations.ListActionsResponse:
        """Lists logins of an app, newest first. Ask again with `next_cursor` until it is None: a
        page may hold fewer than `limit`, or none, and still have one after it.

        Args:
            app_id: the app, `APPX-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.
            user_id: only logins of this end user, `USER-…`.
            status: only those that are `open`, `passed`, `cancelled` or `expired`.
            limit: at most so many, 1 to 100; 20 where it is None.
            cursor: `next_cursor` of the page before.
        """
        query = _query(app_id, client_id, user_id, status, limit, cursor)
        return self._caller.call(LIST_ACTIONS, query=query)

    async def list_actions_async(
        self,
        app_id: str,
        client_id: str,
        user_id: Optional[str] = None,
        status: Optional[str] = None,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> operations.ListActionsResponse:
        """As `list_actions`, for asyncio."""
        query = _query(app_id, client_id, user_id, status, limit, cursor)
        return await self._caller.call_async(LIST_ACTIONS, query=query)

    def get_action_by_id(self, action_id: str, client_id: str) -> operations.GetActionByIDResponse:
        """Reads one login with its time line: what was offered, sent and judged, and why. It is
        there until retention takes it, by default for 30 days.

        Args:
            action_id: the login, `ACTN-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.
        """
        path, query = {"action_id": action_id}, {"client_id": client_id}
        return self._caller.call(GET_ACTION_BY_ID, path=path, query=query)

    async def get_action_by_id_async(
        self, action_id: str, client_id: str
    ) -> operations.GetActionByIDResponse:
        """As `get_action_by_id`, for asyncio."""
        path, query = {"action_id": action_id}, {"client_id": client_id}
        return await self._caller.call_async(GET_ACTION_BY_ID, path=path, query=query)


def _query(
    app_id: str,
    client_id: str,
    user_id: Optional[str],
    status: Optional[str],
    limit: Optional[int],
    cursor: Optional[str],
) -> Dict[str, Any]:
    return {
        "client_id": client_id,
        "app_id": app_id,
        "user_id": user_id,
        "status": status,
        "limit": limit,
        "cursor": cursor,
    }
