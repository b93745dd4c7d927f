"""Owns the pure rules of the market: no web, no database, no device, no clock of its own."""
