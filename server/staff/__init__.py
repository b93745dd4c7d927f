"""The service desk and admin pages."""
