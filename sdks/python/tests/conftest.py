import os

import pytest

from backend import Backend
from server import Server
from stub import Stub

# Requests to this machine must not go through somebody's proxy.
os.environ["NO_PROXY"] = "*"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("onlyauth") / "data")
    yield server
    assert server.stop() == 0, "".join(server.log)


@pytest.fixture(scope="session")
def shop(server):
    """A client."""
    return Backend(server, "Shop")


@pytest.fixture(scope="session")
def rival(server):
    """Another client."""
    return Backend(server, "Rival")


@pytest.fixture
def app_id(shop):
    """A new sandbox app of the shop."""
    return shop.create_app(friendly_name="Shop")


@pytest.fixture
def stub():
    """A server that answers what the test wants it to."""
    with Stub() as stub:
        yield stub
