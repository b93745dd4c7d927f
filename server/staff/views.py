"""Owns the pages of staff."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint(
    "staff", __name__, url_prefix="/staff", static_folder="static", template_folder="templates"
)
