"""Owns the pages of phone."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint(
    "phone", __name__, url_prefix="/t", static_folder="static", template_folder="templates"
)
