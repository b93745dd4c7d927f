"""The invented worker of the kiosk's gallery and the tickets they hold."""

from __future__ import annotations

from typing import Any

PERSON = {
    "identity_token": "x",
    "masked_name": "欧阳**",
    "masked_id": "1406**********1234",
    "is_known": True,
    "needs": ["privacy", "phone", "trades", "education", "skill"],
    "trades": [],
    "warnings": [{"code": "card_expired", "message": "您的证件过期了，请到窗口办理。"}],
    "tickets_today": [],
}


def _ticket(label: str, service: str, name: str) -> dict[str, Any]:
    return {
        "code": "ABC234",
        "label": label,
        "service": service,
        "service_name": name,
        "state": "waiting",
        "ahead": 128,
        "desk_no": None,
        "people": 1,
    }


TICKETS = [_ticket("A128", "find_work", "找活"), _ticket("E003", "complaint", "投诉维权")]
