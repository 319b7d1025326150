"""A login with FastAPI, async: a password, then OnlyAuth. README.md tells how to run it."""

import os
import secrets
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Form, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates
from starlette.concurrency import run_in_threadpool
from starlette.middleware.sessions import SessionMiddleware
from werkzeug.security import check_password_hash, generate_password_hash

import onlyauth
from onlyauth.models import errors, operations

SHOP = os.environ.get("SHOP_URL", "http://localhost:8000")
SERVER = os.environ.get("ONLYAUTH_SERVER_URL", "http://localhost:8080")
APP, CLIENT = os.environ["ONLYAUTH_APP_ID"], os.environ["ONLYAUTH_CLIENT_ID"]
onlyauth_client = onlyauth.Onlyauth(os.environ["ONLYAUTH_SECRET"], server_url=SERVER)
# Each end user's hashed password and phone number: your database.
USERS = {"ann": (generate_password_hash(os.environ["ANNS_PASSWORD"]), "+12025550142")}
NOBODY = (generate_password_hash(secrets.token_hex()), "")
pages = Jinja2Templates(Path(__file__).with_name("templates"))
web = FastAPI()
key = os.environ.get("SESSION_KEY") or secrets.token_hex()
web.add_middleware(SessionMiddleware, secret_key=key, https_only=SHOP.startswith("https:"))


def page(request: Request, status: int = 200, **values: object) -> Response:
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    values |= {"server": SERVER, "app": APP}
    return pages.TemplateResponse(request, "login.html", values, status, headers)


@web.get("/")
async def home(request: Request) -> Response:
    return page(request, user=request.session.get("user", ""))


@web.post("/login")
async def login(
    request: Request, name: Annotated[str, Form()], password: Annotated[str, Form()]
) -> Response:
    # An unknown name takes as long as a wrong password, and neither holds up the others.
    expected, phone = USERS.get(name, NOBODY)
    request.session.clear()
    if not await run_in_threadpool(check_password_hash, expected, password):
        return page(request, 401, problem="Name or password is not right.")
    request.session["half_way"] = name
    answer = await onlyauth_client.authentication.create_access_token_async(
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
    return page(request, token=answer.object and answer.object.token)


@web.get("/login/return")
async def login_return(request: Request, token: str = "") -> Response:
    # Whose login this is, the session says, and never the browser.
    name = request.session.pop("half_way", None)
    if not name:
        return page(request, 403, problem="Please sign in here first.")
    try:
        await onlyauth_client.authentication.validate_success_token_async(
            APP, CLIENT, token, end_user_uuid=name
        )
    except (errors.ErrorResponse, errors.SDKError):
        return page(request, 403, problem="That did not work. Please sign in again.")
    request.session["user"] = name
    return RedirectResponse("/", 303)
