"""What several operations have in common."""

from .action import Action, TimeLineEntry
from .app import App
from .app_settings import AppSettings
from .message import Message
from .raw_response import RawResponse
from .security import Security
from .user import Factor, FailedChannel, User

__all__ = [
    "Action",
    "App",
    "AppSettings",
    "Factor",
    "FailedChannel",
    "Message",
    "RawResponse",
    "Security",
    "TimeLineEntry",
    "User",
]
