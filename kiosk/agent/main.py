"""The agent as a process: settings from the environment, stop on SIGTERM or SIGINT."""

import logging
import os
import signal
import sqlite3
import sys
import threading
from types import FrameType

from kiosk.agent.errors import DrawingError
from kiosk.agent.loop import Agent
from kiosk.agent.settings import AgentSettings, SettingsError, agent_settings

log = logging.getLogger(__name__)

_SETTINGS_FAULT = 2
_START_FAULT = 1


def run_agent(settings: AgentSettings) -> None:
    """Run the agent until SIGTERM or SIGINT; call it from a process's main thread.

    Returns within 2 seconds of the signal. Raises what `Agent.start` raises.
    """
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    previous = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        agent = Agent(settings)
        try:
            agent.start()
            stopped.wait()
        finally:
            agent.stop()
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def main() -> int:
    """Run the agent with the settings of the environment and return the exit status.

    2 when settings are wrong (each fault is logged), 1 when the agent cannot start, else 0.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        settings = agent_settings(os.environ)
    except SettingsError as e:
        for fault in e.faults:
            log.error("setting: %s", fault)  # noqa: TRY400 - the sentence says it all.
        return _SETTINGS_FAULT
    try:
        run_agent(settings)
    except (DrawingError, OSError, sqlite3.Error):
        log.exception("the agent cannot start")
        return _START_FAULT
    return 0


if __name__ == "__main__":
    sys.exit(main())
