"""What several operations have in common."""

from .action import Action, TimeLineEntry
from .app import App
from .app_settings import AppSettings
from .audit_entry import AuditEntry
from .message import Message
from .raw_response import RawResponse
from .security import Security
from .trusted_device import TrustedDevice
from .user import Factor, FailedChannel, User
from .user_export import ExportedAction, ExportedFactor, ExportedMessage

__all__ = [
    "Action",
    "App",
    "AppSettings",
    "AuditEntry",
    "ExportedAction",
    "ExportedFactor",
    "ExportedMessage",
    "Factor",
    "FailedChannel",
    "Message",
    "RawResponse",
    "Security",
    "TimeLineEntry",
    "TrustedDevice",
    "User",
]
