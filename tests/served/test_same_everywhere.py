"""The same seed and moment give the same numbers and bytes, in whatever world and process."""

from __future__ import annotations

from typing import Any

import httpx

from tests.served.conftest import Served, start, stop

STAFF = ("producer", "producer")
ANN = {"name": "Ann", "email": "ann@acme.example"}


def story(url: str, world: str) -> dict[str, Any]:
    """What comes of one order in a new world of seed 7: its numbers, its token, and both license files."""
    begin = {"name": world, "seed": 7, "at": "2013-05-06T08:00:00Z"}
    httpx.post(f"{url}/_sim/worlds", json=begin).raise_for_status()
    with httpx.Client(base_url=f"{url}/w/{world}", auth=STAFF) as client:
        client.post("/ordering/api/v1/customers", json={"icn": "0012345", "name": "Acme", "country": "DE"})
        order = {
            "icn": "0012345",
            "purchase_order": "PO-1",
            "contact": ANN,
            "registered_end_users": [ANN],
            "lines": [
                {"part_number": "D0G04LL", "quantity": 5, "expiration_date": "31-DEC-2014"},
                {"part_number": "D0SP2LL", "quantity": 5, "expiration_date": "31-DEC-2014"},
            ],
        }
        booked = client.post("/ordering/api/v1/orders?submit=true", json=order).json()
        [license_] = client.get(f"/lkc/api/v1/orders/{booked['order_number']}/licenses").json()
        path = f"/lkc/api/v1/licenses/{license_['license_id']}"
        generated = client.post(f"{path}/generate", json={}).json()
        return {
            "order": (booked["order_number"], booked["ocn"]),
            "license": license_,
            "key": (generated["key_id"], generated["sha256"]),
            "files": [client.get(f"{path}/file?format={form}").content for form in ("isslicense", "flexnet")],
            "tokens": client.get("/onetrust/api/v1/tokens").json(),
            "public": client.get("/lkc/api/v1/keys").json(),
        }


def test_two_processes_and_two_worlds_tell_the_same_story(served: Served) -> None:
    """Another process and another name of the world change neither a number nor a byte."""
    here = story(served.url, "first-name")
    other = start("--ephemeral")

    there = story(other.url, "second-name")
    stop(other)

    assert there == here
    assert all(len(file) > 400 for file in here["files"])
