"""Reads from the API with the client that openapi-python-client made of its description."""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from lpsa_api import Client
from lpsa_api.api.groups import list_groups
from lpsa_api.api.posts import list_posts
from lpsa_api.api.webinars import get_webinar
from lpsa_api.models import GroupList, ListedPost, PostList, Webinar
from lpsa_api.types import UNSET, Unset


def titles_of_groups(client: Client) -> list[str]:
    """The groups in the order of the directory, all on one page."""
    page = list_groups.sync(client=client, page_size=100)
    assert isinstance(page, GroupList)  # else a Problem, with a sentence in detail
    return [group.title for group in page.results]


def every_post(client: Client) -> Iterator[ListedPost]:
    """All posts, page by page, as next leads on."""
    cursor: str | Unset = UNSET
    while True:
        page = list_posts.sync(client=client, cursor=cursor)
        assert isinstance(page, PostList)
        yield from page.results
        if page.next_ is None:
            return
        cursor = parse_qs(urlsplit(page.next_).query)["cursor"][0]


def clocks(client: Client, webinar_id: int) -> dict[str, dt.datetime]:
    """When an event begins, on the clock of each of its cities."""
    webinar = get_webinar.sync(client=client, webinar_id=webinar_id)
    assert isinstance(webinar, Webinar)
    return {time.city: time.starts_at for time in webinar.local_times}
