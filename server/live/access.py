"""Owns who may join which rooms; rooms carry no personal data, and each screen has its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from server.domain.errors import DeviceKindForbids, RequestMalformed
from server.domain.kinds import DeviceKind
from server.domain.tickets import clean_ticket_code
from server.services.devices import Device, device_of_token
from server.services.rooms import DESKS, device_room
from server.services.tickets import ticket_view
from server.web.auth import device_token, this_staff
from server.web.context import market


class Screen(StrEnum):
    """Name what connects."""

    DISPLAY = "display"
    KIOSK = "kiosk"
    DESK = "desk"
    PHONE = "phone"


@dataclass(frozen=True)
class Membership:
    """One connected screen and where it listens. device_id, staff_id: who stands behind it."""

    screen: Screen
    rooms: tuple[str, ...]
    device_id: str | None = None
    staff_id: str | None = None


def admit(auth: Any) -> Membership:
    """Return the membership of who connects with `auth` (contract: screen, code?, token?).

    Device cookies and the staff session of the request count. Raises RequestMalformed,
    DeviceTokenInvalid, DeviceRevoked, DeviceKindForbids, SignInRequired, TicketUnknown.
    """
    said = auth if isinstance(auth, dict) else {}
    try:
        screen = Screen(str(said.get("screen")))
    except ValueError as error:
        raise RequestMalformed from error
    if screen is Screen.PHONE:
        ticket_view(market(), clean_ticket_code(str(said.get("code", ""))))
        return Membership(screen, (screen.value,))
    if screen is Screen.DESK:
        return Membership(screen, (DESKS,), staff_id=this_staff().id)
    device = _device(DeviceKind(screen.value), said.get("token"))
    return Membership(screen, (screen.value, device_room(device.id)), device_id=device.id)


def _device(kind: DeviceKind, said_token: object) -> Device:
    token = said_token if isinstance(said_token, str) and said_token else device_token((kind,))
    device = device_of_token(market(), token or "")
    if device.kind is not kind:
        raise DeviceKindForbids
    return device
