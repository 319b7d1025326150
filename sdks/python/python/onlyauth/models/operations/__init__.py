"""One file for each operation: its request, its answer, and what is in the answer."""

from ..components import App
from .createaccesstoken import (
    CreateAccessTokenRequestBody,
    CreateAccessTokenResponse,
    CreateAccessTokenResponseBody,
)
from .createfactorlink import (
    CreateFactorLinkRequestBody,
    CreateFactorLinkResponse,
    CreateFactorLinkResponseBody,
)
from .deleteapp import DeleteAppApp, DeleteAppRequest, DeleteAppResponse, DeleteAppResponseBody
from .eraseuser import EraseUserRequest, EraseUserResponse, EraseUserResponseBody
from .exportuser import ExportUserRequest, ExportUserResponse, ExportUserResponseBody
from .finduser import FindUserRequest, FindUserResponse, FindUserResponseBody
from .forgettrusteddevice import (
    ForgetTrustedDeviceRequest,
    ForgetTrustedDeviceResponse,
    ForgetTrustedDeviceResponseBody,
)
from .forgettrusteddevices import (
    ForgetTrustedDevicesRequest,
    ForgetTrustedDevicesResponse,
    ForgetTrustedDevicesResponseBody,
)
from .getactionbyid import (
    GetActionByIDRequest,
    GetActionByIDResponse,
    GetActionByIDResponseBody,
)
from .getappbyid import (
    GetAppByIDApp,
    GetAppByIDRequest,
    GetAppByIDResponse,
    GetAppByIDResponseBody,
)
from .getapps import Apps, GetAppsRequest, GetAppsResponse, GetAppsResponseBody
from .getsandboxmessages import (
    GetSandboxMessagesRequest,
    GetSandboxMessagesResponse,
    GetSandboxMessagesResponseBody,
)
from .getuserbyid import GetUserByIDRequest, GetUserByIDResponse, GetUserByIDResponseBody
from .importusers import (
    ImportUsersRequest,
    ImportUsersResponse,
    ImportUsersResponseBody,
    RefusedLine,
)
from .listactions import ListActionsRequest, ListActionsResponse, ListActionsResponseBody
from .listauditentries import (
    ListAuditEntriesRequest,
    ListAuditEntriesResponse,
    ListAuditEntriesResponseBody,
)
from .listusers import ListUsersRequest, ListUsersResponse, ListUsersResponseBody
from .newapp import NewAppRequestBody, NewAppResponse, NewAppResponseBody
from .removefactor import RemoveFactorRequest, RemoveFactorResponse, RemoveFactorResponseBody
from .resetuser import ResetUserRequest, ResetUserResponse, ResetUserResponseBody
from .response import OperationResponse
from .unlockuser import UnlockUserRequest, UnlockUserResponse, UnlockUserResponseBody
from .updateapp import (
    UpdateAppApp,
    UpdateAppRequest,
    UpdateAppRequestBody,
    UpdateAppResponse,
    UpdateAppResponseBody,
)
from .validatesuccesstoken import (
    ValidateSuccessTokenRequest,
    ValidateSuccessTokenResponse,
    ValidateSuccessTokenResponseBody,
)

__all__ = [
    "App",
    "Apps",
    "CreateAccessTokenRequestBody",
    "CreateAccessTokenResponse",
    "CreateAccessTokenResponseBody",
    "CreateFactorLinkRequestBody",
    "CreateFactorLinkResponse",
    "CreateFactorLinkResponseBody",
    "DeleteAppApp",
    "DeleteAppRequest",
    "DeleteAppResponse",
    "DeleteAppResponseBody",
    "EraseUserRequest",
    "EraseUserResponse",
    "EraseUserResponseBody",
    "ExportUserRequest",
    "ExportUserResponse",
    "ExportUserResponseBody",
    "FindUserRequest",
    "FindUserResponse",
    "FindUserResponseBody",
    "ForgetTrustedDeviceRequest",
    "ForgetTrustedDeviceResponse",
    "ForgetTrustedDeviceResponseBody",
    "ForgetTrustedDevicesRequest",
    "ForgetTrustedDevicesResponse",
    "ForgetTrustedDevicesResponseBody",
    "GetActionByIDRequest",
    "GetActionByIDResponse",
    "GetActionByIDResponseBody",
    "GetAppByIDApp",
    "GetAppByIDRequest",
    "GetAppByIDResponse",
    "GetAppByIDResponseBody",
    "GetAppsRequest",
    "GetAppsResponse",
    "GetAppsResponseBody",
    "GetSandboxMessagesRequest",
    "GetSandboxMessagesResponse",
    "GetSandboxMessagesResponseBody",
    "GetUserByIDRequest",
    "GetUserByIDResponse",
    "GetUserByIDResponseBody",
    "ImportUsersRequest",
    "ImportUsersResponse",
    "ImportUsersResponseBody",
    "ListActionsRequest",
    "ListActionsResponse",
    "ListActionsResponseBody",
    "ListAuditEntriesRequest",
    "ListAuditEntriesResponse",
    "ListAuditEntriesResponseBody",
    "ListUsersRequest",
    "ListUsersResponse",
    "ListUsersResponseBody",
    "NewAppRequestBody",
    "NewAppResponse",
    "NewAppResponseBody",
    "OperationResponse",
    "RefusedLine",
    "RemoveFactorRequest",
    "RemoveFactorResponse",
    "RemoveFactorResponseBody",
    "ResetUserRequest",
    "ResetUserResponse",
    "ResetUserResponseBody",
    "UnlockUserRequest",
    "UnlockUserResponse",
    "UnlockUserResponseBody",
    "UpdateAppApp",
    "UpdateAppRequest",
    "UpdateAppRequestBody",
    "UpdateAppResponse",
    "UpdateAppResponseBody",
    "ValidateSuccessTokenRequest",
    "ValidateSuccessTokenResponse",
    "ValidateSuccessTokenResponseBody",
]
