import datetime as dt
import json
import re
from functools import cache

import pytest
from django.core.cache import cache as kept_answers
from pydantic import TypeAdapter

from lpsa_wagtail.api.application import ROUTERS
from lpsa_wagtail.api.schemas import Problem

PREFIX = "/api/lpsa/v1/"


@cache
def described() -> list[tuple]:
    """(Pattern of the path below the prefix, what checks its answers), for all addresses."""
    found = []
    for prefix, router in ROUTERS.items():
        for path, view in router.path_operations.items():
            shown = [one for one in view.operations if one.include_in_schema]
            for operation in shown:
                pattern = re.sub(r"\{path:\w+\}", ".+", f"{prefix}{path}")
                pattern = re.sub(r"\{int:\w+\}", r"\\d+", pattern)
                pattern = re.sub(r"\{\w+\}", "[^/]+", pattern)
                answer = operation.response_models[200].model_fields["response"].annotation
                found.append((re.compile(pattern), TypeAdapter(answer)))
    return found


def is_as_described(path: str, answer) -> None:
    """The body is exactly what the schema of its address says: nothing more, nothing less."""
    if answer["Content-Type"] == "application/problem+json":
        schema = TypeAdapter(Problem)
    else:
        schema = next((schema for pattern, schema in described() if pattern.fullmatch(path)), None)
    if schema is None or not answer.content:  # the description itself; HEAD
        return
    told = schema.validate_json(answer.content, strict=True)
    assert json.loads(answer.content) == schema.dump_python(told, mode="json", exclude_unset=True)


@pytest.fixture
def ask(client):
    """Ask the API as a visitor does: ``ask("posts/", topic="health")`` gives the response.

    Each answer is compared with its schema.
    """

    def ask(path, **parameters):
        kept_answers.clear()  # nothing is answered from what an earlier request left
        answer = client.get(PREFIX + path, parameters)
        is_as_described(path, answer)
        return answer

    return ask


@pytest.fixture
def walk(ask, client):
    """All results of a list, by following ``next``: ``walk("posts/", order="title")``."""

    def walk(path, **parameters):
        answer, found = ask(path, **parameters).json(), []
        while True:
            found += answer["results"]
            if not answer["next"]:
                return found
            response = client.get(answer["next"])
            is_as_described(path, response)
            answer = response.json()

    return walk


def reference_to(group, designation="Working Group") -> dict:
    """How other things name a group."""
    return {
        "id": group.pk,
        "slug": group.slug,
        "title": group.title,
        "designation": designation,
        "url": f"http://localhost/working-groups/{group.slug}/",
    }


def in_utc(moment: dt.datetime) -> str:
    """A moment as answers write it."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def published(page) -> dict:
    """When a page went live, as answers say it."""
    return {
        "published_at": in_utc(page.first_published_at),
        "updated_at": in_utc(page.last_published_at),
    }
