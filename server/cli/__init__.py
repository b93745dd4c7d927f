"""The `market` command."""
