"""The process in the kiosk cabinet that owns printer and card reader and talks HTTP."""
