#!/usr/bin/env python3
"""The daily tasks of this repository. Needs Python 3.11 or newer with pip, and nothing else."""

import argparse
import os
import signal
import socket
import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Python 3.11 or newer is needed; this is {}.{}.".format(*sys.version_info))

from tools.components import BROWSER, NODE, POSTGRES, find_browser, install_missing
from tools.environments import ROOT, Environment, say
from tools.postgres import ServerDidNotStart, cluster

#: "main" has the newest versions that this Python runs: Django 6.1 from Python 3.12 on, else 5.2.
CELLS = {
    "main": Environment(".venv"),
    "oldest": Environment(".venv-7.4", pins=("wagtail==7.4.*", "Django==5.2.*")),
    "between": Environment(".venv-8", pins=("wagtail==8.*", "Django==5.2.*")),
}
PYTEST = ("-m", "pytest", "-n", "auto", "--maxprocesses=4")
MANAGE = "example_site/manage.py"
STEPS = {
    "migrate": "Preparing the database, example_site/db.sqlite3.",
    "lpsa_setup": "Setting up auth groups, workflows, index pages and the vocabulary.",
    "lpsa_demo": "Bringing in the sample content.",
}
#: Links in mails and in the API carry the port, so the site must know it.
KNOW_THE_PORT = """
from wagtail.models import Site
Site.objects.filter(is_default_site=True, hostname="localhost").update(port={port})
"""
RUNNING = """The site:   http://localhost:{port}/
The admin:  http://localhost:{port}/admin/
Stop it with ctrl-C. The same command starts it again, and what was changed is kept.
"""
TEMPLATES = "lpsa_wagtail/templates"
DOCUMENTS = "docs/_build/html"
CHECKS = {
    "style": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "templates": ("-m", "djlint", TEMPLATES, "--lint", "--quiet"),
    "format of templates": ("-m", "djhtml", "--check", "--tabwidth", "2", TEMPLATES),
    "types": ("-m", "mypy"),
}
FIXES = (
    ("-m", "ruff", "check", "--fix", "--quiet", "."),
    ("-m", "ruff", "format", "."),
    ("-m", "djhtml", "--tabwidth", "2", TEMPLATES),
)


def run(options, rest) -> int:
    """Start the example site with its sample content, on SQLite."""
    environment = CELLS["main"].ready()
    port = free_port(options.port)
    settings = {
        "DJANGO_SETTINGS_MODULE": "example_site.settings",
        "EXAMPLE_SITE_PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    for command, what in STEPS.items():
        say(what)
        if code := environment.run(MANAGE, command, "--verbosity=0", **settings):
            say("To start from nothing, delete example_site/db.sqlite3 and example_site/media.")
            return code
    environment.run(
        MANAGE, "shell", "--no-imports", "-c", KNOW_THE_PORT.format(port=port), **settings
    )
    say("Starting the site.")
    print(RUNNING.format(port=port), flush=True)
    environment.become(MANAGE, "runserver", str(port), *rest, **settings)


def free_port(first: int) -> int:
    """The first port from ``first`` on that nobody listens on."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                probe.listen()
            except OSError:
                continue
        if port != first:
            say(f"Port {first} is taken, so the site uses {port}.")
        return port
    sys.exit(f"No port from {first} to {first + 99} is free.")


def test(options, rest) -> int:
    """Run the tests on SQLite and on PostgreSQL, and people's tasks in a real browser.

    After SQLite, the browser does only the main job again on PostgreSQL: pages look the same there.
    """
    environment = CELLS[options.cell].ready("test")
    needed = {"sqlite": [BROWSER], "postgres": [POSTGRES, BROWSER]}
    needed = needed.get(options.only, [POSTGRES, BROWSER])
    install_missing(*needed)
    missing = [component for component in needed if not component.found]
    chosen = ["core"] * options.core + ["not browser"] * (BROWSER in missing)
    again = [*chosen, "(not browser or main_job)"] if options.only is None else chosen
    settings = {"LPSA_TEST_BROWSER": find_browser() or ""}
    failed = False
    if options.only != "postgres":
        say("Running the tests on SQLite.")
        marks = ("-m", " and ".join(chosen))
        failed |= bool(environment.run(*PYTEST, *marks, *rest, **settings, LPSA_TEST_POSTGRES=""))
    if options.only != "sqlite" and POSTGRES not in missing:
        say("Running the tests on PostgreSQL, on a server of their own in a temporary folder.")
        with cluster() as folder:
            settings["LPSA_TEST_POSTGRES"] = folder
            marks = ("-m", " and ".join(again))
            failed |= bool(environment.run(*PYTEST, *marks, *rest, **settings))
    not_run(*missing)
    return int(failed or (bool(missing) and options.all))


def not_run(*missing) -> None:
    """Say so that nobody overlooks it what could not run, and for want of what."""
    for component in missing:
        print(f"{' NOT RUN ':!^100}\n{component.missing}\n{'':!^100}", flush=True)


def hosts(options, rest) -> int:
    """Install the package into other owners' sites, look around, and take it out again."""
    environment = CELLS[options.cell].ready("test", "hosts")
    settings = {"LPSA_TEST_HOSTS": "1", "LPSA_TEST_POSTGRES": ""}
    return environment.run(*PYTEST, "tests/hosts", *rest, **settings)


def wheel(options, rest) -> int:
    """Build the package, and install it by the README into new projects on Wagtail 7.4 and 8."""
    environment = CELLS["main"].ready("test", "wheel")
    return environment.run("-m", "pytest", "tests/wheel", *rest, LPSA_TEST_WHEEL="1")


def clients(options, rest) -> int:
    """Make clients from the API's description, in TypeScript and Python, and read with them."""
    environment = CELLS["main"].ready("test", "clients")
    install_missing(NODE)
    if not NODE.found:
        not_run(NODE)
        return int(options.all)
    settings = {"LPSA_TEST_CLIENTS": "1", "LPSA_TEST_POSTGRES": ""}
    return environment.run("-m", "pytest", "tests/clients", *rest, **settings)


def fuzz(options, rest) -> int:
    """Ask the API what nobody would ask; for long with “-- --minutes 30”."""
    return CELLS["main"].ready("test", "fuzz").run("-m", "tests.fuzz", *rest)


def lint(options, rest) -> int:
    """Check style, format, templates and types; --fix mends what a tool can mend."""
    environment = CELLS["main"].ready("lint")
    if options.fix:
        for command in FIXES:
            environment.run(*command)
    failed = []
    for name, command in CHECKS.items():
        say(f"Checking {name}.")
        if environment.run(*command):
            failed.append(name)
    say(f"Not in order: {', '.join(failed)}." if failed else "All in order.")
    return int(bool(failed))


def bench(options, rest) -> int:
    """Measure pages, API and start-up with many posts, beside Wagtail's own."""
    environment = CELLS["main"].ready("test")
    if "sqlite" not in rest:
        install_missing(POSTGRES)
    return environment.run("-m", "benchmarks", *rest)


def security(options, rest) -> int:
    """Race two people for the same page 200 times, and play 300,000 random steps."""
    environment = CELLS["main"].ready("test")
    install_missing(POSTGRES)
    return environment.run("-m", "tests.security", *rest)


def docs(options, rest) -> int:
    """Build the documents as a site, in docs/_build/html; a warning is an error."""
    strict = ("-E", "-W", "--keep-going", "-n")
    return CELLS["main"].ready("docs").run("-m", "sphinx", *strict, *rest, "docs", DOCUMENTS)


def migrations(options, rest) -> int:
    """Make migrations, on the oldest versions, so that they run on all; keep the new state."""
    return CELLS["oldest"].ready("test").run("tools/make_migrations.py", *rest)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="dev.py",
        description=__doc__,
        epilog="What follows “--” goes to the tool behind the task, for example to pytest.",
    )
    tasks = top.add_subparsers(required=True, metavar="TASK")
    tasks_there = (run, test, hosts, wheel, clients, fuzz, lint, bench, security, docs, migrations)
    for task in tasks_there:
        sub = tasks.add_parser(task.__name__, help=task.__doc__, description=task.__doc__)
        sub.set_defaults(task=task)
        if task is run:
            sub.add_argument("--port", type=int, default=8000, help="the first to try (8000)")
        if task in (test, hosts):
            sub.add_argument("--cell", choices=CELLS, default="main", help="which versions")
        if task is test:
            sub.add_argument("--only", choices=["sqlite", "postgres"], help="one database only")
            sub.add_argument("--core", action="store_true", help="what every cell has to pass")
        if task in (test, clients):
            sub.add_argument(
                "--all",
                action="store_true",
                default=os.environ.get("CI") == "true",
                help="fail if something could not run (so it is with CI=true)",
            )
        if task is lint:
            sub.add_argument("--fix", action="store_true", help="mend what a tool can mend first")
    return top


def main() -> int:
    given = sys.argv[1:]
    cut = given.index("--") if "--" in given else len(given)
    options = parser().parse_args(given[:cut])
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return options.task(options, given[cut + 1 :])
    except KeyboardInterrupt:
        return 130
    except ServerDidNotStart as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    sys.exit(main())
