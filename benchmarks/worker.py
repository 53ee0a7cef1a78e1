"""A process of its own for one database: fills it, and answers requests in it.

Each function here is called in that process. Requests go through the WSGI application itself,
without a network; the connection to the database stays open, as in a server.
"""

import json
import os
import platform
import statistics
import time
from urllib.parse import quote

import django


def start(environ: dict) -> None:
    """Called once, before anything else."""
    os.environ.update(environ, DJANGO_SETTINGS_MODULE="benchmarks.settings")
    django.setup()


def prepare(posts: int) -> float:
    """Make the tables and the site; returns how many seconds that took."""
    from django.core.management import call_command
    from django.db import connection
    from wagtail.models import Site

    from benchmarks.data import Amounts, fill
    from benchmarks.models import EmptyPage

    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    Site.objects.update(hostname="localhost", port=80)
    fill(Amounts(posts))
    Site.objects.get().root_page.add_child(instance=EmptyPage(title="Empty", slug="empty"))
    follow(10 * posts)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what the server does by itself before long
    return time.perf_counter() - started


def follow(number: int) -> None:
    """Note what is public, and after it so many changes of it as time brings."""
    from django.utils import timezone

    from lpsa_wagtail import actions
    from lpsa_wagtail.choices import ChangeKind
    from lpsa_wagtail.models import Change, Publication, PublicClock

    actions.note_public_changes(actor=None, everything=True)
    clock = PublicClock.objects.now()
    things = list(Publication.objects.values("noun", "object_id", "slug", "path"))
    at = timezone.now().replace(microsecond=0)
    Change.objects.bulk_create(
        (
            Change(
                number=clock.number + n + 1,
                kind=ChangeKind.CHANGED,
                at=at,
                **things[n % len(things)],
            )
            for n in range(number)
        ),
        batch_size=2000,
    )
    clock.rise(number)


def addresses() -> dict:
    """Map the key of each surface to its address in this site."""
    from benchmarks.surfaces import SURFACES
    from benchmarks.texts import COMMON, RARE
    from lpsa_wagtail.api import cursors
    from lpsa_wagtail.models import BlogPost, PublicClock, Webinar, WorkingGroupPage
    from lpsa_wagtail.models.listings import PostListing

    posts = BlogPost.objects.public()
    number = posts.count()
    post = posts.in_listing_order().first()
    last = posts.in_listing_order()[number - 21]
    keys = PostListing.orders["-date"]
    first_page = json.loads(_answer("/api/lpsa/v1/posts/")[2])
    known = {
        "group": "group-0",
        "group_id": WorkingGroupPage.objects.get(slug="group-0").pk,
        "webinar": Webinar.objects.public().past().first().pk,
        "cursor": cursors.after(keys, last),
        "next": quote(first_page["next"] or ""),
        "after": max(0, (PublicClock.objects.now() or PublicClock()).number - 21),
        "topic": "fiscal-decentralization",
        "region": "africa",
        "rare": RARE,
        "common": COMMON,
        "post": post.pk,
        "post_address": post.get_url(),
        "webinar_address": Webinar.objects.public().past().first().get_url(),
        "last": -(-number // 12),
        "offset": (number - 1) // 20 * 20,
    }
    return {s.key: s.address.format(**known) for s in SURFACES}


def look(address: str, unchanged: bool) -> dict:
    """Ask and tell about the answer: number of queries, and what it says.

    With ``unchanged`` it is asked for with the ETag that it had, and must say that nothing is new.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    # What is read once for a process, and pictures that nobody has seen yet.
    status, headers, body = _answer(address)
    tag = headers.get("ETag", "") if unchanged else ""
    with CaptureQueriesContext(connection) as captured:
        status, headers, body = _answer(address, tag)
    if not status.startswith("304" if unchanged else "200"):
        raise RuntimeError(f"{address} answers {status}: {body[:500]!r}")
    return {"queries": len(captured), "body": body, "tag": tag}


def milliseconds(asked: list[tuple[str, str]], times: int) -> list[float]:
    """Ask for all the addresses, each with its tag, in turn, so many ``times``; medians."""
    durations = [[] for _each in asked]
    for _turn in range(times):
        for kept, (address, tag) in zip(durations, asked, strict=True):
            started = time.perf_counter()
            _answer(address, tag)
            kept.append((time.perf_counter() - started) * 1000)
    return [statistics.median(kept) for kept in durations]


def versions() -> dict:
    """Versions of what answers."""
    import wagtail
    from django.db import connection

    with connection.cursor() as cursor:
        sql = (
            "SHOW server_version"
            if connection.vendor == "postgresql"
            else "SELECT sqlite_version()"
        )
        cursor.execute(sql)
        (database,) = cursor.fetchone()
    return {
        "Python": platform.python_version(),
        "Django": django.__version__,
        "Wagtail": wagtail.__version__,
        connection.display_name: database.split()[0],
    }


_application = None


def _answer(address: str, tag: str = "") -> tuple[str, dict, bytes]:
    """Status, headers and body of the answer, asked for with this ETag if there is one."""
    global _application
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    _application = _application or get_wsgi_application()
    asked = {"HTTP_IF_NONE_MATCH": tag} if tag else {}
    environ = RequestFactory(SERVER_NAME="localhost").get(address, **asked).environ
    seen = []
    answer = _application(environ, lambda *started: seen.append(started))
    try:
        return seen[0][0], dict(seen[0][1]), b"".join(answer)
    finally:
        answer.close()
