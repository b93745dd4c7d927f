"""Alembic migrations, named by date and what they do."""
