"""Wagtail's own APIs tell no more than we declare, whatever is asked of them."""

import re

import pytest
from wagtail.models import Page, PageViewRestriction

from lpsa_wagtail import models
from lpsa_wagtail.choices import GroupState, Role
from lpsa_wagtail.compat import WAGTAIL_8
from tests import factories as make

pytestmark = pytest.mark.urls("tests.api.urls_of_wagtail")

CANARY = "canary"
ON_8 = {"marks": pytest.mark.skipif(not WAGTAIL_8, reason="Wagtail 8 brought v3")}
VERSIONS = ["v2", pytest.param("v3", **ON_8)]
#: What somebody might try to read by ``fields=``.
FIELDS = re.findall(
    r"\S+",
    """
    * _,* owner *,owner *,owner(*) parent parent(*) _,parent(*) parent(*,parent(*))
    authors(*) authors(_,member) authors(*,member(*)) partners(*) partners(*,logo(*)) lead_image(*)
    terms_of_reference(*) slides(*) record record(*) joint_groups joint_groups(*) group group(*)
    latest_revision latest_revision(*) live_revision(*) revisions interests(*) interest_items(*)
    co_hosts(*) cities(*) memberships draft_title locked_by(*) wagtail_admin_comments(*) path
    workflow_states(*) translation_key alias_of(*) content_type latest_revision_created_at
    """,
)
#: By what somebody might try to guess. (v2 fails by itself on a word for rows, as of `authors`.)
FILTERS = re.findall(
    r"\S+",
    """
    owner owner__email draft_title teams_link record member joint_groups lead_image live locked_by
    translation_key search
    """,
)


@pytest.fixture
def pages():
    """Public pages, with canaries in all that is beside, below and above them, and in drafts."""
    owner = make.UserFactory(username=CANARY, email=f"{CANARY}@example.org", first_name=CANARY)
    group = make.group(title="Finance", slug="finance", owner=owner)
    models.WorkingGroupRecord.objects.filter(pk=group.record.pk).update(
        teams_link=f"https://{CANARY}.example.org/", zoom_host_link=f"https://{CANARY}.example.org/"
    )
    hidden = make.MemberFactory(name=CANARY, email=f"{CANARY}@example.org", user=owner)
    make.MembershipFactory(member=hidden, group=group.record, role=Role.GUEST, public=True)
    index = make.index_page(models.WorkingGroupIndexPage)
    draft = make.draft(make.WorkingGroupPageFactory, index, title=CANARY, slug=CANARY)
    text = f'<p><a linktype="page" id="{draft.pk}">It</a></p>'
    post = make.post(
        group,
        title="Bridges",
        owner=owner,
        authors=[models.BlogPostAuthor(name="Ama")],
        body=[("paragraph", text)],
    )
    models.BlogPostAuthor.objects.update(member=hidden)
    webinar = make.webinar(group, title="Water", owner=owner)
    for page in (group, post, webinar):
        later = make.fresh(page)
        later.title = f"{CANARY} later"
        later.save_revision(user=owner)
        Page.objects.filter(pk=page.pk).update(locked=True, locked_by=owner)
    make.draft(make.BlogPostFactory, group, title=CANARY, slug=CANARY)
    closed = make.group(title=CANARY, slug=f"{CANARY}-closed")
    make.post(closed, title=CANARY)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    return {"group": group, "post": post, "webinar": webinar}


def told(client, address, **parameters) -> str:
    answer = client.get(address, parameters)
    assert answer.status_code in (200, 400, 404, 422), (address, parameters)
    return answer.content.decode()


@pytest.mark.parametrize("version", VERSIONS)
def test_lists_and_details_tell_nothing_else(client, pages, version):
    texts = [told(client, f"/api/{version}/pages/")]
    for page in pages.values():
        texts.append(told(client, f"/api/{version}/pages/", type=page._meta.label))
        texts.append(told(client, f"/api/{version}/pages/{page.pk}/"))

    assert len(texts) == 7
    assert CANARY not in "".join(texts)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("fields", FIELDS)
def test_no_way_of_asking_for_fields_tells_more(client, pages, version, fields):
    texts = []
    for page in pages.values():
        label = page._meta.label
        texts.append(told(client, f"/api/{version}/pages/", type=label, fields=fields))
        texts.append(told(client, f"/api/{version}/pages/{page.pk}/", fields=fields))

    assert CANARY not in "".join(texts)


@pytest.mark.parametrize("version", VERSIONS)
def test_no_filter_is_an_oracle(client, pages, version):
    """A hidden word finds no more than a word that is nowhere."""

    def found(page, name, word):
        asked = {"type": page._meta.label, name: word}
        return told(client, f"/api/{version}/pages/", **asked).replace(word, "<word>")

    for page in pages.values():
        for name in FILTERS:
            assert found(page, name, CANARY) == found(page, name, "nowhere")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("wanted", ["canary", "canary-closed"])
def test_what_is_not_public_has_no_detail(client, pages, version, wanted):
    for page in Page.objects.filter(slug__startswith=wanted):
        assert client.get(f"/api/{version}/pages/{page.pk}/").status_code == 404


# What Wagtail lists of what is not public by our definition.


@pytest.fixture
def states(pages):
    """Map how a page came to be not public with us → a post in that state."""
    undecided = make.post(make.group(title="A"), title="Undecided")
    models.Decision.objects.filter(page_id=undecided.pk)._raw_delete("default")
    below_unpublished = make.post(make.group(title="B"), title="Below")
    Page.objects.filter(pk=below_unpublished.get_parent().pk).update(live=False)
    dissolved = make.group(title="C")
    in_dissolved = make.post(dissolved, title="Ended")
    models.WorkingGroupRecord.objects.filter(pk=dissolved.record.pk).update(
        state=GroupState.DISSOLVED
    )
    restricted = make.post(make.group(title="D"), title="Restricted")
    PageViewRestriction.objects.create(page=restricted.get_parent(), restriction_type="login")
    return {
        "live without a decision": undecided,
        "below a page that is not live": below_unpublished,
        "in a dissolved group": in_dissolved,
        "below a restricted page": restricted,
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_wagtail_lists_what_is_live_and_open_and_we_what_is_public(client, states, version):
    def listed(address):
        answer = client.get(address).json()
        titles = {item["title"] for item in answer.get("items") or answer["results"]}
        return {how for how, post in states.items() if post.title in titles}

    assert listed("/api/lpsa/v1/posts/") == set()
    assert listed(f"/api/{version}/pages/?type=lpsa_wagtail.BlogPost") == {
        "live without a decision",
        "below a page that is not live",
        "in a dissolved group",
    }


@pytest.mark.parametrize(("version", "told"), [("v2", None), pytest.param("v3", "B", **ON_8)])
def test_what_they_say_of_a_parent_that_is_not_live(client, states, version, told):
    """Wagtail's v3 names it, v2 does not."""
    post = states["below a page that is not live"]

    answer = client.get(f"/api/{version}/pages/{post.pk}/").json()

    assert (answer["meta"]["parent"] or {}).get("title") == told
