"""An app: the settings of one site."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..model import Model


@dataclasses.dataclass(repr=False)
class App(Model):
    """An app. The server sends all keys always; those that came later are None with a server that
    doesn't know them."""

    sandbox_mode: bool
    """Whether nothing leaves the building: messages land in the sandbox's inbox."""
    allow_sms_channel: bool
    """Codes by text message."""
    icon: str
    """Address of a picture; may be empty."""
    allow_totp_channel: bool
    """Codes of an authenticator app."""
    enabled: int
    """1 when access tokens are made for it, else 0."""
    app_domain: str
    """The host at which, and below which, the site lives; may be empty."""
    webauthn_enabled: bool
    """Passkeys and security keys."""
    id: str
    """The app, `APPX-…`."""
    client_id: Optional[str] = None
    """The client that owns it, `CLNT-…`."""
    friendly_name: Optional[str] = None
    """What the end user reads."""
    webauthn_redirect_allowed: Optional[bool] = None
    """Whether WebAuthn may leave the frame for a page of its own; None leaves it to the server."""
    supported_factors: Optional[str] = None
    """The channels that these settings allow, separated by commas."""
    webauth_enabled: Optional[bool] = None
    """The same as `webauthn_enabled`."""
    allow_voice_channel: Optional[bool] = None
    """Codes by a call."""
    allow_whatsapp_channel: Optional[bool] = None
    """Codes by WhatsApp."""
    push_enabled: Optional[bool] = None
    """Approvals on an enrolled device."""
    backup_codes_enrollment: Optional[bool] = None
    """Whether end users get backup codes."""
    defer_sms_usage: Optional[bool] = None
    """Whether codes by phone are offered last."""
    mfa_enabled: Optional[bool] = None
    """Whether two channels of different kinds must pass in one action."""
    intelligent_2fa: Optional[bool] = None
    """Whether a trusted device skips the challenge."""
    redirect_uris: Optional[List[str]] = None
    """Exact addresses to which the browser may return; where there are any, no other."""
    origins: Optional[List[str]] = None
    """Exact origins that may embed the widget."""
    first_enrollment: Optional[str] = None
    """When an end user's first factor is enrolled: `after_phone` or `on_first_use`."""
    allowed_countries: Optional[List[str]] = None
    """Countries whose numbers may log in, ISO 3166-1 alpha-2; empty means all."""
    theme_primary: Optional[str] = None
    """Main colour in the light scheme, `#rrggbb`; empty where it is the server's, as in the other
    seven."""
    theme_background: Optional[str] = None
    """Background in the light scheme."""
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
    theme_radius: Optional[int] = None
    """How round corners are, in CSS pixels; None where it is the server's."""
    theme_font: Optional[str] = None
    """The font: `system`, `grotesque`, `humanist`, `rounded`, `serif` or `mono`."""
    theme_density: Optional[str] = None
    """How much room there is: `comfortable` or `compact`."""
    created_at: Optional[int] = None
    """When it was made, in Unix seconds."""
    updated_at: Optional[int] = None
    """When its settings last changed, in Unix seconds."""
