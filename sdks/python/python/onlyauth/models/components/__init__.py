"""What several operations have in common."""

from .action import Action, TimeLineEntry
from .app import App
from .app_settings import AppSettings
from .message import Message
from .raw_response import RawResponse
from .security import Security
from .user import Factor, FailedChannel, User
from .user_export import ExportedAction, ExportedDevice, ExportedFactor, ExportedMessage

__all__ = [
    "Action",
    "App",
    "AppSettings",
    "ExportedAction",
    "ExportedDevice",
    "ExportedFactor",
    "ExportedMessage",
    "Factor",
    "FailedChannel",
    "Message",
    "RawResponse",
    "Security",
    "TimeLineEntry",
    "User",
]
