"""Products that retrieve from a token service in another process."""

from __future__ import annotations

import httpx

from tests.served.conftest import Served, start, stop


def test_products_can_be_sent_to_a_token_service_elsewhere(served: Served) -> None:
    """LKC_ONETRUST_URL leads them there; the world of the same name and seed answers."""
    here = start("--ephemeral", LKC_ONETRUST_URL=served.url)
    for url in (served.url, here.url):
        httpx.post(f"{url}/_sim/worlds", json={"name": "elsewhere"}).raise_for_status()
    tokens = f"{served.url}/w/elsewhere/onetrust/api/v1/tokens"
    token = httpx.post(tokens, json={"icn": "0012345"}, auth=("producer", "producer")).json()["token"]
    installations = f"{here.url}/w/elsewhere/products/api/v1/installations"
    path = f"{installations}/{httpx.post(installations, json={'kind': 'siteprotector', 'name': 'S'}).json()['id']}"
    httpx.post(f"{path}/tokens", json={"token": token}).raise_for_status()

    done = httpx.post(f"{path}/retrieve")
    stop(here)

    assert done.json() == {"outcomes": [{"token": token, "entitlements": 0, "failure": None}]}
