"""What several operations have in common."""

from .app import App
from .app_settings import AppSettings
from .message import Message
from .raw_response import RawResponse
from .security import Security

__all__ = ["App", "AppSettings", "Message", "RawResponse", "Security"]
