"""`lkc start --smtp`: a served simulator, of several processes, that sends its mails to a server as well."""

from __future__ import annotations

import os
import subprocess
import time
from typing import Any

import httpx
import pytest

from tests.mail.sink import listening
from tests.served.conftest import LKC, start, stop


def test_all_processes_relay_and_count_together() -> None:
    """The address comes from the variable, and the start says where mails go; past mails of the demo stay."""
    with listening() as sink:
        served = start("--ephemeral", "--workers", "2", LKC_SMTP=f"localhost:{sink.port}")
        try:
            assert served.process.stdout is not None
            assert next(line for line in served.process.stdout if f"go to localhost:{sink.port} as well" in line)
            for number in range(8):
                raw = f"From: zoe@x.example\r\nTo: a{number}@acme.example\r\nSubject: Hi\r\n\r\nHello.\r\n"
                headers = {"Content-Type": "message/rfc822"}
                httpx.post(f"{served.url}/mail/api/v1/messages", content=raw, headers=headers).raise_for_status()
            arrived = sink.wait(8)
            told: dict[str, Any] = {"relayed": 0}
            deadline = time.monotonic() + 10
            while told["relayed"] < 8 and time.monotonic() < deadline:
                told = httpx.get(f"{served.url}/_sim/health").json()["smtp"]
        finally:
            stop(served)

    assert sorted(mail.recipients[0] for mail in arrived) == [f"a{number}@acme.example" for number in range(8)]
    assert {mail.message["X-LKC-World"] for mail in arrived} == {"default"}
    assert (told["relayed"], told["server"]) == (8, f"localhost:{sink.port}")


@pytest.mark.parametrize(
    "given", ["localhost", "localhost:", ":1025", "localhost:0", "localhost:65536", "a b:25", "::1:25", "x:1025/", ""]
)
def test_what_is_no_host_and_port_is_wrong_usage(given: str) -> None:
    """It is told with what was given, and nothing starts."""
    done = subprocess.run(
        [LKC, "start", "--ephemeral", "--port", "0", "--smtp", given],
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 2
    assert "is not HOST:PORT with a port from 1 to 65535, such as localhost:1025" in " ".join(done.stderr.split())
