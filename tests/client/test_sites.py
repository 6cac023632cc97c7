"""Tokens, installations and the support desk through the client."""

from __future__ import annotations

import pytest

from lkc.client import Client, Refused
from tests.builders import ICN
from tests.client.story import line, submitted


def test_a_token_is_given_and_retrieved_with(client: Client) -> None:
    """By token and by serial number; one that nobody has is refused."""
    token = client.tokens.create(icn=ICN, serial_number="MX-1")

    assert client.tokens.list() == [token]
    assert client.entitlements.by_token(token["token"])["entitlements"] == []
    assert client.entitlements.by_serial_number("MX-1")["entitlements"] == []
    with pytest.raises(Refused, match="token-unknown"):
        client.entitlements.by_token("99999999")


def test_the_portal_shows_the_token(client: Client) -> None:
    """Its accounts are made by staff and used by the customer."""
    token = client.tokens.create(icn=ICN)

    client.portal.create_account(email="ann@acme.example", password="polarlicht", icn=ICN)

    assert client.as_member("ann@acme.example", "polarlicht").portal.token() == token["token"]


def test_a_console_retrieves_with_the_customers_token(client: Client) -> None:
    """Entering retrieves nothing, prompting does."""
    submitted(client, line("onetrust"))
    [token] = client.tokens.list()
    box = client.installations.create(kind="siteprotector", name="Console")["id"]

    client.installations.enter_token(box, token["token"])

    assert client.installations.license_view(box)["licenses"] == []
    assert client.installations.retrieve(box)["outcomes"][0]["entitlements"] == 1
    assert client.installations.license_view(box)["licenses"][0]["quantity"] == 5
    client.installations.remove_token(box, token["token"])
    assert client.installations.get(box)["tokens"] == []


def test_a_device_reads_a_file_at_its_restart(client: Client) -> None:
    """A file that is applied, read, used for an update, and removed."""
    order = submitted(client)
    [license_] = client.licenses.list(order["order_number"])
    client.licenses.generate(license_["license_id"])
    box = client.installations.create(kind="network-ips", name="Gateway")["id"]

    file = client.installations.apply(box, client.licenses.file(license_["license_id"]))

    assert client.installations.restart(box)["read"] == [file["key_id"]]
    assert isinstance(client.installations.update(box)["applied"], bool)
    assert client.installations.instructions(box)["takes_key_files"]
    client.installations.remove_files(box, file["key_id"])
    client.installations.remove_files(box)
    assert client.installations.network(box, internet=False)["internet"] is False
    assert [found["id"] for found in client.installations.list()] == [box]


def test_agents_come_and_go(client: Client) -> None:
    """Agents of a host product."""
    box = client.installations.create(kind="host-protection", name="Laptops")["id"]

    client.installations.add_agent(box, "laptop-1")

    assert [agent["name"] for agent in client.installations.agents(box)] == ["laptop-1"]
    client.installations.remove_agent(box, "laptop-1")
    assert client.installations.agents(box) == []


def test_a_service_request_is_opened_and_closed(client: Client) -> None:
    """By an IBM ID that is registered for the customer number."""
    client.customers.create(icn=ICN, name="Acme Holding")
    credentials = client.support.create_ibm_id("ann@acme.example", "polarlicht")
    registered = client.support.register(email="ann@acme.example", icn=ICN)
    caller = client.as_member(*credentials)

    opened = caller.service_requests.create(summary="licensing for IBM Security products", icn=ICN)
    number = opened["pmr_number"]
    caller.service_requests.add_note(number, "It is urgent.")

    assert opened["queue"] == "licensing"
    assert [note["text"] for note in caller.service_requests.get(number)["notes"]][-1] == "It is urgent."
    assert caller.service_requests.change(number, purchase_order="PO-1")["missing"] != opened["missing"]
    assert [found["pmr_number"] for found in caller.service_requests.list(icn=ICN)] == [number]
    assert client.support.registrations() == [registered]
    client.support.end_registration(registered["registration_id"])


def test_an_ocn_gets_a_new_password(client: Client) -> None:
    """It is mailed to the order's contact."""
    order = submitted(client)

    sent = client.support.reset_ocn_password(ocn=order["ocn"], icn=ICN)

    assert client.mail.get(sent)["to"] == order["contact"]["email"]
