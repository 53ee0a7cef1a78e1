"""Answers as bytes: a dict that has the declared shape already, written as JSON at once.

Nothing validates an answer when it is sent; a test validates each against its schema instead.
"""

import orjson
from django.http import HttpResponse
from pydantic import BaseModel

CONTENT_TYPE = "application/json"


def as_json(content) -> HttpResponse:
    """The response for what a view returned: a dict, or a response that is one already."""
    if isinstance(content, HttpResponse):
        return content
    body = orjson.dumps(content, default=_plain, option=orjson.OPT_UTC_Z)
    return HttpResponse(body, content_type=CONTENT_TYPE)


def _plain(schema: BaseModel) -> dict:
    return schema.model_dump(mode="json")
