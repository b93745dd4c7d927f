"""The errors that the agent's parts raise, one class per thing that can go wrong."""


class AgentError(Exception):
    """Base of everything the agent raises on purpose."""


class DrawingError(AgentError):
    """A document cannot be drawn; `reason` is the machine word reported to the server."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class TransportError(AgentError):
    """The way to the printer is closed, refused or was lost."""


class ServerUnreachableError(AgentError):
    """The server gave no usable answer before the deadline or before the agent was stopped."""


class ServerRefusedError(AgentError):
    """The server answered 4xx; `status` and `code` say why, the sentence for people is not kept."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"server refused: {status} {code}")
        self.status = status
        self.code = code
