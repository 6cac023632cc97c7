"""The floor: one Flask route that answers with a small JSON document, on the server that the simulator uses."""

from __future__ import annotations

import sys

from flask import Flask, Response, jsonify
from granian import Granian
from granian.constants import Interfaces

app = Flask("bare")


@app.get("/bare")
def bare() -> Response:
    """About as much JSON as a license has."""
    return jsonify(
        license_id="L-1",
        order_number="0005283",
        account_id="25572379",
        product="Proventia Network IPS",
        quantity=5,
        start_date=None,
        expiration_date="31-DEC-2014",
        license_expiration_date="permanent",
        status="not-generated",
    )


def load() -> Flask:
    """The application as the serving process sees it."""
    return app


if __name__ == "__main__":
    Granian(
        "bare",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        blocking_threads=64,
        backpressure=256,
        log_enabled=False,
        websockets=False,
    ).serve(target_loader=load, wrap_loader=False)
