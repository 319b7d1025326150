"""A login with Flask: a password, then OnlyAuth. README.md tells how to run it."""

import os
import secrets
from typing import Tuple, Union

from flask import Flask, redirect, render_template, request, session
from werkzeug.security import check_password_hash, generate_password_hash
from werkzeug.wrappers import Response

import onlyauth
from onlyauth.models import errors, operations

SHOP = os.environ.get("SHOP_URL", "http://localhost:5000")
SERVER = os.environ.get("ONLYAUTH_SERVER_URL", "http://localhost:8080")
APP, CLIENT = os.environ["ONLYAUTH_APP_ID"], os.environ["ONLYAUTH_CLIENT_ID"]
onlyauth_client = onlyauth.Onlyauth(os.environ["ONLYAUTH_SECRET"], server_url=SERVER)

# Each end user's hashed password and phone number: your database.
USERS = {"ann": (generate_password_hash(os.environ["ANNS_PASSWORD"]), "+12025550142")}
NOBODY = (generate_password_hash(secrets.token_hex()), "")

web = Flask(__name__)
web.secret_key = os.environ.get("SESSION_KEY") or secrets.token_bytes(32)
web.config["SESSION_COOKIE_SAMESITE"] = "Lax"
web.config["SESSION_COOKIE_SECURE"] = SHOP.startswith("https:")

Answer = Tuple[str, int, "dict[str, str]"]


def page(status: int = 200, **values: object) -> Answer:
    html = render_template("login.html", server=SERVER, app=APP, **values)
    return html, status, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


@web.get("/")
def home() -> Answer:
    return page(user=session.get("user", ""))


@web.post("/login")
def login() -> Answer:
    name = request.form.get("name", "")
    # An unknown name takes as long as a wrong password.
    password, phone = USERS.get(name, NOBODY)
    session.clear()
    if not check_password_hash(password, request.form.get("password", "")):
        return page(401, problem="Name or password is not right.")
    session["half_way"] = name
    answer = onlyauth_client.authentication.create_access_token(
        operations.CreateAccessTokenRequestBody(
            app_id=APP,
            client_id=CLIENT,
            end_user_phone_number=phone,
            end_user_uuid=name,
            redirect_uri=f"{SHOP}/login/return",
            language="en-us",
            region="us-1",
        )
    )
    return page(token=answer.object and answer.object.token)


@web.get("/login/return")
def login_return() -> Union[Answer, Response]:
    # Whose login this is, the session says, and never the browser.
    name = session.pop("half_way", None)
    if not name:
        return page(403, problem="Please sign in here first.")
    try:
        onlyauth_client.authentication.validate_success_token(
            APP, CLIENT, request.args.get("token", ""), end_user_uuid=name
        )
    except (errors.ErrorResponse, errors.SDKError):
        return page(403, problem="That did not work. Please sign in again.")
    session["user"] = name
    return redirect("/")
