"""Every address that the API's own description names, with everything that could be asked there."""

from dataclasses import dataclass, field
from itertools import product
from urllib.parse import quote, unquote, urlencode

from django.core.cache import cache
from wagtail.models import Page, Revision

from lpsa_wagtail import models
from tests.api.conftest import PREFIX
from tests.worlds import CANARY

#: Not the same from one answer to the next; the last is there from the second after a change on.
PASSING_HEADERS = {"Date", "Last-Modified"}
HIDDEN_TEXTS = (
    *("draft", "summary", "body", "later", "laterbody", "closed", "closedpost", "group"),
    *("email0", "expertise", "affiliation", "organisation", "person", "user0", "note", "position"),
    *("comment", "series", "closedseries", "below"),
)
#: What a parameter that takes a text is asked with.
VALUES = (
    *(f"{CANARY}{text}" for text in HIDDEN_TEXTS),
    *(f"{CANARY}email0@example.org", f"{CANARY}-closed", f"{CANARY}-group", f"{CANARY}-post"),
    *("delta", "marshes", "kenya", "local-democracy", "Bridges", "TV", "KE", "fr", "2019-01-01"),
    *("email", "-country", "expertise", "record__teams_link", "*", "body", "_,title", "1"),
)
NUMBERS = ("1", "2", "2019", "2024", "2030")


@dataclass
class Operation:
    """One operation as OpenAPI describes it."""

    path: str
    in_path: list[str] = field(default_factory=list)
    in_query: dict[str, dict] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)


def operations(client) -> list[Operation]:
    """All operations that can be read, from ``openapi.json``."""
    found = []
    for path, methods in client.get(f"{PREFIX}openapi.json").json()["paths"].items():
        for described in methods.values():
            operation = Operation(path)
            for parameter in described.get("parameters", ()):
                if parameter["in"] == "path":
                    operation.in_path.append(parameter["name"])
                else:
                    operation.in_query[parameter["name"]] = parameter["schema"]
                    operation.required += [parameter["name"]] * parameter["required"]
            found.append(operation)
    return found


def things() -> list[str]:
    """Ids and slugs of all pages, hidden ones too, and words."""
    pages = Page.objects.filter(depth__gt=2).order_by("pk").values_list("pk", "slug")
    words = ("kenya", "local-democracy", f"{CANARY}draft", "Gil Listed", f"{CANARY}person")
    return [*(str(pk) for pk, _slug in pages), *(slug for _pk, slug in pages), *words]


def addresses(client, things: list[str]) -> list[str]:
    """What to ask: each path with each thing in it, each parameter with each value."""
    found = [f"{PREFIX}openapi.json", f"{PREFIX}docs/"]
    for operation in operations(client):
        bare = [_filled(operation, values) for values in _path_values(operation, things)]
        found += bare
        needed = dict.fromkeys(operation.required, "Delta")
        for name, schema in operation.in_query.items():
            values = _values(name, schema, [thing for thing in things if thing.isdigit()])
            found += [f"{bare[0]}?{urlencode(needed | {name: value})}" for value in values]
    return found


def few(addresses: list[str]) -> list[str]:
    """The same with each parameter once for each path."""
    by_name = {address.rpartition("=")[0] or address: address for address in addresses}
    return list(by_name.values())


def _path_values(operation, things):
    return product(things, repeat=len(operation.in_path))


def _filled(operation, values) -> str:
    pairs = zip(operation.in_path, values, strict=True)
    return operation.path.format(**{name: quote(value, safe="") for name, value in pairs})


def _values(name, schema, ids) -> list[str]:
    if "enum" in schema:
        return [*map(str, schema["enum"]), VALUES[0]]
    if schema.get("type") == "integer":
        return [*NUMBERS, VALUES[0]]
    return [*ids, ",".join(ids)] if name == "ids" else [*VALUES]


def ask(client, address: str) -> tuple:
    """Status, headers and body; nothing is answered from what an earlier request left."""
    cache.clear()
    answer = client.get(address)
    body = b"".join(answer) if answer.streaming else answer.content
    headers = {name: value for name, value in answer.items() if name not in PASSING_HEADERS}
    return answer.status_code, headers, body


def leaks(address: str, answer: tuple) -> bool:
    """True if a canary is in the answer that was not in the question."""
    _status, headers, body = answer
    said = unquote(f"{headers}{body.decode()}")
    for part in unquote(address).replace("?", "/").replace("=", "/").split("/"):
        if CANARY in part:
            said = said.replace(part, "").replace(part[:80], "")
    return CANARY in said


def secrets_planted() -> dict:
    """In how many rows of each kind there are canaries: the hidden things are really there."""
    return {
        "people": models.Member.objects.filter(expertise__contains=CANARY).count(),
        "pages": Page.objects.filter(title__contains=CANARY).count(),
        "revisions": Revision.objects.filter(content__icontains=CANARY).count(),
    }
