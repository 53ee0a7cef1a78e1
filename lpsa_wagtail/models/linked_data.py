"""What search engines read of a page: schema.org, as JSON-LD. Only what the page itself shows."""

import json
from typing import Any

from django.utils.safestring import SafeString

from lpsa_wagtail.choices import WebinarMode, WebinarStatus
from lpsa_wagtail.models.addresses import public_address
from lpsa_wagtail.models.blog import BlogPost
from lpsa_wagtail.models.indexes import index_pages
from lpsa_wagtail.models.places import name_of, site_of
from lpsa_wagtail.models.plain_text import line
from lpsa_wagtail.models.webinars import Webinar
from lpsa_wagtail.models.working_groups import WorkingGroupPage

#: What could end the element around it, or a line of a script.
ESCAPED = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
SCHEMA = "https://schema.org/"
STATUS = {
    WebinarStatus.SCHEDULED: f"{SCHEMA}EventScheduled",
    WebinarStatus.POSTPONED: f"{SCHEMA}EventPostponed",
    WebinarStatus.CANCELLED: f"{SCHEMA}EventCancelled",
}
MODE = {
    WebinarMode.ONLINE: f"{SCHEMA}OnlineEventAttendanceMode",
    WebinarMode.HYBRID: f"{SCHEMA}MixedEventAttendanceMode",
    WebinarMode.ON_SITE: f"{SCHEMA}OfflineEventAttendanceMode",
}


def as_script(data: dict) -> SafeString:
    """JSON that is safe inside ``<script type="application/ld+json">``."""
    return SafeString(json.dumps(data, ensure_ascii=False).translate(ESCAPED))


LISTS = {BlogPost: "posts", Webinar: "webinars"}


class LinkedData:
    """Tells of one page that is served. No query beyond those of its template."""

    def __init__(self, request, page, *, picture: str = ""):
        self.request, self.page, self.picture = request, page, picture
        self.url = public_address(page, request)
        site = site_of(request)
        self.home = f"{site.root_url}/" if site else request.build_absolute_uri("/")
        self.site_name = line(name_of(site)) or self.home

    @property
    def data(self) -> dict:
        things = [self._site()]
        if self.page_group:
            things.append(self._group(self.page_group))
        if isinstance(self.page, BlogPost):
            things.append(self._post())
        if isinstance(self.page, Webinar) and self.page.starts_at:
            things.append(self._event())
        if way := self._way():
            things.append(way)
        return {"@context": "https://schema.org", "@graph": [_told(thing) for thing in things]}

    @property
    def page_group(self):
        """The group that the page is, or lies in."""
        page = self.page
        return page if isinstance(page, WorkingGroupPage) else getattr(page, "group", None)

    def _site(self) -> dict:
        return {
            "@type": "Organization",
            "@id": f"{self.home}#organization",
            "name": self.site_name,
            "url": self.home,
        }

    def _group(self, group) -> dict:
        url = public_address(group, self.request)
        told = {
            "@type": "Organization",
            "@id": f"{url}#organization",
            "name": line(group.title),
            "url": url,
            "parentOrganization": {"@id": f"{self.home}#organization"},
        }
        if group == self.page:
            founded = group.record and group.record.established_on
            told["description"] = line(group.purpose)
            told["email"] = group.contact_email
            told["foundingDate"] = founded and founded.isoformat()
            told["image"] = self.picture
        return told

    def _post(self) -> dict:
        post = self.page
        shown, first, last = post.published_on, post.first_published_at, post.last_published_at
        return {
            **self._content("BlogPosting"),
            "headline": line(post.title),
            "alternativeHeadline": line(post.subtitle),
            "mainEntityOfPage": self.url,
            "datePublished": _moment(shown or first or post.listed_on),
            "dateModified": _moment(last or first),
            "author": [_person(row.name, row.affiliation) for row in post.authors_shown]
            or {"@id": self._host_id},
            "publisher": {"@id": f"{self.home}#organization"},
            "sourceOrganization": {"@id": self._host_id} if self.page_group else None,
            "isBasedOn": post.original_source_url,
        }

    def _event(self) -> dict:
        event = self.page
        return {
            **self._content("Event"),
            "name": line(event.title),
            "startDate": _moment(event.local_start),
            "endDate": _moment(event.local_end),
            "eventStatus": STATUS.get(event.status),
            "eventAttendanceMode": MODE.get(event.mode),
            "location": self._places(),
            "organizer": [
                {"@id": self._host_id},
                *map(_organization, event.co_hosts_shown),
            ],
            "performer": [
                _person(one.get("name", ""), one.get("affiliation", ""))
                for row in event.agenda
                for one in row.value.get("contributors", ())
            ],
        }

    def _places(self) -> list[dict]:
        event, places = self.page, []
        if event.mode != WebinarMode.ON_SITE:
            url = (event.is_to_come and event.registration_url) or self.url
            places.append({"@type": "VirtualLocation", "url": url})
        if event.mode != WebinarMode.ONLINE and event.venue:
            venue = line(event.venue)
            places.append({"@type": "Place", "name": venue, "address": venue})
        return places

    def _content(self, kind: str) -> dict:
        """What posts and events have in common."""
        return {
            "@type": kind,
            "@id": f"{self.url}#content",
            "url": self.url,
            "description": line(self.page.search_description or self.page.summary),
            "image": self.picture,
            "inLanguage": self.page.language,
            "keywords": [line(word.label) for word in self.page.interests_shown],
        }

    @property
    def _host_id(self) -> str:
        if self.page_group:
            return f"{public_address(self.page_group, self.request)}#organization"
        return f"{self.home}#organization"

    def _way(self) -> dict | None:
        """The way to the page: its list, its group, itself. None for a page that is a list."""
        above = "groups" if self.page_group else LISTS.get(type(self.page), "")
        way = [index_pages(self.request, self.page).get(above), self.page_group, self.page]
        steps = list({page.pk: page for page in way if page}.values())
        if len(steps) == 1:
            return None
        return {
            "@type": "BreadcrumbList",
            "@id": f"{self.url}#way",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": number,
                    "name": line(page.title),
                    "item": public_address(page, self.request),
                }
                for number, page in enumerate(steps, start=1)
            ],
        }


def _person(name: str, affiliation: str) -> dict:
    place = {"@type": "Organization", "name": line(affiliation)} if affiliation else None
    return _told({"@type": "Person", "name": line(name), "affiliation": place})


def _organization(row) -> dict:
    return _told({"@type": "Organization", "name": line(row.name), "url": row.link})


def _moment(day) -> str | None:
    return day.isoformat() if day else None


def _told(thing: dict) -> dict[str, Any]:
    """What there is to tell: nothing empty."""
    return {name: value for name, value in thing.items() if value}
