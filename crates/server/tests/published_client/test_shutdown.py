"""The server stops when it is asked to, and keeps what it knew."""

from backend import Backend
from server import Server


def test_a_stopped_server_exits_with_0_and_the_next_one_knows_everything(tmp_path):
    first = Server(tmp_path / "data")
    shop = Backend(first, "Shop")
    app_id = shop.create_app(friendly_name="Kept")
    assert first.stop() == 0, "".join(first.log)

    second = Server(tmp_path / "data")
    try:
        shop.server = second
        [app] = shop.sdk_with(shop.secret).apps.get_app_by_id(app_id, shop.client_id).object.app
        assert app.friendly_name == "Kept"
    finally:
        assert second.stop() == 0
