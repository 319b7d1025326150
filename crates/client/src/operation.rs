//! The operations of the API, by the names that `openapi.json` gives them.

use reqwest::Method;

use crate::retry::Repeat;

/// An operation of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// `POST /server/access-tokens/new`: a token that starts one login in the widget.
    CreateAccessToken,
    /// `POST /server/factor-links`: a link to the page where an end user looks after their factors.
    CreateFactorLink,
    /// `GET /server/success-tokens`: consumes a success token. Puts it into the address, where proxies log it:
    /// prefer [`Operation::ValidateSuccessTokenByForm`].
    ValidateSuccessToken,
    /// `POST /server/success-tokens`: consumes a success token and tells what it proves.
    ValidateSuccessTokenByForm,
    /// `GET /apps`: every app of the client.
    GetApps,
    /// `POST /apps`: makes an app.
    NewApp,
    /// `GET /apps/{app_id}`: one app.
    GetAppById,
    /// `POST /apps/{app_id}`: changes settings of an app.
    UpdateApp,
    /// `DELETE /apps/{app_id}`: deletes an app.
    DeleteApp,
    /// `GET /actions`: logins of an app.
    ListActions,
    /// `GET /actions/{action_id}`: a login and what happened in it.
    GetActionById,
    /// `GET /sandbox/messages`: what a sandbox app would have sent.
    GetSandboxMessages,
    /// `POST /users/find`: an end user, by your name for them.
    FindUser,
    /// `GET /users/{user_id}`: an end user.
    GetUserById,
    /// `GET /users`: the end users of an app.
    ListUsers,
    /// `POST /users/import`: end users from another system.
    ImportUsers,
    /// `DELETE /users/{user_id}/factors/{factor_id}`: removes what an end user lost.
    RemoveFactor,
    /// `DELETE /users/{user_id}/trusted-devices/{device_id}`: takes back the trust in a device.
    ForgetTrustedDevice,
    /// `DELETE /users/{user_id}/trusted-devices`: takes back the trust in every device.
    ForgetTrustedDevices,
    /// `GET /audit`: what was done to end users' ways in.
    ListAuditEntries,
    /// `POST /users/{user_id}/reset`: removes all that an end user enrolled.
    ResetUser,
    /// `DELETE /users/{user_id}`: erases an end user.
    EraseUser,
    /// `GET /users/{user_id}/export`: everything that is known of an end user.
    ExportUser,
    /// `POST /users/{user_id}/unlock`: forgets an end user's failures.
    UnlockUser,
}

/// How an operation is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Verb {
    Get,
    Post,
    Delete,
}

impl Operation {
    /// Every operation there is.
    pub const ALL: [Self; 24] = [
        Self::CreateAccessToken,
        Self::CreateFactorLink,
        Self::ValidateSuccessToken,
        Self::ValidateSuccessTokenByForm,
        Self::GetApps,
        Self::NewApp,
        Self::GetAppById,
        Self::UpdateApp,
        Self::DeleteApp,
        Self::ListActions,
        Self::GetActionById,
        Self::GetSandboxMessages,
        Self::FindUser,
        Self::GetUserById,
        Self::ListUsers,
        Self::ImportUsers,
        Self::RemoveFactor,
        Self::ForgetTrustedDevice,
        Self::ForgetTrustedDevices,
        Self::ListAuditEntries,
        Self::ResetUser,
        Self::EraseUser,
        Self::ExportUser,
        Self::UnlockUser,
    ];

    /// Its `operationId` in `openapi.json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::CreateAccessToken => "createAccessToken",
            Self::CreateFactorLink => "createFactorLink",
            Self::ValidateSuccessToken => "validateSuccessToken",
            Self::ValidateSuccessTokenByForm => "validateSuccessTokenByForm",
            Self::GetApps => "getApps",
            Self::NewApp => "newApp",
            Self::GetAppById => "getAppById",
            Self::UpdateApp => "updateApp",
            Self::DeleteApp => "deleteApp",
            Self::ListActions => "listActions",
            Self::GetActionById => "getActionById",
            Self::GetSandboxMessages => "getSandboxMessages",
            Self::FindUser => "findUser",
            Self::GetUserById => "getUserById",
            Self::ListUsers => "listUsers",
            Self::ImportUsers => "importUsers",
            Self::RemoveFactor => "removeFactor",
            Self::ForgetTrustedDevice => "forgetTrustedDevice",
            Self::ForgetTrustedDevices => "forgetTrustedDevices",
            Self::ListAuditEntries => "listAuditEntries",
            Self::ResetUser => "resetUser",
            Self::EraseUser => "eraseUser",
            Self::ExportUser => "exportUser",
            Self::UnlockUser => "unlockUser",
        }
    }

    /// The operation with this `operationId`.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.id() == id)
    }

    /// Its path below the server URL, with parameters in braces.
    pub fn path(self) -> &'static str {
        match self {
            Self::CreateAccessToken => "/server/access-tokens/new",
            Self::CreateFactorLink => "/server/factor-links",
            Self::ValidateSuccessToken | Self::ValidateSuccessTokenByForm => {
                "/server/success-tokens"
            }
            Self::GetApps | Self::NewApp => "/apps",
            Self::GetAppById | Self::UpdateApp | Self::DeleteApp => "/apps/{app_id}",
            Self::ListActions => "/actions",
            Self::GetActionById => "/actions/{action_id}",
            Self::GetSandboxMessages => "/sandbox/messages",
            Self::FindUser => "/users/find",
            Self::ListUsers => "/users",
            Self::ImportUsers => "/users/import",
            Self::GetUserById | Self::EraseUser => "/users/{user_id}",
            Self::RemoveFactor => "/users/{user_id}/factors/{factor_id}",
            Self::ForgetTrustedDevice => "/users/{user_id}/trusted-devices/{device_id}",
            Self::ForgetTrustedDevices => "/users/{user_id}/trusted-devices",
            Self::ListAuditEntries => "/audit",
            Self::ResetUser => "/users/{user_id}/reset",
            Self::ExportUser => "/users/{user_id}/export",
            Self::UnlockUser => "/users/{user_id}/unlock",
        }
    }

    /// Its HTTP method: `GET`, `POST` or `DELETE`.
    pub fn method(self) -> &'static str {
        match self.verb() {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Delete => "DELETE",
        }
    }

    /// When it may be sent again.
    pub fn repeat(self) -> Repeat {
        match self {
            Self::CreateAccessToken
            | Self::CreateFactorLink
            | Self::GetApps
            | Self::GetAppById
            | Self::ListActions
            | Self::GetActionById
            | Self::GetSandboxMessages
            | Self::FindUser
            | Self::GetUserById
            | Self::ListUsers
            | Self::ListAuditEntries
            | Self::ExportUser
            // As good as once, however often.
            | Self::ImportUsers
            | Self::UnlockUser => Repeat::Always,
            Self::UpdateApp
            | Self::DeleteApp
            | Self::RemoveFactor
            | Self::ForgetTrustedDevice
            // Somebody may trust one meanwhile.
            | Self::ForgetTrustedDevices
            | Self::ResetUser
            | Self::EraseUser => Repeat::IfNothingWasDone,
            Self::NewApp | Self::ValidateSuccessToken | Self::ValidateSuccessTokenByForm => {
                Repeat::IfNotSent
            }
        }
    }

    /// Whether its body is lines of JSON, and no form.
    pub(crate) fn takes_lines(self) -> bool {
        self == Self::ImportUsers
    }

    pub(crate) fn verb(self) -> Verb {
        match self {
            Self::ValidateSuccessToken
            | Self::GetApps
            | Self::GetAppById
            | Self::ListActions
            | Self::GetActionById
            | Self::GetSandboxMessages
            | Self::ListUsers
            | Self::ListAuditEntries
            | Self::ExportUser
            | Self::GetUserById => Verb::Get,
            Self::CreateAccessToken
            | Self::CreateFactorLink
            | Self::ValidateSuccessTokenByForm
            | Self::NewApp
            | Self::UpdateApp
            | Self::FindUser
            | Self::ImportUsers
            | Self::ResetUser
            | Self::UnlockUser => Verb::Post,
            Self::DeleteApp
            | Self::RemoveFactor
            | Self::ForgetTrustedDevice
            | Self::ForgetTrustedDevices
            | Self::EraseUser => Verb::Delete,
        }
    }
}

impl Verb {
    pub(crate) fn method(self) -> Method {
        match self {
            Self::Get => Method::GET,
            Self::Post => Method::POST,
            Self::Delete => Method::DELETE,
        }
    }
}
