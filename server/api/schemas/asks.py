"""Owns the shapes of what a worker asks for at the kiosk besides a number."""

from __future__ import annotations

from server.api.schemas.common import Request, Token
from server.domain.kinds import CancelReason


class HolderRequest(Request):
    """Somebody whom the kiosk has identified."""

    identity_token: Token


class CancellationRequest(HolderRequest):
    """Why a ticket is given back."""

    reason: CancelReason
