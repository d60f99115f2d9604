"""Video feedback with parents and babies."""

__version__ = "0.1.0"
