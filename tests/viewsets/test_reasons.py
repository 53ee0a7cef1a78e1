"""Acts that ask for a reason, as people meet them in the admin."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import PageViewRestriction

from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.models import Decision
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def post(group):
    return make.post(group)


@pytest.fixture
def drafted(group):
    return make.draft(make.BlogPostFactory, group)


@pytest.fixture
def administrator(django_user_model):
    return django_user_model.objects.create_superuser("root")


def url(name, page):
    return reverse(f"lpsa_pages:{name}", args=(page.pk,))


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def test_wagtails_unpublish_leads_to_the_question_for_the_reason(client, post):
    client.force_login(make.secretary())
    address = reverse("wagtailadmin_pages:unpublish", args=(post.pk,))

    assert client.get(address).status_code == 200
    response = client.post(address, {"include_descendants": "on"})

    assert (response.status_code, response.url) == (
        302,
        f"{url('take_down', post)}?include_descendants=on",
    )
    assert make.fresh(post).live is True


def test_the_secretariat_takes_down(client, post):
    client.force_login(make.secretary())

    assert client.get(url("take_down", post)).status_code == 200
    client.post(url("take_down", post), {"reason": "A wrong figure."})

    assert make.fresh(post).live is False
    assert Decision.objects.filter(page_id=post.pk).first().comment == "A wrong figure."


def test_a_group_is_taken_down_with_its_pages(client, group, post):
    client.force_login(make.secretary())

    client.post(url("take_down", group), {"reason": "Ended.", "include_descendants": "on"})

    assert (make.fresh(group).live, make.fresh(post).live) == (False, False)


def test_the_question_names_the_page_and_what_is_below_it_only_if_there_is_something(
    client, group, post
):
    client.force_login(make.secretary())

    for page, fields in ((group, ["reason", "include_descendants"]), (post, ["reason"])):
        answer = client.get(url("take_down", page))
        labels = [str(crumb["label"]) for crumb in answer.context["breadcrumbs_items"][-2:]]
        assert (labels, list(answer.context["form"].fields)) == ([page.title, "Take down"], fields)


def test_without_a_reason_the_form_comes_back(client, post):
    client.force_login(make.secretary())

    response = client.post(url("take_down", post), {"reason": ""})

    assert (response.status_code, make.fresh(post).live) == (200, True)
    assert response.context["form"].errors == {"reason": ["This field is required."]}


@pytest.mark.parametrize("name", ["take_down", "publish_without_board", "lift_restriction"])
@pytest.mark.parametrize("who", ["chair", "other chair", "board_member", "board_chair"])
def test_others_are_refused(who, name, client, group, post):
    PageViewRestriction.objects.create(page=post, restriction_type="login")
    people = {
        "chair": lambda: make.leader(of=group),
        "other chair": lambda: make.leader(of=make.group()),
        "board_member": make.board_member,
        "board_chair": make.board_chair,
    }
    client.force_login(people[who]())

    assert client.get(url(name, post)).status_code == 302
    assert client.post(url(name, post), {"reason": "Because."}).status_code == 302

    assert make.fresh(post).live is True
    assert PageViewRestriction.objects.count() == 1


def test_an_administrator_publishes_without_the_board(client, drafted, administrator):
    client.force_login(administrator)
    address = url("publish_without_board", drafted)

    assert address in client.get(edit(drafted)).content.decode()
    assert client.get(address).status_code == 200
    client.post(address, {"reason": "The minister speaks at noon."})

    assert make.fresh(drafted).live is True
    assert Decision.objects.get(page_id=drafted.pk).outcome == Outcome.OVERRIDE


def test_what_is_unfinished_is_said_in_the_form_with_the_reason_kept(client, group, administrator):
    page = make.unfinished(make.WebinarFactory, group, starts_at=None, ends_at=None)
    client.force_login(administrator)

    response = client.post(url("publish_without_board", page), {"reason": "Urgent."})

    assert (response.status_code, make.fresh(page).live) == (200, False)
    assert response.context["form"]["reason"].value() == "Urgent."
    assert list(response.context["form"].non_field_errors()) == [
        "start: This field cannot be blank."
    ]


def test_the_secretariat_is_not_offered_to_publish_without_the_board(client, drafted):
    client.force_login(make.secretary())

    assert url("publish_without_board", drafted) not in client.get(edit(drafted)).content.decode()
    client.post(url("publish_without_board", drafted), {"reason": "I can."})
    assert make.fresh(drafted).live is False


@pytest.mark.django_db(transaction=True)
def test_the_secretariat_restricts_and_an_administrator_lifts(client, group, post, administrator):
    client.force_login(make.secretary())
    privacy = reverse("wagtailadmin_pages:set_privacy", args=(group.pk,))
    client.post(privacy, {"restriction_type": "login", "password": "", "groups": []})
    assert PageViewRestriction.objects.get().page_id == group.pk

    client.post(privacy, {"restriction_type": "none", "password": "", "groups": []})
    assert PageViewRestriction.objects.count() == 1

    client.force_login(administrator)
    assert client.get(url("lift_restriction", group)).status_code == 200
    client.post(url("lift_restriction", group), {"reason": "All may see it."})
    assert PageViewRestriction.objects.count() == 0


def test_the_secretariat_puts_pages_in_another_order(client, group, post):
    later = make.post(group)
    client.force_login(make.secretary())

    answer = client.post(
        reverse("wagtailadmin_pages:set_page_position", args=(later.pk,)) + "?position=0"
    )

    assert answer.status_code == 200

    assert [page.pk for page in group.get_children()] == [later.pk, post.pk]
    assert (make.fresh(post).live, make.fresh(later).live) == (True, True)


def test_pages_of_the_host_are_not_our_business(client, site, administrator):
    client.force_login(administrator)

    response = client.get(url("take_down", site.root_page))

    assert response.status_code == 302
    assert [str(message).strip() for message in get_messages(response.wsgi_request)] == [
        "Sorry, you do not have permission to access this area."
    ]
