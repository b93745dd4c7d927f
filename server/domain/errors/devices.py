"""Owns the refusals about paper, devices and the simulator."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class PrintJobUnknown(DomainError, code="print_job_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such print job."""


class PrintJobTaken(DomainError, code="print_job_taken", kind=RefusalKind.CONFLICT):
    """Another agent has claimed the print job."""


class PrintJobStateForbids(DomainError, code="print_job_state_forbids", kind=RefusalKind.CONFLICT):
    """The print job's state forbids the wish; fact state."""


class DeviceUnknown(DomainError, code="device_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such device."""


class DeviceExists(DomainError, code="device_exists", kind=RefusalKind.CONFLICT):
    """A device of this name is paired already."""


class DeviceTokenInvalid(DomainError, code="device_token_invalid", kind=RefusalKind.UNAUTHORISED):
    """The device's token is missing or wrong."""


class DeviceKindForbids(DomainError, code="device_kind_forbids", kind=RefusalKind.FORBIDDEN):
    """A device of this kind may not do that."""


class DeviceRevoked(DomainError, code="device_revoked", kind=RefusalKind.UNAUTHORISED):
    """The device's pairing was ended."""


class PairingCodeInvalid(DomainError, code="pairing_code_invalid", kind=RefusalKind.FORBIDDEN):
    """The pairing code is wrong or used up."""


class PrinterMissing(DomainError, code="printer_missing", kind=RefusalKind.CONFLICT):
    """No ticket printer belongs to this place."""


class SimulatorMissing(DomainError, code="simulator_missing", kind=RefusalKind.CONFLICT):
    """No simulated agent is connected."""


class SimulatorCommandUnknown(DomainError, code="simulator_command_unknown"):
    """The simulator does not know the command."""


class VoiceOff(DomainError, code="voice_off", kind=RefusalKind.CONFLICT):
    """The market has neither a synthesiser nor the recorded clips that a sentence needs."""


class SentenceUnknown(DomainError, code="sentence_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such sentence to say."""


class NumberUnspeakable(DomainError, code="number_unspeakable", kind=RefusalKind.NOT_FOUND):
    """A text is no ticket's label, or a number no window's from 1 to 99."""


class ClipUnknown(DomainError, code="clip_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such clip, or it has not been recorded."""


class SoundInvalid(DomainError, code="sound_invalid"):
    """An uploaded sound cannot be used; fact reason says why."""
