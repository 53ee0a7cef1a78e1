"""Where in a list the next page begins: the keys of the last result, in a text for addresses."""

import datetime as dt
from base64 import urlsafe_b64decode, urlsafe_b64encode

import orjson
from django.db.models import Q

from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.querysets import MAX_ID

LONGEST = 1000
WRONG = ["a cursor as “next” has it, for the same order"]


def after(keys: tuple[str, ...], row) -> str:
    """The cursor of a row in a list that is ordered by ``keys``, as ``order_by`` has them."""
    values = [getattr(row, key.removeprefix("-")) for key in keys]
    packed = urlsafe_b64encode(orjson.dumps([*keys, *values]))
    return packed.decode().rstrip("=")


def condition(keys: tuple[str, ...], values, may_be_empty=()) -> Q:
    """What holds for all rows behind the one with these values.

    Rows without a value, where there may be some, come last.
    """
    behind, same = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        name = key.removeprefix("-")
        if value is None:
            same &= Q(**{f"{name}__isnull": True})
            continue
        further = Q(**{f"{name}__{'gt' if key == name else 'lt'}": value})
        if name in may_be_empty:
            further |= Q(**{f"{name}__isnull": True})
        behind |= same & further
        same &= Q(**{name: value})
    first, name = values[0], keys[0].removeprefix("-")
    if first is not None and name not in may_be_empty:  # said once more, an index can begin there
        behind &= Q(**{f"{name}__{'gte' if keys[0] == name else 'lte'}": first})
    return behind


def values_in(keys: tuple[str, ...], text: str, may_be_empty=()) -> list:
    """The values that a cursor holds. Raises ``BadFilter`` for what is none of this order."""
    try:
        content = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        is_ours = len(text) <= LONGEST and text.isascii() and content[: len(keys)] == list(keys)
        values = content[len(keys) :] if is_ours else []
        if len(values) != len(keys):
            raise ValueError
        names = (key.removeprefix("-") for key in keys)
        return [
            _value(name, value, name in may_be_empty)
            for name, value in zip(names, values, strict=True)
        ]
    except (ValueError, TypeError, KeyError, OverflowError):
        raise BadFilter("cursor", text, WRONG) from None


#: Name of a key → what its value must be.
KINDS: dict[str, type] = {
    "pk": int,
    "rank": int,
    "title": str,
    "name": str,
    "listed_on": dt.date,
    "established_on": dt.date,
    "starts_at": dt.datetime,
    "last_published_at": dt.datetime,
}


def _value(name: str, value, may_be_empty: bool):
    kind = KINDS[name]
    if value is None and may_be_empty:
        return None
    if kind is int and type(value) is int and 0 <= value <= MAX_ID:
        return value
    if kind is str and type(value) is str and "\x00" not in value:
        return value
    if kind is dt.date and type(value) is str and len(value) == 10:
        return dt.date.fromisoformat(value)
    if kind is dt.datetime and type(value) is str and "T" in value:
        moment = dt.datetime.fromisoformat(value)
        if moment.tzinfo and moment.year >= 2:
            return moment.astimezone(dt.UTC)
    raise ValueError
