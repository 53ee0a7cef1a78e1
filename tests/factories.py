"""Makes the things that tests are about. Names are invented, addresses are on example.org."""

import datetime as dt

import factory
import wagtail_factories
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory
from wagtail.models import Page

from lpsa_wagtail import actions, models
from lpsa_wagtail.choices import InterestKind, Role
from lpsa_wagtail.permissions import Review, group_made, hash_of
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR, SECRETARIAT


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password("secret")


class InterestFactory(DjangoModelFactory):
    class Meta:
        model = models.Interest

    kind = InterestKind.TOPIC
    name = factory.Sequence(lambda n: f"Word {n}")
    slug = factory.Sequence(lambda n: f"word-{n}")


class WorkingGroupPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = models.WorkingGroupPage

    title = factory.Sequence(lambda n: f"Group {n}")
    purpose = "To share what works."


class BlogPostFactory(wagtail_factories.PageFactory):
    class Meta:
        model = models.BlogPost

    title = factory.Sequence(lambda n: f"Post {n}")
    summary = "What was found."
    body = factory.LazyFunction(lambda: [("paragraph", "<p>Money follows function.</p>")])


class WebinarFactory(wagtail_factories.PageFactory):
    class Meta:
        model = models.Webinar

    title = factory.Sequence(lambda n: f"Webinar {n}")
    starts_at = dt.datetime(2030, 5, 7, 13, tzinfo=dt.UTC)
    ends_at = dt.datetime(2030, 5, 7, 14, 30, tzinfo=dt.UTC)
    time_zone = "Africa/Nairobi"


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = models.Member

    name = factory.Sequence(lambda n: f"Member {n}")
    email = factory.Sequence(lambda n: f"member{n}@example.org")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership

    member = factory.SubFactory(MemberFactory)
    role = Role.CO_CHAIR
    start = dt.date(2020, 1, 1)


def index_page(model):
    """The index page that setup made."""
    return model.objects.get()


def draft(factory_class, parent, **fields):
    """A page below ``parent``, not live, with one revision; ``interests`` may be given."""
    interests = fields.pop("interests", ())
    owner = fields.get("owner")
    page = factory_class.build(live=False, **fields)
    page.slug = page.slug or None
    page.interests.set(interests)
    parent.add_child(instance=page)
    page.save_revision(user=owner)
    return type(page).objects.get(pk=page.pk)


def unfinished(factory_class, parent, **fields):
    """A draft as autosave leaves it: nothing checked."""
    page = factory_class.build(live=False, slug=f"unfinished-{parent.numchild}", **fields)
    parent.add_child(instance=page)
    page.save_revision(clean=False)
    return type(page).objects.get(pk=page.pk)


def live(factory_class, parent, **fields):
    """The same, gone live with a decision of the kind installation."""
    return actions.install_page(actor=None, page=draft(factory_class, parent, **fields))


def group(**fields):
    """A working group that is live and established."""
    return live(WorkingGroupPageFactory, index_page(models.WorkingGroupIndexPage), **fields)


def post(parent, **fields):
    return live(BlogPostFactory, parent, **fields)


def webinar(parent, **fields):
    return live(WebinarFactory, parent, **fields)


def image(**fields):
    """A picture of 100 × 100 pixels, unless said otherwise."""
    size = {"file__width": 100, "file__height": 100}
    return wagtail_factories.ImageFactory(**size | fields)


def document(**fields):
    """A file to download."""
    return wagtail_factories.DocumentFactory(**fields)


def person(*codes):
    """A user in the auth groups that setup made under these codes."""
    user = UserFactory()
    user.groups.add(*(group_made(code) for code in codes))
    return user


def board_member():
    return person(BOARD)


def board_chair():
    return person(BOARD, BOARD_CHAIR)


def secretary():
    return person(SECRETARIAT)


def leader(of, role=Role.CO_CHAIR, **dates):
    """A user who is co-chair (or has another role) in the group page ``of``."""
    member = MemberFactory(user=UserFactory())
    MembershipFactory(member=member, group=of.record, role=role, **dates)
    return get_user_model().objects.get(pk=member.user_id)


def submit(page, by):
    """Submit the newest revision and return the task state that waits for a decision."""
    state = page.get_workflow().start(page, by)
    return state.current_task_state.specific


def decision_link(page, user):
    """The link by which the user may decide on what waits of this page."""
    matter = models.Matter.objects.get(task_state=page.current_workflow_task_state)
    content_hash = hash_of(Review(matter=matter, user=user))
    return models.DecisionLink.objects.hand_out(matter=matter, user=user, content_hash=content_hash)


def fresh(page: Page):
    """The page as the database has it now."""
    return type(page).objects.get(pk=page.pk)


def fresh_user(user):
    """The person as at the next request: nothing remembered of the last one."""
    return type(user).objects.get(pk=user.pk)
