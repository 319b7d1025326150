"""The Python SDK of OnlyAuth, a self-hosted second factor for login pages.

    import onlyauth

    client = onlyauth.Onlyauth(bearer_auth="<API secret>", server_url="https://auth.example")
    response = client.authentication.create_access_token(...)

`onlyauth.models` has what goes to the server and comes back; `onlyauth.models.errors` what calls
can raise.
"""

from . import models
from ._native import VERSION as __version__
from .models.errors import OnlyauthError
from .response import Response
from .retries import BackoffStrategy, RetryConfig
from .sdk import Onlyauth
from .sdkconfiguration import SDKConfiguration

__all__ = [
    "BackoffStrategy",
    "Onlyauth",
    "OnlyauthError",
    "Response",
    "RetryConfig",
    "SDKConfiguration",
    "__version__",
    "models",
]
