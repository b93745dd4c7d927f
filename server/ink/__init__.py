"""Owns the reading of handwriting: an extra that may be missing."""
