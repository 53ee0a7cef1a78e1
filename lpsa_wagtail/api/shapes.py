"""Shapes that several nouns share."""

from lpsa_wagtail.api import schemas
from lpsa_wagtail.choices import InterestKind
from lpsa_wagtail.models import Interest, WorkingGroupPage


def interest_references(words: list[Interest]) -> list[schemas.InterestReference]:
    return [
        schemas.InterestReference(slug=word.slug, kind=InterestKind(word.kind), label=word.label)
        for word in words
    ]


def group_reference(group: WorkingGroupPage | None) -> schemas.GroupReference | None:
    return schemas.GroupReference(**group_names(group)) if group else None


def group_references(groups: list[WorkingGroupPage]) -> list[schemas.GroupReference]:
    return [schemas.GroupReference(**group_names(group)) for group in groups]


def group_names(group: WorkingGroupPage) -> dict:
    return {
        "slug": group.slug,
        "title": group.title,
        "designation": group.designation_label,
    }
