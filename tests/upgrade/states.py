"""Databases as they were when a migration was the newest, each kept in one file.

A file holds the migrations that there were, the facts that an upgrade must not change, and every
row. It is made by ``python3 dev.py migrations``, on the oldest versions, from the sample content.
"""

import json
import lzma
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers import python
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

APP = "lpsa_wagtail"
FOLDER = Path(__file__).resolve().parent / "states"
ENDING = ".json.xz"
#: Rows that come and go by themselves, or that are computed from others.
NOT_KEPT = {"sessions", "wagtailsearch", "modelsearch"}


def names() -> list[str]:
    """Migrations of ours of which the state is kept, oldest first."""
    return sorted(path.name.removesuffix(ENDING) for path in FOLDER.glob(f"*{ENDING}"))


def newest(loader=None) -> dict[str, str]:
    """Map app → its newest migration in this code."""
    return dict((loader or MigrationLoader(None)).graph.leaf_nodes())


class OldModels(python.Deserializer):
    """Makes objects of models as they were, not as the code has them now."""

    def __init__(self, rows, *, models, **options):
        super().__init__(rows, **options)
        self._get_model_from_node = models.get_model


@dataclass(frozen=True)
class State:
    """What a file holds."""

    migrations: dict[str, str]
    facts: dict
    rows: list[dict]

    @classmethod
    def of(cls, name: str) -> "State":
        return cls(**json.loads(lzma.decompress((FOLDER / f"{name}{ENDING}").read_bytes())))

    @classmethod
    def now(cls, facts: dict) -> "State":
        """The database as it is, with these facts about it."""
        tables = [m for m in apps.get_models() if m._meta.managed and not m._meta.proxy]
        kept = [model for model in tables if model._meta.app_label not in NOT_KEPT]
        return cls(newest(), facts, rows_of(kept))

    def keep(self) -> Path:
        path = FOLDER / f"{self.migrations[APP]}{ENDING}"
        path.write_bytes(lzma.compress(_json(vars(self)).encode(), preset=9))
        return path

    def fill(self) -> None:
        """Bring an empty database to this state, all apps and all rows."""
        executor = MigrationExecutor(connection)
        executor.migrate(self._targets(executor.loader))
        models = executor.loader.project_state(self._targets(executor.loader)).apps
        call_command(
            "flush", verbosity=0, interactive=False, inhibit_post_migrate=True, allow_cascade=True
        )
        installed = [row for row in self.rows if row["model"].split(".")[0] in models.app_configs]
        with transaction.atomic():
            for item in OldModels(installed, models=models):
                item.save()
        tables = models.get_models(include_auto_created=True)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), tables):
                cursor.execute(statement)
        ContentType.objects.clear_cache()  # the kept ones have other ids

    def rows_of_ours(self) -> list[dict]:
        """The kept rows of our app, in the order in which ``rows_of_ours_now`` gives them."""
        return _comparable(row for row in self.rows if row["model"].startswith(f"{APP}."))

    def rows_of_ours_now(self) -> list[dict]:
        """The same from a database whose migrations of ours are those of this state."""
        loader = MigrationLoader(connection)
        ours = (APP, self.migrations[APP])
        others = [node for node in loader.graph.leaf_nodes() if node[0] != APP]
        models = loader.project_state([ours, *others]).apps
        return _comparable(rows_of(models.get_app_config(APP).get_models()))

    def _targets(self, loader) -> list[tuple]:
        """The migrations of those apps that are still installed."""
        return [node for node in self.migrations.items() if node[0] in loader.migrated_apps]


def rows_of(models) -> list[dict]:
    """All rows of these models as plain data."""
    objects = (item for model in models for item in model._base_manager.order_by("pk"))
    return json.loads(_json(python.Serializer().serialize(objects)))


def _json(data) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True)


def _comparable(rows) -> list[dict]:
    """In a fixed order, and with texts of JSON read: PostgreSQL turns the keys in them round."""
    rows = sorted(rows, key=lambda row: (row["model"], str(row["pk"])))
    return [{**row, "fields": {k: _read(v) for k, v in row["fields"].items()}} for row in rows]


def _read(value):
    is_json = isinstance(value, str) and value[:2] in ("[{", "[]")
    return json.loads(value) if is_json else value
