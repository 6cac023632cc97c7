"""The import contracts hold, and they fail when a wrong import is tried."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).parent / "lint-imports"

WRONG = [
    ("lkc/mail/sending.py", "from lkc.ordering import catalogue"),
    ("lkc/keycenter/receiving.py", "from lkc.ordering import booking"),
    ("lkc/ordering/booking.py", "from lkc.keycenter import models as _models"),
    ("lkc/world/clock.py", "from lkc import feed"),
    ("lkc/feed/dates.py", "from lkc.mail import models"),
    ("lkc/client/connection.py", "from lkc.world import clock"),
    ("lkc/client/serving.py", "from lkc.cli import owned"),
    ("lkc/pytest_plugin.py", "from lkc.cli import owned"),
    ("lkc/control/faults.py", "from lkc import config"),
    ("lkc/support/sign_in.py", "from lkc.ordering import sign_in"),
    ("lkc/ordering/sign_in.py", "from lkc.support import models as _models"),
    ("lkc/support/sign_in.py", "import onetrust"),
    ("lkc/ordering/api.py", "import onetrust"),
    ("onetrust/myiss/accounts.py", "from onetrust.tokens import issuing"),
    ("onetrust/tokens/issuing.py", "from onetrust.myiss import accounts"),
    ("onetrust/__init__.py", "from lkc.keycenter import models"),
    ("onetrust/products/reading.py", "from lkc.keycenter.files import reading as _theirs"),
    ("onetrust/products/retrieval.py", "from onetrust.tokens import retrieval as _theirs"),
    ("onetrust/products/kinds.py", "from lkc import feed"),
    ("onetrust/products/models.py", "from lkc.mail import models"),
    ("onetrust/tokens/retrieval.py", "from onetrust.products import models as _theirs"),
]


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Runs the linter on a tree."""
    return subprocess.run(
        [LINTER, "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the packages that may be spoiled."""
    for package in ("lkc", "onetrust"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(tree: Path) -> None:
    """The tree as it is keeps all contracts."""
    done = lint(tree)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(("file", "line"), WRONG)
def test_a_wrong_import_breaks_a_contract(tree: Path, file: str, line: str) -> None:
    """An import against the order of the layers is found."""
    path = tree / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")

    done = lint(tree)

    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


def test_a_package_outside_the_layers_breaks_a_contract(tree: Path) -> None:
    """Whatever is added has to be given its place."""
    (tree / "lkc" / "surprise.py").write_text('"""Nobody gave me a place."""\n', encoding="utf-8")

    assert lint(tree).returncode == 1
