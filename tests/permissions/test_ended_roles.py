"""A role ends while its holder is at work, and Wagtail's copy of the roles lags behind."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from lpsa_wagtail import actions
from lpsa_wagtail.compat import WAGTAIL_8
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import BlogPost, Membership, WorkingGroupRecord
from tests import editor
from tests import factories as make

DAY = dt.timedelta(days=1)


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def chair(group):
    return make.leader(of=group)


@pytest.fixture
def draft(group, chair):
    return make.draft(make.BlogPostFactory, group, owner=chair, title="As it was")


@pytest.fixture
def at_work(client, chair):
    client.force_login(chair)
    return client


def end_roles():
    """All roles ended yesterday; no signal, no tick."""
    yesterday = timezone.localdate() - DAY
    Membership.objects.update(start=yesterday - DAY, end=yesterday)


def titles(page) -> list:
    return [revision.content["title"] for revision in page.revisions.order_by("pk")]


@pytest.mark.parametrize("autosave", [False, True], ids=["saved", "autosaved"])
def test_what_was_open_in_the_editor_is_not_saved(autosave, at_work, draft):
    url = editor.edit_url(draft)
    data = dict(editor.form_data(at_work, url, BlogPost, title="Too late").lists())
    end_roles()

    answer = at_work.post(url, data, **(editor.AUTOSAVE if autosave else {}))

    assert answer.status_code in (302, 403)
    assert titles(draft) == ["As it was"]


@pytest.mark.parametrize("autosave", [False, True], ids=["saved", "autosaved"])
def test_a_new_page_is_not_made(autosave, at_work, group):
    url = editor.add_url(BlogPost, group)
    data = dict(editor.form_data(at_work, url, BlogPost, title="Too late").lists())
    end_roles()

    at_work.post(url, data, **(editor.AUTOSAVE if autosave else {}))

    assert list(BlogPost.objects.all()) == []


def test_nothing_is_submitted_any_more(at_work, draft):
    url = editor.edit_url(draft)
    source = {"original_source_url": "https://example.org/"}
    data = editor.form_data(at_work, url, BlogPost, **{"action-submit": "1"}, **source)
    end_roles()

    at_work.post(url, dict(data.lists()))

    assert draft.current_workflow_state is None


def test_nothing_is_previewed_any_more(at_work, draft):
    url = reverse("wagtailadmin_pages:preview_on_edit", args=(draft.pk,))
    data = dict(editor.form_data(at_work, editor.edit_url(draft), BlogPost).lists())
    before = at_work.post(url, data).status_code
    end_roles()

    posted, shown = at_work.post(url, data), at_work.get(url)

    assert before == 200
    assert (posted.status_code, shown.status_code) == (302, 302)


def test_the_own_submission_is_not_taken_back_any_more(at_work, draft, chair):
    make.submit(draft, by=chair)
    end_roles()

    with pytest.raises(NotAllowed):
        actions.cancel_submission(actor=type(chair).objects.get(pk=chair.pk), page=draft)
    at_work.post(editor.edit_url(draft), {"action-cancel-workflow": "1"})

    assert make.fresh(draft).current_workflow_state.status == "in_progress"


def test_what_waits_stays_for_the_group_and_its_current_leaders(draft, chair, group, client):
    make.submit(draft, by=chair)
    end_roles()
    client.force_login(make.leader(of=group))

    assert client.get(editor.edit_url(draft)).status_code == 200
    state = make.fresh(draft).current_workflow_state.current_task_state
    actions.decide(actor=make.board_member(), task_state=state, action="approve")
    assert make.fresh(draft).live is True


def test_what_was_approved_with_a_date_still_goes_out(draft, chair):
    draft.go_live_at = timezone.now() + DAY
    draft.save_revision(user=chair)
    state = make.submit(make.fresh(draft), by=chair)
    actions.decide(actor=make.board_member(), task_state=state, action="approve")
    end_roles()

    with time_machine.travel(timezone.now() + 2 * DAY):
        call_command("publish_scheduled", stdout=io.StringIO())

    assert make.fresh(draft).live is True


@pytest.mark.skipif(not WAGTAIL_8, reason="Wagtail's API with tokens came with 8.0")
@pytest.mark.urls("tests.api.urls_of_wagtail")
def test_a_token_of_the_api_shows_and_changes_nothing_any_more(client, draft, chair):
    from wagtail.models import APIToken

    _token, plain = APIToken.create_token(user=chair, name="mine")
    sent = {"headers": {"Authorization": f"Bearer {plain}"}}
    url = f"/api/v3/pages/{draft.pk}/"
    before = client.get(f"{url}?version=draft", **sent).status_code
    end_roles()

    shown = client.get(f"{url}?version=draft", **sent)
    json = {"content_type": "application/json"}
    changed = client.patch(url, {"title": "Too late"}, **json, **sent)

    assert before == 200
    assert (shown.status_code, changed.status_code) == (404, 403)
    assert titles(draft) == ["As it was"]


def test_a_chair_appoints_nobody_and_changes_no_state(at_work, group):
    member = make.MemberFactory()
    record = WorkingGroupRecord.objects.get(page=group)
    role = {"member": member.pk, "group": record.pk, "role": "co-chair", "start": "2026-01-01"}

    at_work.post(reverse("lpsa_memberships_modeladmin_create"), role)
    editor.post(at_work, editor.edit_url(group), type(group), state="dissolved", title="Renamed")

    assert not member.memberships.exists()
    assert WorkingGroupRecord.objects.get(pk=record.pk).state == record.state
    assert titles(group)[-1] == "Renamed"  # the rest of the form was taken
    assert Page.objects.get(pk=group.pk).live is True
