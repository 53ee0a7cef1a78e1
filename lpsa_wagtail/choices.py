"""The words that are fixed in code; everything else is data."""

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Designation(TextChoices):
    """What a group calls itself (terms of reference, footnote 1)."""

    EXPERT_WORKING_GROUP = "expert-working-group", _("Expert Working Group")
    WORKING_GROUP = "working-group", _("Working Group")
    STANDING_PANEL = "standing-panel", _("Standing Panel")
    CHAPTER = "chapter", _("Chapter")
    OTHER = "other", _("Another name")


class Focus(TextChoices):
    """What a group is about (terms of reference, introduction)."""

    REGIONAL = "regional", _("Regional")
    COUNTRY = "country", _("Country")
    SECTORAL = "sectoral", _("Sectoral")
    THEMATIC = "thematic", _("Thematic")
    TOPIC = "topic", _("Topic-based")


class GroupState(TextChoices):
    """Where a group is in its life; changed by decisions only."""

    PROPOSED = "proposed", _("Proposed")
    IN_REVIEW = "in-review", _("In review")
    FORMING = "forming", _("Forming")
    ACTIVE = "active", _("Active")
    DORMANT = "dormant", _("Dormant")
    DISSOLVED = "dissolved", _("Dissolved")
    ARCHIVED = "archived", _("Ended, kept as an archive")


#: States in which the page of a group is public, in the order of the directory.
VISIBLE_STATES = (
    GroupState.ACTIVE,
    GroupState.FORMING,
    GroupState.DORMANT,
    GroupState.ARCHIVED,
)
#: States of a group that is no more.
ENDED_STATES = (GroupState.DISSOLVED, GroupState.ARCHIVED)


class GroupChange(TextChoices):
    """Changes of a group's state that the Board Chair decides; the group then has this state."""

    DORMANT = "dormant", _("Make it dormant")
    REVIVE = "revive", _("Revive it")
    DISSOLVE = "dissolve", _("Dissolve it, and take its pages down")
    ARCHIVE = "archive", _("End it, and keep its pages as an archive")


class InterestKind(TextChoices):
    TOPIC = "topic", _("Topic")
    REGION = "region", _("Region or country")
    SECTOR = "sector", _("Sector")


class WebinarFormat(TextChoices):
    WEBINAR = "webinar", _("Webinar")
    OPEN_MEETING = "open-meeting", _("Open meeting")
    WORKSHOP = "workshop", _("Workshop")
    CONFERENCE = "conference", _("Conference")


class WebinarMode(TextChoices):
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Online and on site")
    ON_SITE = "on-site", _("On site")


class WebinarStatus(TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class ContributorRole(TextChoices):
    SPEAKER = "speaker", _("Speaker")
    MODERATOR = "moderator", _("Moderator")
    PANELLIST = "panellist", _("Panellist")
    DISCUSSANT = "discussant", _("Discussant")


class Role(TextChoices):
    """Roles in a group (terms of reference, composition)."""

    CO_CHAIR = "co-chair", _("Co-chair")
    COORDINATOR = "coordinator", _("Coordinator")
    REPRESENTATIVE = "representative", _("Representative of an organisation")
    RESEARCHER = "researcher", _("Researcher or practitioner")
    STAKEHOLDER = "stakeholder", _("Other stakeholder")
    GUEST = "guest", _("Guest")

    @property
    def plural(self) -> str:
        """What stands above several people with this role."""
        return str(_PLURALS[self])


_PLURALS = {
    Role.CO_CHAIR: _("Co-chairs"),
    Role.COORDINATOR: _("Coordinators"),
    Role.REPRESENTATIVE: _("Representatives of organisations"),
    Role.RESEARCHER: _("Researchers and practitioners"),
    Role.STAKEHOLDER: _("Other stakeholders"),
    Role.GUEST: _("Guests"),
}

#: Roles that draft and submit for their group.
DRAFTING_ROLES = (Role.CO_CHAIR, Role.COORDINATOR)
#: The other roles, which the co-chairs of a group keep themselves.
ORDINARY_ROLES = tuple(role for role in Role if role not in DRAFTING_ROLES)


class Stage(TextChoices):
    """Which right of decision was used."""

    ESTABLISHMENT = "establishment", _("Establishment, by the Advisory Board Chair")
    CONTENT = "content", _("Content, by the Advisory Board")


class Outcome(TextChoices):
    GO = "go", _("Approved")
    REJECTED = "rejected", _("Changes requested")
    WITHDRAWN = "withdrawn", _("Taken down")
    RECALLED = "recalled", _("Recalled before its date")
    OVERRIDE = "override", _("Published without the Board")
    INSTALLATION = "installation", _("Installed")
    MAINTENANCE = "maintenance", _("Maintenance")
    CARRIED_OVER = "carried-over", _("Carried over")
    DORMANT = "dormant", _("Made dormant")
    REVIVED = "revived", _("Revived")
    DISSOLVED = "dissolved", _("Dissolved")
    ARCHIVED = "archived", _("Ended, kept as an archive")


#: Outcomes that let content be live.
GOING_OUTCOMES = (
    Outcome.GO,
    Outcome.OVERRIDE,
    Outcome.INSTALLATION,
    Outcome.MAINTENANCE,
    Outcome.CARRIED_OVER,
)


#: Outcomes of decisions on a group's state.
CHANGED_STATES = (Outcome.DORMANT, Outcome.REVIVED, Outcome.DISSOLVED, Outcome.ARCHIVED)


class PublicOutcome(TextChoices):
    """Decisions on a group that visitors are told of."""

    ESTABLISHED = "established", _("Established")
    CHARTER_CHANGED = "charter-changed", _("Title, designation, focus or purpose changed")
    DORMANT = "dormant", _("Made dormant")
    REVIVED = "revived", _("Revived")
    ARCHIVED = "archived", _("Ended")


class DecidingRole(TextChoices):
    """Roles in which such decisions are taken, as visitors read them."""

    CHAIR = "chair", _("Advisory Board Chair")
    ACTING_CHAIR = "acting-chair", _("Acting for the Advisory Board Chair")
    DEPUTY = "deputy", _("Deputy of the Advisory Board Chair")
    DECIDER = "decider", _("Named in the place of the Advisory Board Chair")


class EventKind(TextChoices):
    """What happened, of what somebody may want to hear."""

    SUBMITTED = "submitted", _("Submitted")
    STAGE_PASSED = "stage-passed", _("Another stage passed")
    SENT_BACK = "sent-back", _("Sent back by another stage")
    DECIDED = "decided", _("Decided")
    OVERRIDE = "override", _("Published without the Board")
    PROPOSED = "proposed", _("Proposed")
    POSITION_ASKED = "position-asked", _("Positions asked for")
    GROUP_CHANGED = "group-changed", _("State of a group decided")
    HANDED_OVER = "handed-over", _("Handed over")
    REMINDER = "reminder", _("Reminder")
    ESCALATED = "escalated", _("Overdue")
    CODE = "code", _("Code for deciding")
    INVITED = "invited", _("Invited")


class Stance(TextChoices):
    """What a member of the Board says before the Chair decides. It decides nothing."""

    SUPPORT = "support", _("Support")
    NO_OBJECTION = "no-objection", _("No objection")
    CONCERN = "concern", _("Concern")


class MandateKind(TextChoices):
    """What a person is given to do for some time."""

    ACTING_CHAIR = "acting-chair", _("Acts for the Board Chair")
    DEPUTY = "deputy", _("Deputy: decides for the Chair what is overdue")
    DECIDER = "decider", _("Decides on one page in the place of the Chair")
    PROPOSER = "proposer", _("May propose groups")


class Channel(TextChoices):
    """The ways by which people hear of it."""

    MAIL = "mail", _("E-mail")


class DeliveryState(TextChoices):
    """Where one message to one person is on its way."""

    PENDING = "pending", _("Pending")
    IN_FLIGHT = "in-flight", _("In flight")
    SENT = "sent", _("Sent")
    DEFERRED = "deferred", _("Deferred")
    FAILED = "failed", _("Failed")
    SUPPRESSED = "suppressed", _("Not sent, nobody had to hear of it any more")
    UNKNOWN = "unknown", _("Unknown")


#: States that are never left again.
FINAL_STATES = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SUPPRESSED)


class Noun(TextChoices):
    """Things that programs follow."""

    GROUP = "group", _("Group")
    POST = "post", _("Post")
    WEBINAR = "webinar", _("Webinar")
    INTEREST = "interest", _("Interest")


class ChangeKind(TextChoices):
    """What happened to such a thing, as everybody may know."""

    PUBLISHED = "published", _("Published")
    CHANGED = "changed", _("Changed")
    TAKEN_DOWN = "taken-down", _("Taken down")
    DISSOLVED = "dissolved", _("Dissolved")
    ERASED = "erased", _("Erased")


class Phase(TextChoices):
    """Where a webinar is in time."""

    ANNOUNCED = "announced", _("Announced")
    HAPPENING = "happening", _("Happening")
    HELD = "held", _("Held")


def language_choices():
    """Languages that the host knows, by code."""
    return settings.LANGUAGES
