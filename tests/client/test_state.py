"""The world as a document through the client, and what is different between two of them."""

from __future__ import annotations

import pytest

from lkc.client import Client, Refused
from tests.client.story import submitted


def test_a_document_leads_a_world_back(client: Client) -> None:
    """What was there when it was taken is there again, and nothing else."""
    client.customers.create(icn="0001", name="One")
    text = client.state.get()
    submitted(client)

    world = client.state.put(text)

    assert (world["name"], world["from"]) == (client.world, "state")
    assert [customer["icn"] for customer in client.customers.list()] == ["0001"]
    assert client.state.get() == text


def test_a_mistake_is_raised_with_its_line(client: Client) -> None:
    """Every mistake stands in the problem document."""
    with pytest.raises(Refused, match=r"Line 6: world\.seed") as refused:
        client.state.put(client.state.get().replace("seed = 1", "seed = 'one'"))

    assert refused.value.document["errors"][0]["received"] == "one"


def test_the_difference_to_a_fork_is_told(client: Client) -> None:
    """Nothing at first; then what was done there."""
    fork = client.worlds.fork(client.world)["name"]
    assert client.worlds.diff(client.world, fork) == []

    client.in_world(fork).customers.create(icn="0001", name="One")

    assert client.worlds.diff(client.world, fork)[0]["text"] == "customer 0001 created"
    client.worlds.delete(fork)
