"""What people set for themselves."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from tests import factories as make

SWITCH = "lpsa_waiting-submitted_notifications"


def account(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("wagtailadmin_account")).content.decode()


@pytest.mark.parametrize("wanted", [True, False])
def test_the_board_turns_mails_about_what_waits_on_and_off(client, wanted):
    member = make.board_member()
    UserProfile.objects.create(user=member, submitted_notifications=not wanted)
    assert f'name="{SWITCH}"' in account(client, member)

    values = {"theme-theme": "system", "theme-density": "default", "theme-contrast": "system"}
    values |= {"name_email-first_name": "A", "name_email-last_name": "B"}
    values |= {"name_email-email": member.email, "theme-keyboard_shortcuts": "on"}
    answer = client.post(
        reverse("wagtailadmin_account"), values | ({SWITCH: "on"} if wanted else {})
    )

    assert answer.status_code == 302
    assert UserProfile.objects.get(user=member).submitted_notifications is wanted


def test_who_does_not_decide_has_no_such_switch(client):
    for person in (make.secretary(), make.leader(of=make.group())):
        assert SWITCH not in account(client, person)


def test_who_has_wagtails_own_switch_has_no_second_one(client, site):
    member = make.board_member()
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(
        group=member.groups.get(), page=site.root_page, permission=publish
    )

    text = account(client, member)

    assert "notifications-submitted_notifications" in text
    assert SWITCH not in text
