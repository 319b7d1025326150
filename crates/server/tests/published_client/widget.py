"""An end user in the widget, without JavaScript: reads pages, fills in forms, follows the link home."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

from server import eventually


class Page(HTMLParser):
    """What a person could use on a page: its state, its forms, and the link home."""

    def __init__(self, html):
        super().__init__()
        self.state = None
        self.forms = []
        self.channels = []
        self.home = None
        self._form = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "main":
            self.state = attributes.get("data-state")
        elif tag == "form":
            self._form = {}
            self.forms.append(self._form)
        elif tag == "button" and attributes.get("name") == "channel":
            self.channels.append(attributes["value"])
        elif tag == "input" and self._form is not None and is_sent(attributes):
            self._form[attributes["name"]] = attributes.get("value", "")
        elif tag == "a" and attributes.get("id") == "continue":
            self.home = attributes["href"]

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None

    def form(self, step):
        """The form that does `step`, as its button sends it."""
        if step == "send":
            [form] = [form for form in self.forms if "sends" in form]
            return form | {"channel": self.channels[0]}
        [form] = [form for form in self.forms if form.get("do") == step]
        return form


def is_sent(attributes):
    """Whether a form has this input in it: a box that is not ticked is left out."""
    ticked = attributes.get("type") != "checkbox" or "checked" in attributes
    return "name" in attributes and ticked


class EndUser:
    """One end user with an access token."""

    def __init__(self, backend, app_id, token):
        self.backend = backend
        self.app_id = app_id
        self.token = token

    def open(self):
        query = {"token": self.token, "app_id": self.app_id}
        return self._page(self.backend.server.request("GET", "/client", params=query))

    def submit(self, form, **typed):
        return self._page(self.backend.server.request("POST", "/client", data=form | typed))

    def _page(self, answer):
        assert answer.status_code == 200, answer.text
        return Page(answer.text)

    def inbox(self, phone):
        query = {
            "client_id": self.backend.client_id,
            "app_id": self.app_id,
            "end_user_phone_number": phone,
        }
        answer = self.backend.raw("GET", "/sandbox/messages", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()["messages"]

    def pass_the_login(self, phone):
        """Goes through the widget and returns the address that it leads home to."""
        page = self.submit(self.open().form("send"))
        assert page.state in ("sending", "code_sent")
        [message] = eventually(lambda: self.inbox(phone))
        page = self.submit(page.form("check"), code=message["code"])
        assert page.state == "passed"
        return page.home


def success_token(address):
    """The success token in an address home."""
    [token] = parse_qs(urlsplit(address).query)["token"]
    return token
