"""Owns who is asking: a paired device with its token, or a signed-in member of staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, g, render_template, request
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from server.domain.errors import (
    DeviceKindForbids,
    DeviceTokenInvalid,
    DomainError,
    PermissionMissing,
    SignInRequired,
)
from server.domain.kinds import DeviceKind, RefusalKind, StaffRole
from server.services.devices import Device, device_of_token
from server.services.staff import StaffMember, staff_member
from server.web.context import context, market

DEVICE_COOKIE = "market_device"
DEVICE_COOKIE_AGE_S = 10 * 365 * 24 * 3600
SCREEN_HEADER = "X-Market-Screen"
NEEDS = "__market_needs__"

View = TypeVar("View", bound=Callable[..., Any])


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """The member of staff behind a session, as Flask-Login wants it."""

    def __init__(self, member: StaffMember) -> None:
        self.member = member
        self.id = member.id


def install_auth(app: Flask) -> None:
    """Teach `app` who is behind a session."""
    login_manager = LoginManager()
    login_manager.session_protection = None

    def load(staff_id: str) -> SignedIn | None:
        member = staff_member(market(), staff_id)
        return None if member is None else SignedIn(member)

    login_manager.user_loader(load)
    login_manager.init_app(app)


def start_session(member: StaffMember) -> None:
    """Sign a member of staff in on this browser."""
    login_user(SignedIn(member))


def end_session() -> None:
    """Sign the member of staff out."""
    logout_user()


def signed_in() -> StaffMember | None:
    """Return the member of staff who asks, or None."""
    return current_user.member if current_user.is_authenticated else None


def this_staff() -> StaffMember:
    """Return the member of staff who asks. Raises SignInRequired."""
    member = signed_in()
    if member is None:
        raise SignInRequired
    return member


def device_token(kinds: tuple[DeviceKind, ...] = ()) -> str | None:
    """Return the token of the request: the bearer's, or the browser's cookie.

    A browser may be several screens at once, so each kind has its cookie: the page names its
    own in SCREEN_HEADER, and without it the first cookie of an allowed kind counts.
    """
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ").strip()
    named = request.headers.get(SCREEN_HEADER)
    wanted = [named] if named else [kind.value for kind in kinds or tuple(DeviceKind)]
    found = (request.cookies.get(f"{DEVICE_COOKIE}_{kind}") for kind in wanted)
    return next((token for token in found if token), None)


def this_device(*kinds: DeviceKind) -> Device:
    """Return the device that asks. Raises DeviceTokenInvalid, DeviceRevoked, DeviceKindForbids."""
    if "device" not in g:
        token = device_token(kinds)
        if token is None:
            raise DeviceTokenInvalid
        g.device = context().device_memory.device_of_token(market(), token)
    found: Device = g.device
    if kinds and found.kind not in kinds:
        raise DeviceKindForbids
    return found


def keep_device_token(response: Response, kind: DeviceKind, token: str) -> Response:
    """Put a device's token into the browser, out of reach of scripts."""
    response.set_cookie(
        f"{DEVICE_COOKIE}_{kind.value}",
        token,
        max_age=DEVICE_COOKIE_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/",
    )
    return response


def render_screen(kind: DeviceKind, render: Callable[[Device], str]) -> Response:
    """Return the page of a screen for the device that asks.

    A browser that is not paired gets the pairing page; in a demo it becomes the demo device.
    """
    g.pop("device", None)
    token = request.cookies.get(f"{DEVICE_COOKIE}_{kind.value}")
    try:
        if token is None:
            raise DeviceTokenInvalid
        return Response(render(device_of_token(market(), token)))
    except DomainError as refusal:
        if refusal.kind is not RefusalKind.UNAUTHORISED:
            raise
    demo_token = context().demo_tokens.get(kind)
    if demo_token is None:
        return Response(render_template("web/pair.html", kind=kind.value), 401)
    page = Response(render(device_of_token(market(), demo_token)))
    return keep_device_token(page, kind, demo_token)


def needs_device(*kinds: DeviceKind) -> Callable[[View], View]:
    """Mark a view: only these kinds of device may call it (none named: any device)."""

    def check() -> None:
        this_device(*kinds)

    return _marker(check)


def needs_staff(*roles: StaffRole) -> Callable[[View], View]:
    """Mark a view: only signed-in staff may call it, or only these roles."""

    def check() -> None:
        member = this_staff()
        if roles and member.role not in roles:
            raise PermissionMissing

    return _marker(check)


def needs_staff_or_device(*kinds: DeviceKind) -> Callable[[View], View]:
    """Mark a view: signed-in staff or these kinds of device may call it."""

    def check() -> None:
        if signed_in() is None:
            this_device(*kinds)

    return _marker(check)


def open_to_all(view: View) -> View:
    """Mark a view that anybody may call."""
    return _marker(lambda: None)(view)


def _marker(check: Callable[[], None]) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, NEEDS, check)
        return view

    return mark


def check_needs(app: Flask) -> None:
    """Run the check of the view that a request goes to; an unmarked view is a fault."""
    if request.endpoint is None:
        return
    getattr(app.view_functions[request.endpoint], NEEDS)()
