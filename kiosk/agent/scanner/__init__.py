"""The scanner of ticket codes: a real one on a serial line, and a simulated one."""

from kiosk.agent.scanner.opening import open_scanner
from kiosk.agent.scanner.scanner import Scanner, ScannerError
from kiosk.agent.scanner.serial_scanner import ScannerTimings, SerialScanner
from kiosk.agent.scanner.simulated_scanner import SimulatedScanner

__all__ = [
    "Scanner",
    "ScannerError",
    "ScannerTimings",
    "SerialScanner",
    "SimulatedScanner",
    "open_scanner",
]
