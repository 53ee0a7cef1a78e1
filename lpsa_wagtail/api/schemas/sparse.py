"""Items of lists, which have only the fields that were asked for."""

from typing import Any

from pydantic import BaseModel, create_model
from pydantic.fields import FieldInfo

from lpsa_wagtail.api.schemas.nouns import Group, Interest, Post, Webinar


class NotSaid:
    """A field that was not asked for is not there; it is not null."""

    def __init__(self, extra):
        self.extra = extra if isinstance(extra, dict) else {}

    def __call__(self, schema: dict) -> None:
        schema.pop("default", None)
        schema.update(self.extra)


def listed(noun: type[BaseModel], *always: str) -> type[BaseModel]:
    """The schema of a noun in a list: all fields but ``always`` may be left out."""
    fields: dict[str, Any] = {}
    for name, field in noun.model_fields.items():
        if name not in always:
            optional = FieldInfo.merge_field_infos(field, default=None)
            optional.json_schema_extra = NotSaid(field.json_schema_extra)
            fields[name] = (field.annotation, optional)
    about = f"{noun.__name__} in a list: the usual fields, or those asked for."
    return create_model(f"Listed{noun.__name__}", __base__=noun, __doc__=about, **fields)


ListedGroup = listed(Group, "id", "slug", "title", "url")
ListedPost = listed(Post, "id", "slug", "title", "url")
ListedWebinar = listed(Webinar, "id", "slug", "title", "url")
ListedInterest = listed(Interest, "slug", "label")
