"""How long pages and JSON take, and how many queries, with many posts and webinars.

``python3 dev.py bench -- --items 200 --times 15``. It runs on SQLite in a temporary folder, in one
process, through Django's test client: numbers to compare with each other, on one machine.
"""

import argparse
import os
import statistics
import time

import django

ADDRESSES = (
    "/working-groups/",
    "/working-groups/group-0/",
    "/blog/",
    "/blog/?topic=fiscal-decentralization&region=africa",
    "/blog/?q=post",
    "/webinars/",
    "/api/lpsa/v1/groups/",
    "/api/lpsa/v1/posts/",
    "/api/lpsa/v1/webinars/",
    "/api/lpsa/v1/interests/",
)
WORDS = ("fiscal-decentralization", "local-democracy", "kenya", "nepal", "health", "education")
GROUPS = 10


def fill(items: int) -> None:
    """Make groups with posts and webinars in turn, each with two words."""
    from lpsa_wagtail.models import Interest
    from tests import factories as make

    words = list(Interest.objects.filter(slug__in=WORDS).order_by("slug"))
    groups = [make.group(title=f"Group {n}", slug=f"group-{n}") for n in range(GROUPS)]
    for number in range(items):
        kind = make.webinar if number % 2 else make.post
        chosen = [words[number % len(words)], words[(number + 1) % len(words)]]
        kind(groups[number % GROUPS], interests=chosen)


def measure(times: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    print(f"{'address':<56}{'queries':>8}{'median ms':>12}{'slowest ms':>12}")
    for address in ADDRESSES:
        client.get(address)  # what is read once for a process
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        queries = len(captured)
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        durations = []
        for _ in range(times):
            start = time.perf_counter()
            client.get(address)
            durations.append((time.perf_counter() - start) * 1000)
        median, slowest = statistics.median(durations), max(durations)
        print(f"{address:<56}{queries:>8}{median:>12.1f}{slowest:>12.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py bench --", description=__doc__)
    parser.add_argument("--items", type=int, default=200, help="posts and webinars together")
    parser.add_argument("--times", type=int, default=15, help="requests for each address")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

    from django.test.runner import DiscoverRunner
    from wagtail.models import Site

    from lpsa_wagtail import actions

    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        actions.install(actor=None, site=Site.objects.get(), say=lambda line: None)
        print(f"Making {GROUPS} groups with {options.items} posts and webinars.", flush=True)
        fill(options.items)
        measure(options.times)
    finally:
        runner.teardown_databases(databases)
        runner.teardown_test_environment()


if __name__ == "__main__":
    main()
