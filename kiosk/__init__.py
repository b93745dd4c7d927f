"""Everything in the kiosk cabinet: the touch screen and the device agent."""
