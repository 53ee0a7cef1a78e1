"""A site as visitors know it, and the same with all that they may not know put into it."""

import datetime as dt
from dataclasses import dataclass

from wagtail.models import Page, PageViewRestriction

from lpsa_wagtail import actions, models
from lpsa_wagtail.choices import Channel, Designation, GroupState, MandateKind, Role, Stance
from tests import factories as make
from tests.rich_pages import body

#: In every text that visitors must never read.
CANARY = "kanari"
ACCEPTED = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


@dataclass
class World:
    """What ``public_world`` made: pages that are public, and two that were."""

    group: models.WorkingGroupPage
    other: models.WorkingGroupPage
    dissolved: models.WorkingGroupPage
    posts: list[models.BlogPost]
    webinars: list[models.Webinar]
    members: list[models.Member]

    @property
    def public(self) -> list[Page]:
        return [self.group, self.other, *self.posts, *self.webinars]


def public_world() -> World:
    """Make groups, posts and events in which every field and every block is used."""
    words = models.Interest.objects.filter(slug__in=["kenya", "subnational-finance", "health"])
    other = make.group(title="Hills", slug="hills", interests=words[:1])
    group = _rich_group(words)
    dissolved = make.group(title="Marshes", slug="marshes")
    make.post(dissolved, title="What the marshes said")
    former = {"start": dt.date(2021, 1, 1), "end": dt.date(2022, 6, 30)}
    members = [
        _member(group, Role.CO_CHAIR, "Ama Chair"),
        _member(group, Role.RESEARCHER, "Bo Listed", public=True),
        _member(group, Role.GUEST, "Cy Unlisted", public=True, in_directory=False),
        _member(group, Role.STAKEHOLDER, "Di Private"),
        _member(group, Role.COORDINATOR, "Ed Former", **former),
        _member(other, Role.COORDINATOR, "Flo Coordinator", in_directory=False),
        make.MemberFactory(name="Gil Listed", email="gil@example.org", in_directory=True),
    ]
    dissolve(dissolved)
    posts = _posts(group, other, words, members[0])
    return World(group, other, dissolved, posts, _webinars(group, other, words), members)


def _rich_group(words):
    group = make.group(
        title="Delta",
        slug="delta",
        designation=Designation.EXPERT_WORKING_GROUP,
        interests=words,
        lead_image=make.image(),
        lead_image_alt="A river",
        terms_of_reference=make.document(title="Terms"),
        contact_email="delta@example.org",
        how_to_join="Write to us.",
        partners=[
            models.WorkingGroupPartner(name="Towns United", logo=make.image()),
            models.WorkingGroupPartner(name="Hills", link="https://hills.example.org/"),
        ],
        body=body(),
    )
    facts = {"state": GroupState.ACTIVE, "established_on": dt.date(2022, 10, 3)}
    models.WorkingGroupRecord.objects.filter(pk=group.record.pk).update(**facts)
    return group


def _member(group, role, name, **fields):
    """A person with a role in the group; of the private fields there is nothing yet."""
    listed = fields.pop("in_directory", True)
    member = make.MemberFactory(
        name=name, in_directory=listed, email=f"{name.split()[0].lower()}@example.org"
    )
    start = {"start": dt.date(2020, 1, 1), "accepted_at": ACCEPTED, "organisation": "Coast College"}
    make.MembershipFactory(group=group.record, member=member, role=role, **start | fields)
    return member


def dissolve(group):
    matter = actions.propose_change(
        actor=make.secretary(), record=group.record, change="dissolve", reason="It is done."
    )
    actions.decide_change(
        actor=make.board_chair(), matter=matter, action="approve", comment=f"{CANARY}comment"
    )


def _posts(group, other, words, member):
    old = make.post(other, title="Older", slug="older", published_on=dt.date(2021, 5, 6))
    rich = make.post(
        group,
        title="A bridge in three months",
        slug="bridge",
        subtitle="What it took",
        summary="Two sentences on bridges.",
        published_on=dt.date(2024, 2, 29),
        interests=words,
        lead_image=make.image(),
        lead_image_alt="A bridge",
        authors=[
            models.BlogPostAuthor(name="Ama Chair", affiliation="The County", member=member),
            models.BlogPostAuthor(name="Zoe"),
        ],
        joint_groups=[other],
        original_source_name="The Paper",
        original_source_url="https://paper.example.org/",
        body=[*body(), ("paragraph", links_to(group, old))],
    )
    alliance = make.index_page(models.BlogIndexPage)
    more = [make.post(group, title=f"Note {n}", slug=f"note-{n}") for n in range(3)]
    return [rich, old, *more, make.post(alliance, title="Of the alliance", slug="alliance")]


def links_to(*pages) -> str:
    """A paragraph that links to pages of the site, and to another site."""
    inside = "".join(f'<a linktype="page" id="{page.pk}">{page.title}</a> ' for page in pages)
    return f'<p>{inside}<a href="https://example.org/">Elsewhere</a></p>'


def _webinars(group, other, words):
    person = {"name": "Bo", "affiliation": "Coast College", "role": "moderator"}
    row = {
        "title": "Opening",
        "contributors": [person],
        "recording_url": "https://video.example.org/1",
    }
    rich = make.webinar(
        group,
        title="Who pays for water?",
        slug="water",
        format="open-meeting",
        series="Bridges",
        summary="Bring a question.",
        starts_at=dt.datetime(2024, 3, 31, 22, 30, tzinfo=dt.UTC),
        ends_at=dt.datetime(2024, 3, 31, 23, 30, tzinfo=dt.UTC),
        time_zone="America/New_York",
        languages="English, French (interpretation)",
        venue="The hall",
        mode="hybrid",
        interests=words,
        lead_image=make.image(),
        slides=make.document(title="Slides"),
        registration_url="https://register.example.org/",
        recording_url="https://video.example.org/",
        attendance=41,
        agenda=[("row", row), ("row", {"title": "Closing", "contributors": []})],
        cities=[models.WebinarCity(time_zone="Asia/Tokyo")],
        co_hosts=[models.WebinarCoHost(name="Hills", link="https://hills.example.org/")],
        joint_groups=[other],
        body=body(),
    )
    events = make.index_page(models.WebinarIndexPage)
    return [
        rich,
        make.webinar(group, title="Next spring", slug="spring", series="Bridges"),
        make.webinar(other, title="Not yet", slug="not-yet", status="postponed"),
        make.webinar(events, title="Of all", slug="of-all", status="cancelled"),
    ]


def hide_things_in(world: World) -> None:
    """Put in what visitors may not know: each text has a canary. What is public stays as it is."""
    _hide_in_members(world)
    drafts = [*_drafts_below(world.group), *_later_drafts(world)]
    _hide_below_a_restriction(world)
    _hide_what_reviewers_say(world, drafts[0])
    models.WorkingGroupRecord.objects.update(
        teams_link=f"https://{CANARY}.example.org/teams",
        zoom_host_link=f"https://{CANARY}.example.org/zoom",
    )


def _hide_in_members(world):
    for number, member in enumerate(world.members):
        models.Member.objects.filter(pk=member.pk).update(
            email=f"{CANARY}email{number}@example.org",
            expertise=f"{CANARY}expertise",
            affiliation=f"{CANARY}affiliation",
            country="TV",
            language="fr",
            time_zone="Pacific/Funafuti",
            consent_source=f"{CANARY}consent",
            user=make.UserFactory(username=f"{CANARY}user{number}"),
        )
    unlisted = models.Member.objects.filter(in_directory=False)
    unlisted.update(show_affiliation=True, show_country=True, show_expertise=True)
    make.MembershipFactory(
        group=world.group.record,
        member=world.members[-1],
        role=Role.REPRESENTATIVE,
        organisation=f"{CANARY}unsaid",
    )
    private = models.Membership.objects.filter(member__name="Di Private")
    private.update(organisation=f"{CANARY}organisation")
    hidden = {"expertise": f"{CANARY}expertise", "country": "TV", "show_expertise": True}
    for role in ({"role": Role.GUEST, "public": True}, {"role": Role.COORDINATOR}):
        member = make.MemberFactory(name=f"{CANARY}person", **hidden)
        make.MembershipFactory(
            group=world.group.record, member=member, organisation=f"{CANARY}invited", **role
        )


def _drafts_below(group) -> list[Page]:
    texts = {"title": f"{CANARY}draft", "summary": f"{CANARY}summary"}
    text = [("paragraph", f"<p>{CANARY}body</p>")]
    owner = make.leader(of=group, accepted_at=None)
    words = models.Interest.objects.filter(slug__in=["local-democracy", "subnational-finance"])
    about = {"interests": words, "body": text, "owner": owner}
    directory = make.index_page(models.WorkingGroupIndexPage)
    purpose = {"title": f"{CANARY}group", "slug": f"{CANARY}-group", "purpose": f"{CANARY}purpose"}
    new_group = make.draft(make.WorkingGroupPageFactory, directory, **purpose, owner=owner)
    return [
        make.draft(make.BlogPostFactory, group, **texts, slug=f"{CANARY}-post", **about),
        make.draft(
            make.WebinarFactory,
            group,
            **texts,
            slug=f"{CANARY}-event",
            series=f"{CANARY}series",
            **about,
        ),
        make.unfinished(make.BlogPostFactory, group, title=f"{CANARY}unfinished"),
        new_group,
        make.draft(make.BlogPostFactory, new_group, title=f"{CANARY}below", slug="below"),
    ]


def _later_drafts(world) -> list[Page]:
    for page in world.public:
        page = make.fresh(page)
        page.title = f"{CANARY}later"
        page.slug = f"{CANARY}-later-{page.pk}"
        page.body = [("heading", f"{CANARY}laterbody")]
        page.save_revision()
    return world.public


def _hide_below_a_restriction(world):
    """A group that members of the site see alone, and what lies in it."""
    directory = make.index_page(models.WorkingGroupIndexPage)
    group = make.draft(
        make.WorkingGroupPageFactory, directory, title=f"{CANARY}closed", slug=f"{CANARY}-closed"
    )
    login = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=group, restriction_type=login)
    actions.install_page(actor=None, page=group)
    words = models.Interest.objects.filter(slug="subnational-finance")
    texts = {"summary": f"{CANARY}summary", "body": [("paragraph", f"<p>{CANARY}body</p>")]}
    texts["interests"] = words
    make.post(group, title=f"{CANARY}closedpost", slug=f"{CANARY}-closed-post", **texts)
    make.webinar(
        group,
        title=f"{CANARY}closedevent",
        slug=f"{CANARY}-closed-event",
        series=f"{CANARY}closedseries",
        starts_at=dt.datetime(2019, 1, 1, tzinfo=dt.UTC),
        ends_at=dt.datetime(2019, 1, 2, tzinfo=dt.UTC),
        **texts,
    )
    role = {"public": True, "accepted_at": ACCEPTED, "organisation": f"{CANARY}closedrole"}
    make.MembershipFactory(group=group.record, member=world.members[-1], **role)


def _hide_what_reviewers_say(world, draft):
    state = make.submit(draft, by=draft.owner)
    matter = actions.matter_of(task_state=state)
    reader = make.board_member()
    models.Matter.objects.filter(pk=matter.pk).update(reason=f"{CANARY}reason")
    said = {"person": reader, "stance": Stance.CONCERN, "comment": f"{CANARY}position"}
    models.Position.objects.create(matter=matter, **said)
    models.Vote.objects.create(
        matter=matter, voter_id=str(reader.pk), content_hash="x", comment=f"{CANARY}vote"
    )
    models.ReviewNote.objects.create(page_id=draft.pk, author=reader, text=f"{CANARY}note")
    make.decision_link(draft, reader)
    models.Mandate.objects.create(kind=MandateKind.DEPUTY, user=reader, reason=f"{CANARY}mandate")
    event = models.Event.objects.create(key=CANARY, kind="reminder", page_title=f"{CANARY}event")
    models.Delivery.objects.create(
        event=event,
        channel=Channel.MAIL,
        recipient_id=str(reader.pk),
        message_id=f"<{CANARY}@example.org>",
        last_error=f"{CANARY}error",
    )
