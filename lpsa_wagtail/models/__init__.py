"""Front door of the models: everyone outside imports them from here.

Inside, modules import one direction: interests, decisions and installs know nobody;
querysets know decisions; governed pages know querysets; groups, posts and webinars know governed
pages; people know groups, deliveries people; matters know groups, links know
matters and roles; what is public now knows all of them.
"""

from lpsa_wagtail.models.blog import BlogIndexPage, BlogPost, BlogPostAuthor, BlogPostInterest
from lpsa_wagtail.models.decisions import Decision
from lpsa_wagtail.models.deliveries import Delivery, Event, Heartbeat
from lpsa_wagtail.models.facts import FACTS_CHANGED, FactChange
from lpsa_wagtail.models.governed import GovernedPage, IndexPage
from lpsa_wagtail.models.installs import InstallRecord
from lpsa_wagtail.models.interests import Interest, InterestLabel
from lpsa_wagtail.models.links import DecisionLink, Invitation
from lpsa_wagtail.models.mandates import Mandate
from lpsa_wagtail.models.matters import Matter, Position, ReviewNote, Vote
from lpsa_wagtail.models.members import Member, MemberInterest
from lpsa_wagtail.models.memberships import Membership
from lpsa_wagtail.models.overlaps import Overlap, overlaps
from lpsa_wagtail.models.proposals import Proposal, ProposedLeader
from lpsa_wagtail.models.public_record import PublicDecision, public_record, public_records
from lpsa_wagtail.models.publications import Change, Publication, PublicClock
from lpsa_wagtail.models.settings import WorkingGroupSettings
from lpsa_wagtail.models.uses import Uses, uses_of
from lpsa_wagtail.models.webinars import (
    Webinar,
    WebinarCity,
    WebinarCoHost,
    WebinarIndexPage,
    WebinarInterest,
)
from lpsa_wagtail.models.workflows import AdvisoryBoardApprovalTask
from lpsa_wagtail.models.working_groups import (
    WorkingGroupIndexPage,
    WorkingGroupInterest,
    WorkingGroupPage,
    WorkingGroupPartner,
    WorkingGroupRecord,
)

__all__ = [
    "FACTS_CHANGED",
    "AdvisoryBoardApprovalTask",
    "BlogIndexPage",
    "BlogPost",
    "BlogPostAuthor",
    "BlogPostInterest",
    "Change",
    "Decision",
    "DecisionLink",
    "Delivery",
    "Event",
    "FactChange",
    "GovernedPage",
    "Heartbeat",
    "IndexPage",
    "InstallRecord",
    "Interest",
    "InterestLabel",
    "Invitation",
    "Mandate",
    "Matter",
    "Member",
    "MemberInterest",
    "Membership",
    "Overlap",
    "Position",
    "Proposal",
    "ProposedLeader",
    "PublicClock",
    "PublicDecision",
    "Publication",
    "ReviewNote",
    "Uses",
    "Vote",
    "Webinar",
    "WebinarCity",
    "WebinarCoHost",
    "WebinarIndexPage",
    "WebinarInterest",
    "WorkingGroupIndexPage",
    "WorkingGroupInterest",
    "WorkingGroupPage",
    "WorkingGroupPartner",
    "WorkingGroupRecord",
    "WorkingGroupSettings",
    "overlaps",
    "public_record",
    "public_records",
    "uses_of",
]
