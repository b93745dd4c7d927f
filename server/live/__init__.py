"""Tails the event log and tells the screens over websockets."""
