"""A process of its own for one database: fills it, and answers requests in it.

Each function here is called in that process. Requests go through the WSGI application itself,
without a network; the connection to the database stays open, as in a server.
"""

import json
import os
import platform
import statistics
import time

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
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what the server does by itself before long
    return time.perf_counter() - started


def addresses() -> dict:
    """Map (section, name) of each surface to its address in this site."""
    from benchmarks.surfaces import SURFACES
    from benchmarks.texts import COMMON, RARE
    from lpsa_wagtail.models import BlogPost, Webinar

    posts = BlogPost.objects.public()
    number = posts.count()
    post = posts.in_listing_order().first()
    known = {
        "group": "group-0",
        "topic": "fiscal-decentralization",
        "region": "africa",
        "rare": RARE,
        "common": COMMON,
        "post": post.pk,
        "post_address": post.get_url(),
        "webinar_address": Webinar.objects.public().past().first().get_url(),
        "last": -(-number // 12),
        "api_last": -(-number // 20),
        "offset": (number - 1) // 20 * 20,
    }
    return {(s.section, s.name): s.address.format(**known) for s in SURFACES}


def look(address: str) -> dict:
    """Ask once and tell about the answer: number of queries, bytes, and the JSON if it is that."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _answer(address)  # what is read once for a process, and pictures that nobody has seen yet
    with CaptureQueriesContext(connection) as captured:
        status, body = _answer(address)
    if not status.startswith("200"):
        raise RuntimeError(f"{address} answers {status}: {body[:500]!r}")
    is_json = body[:1] in (b"{", b"[")
    return {
        "queries": len(captured),
        "bytes": len(body),
        "json": json.loads(body) if is_json else None,
    }


def milliseconds(addresses: list[str], times: int) -> list[float]:
    """Ask all of the addresses in turn, so many ``times``; the median for each."""
    durations = [[] for _each in addresses]
    for _turn in range(times):
        for kept, address in zip(durations, addresses, strict=True):
            started = time.perf_counter()
            _answer(address)
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


def _answer(address: str) -> tuple[str, bytes]:
    global _application
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    _application = _application or get_wsgi_application()
    environ = RequestFactory(SERVER_NAME="localhost").get(address).environ
    seen = []
    answer = _application(environ, lambda status, headers, exc_info=None: seen.append(status))
    try:
        return seen[0], b"".join(answer)
    finally:
        answer.close()
