"""A Python client of the simulator; it imports nothing of ours."""

from __future__ import annotations

from lkc.client.client import Client
from lkc.client.connection import Connection, Refused, Unreachable
from lkc.client.paths import path_of
from lkc.client.records import VerificationFailed

__all__ = ["Client", "Connection", "Refused", "Unreachable", "VerificationFailed", "path_of"]
