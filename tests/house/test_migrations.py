"""The migrations build exactly the tables that the mapped classes describe."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import lkc.app
from lkc.world import template


def test_the_built_schema_is_that_of_the_mapped_classes(tmp_path: Path) -> None:
    """Alembic finds no difference between the tables it built and the classes."""
    path = tmp_path / "built.sqlite"
    path.touch()
    template.upgrade(path)
    engine = create_engine(f"sqlite:///{path}")

    with engine.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), lkc.app.METADATA)
    engine.dispose()

    assert difference == []


def test_the_head_read_from_file_names_is_alembics() -> None:
    """Start-up need not load Alembic to know the data format."""
    config = Config()
    config.set_main_option("script_location", str(template.shipped("migrations")))

    assert ScriptDirectory.from_config(config).get_heads() == [template.head()]


def test_a_template_goes_to_the_data_directory_where_the_cache_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read-only home is no obstacle."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(blocked))

    built = template.cached_template(tmp_path / "data")
    again = template.cached_template(tmp_path / "data")

    assert built == again
    assert built.parent == tmp_path / "data" / "templates"
    assert [path.name for path in built.parent.iterdir()] == [built.name]


def test_where_nothing_can_be_written_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither cache nor data directory: the operating system's error comes through."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(blocked))

    with pytest.raises(OSError, match="file"):
        template.cached_template(blocked)
