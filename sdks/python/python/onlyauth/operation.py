"""The operations of the API: their names, and what they answer with."""

from __future__ import annotations

import dataclasses
from typing import Callable, Generic, Type, TypeVar

from .models import operations as models
from .models.model import Model

ResponseT = TypeVar("ResponseT", bound=models.OperationResponse)


@dataclasses.dataclass(frozen=True)
class Operation(Generic[ResponseT]):
    """An operation. Its method, its path and when it may be repeated are known to the Rust client,
    by its name."""

    name: str
    """Its `operationId` in the API's description."""
    body: Type[Model]
    """What the body of a success is."""
    response: Callable[..., ResponseT]
    """What a call gives."""


CREATE_ACCESS_TOKEN = Operation(
    "createAccessToken", models.CreateAccessTokenResponseBody, models.CreateAccessTokenResponse
)
CREATE_FACTOR_LINK = Operation(
    "createFactorLink", models.CreateFactorLinkResponseBody, models.CreateFactorLinkResponse
)
# By POST: addresses end up in logs, and a success token is as good as the login.
VALIDATE_SUCCESS_TOKEN = Operation(
    "validateSuccessTokenByForm",
    models.ValidateSuccessTokenResponseBody,
    models.ValidateSuccessTokenResponse,
)
GET_APPS = Operation("getApps", models.GetAppsResponseBody, models.GetAppsResponse)
NEW_APP = Operation("newApp", models.NewAppResponseBody, models.NewAppResponse)
GET_APP_BY_ID = Operation("getAppById", models.GetAppByIDResponseBody, models.GetAppByIDResponse)
UPDATE_APP = Operation("updateApp", models.UpdateAppResponseBody, models.UpdateAppResponse)
DELETE_APP = Operation("deleteApp", models.DeleteAppResponseBody, models.DeleteAppResponse)
GET_SANDBOX_MESSAGES = Operation(
    "getSandboxMessages", models.GetSandboxMessagesResponseBody, models.GetSandboxMessagesResponse
)
LIST_ACTIONS = Operation("listActions", models.ListActionsResponseBody, models.ListActionsResponse)
GET_ACTION_BY_ID = Operation(
    "getActionById", models.GetActionByIDResponseBody, models.GetActionByIDResponse
)
FIND_USER = Operation("findUser", models.FindUserResponseBody, models.FindUserResponse)
GET_USER_BY_ID = Operation(
    "getUserById", models.GetUserByIDResponseBody, models.GetUserByIDResponse
)
LIST_USERS = Operation("listUsers", models.ListUsersResponseBody, models.ListUsersResponse)
IMPORT_USERS = Operation("importUsers", models.ImportUsersResponseBody, models.ImportUsersResponse)
REMOVE_FACTOR = Operation(
    "removeFactor", models.RemoveFactorResponseBody, models.RemoveFactorResponse
)
FORGET_TRUSTED_DEVICE = Operation(
    "forgetTrustedDevice",
    models.ForgetTrustedDeviceResponseBody,
    models.ForgetTrustedDeviceResponse,
)
FORGET_TRUSTED_DEVICES = Operation(
    "forgetTrustedDevices",
    models.ForgetTrustedDevicesResponseBody,
    models.ForgetTrustedDevicesResponse,
)
RESET_USER = Operation("resetUser", models.ResetUserResponseBody, models.ResetUserResponse)
ERASE_USER = Operation("eraseUser", models.EraseUserResponseBody, models.EraseUserResponse)
EXPORT_USER = Operation("exportUser", models.ExportUserResponseBody, models.ExportUserResponse)
UNLOCK_USER = Operation("unlockUser", models.UnlockUserResponseBody, models.UnlockUserResponse)
LIST_AUDIT_ENTRIES = Operation(
    "listAuditEntries", models.ListAuditEntriesResponseBody, models.ListAuditEntriesResponse
)
