"""Owns the way to an agent's simulated devices: cards laid, codes scanned, paper run out."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.errors import SimulatorCommandUnknown, SimulatorMissing
from server.services.devices import Device, agent_of_kiosk, simulated_agents
from server.services.open_market import Actor, OpenMarket
from server.services.rooms import device_room
from server.services.signals import send_signal

LAY_CARD = "lay_card"
PRINTER = "printer"
SCAN = "scan"
_FIELD_OF_COMMAND = {LAY_CARD: "card", PRINTER: "state", SCAN: "code"}
PRINTER_STATES = frozenset(
    {"ready", "paper_low", "paper_out", "cover_open", "offline", "paper_out_midway", "silent"}
)


@dataclass(frozen=True)
class SimulatorCommand:
    """What to do: lay_card with a card id, printer with a state, or scan with what is scanned.

    kiosk_id: whose devices; None: those of the first simulated agent.
    """

    command: str
    wanted: str
    kiosk_id: str | None


def simulated_agent(market: OpenMarket, kiosk_id: str | None) -> Device:
    """Return a kiosk's simulated agent, or the first one there is. Raises SimulatorMissing."""
    if kiosk_id is not None:
        agent = agent_of_kiosk(market, kiosk_id)
    else:
        agent = next(iter(simulated_agents(market)), None)
    if agent is None or not agent.is_simulated:
        raise SimulatorMissing
    return agent


def command_simulator(market: OpenMarket, actor: Actor, order: SimulatorCommand) -> None:
    """Signal a command to a simulated agent. Raises SimulatorMissing, SimulatorCommandUnknown."""
    agent = simulated_agent(market, order.kiosk_id)
    field = _FIELD_OF_COMMAND.get(order.command)
    if field is None or (order.command == PRINTER and order.wanted not in PRINTER_STATES):
        raise SimulatorCommandUnknown
    body = {"command": order.command, field: order.wanted}
    send_signal(market, actor, device_room(agent.id), "simulate", body)
