"""Puts a group, a post and a webinar live in a host, the way people do it: draft, submit, approve.

Runs inside a host's process, after setup.
"""

import datetime as dt
from io import BytesIO

from django.contrib.auth import get_user_model
from django.utils import timezone
from PIL import Image

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Designation, Role
from lpsa_wagtail.models import (
    BlogPost,
    BlogPostAuthor,
    InstallRecord,
    Interest,
    Webinar,
    WebinarCity,
    WorkingGroupPage,
)
from lpsa_wagtail.permissions import group_made
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR, SECRETARIAT

PEOPLE = {
    "secretary": ("Sam Secretary", (SECRETARIAT,)),
    "chair": ("Bea Chair", (BOARD, BOARD_CHAIR)),
    "board": ("Ben Board", (BOARD,)),
    "cochair": ("Amina Cochair", ()),
}
DETAILS = {
    "title": "Bridges of the region",
    "designation": Designation.OTHER,
    "designation_other": "Learning Circle",
    "purpose": "To share what works.",
}
PARAGRAPH = ("paragraph", "<p>Money follows function.</p>")


def people() -> dict:
    """Accounts of those who take part, by what they are here."""
    return {
        code: actions.open_account(
            actor=None,
            username=code,
            email=f"{code}@example.org",
            name=name,
            password=None,
            groups=[group_made(group) for group in groups],
        )
        for code, (name, groups) in PEOPLE.items()
    }


def account(code):
    """The account as a request would load it: without anything remembered."""
    model = get_user_model()
    return model._base_manager.get(email=f"{code}@example.org")


def approve(page, submitted_by, decided_by):
    state = actions.submit_draft(actor=account(submitted_by), page=page)
    actions.decide(actor=account(decided_by), task_state=state.current_task_state, action="approve")
    return type(page).objects.get(pk=page.pk)


def fill() -> dict:
    """Make everything and return the ids of the pages by name."""
    people()
    indexes = {
        name: InstallRecord.objects.get(code=f"index.{code}").content_object
        for name, code in (("directory", "groups"), ("posts", "blog"), ("webinars", "webinars"))
    }
    group = add_group(indexes["directory"], **DETAILS)
    give_chair(group)
    pages = {**indexes, "group": group}
    pages["post"] = approve(add_post(group, "A bridge in three months"), "cochair", "board")
    pages["webinar"] = approve(add_webinar(group, "Who pays for bridges?"), "cochair", "board")
    pages["half_post"] = autosaved(group, BlogPost(title="Half a thought"))
    pages["half_webinar"] = autosaved(group, Webinar(title="Half a thought too"))
    return {name: page.pk for name, page in pages.items()}


def autosaved(parent, page):
    """A draft as Wagtail's autosave leaves it: nearly nothing in it."""
    page.live, page.owner, page.slug = (
        False,
        account("cochair"),
        page.title.lower().replace(" ", "-"),
    )
    parent.add_child(instance=page)
    page.save_revision(user=page.owner, clean=False)
    return page


def add_group(index, **fields):
    page = WorkingGroupPage(
        body=[PARAGRAPH], lead_image=picture(), lead_image_alt="A bridge", **fields
    )
    page = actions.add_draft(
        actor=account("secretary"), parent=index, page=page, interests=some_interests()
    )
    page = approve(page, "secretary", "chair")
    record = page.record
    record.teams_link = "https://teams.example.org/private"
    record.zoom_host_link = "https://zoom.example.org/private"
    record.save()
    return page


def give_chair(group):
    member = actions.register_member(
        actor=None, name="Amina Cochair", email="amina.private@example.org"
    )
    actions.give_account(actor=None, member=member, user=account("cochair"))
    actions.give_role(
        actor=None,
        member=member,
        record=group.record,
        role=Role.CO_CHAIR,
        start=dt.date(2020, 1, 1),
        accepted_at=timezone.now(),
    )


def add_post(parent, title, by="cochair"):
    page = BlogPost(
        title=title,
        subtitle="What it took",
        summary="A short story.",
        body=[
            PARAGRAPH,
            (
                "figure",
                {"image": picture(parent), "alternative_text": "A bridge", "caption": "Done"},
            ),
            ("quote", {"text": "It holds.", "source": "An engineer"}),
        ],
        lead_image=picture(parent),
        lead_image_alt="A bridge",
    )
    page.authors = [BlogPostAuthor(name="Amina Cochair", affiliation="The County")]
    return actions.add_draft(
        actor=account(by), parent=parent, page=page, interests=some_interests()
    )


def add_webinar(parent, title, by="cochair"):
    start = dt.datetime(2031, 5, 7, 13, tzinfo=dt.UTC)
    page = Webinar(
        title=title,
        summary="Bring a question.",
        starts_at=start,
        ends_at=start + dt.timedelta(hours=1),
        time_zone="Africa/Nairobi",
        series="Bridges",
        body=[PARAGRAPH],
        agenda=[("row", {"title": "Opening", "contributors": []})],
        registration_url="https://register.example.org/bridges",
        lead_image=picture(parent),
        lead_image_alt="A bridge",
        slides=document(parent),
    )
    page.cities = [WebinarCity(time_zone="America/Lima")]
    return actions.add_draft(
        actor=account(by), parent=parent, page=page, interests=some_interests()
    )


def some_interests():
    return Interest.objects.filter(slug__in=("africa", "local-democracy"))


def picture(group=None):
    data = BytesIO()
    Image.new("RGB", (640, 360), "#357").save(data, "PNG")
    return actions.add_picture(
        actor=None,
        title="Bridge",
        data=data.getvalue(),
        name="bridge.png",
        collection=group and group.record.collection,
    )


def document(group):
    return actions.add_document(
        actor=None,
        title="Slides",
        data=b"%PDF-1.4 slides",
        name="slides.pdf",
        collection=group.record.collection,
    )
