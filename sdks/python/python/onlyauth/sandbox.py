"""The sandbox's inbox: what a live app would have sent."""

from __future__ import annotations

from typing import Any, Dict, Optional

from .caller import Caller
from .models import operations
from .operation import GET_SANDBOX_MESSAGES
from .sdkconfiguration import SDKConfiguration


class Sandbox:
    """Operations for tests."""

    sdk_configuration: SDKConfiguration

    def __init__(self, sdk_configuration: SDKConfiguration, caller: Caller) -> None:
        self.sdk_configuration = sdk_configuration
        self._caller = caller

    def get_messages(
        self,
        app_id: str,
        client_id: str,
        end_user_phone_number: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> operations.GetSandboxMessagesResponse:
        """Reads the messages that an app in sandbox mode would have sent, newest first.

        Args:
            app_id: the app, `APPX-…`.
            client_id: the client that the secret belongs to, `CLNT-…`.
            end_user_phone_number: only messages to this number, in E.164.
            limit: at most so many.

        Raises:
            errors.ErrorResponse: 400, the input is wrong; 401, the API secret is.
            errors.SDKError: 404, no such app of this client; any other refusal; no whole answer
                came.
        """
        query = _query(app_id, client_id, end_user_phone_number, limit)
        return self._caller.call(GET_SANDBOX_MESSAGES, query=query)

    async def get_messages_async(
        self,
        app_id: str,
        client_id: str,
        end_user_phone_number: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> operations.GetSandboxMessagesResponse:
        """As `get_messages`, for asyncio."""
        query = _query(app_id, client_id, end_user_phone_number, limit)
        return await self._caller.call_async(GET_SANDBOX_MESSAGES, query=query)


def _query(
    app_id: str, client_id: str, end_user_phone_number: Optional[str], limit: Optional[int]
) -> Dict[str, Any]:
    return {
        "app_id": app_id,
        "client_id": client_id,
        "end_user_phone_number": end_user_phone_number,
        "limit": limit,
    }
