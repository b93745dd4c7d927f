"""Use cases: one public call is one transaction."""
