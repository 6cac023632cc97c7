"""The migrations build exactly the tables that the mapped classes describe."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

import lkc.app
from lkc.world import template


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
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


def test_an_index_of_an_expression_is_in_classes_and_tables(tmp_path: Path) -> None:
    """Alembic compares no such indices, so their names and texts are compared here."""
    built, made = tmp_path / "built.sqlite", create_engine("sqlite://")
    built.touch()
    template.upgrade(built)
    lkc.app.METADATA.create_all(made)
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '%(lower(%' ORDER BY name")

    engine = create_engine(f"sqlite:///{built}")
    with engine.connect() as first, made.connect() as second:
        found, wanted = first.execute(query).all(), second.execute(query).all()
    engine.dispose()
    made.dispose()

    assert found == wanted
    assert len(found) == 2


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
