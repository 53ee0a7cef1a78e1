"""Whether an answer has exactly the shape that is described: no key more, no key less."""

import json

from pydantic import TypeAdapter

from lpsa_wagtail.api import schemas


def of_operations(description: dict) -> dict[str, TypeAdapter]:
    """Map each path of ``openapi.json`` → the schema in the code that its answers have."""
    found = {}
    for path, methods in description["paths"].items():
        shape = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        name = shape["$ref"].rpartition("/")[2]
        found[path] = TypeAdapter(getattr(schemas, name))
    return found


def faults(adapter: TypeAdapter, body: bytes) -> list[str]:
    """Where the keys of the answer differ from the described ones. Raises ``ValidationError``."""
    said = json.loads(body)
    described = adapter.validate_json(body, strict=True)
    return list(differences(said, adapter.dump_python(described, mode="json", exclude_unset=True)))


def differences(said, described, where="answer"):
    """Places where two values of JSON have other keys, or lists of other lengths."""
    if isinstance(said, dict) and isinstance(described, dict):
        if names := set(said) ^ set(described):
            yield f"{where}: {sorted(names)}"
        for name in set(said) & set(described):
            yield from differences(said[name], described[name], f"{where}.{name}")
    elif isinstance(said, list) and isinstance(described, list):
        if len(said) != len(described):
            yield f"{where}: {len(said)} items, described {len(described)}"
        for number, (one, other) in enumerate(zip(said, described, strict=False)):
            yield from differences(one, other, f"{where}[{number}]")
    elif isinstance(said, dict | list) or isinstance(described, dict | list):
        yield f"{where}: not the same kind of value"
