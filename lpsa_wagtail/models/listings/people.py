"""The directory of people: who chose to be listed, and who leads a group."""

from functools import cached_property

from lpsa_wagtail.choices import Role
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.listings.grouped import GroupedListing
from lpsa_wagtail.models.members import Member


class PeopleListing(GroupedListing):
    """People whom everybody may see. A filter asks for nothing that is not shown."""

    model = Member
    filters = ("group", "role", "country", "q", "order")
    orders = {"name": ("name", "pk"), "-name": ("-name", "-pk")}
    key = None  # who is shown changes from day to day

    def clean_role(self, text):
        return self._choice("role", text, Role.values)

    def clean_country(self, text):
        code = text.upper()
        if not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise BadFilter("country", text, ["two letters (ISO 3166-1)"])
        return code

    @cached_property
    def queryset(self):
        keys = [group.translation_key for group in self.groups.values()]
        people = Member.objects.shown(keys)
        group, role = self.chosen["group"], self.chosen["role"]
        if group or role:
            people = people.in_role(keys=[group.translation_key] if group else keys, role=role)
        if code := self.chosen["country"]:
            people = people.from_country(code)
        if text := self.chosen["q"]:
            people = people.named_like(text)
        return self.ordered(people)
