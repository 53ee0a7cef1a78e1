"""Shapes that several nouns share."""

from lpsa_wagtail.models import Interest
from lpsa_wagtail.models.beside import GroupName


def interest_references(words: list[Interest]) -> list[dict]:
    return [{"slug": word.slug, "kind": word.kind, "label": word.label} for word in words]


def group_reference(visit, group: GroupName) -> dict:
    """A group as other things name it."""
    return {
        "id": group.pk,
        "slug": group.slug,
        "title": group.title,
        "designation": group.designation_label,
        "url": visit.address_of(group.url_path),
    }


def hosts_of(visit, beside, page) -> dict:
    """The group that a post or webinar lies in, and those that it is credited to."""
    group, joint = beside.group_of(page), beside.joint_groups_of(page)
    return {
        "group": group_reference(visit, group) if group else None,
        "joint_groups": [group_reference(visit, group) for group in joint],
    }
