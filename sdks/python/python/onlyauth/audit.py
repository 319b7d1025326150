"""The audit: what was done to end users' ways in, by whom and when."""

from __future__ import annotations

from typing import Any, Dict, Optional

from .caller import Caller
from .models import operations
from .operation import LIST_AUDIT_ENTRIES
from .sdkconfiguration import SDKConfiguration


class Audit:
    """The operation on the audit.

    It raises `errors.ErrorResponse` for 400 (the input is wrong) and 401 (the API secret is),
    `errors.SDKError` for every other refusal and for answers that are none of OnlyAuth's, and its
    subclasses `errors.SDKConnectionError` and `errors.SDKTimeoutError` where no whole answer came.
    It is tried again where the connection fails and after 429 and 502 to 504.
    """

    sdk_configuration: SDKConfiguration

    def __init__(self, sdk_configuration: SDKConfiguration, caller: Caller) -> None:
        self.sdk_configuration = sdk_configuration
        self._caller = caller

    def list_audit_entries(
        self,
        client_id: str,
        user_id: Optional[str] = None,
        since: Optional[int] = None,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> operations.ListAuditEntriesResponse:
        """Lists what was done to the ways in of the client's end users, newest first, page by page:
        ask again with `object.next_cursor` until it is None.

        Args:
            client_id: the client that the secret belongs to, `CLNT-…`.
            user_id: only what was done to this end user, `USER-…`, who may be erased meanwhile.
            since: only what was done at this moment or later, in Unix seconds.
            limit: at most so many, 1 to 100; 20 where it is None.
            cursor: `next_cursor` of the page before.
        """
        query = _query(client_id, user_id, since, limit, cursor)
        return self._caller.call(LIST_AUDIT_ENTRIES, query=query)

    async def list_audit_entries_async(
        self,
        client_id: str,
        user_id: Optional[str] = None,
        since: Optional[int] = None,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> operations.ListAuditEntriesResponse:
        """As `list_audit_entries`, for asyncio."""
        query = _query(client_id, user_id, since, limit, cursor)
        return await self._caller.call_async(LIST_AUDIT_ENTRIES, query=query)


def _query(
    client_id: str,
    user_id: Optional[str],
    since: Optional[int],
    limit: Optional[int],
    cursor: Optional[str],
) -> Dict[str, Any]:
    return {
        "client_id": client_id,
        "user_id": user_id,
        "since": since,
        "limit": limit,
        "cursor": cursor,
    }
