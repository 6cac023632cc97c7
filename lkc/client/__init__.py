"""A Python client of the simulator; it imports nothing of ours."""

from __future__ import annotations

from lkc.client.connection import Connection, Refused, Unreachable

__all__ = ["Connection", "Refused", "Unreachable"]
