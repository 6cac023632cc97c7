"""The whole world as one document."""

from __future__ import annotations

from lkc.client.connection import Connection
from lkc.client.worlds import World


class State:
    """What the world is, as TOML for people and git."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self) -> str:
        """The world as a document, complete but for the journal. Raises Refused."""
        return self._connection.document("GET", "/state").content.decode()

    def put(self, text: str) -> World:
        """Replaces the world by a document, all or nothing; a reset leads back to what the document says.

        Raises Refused, whose `document["errors"]` names each mistake with its line.
        """
        world: World = self._connection.document("PUT", "/state", text).value()
        return world
