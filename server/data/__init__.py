"""Owns the code lists the rules read: counties, divisions, trades, education, stations."""
