"""The settings that an app is made with, or that are changed."""

from __future__ import annotations

import dataclasses
from typing import List, Optional, Union

from ..model import Model


@dataclasses.dataclass(repr=False)
class AppSettings(Model):
    """Settings of an app. What is None is not sent: a new app has its default, an old one keeps
    what it has."""

    client_id: Optional[str] = None
    """The client that the secret belongs to, `CLNT-…`."""
    friendly_name: Optional[str] = None
    """What end users know the site by, at most 100 characters."""
    icon: Optional[str] = None
    """Address of a picture, https."""
    app_domain: Optional[str] = None
    """Host name of the site: the widget may return to it and below it."""
    enabled: Optional[Union[int, bool]] = None
    """0 switches the app off."""
    sandbox_mode: Optional[bool] = None
    """Whether messages land in the sandbox's inbox instead of on phones."""
    allow_sms_channel: Optional[bool] = None
    """Whether codes may go by text message."""
    allow_voice_channel: Optional[bool] = None
    """Whether codes may be read out by a call."""
    allow_whatsapp_channel: Optional[bool] = None
    """Whether codes may go by WhatsApp."""
    allow_totp_channel: Optional[bool] = None
    """Whether codes of an authenticator app are taken."""
    webauthn_enabled: Optional[bool] = None
    """Whether passkeys and security keys are taken."""
    webauth_enabled: Optional[bool] = None
    """Another name of `webauthn_enabled`."""
    webauthn_redirect_allowed: Optional[Union[bool, str]] = None
    """Whether WebAuthn may leave the frame for a window of its own; an empty string unsets it."""
    push_enabled: Optional[bool] = None
    """Whether approvals on an enrolled device are taken."""
    backup_codes_enrollment: Optional[bool] = None
    """Whether backup codes are offered."""
    defer_sms_usage: Optional[bool] = None
    """Whether codes by phone are offered last."""
    mfa_enabled: Optional[bool] = None
    """Whether two different kinds of factor must pass."""
    intelligent_2fa: Optional[bool] = None
    """Whether a device that the end user trusts may skip the challenge."""
    redirect_uris: Optional[Union[List[str], str]] = None
    """Exact addresses that the widget may return to; an empty list allows those of `app_domain`."""
    origins: Optional[Union[List[str], str]] = None
    """Exact origins that may embed the widget."""
    first_enrollment: Optional[str] = None
    """`after_phone` or `on_first_use`."""
    allowed_countries: Optional[Union[List[str], str]] = None
    """Countries (ISO 3166-1 alpha-2) whose numbers are taken; empty: all."""
    theme_primary: Optional[str] = None
    """Main colour in the light scheme, `#rrggbb` or `#rgb`; empty: the server's. So are the other
    seven."""
    theme_background: Optional[str] = None
    """Background in the light scheme; primary, text and danger need a contrast of 4.5:1 on it."""
    theme_text: Optional[str] = None
    """Text in the light scheme."""
    theme_danger: Optional[str] = None
    """What is wrong, in the light scheme."""
    theme_dark_primary: Optional[str] = None
    """Main colour in the dark scheme."""
    theme_dark_background: Optional[str] = None
    """Background in the dark scheme."""
    theme_dark_text: Optional[str] = None
    """Text in the dark scheme."""
    theme_dark_danger: Optional[str] = None
    """What is wrong, in the dark scheme."""
    theme_radius: Optional[Union[int, str]] = None
    """How round corners are, 0 to 24 CSS pixels; an empty string: the server's."""
    theme_font: Optional[str] = None
    """`system`, `grotesque`, `humanist`, `rounded`, `serif` or `mono`; no font is ever
    downloaded."""
    theme_density: Optional[str] = None
    """`comfortable` or `compact`."""
