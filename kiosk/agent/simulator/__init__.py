"""A receipt printer below the driver: real bytes over a real socket, with faults on request."""
