"""The steps of our stay in a host. They note what they see; judging is the tests' business."""

import io
import subprocess
import sys
from contextlib import redirect_stdout
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import Site, Workflow, WorkflowPage, WorkflowState

from tests.hosts.hosts import Host
from tests.hosts.looking import Visitor, places_of_host


def before(host: Host) -> dict:
    """The host as it was without us."""
    found = installed()
    import_module(f"{host.package}.content").fill()
    return {**found, "workflows": workflows(host), "census": census()}


def refused(host: Host) -> dict:
    """Setup where the host has no place for our index pages yet."""
    return {**installed(), "setup": said("lpsa_setup"), "census": census()}


def here(host: Host) -> dict:
    """With us: installed, set up, filled, looked at."""
    found = installed()
    found["setups at once"] = at_once("lpsa_setup", "lpsa_setup")
    found["setup again"] = said("lpsa_setup")
    pages = import_module("tests.hosts.filling").fill()
    found |= {"pages": pages, **as_it_stands(host)}
    found |= import_module("tests.hosts.surfaces").look(host, pages)
    if host.special:
        found["special"] = import_module(f"tests.hosts.{host.special}").look(host, pages)
    return found


def moved(host: Host) -> dict:
    """With us, after the host has gone over to wagtail-localize."""
    found = installed() | as_it_stands(host)
    return found | {"special": import_module("tests.hosts.localize").look(host)}


def leaving(host: Host) -> dict:
    """After teardown, while we are still installed; then our tables go."""
    found = {"teardown": said("lpsa_teardown", "--yes"), **as_it_stands(host)}
    return found | {"zero": said("migrate", "lpsa_wagtail", "zero", verbosity=0)}


def after(host: Host) -> dict:
    """The host without us again: settings and addresses as they were before."""
    return installed() | as_it_stands(host) | {"traces": traces()}


def traces() -> dict:
    """What is left of us in the database, beyond what models know."""
    ours = {"app_label": "lpsa_wagtail"}
    return {
        "tables": [name for name in connection.introspection.table_names() if "lpsa" in name],
        "migrations": MigrationRecorder.Migration.objects.filter(app="lpsa_wagtail").count(),
        "content types": ContentType.objects.filter(**ours).count(),
        "permissions": Permission.objects.filter(content_type__app_label="lpsa_wagtail").count(),
    }


def installed() -> dict:
    """What the system checks and ``makemigrations --check`` say; the database is brought up."""
    found = checks.run_checks(include_deployment_checks=False)
    drift = said("makemigrations", check_changes=True, dry_run=True)
    call_command("migrate", verbosity=0, interactive=False)
    if "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"]:
        call_command("collectstatic", verbosity=0, interactive=False)
    return {"checks": [f"{message.id}: {message.msg}" for message in found], "drift": drift}


def said(*command, **options) -> dict:
    """What a command prints, and how it failed if it did."""
    output, failure = io.StringIO(), ""
    try:
        with redirect_stdout(output):
            call_command(*command, **options)
    except CommandError as error:
        failure = str(error)
    except SystemExit as end:
        failure = f"exit code {end.code}" if end.code else ""
    return {"text": output.getvalue(), "failure": failure}


def at_once(*commands) -> list[dict]:
    """What commands print that are called in processes of their own at the same moment."""
    started = [
        subprocess.Popen(
            [sys.executable, "manage.py", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for command in commands
    ]
    answers = [process.communicate() for process in started]
    return [
        {"text": text, "failure": errors if process.returncode else ""}
        for process, (text, errors) in zip(started, answers, strict=True)
    ]


def as_it_stands(host: Host) -> dict:
    return {"places": places(host), "workflows": workflows(host), "census": census()}


def places(host: Host) -> dict:
    """The places of Wagtail's admin, as the host's own administrator finds them."""
    visitor = Visitor(host.hostname, administrator())
    addresses = places_of_host(site_of(host).root_page)
    return {label: visitor.get(at, text=False) for label, at in addresses.items() if at}


def administrator():
    """The account of the host's own administrator."""
    return get_user_model()._base_manager.filter(is_superuser=True).earliest("date_joined")


def workflows(host: Host) -> dict:
    """Who must approve what: workflows with their stages, where they apply, and what is open."""
    rows = Workflow.objects.order_by("pk")
    assigned = WorkflowPage.objects.order_by("pk").values_list("workflow_id", "page__url_path")
    in_progress = WorkflowState.objects.filter(status="in_progress").order_by("pk")
    return {
        "stages": {row.pk: [row.name, row.active, list(map(str, row.tasks))] for row in rows},
        "assigned": list(map(list, assigned)),
        "in progress": list(map(list, in_progress.values_list("workflow_id", "object_id"))),
        "of home": str(site_of(host).root_page.get_workflow()),
    }


def census() -> dict:
    """Number of rows of every model there is."""
    models = (model for model in apps.get_models() if model._meta.managed)
    return {model._meta.label: model._base_manager.count() for model in models}


def site_of(host: Host) -> Site:
    return Site.objects.select_related("root_page").get(hostname=host.hostname)
