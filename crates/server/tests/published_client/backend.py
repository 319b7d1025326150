"""A customer's backend: a client of the server with its secret, speaking through the published package."""

import onlyauth
from onlyauth.models import operations


class Backend:
    """One client and its API secret. `sdk` is the published package, with nothing but the server's URL set."""

    def __init__(self, server, name):
        self.server = server
        created = server.cli("client", "create", "--name", name)
        self.client_id = created["client_id"]
        self.secret = created["api_secret"]
        self.sdk = self.sdk_with(self.secret)

    def sdk_with(self, secret):
        return onlyauth.Onlyauth(bearer_auth=secret, server_url=self.server.url)

    def create_app(self, **settings):
        """A sandbox app, made with the command line; returns its id."""
        sets = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
        return self.server.cli("app", "create", "--client", self.client_id, *sets)["id"]

    def access_token_request(self, app_id, **changes):
        fields = {
            "app_id": app_id,
            "client_id": self.client_id,
            "end_user_phone_number": "+12025550142",
            "end_user_uuid": "user-42",
            "redirect_uri": "http://localhost:3000/login?next=%2Fcart",
            "language": "en-us",
            "region": "us-1",
        }
        return operations.CreateAccessTokenRequestBody(**(fields | changes))

    def access_token(self, app_id, **changes):
        request = self.access_token_request(app_id, **changes)
        return self.sdk.authentication.create_access_token(request).object.token

    def raw(self, method, path, secret=None, **options):
        """The same request without the package, to see the bytes of the answer."""
        headers = {"Authorization": f"Bearer {secret or self.secret}"}
        return self.server.request(method, path, headers=headers, **options)
