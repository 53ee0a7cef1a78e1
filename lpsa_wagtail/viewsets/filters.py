"""Filters of our lists. What they offer is what the person may see."""

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from lpsa_wagtail.choices import Focus, GroupState, WebinarStatus
from lpsa_wagtail.models import BlogPost, Interest, Webinar, WorkingGroupPage
from lpsa_wagtail.permissions import seen_by, with_standing
from lpsa_wagtail.permissions.standing import LABELS


def groups_offered(request):
    """Groups that the person works with, and live ones, whose names are public anyway."""
    groups = WorkingGroupPage.objects.all()
    seen = seen_by(request.user, groups)
    return groups.filter(Q(live=True) | Q(pk__in=seen.values("pk"))).order_by("title", "pk")


def words_offered():
    return Interest.objects.vocabulary().as_choices()


class GroupChoiceField(django_filters.fields.ModelChoiceField):
    def to_python(self, value):
        """Refuse numbers that no id can be, before the database does."""
        if value and not (str(value).isdigit() and len(str(value)) < 19):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class GroupFilter(django_filters.ModelChoiceFilter):
    field_class = GroupChoiceField


class GovernedFilterSet(WagtailFilterSet):
    """What lists of groups, posts and webinars share."""

    standing = django_filters.ChoiceFilter(
        label=_("Where it stands"),
        choices=list(LABELS.items()),
        empty_label=_("All"),
        widget=RadioSelect,
        method="filter_standing",
    )
    interest = django_filters.ChoiceFilter(
        label=_("Interest"), choices=words_offered, empty_label=_("All"), method="filter_interest"
    )
    latest_revision_created_at = django_filters.DateFromToRangeFilter(
        label=_("Date updated"), widget=DateRangePickerWidget
    )

    def filter_standing(self, pages, name, value):
        return with_standing(pages, value)

    def filter_interest(self, pages, name, value):
        """Pages that carry the word or a narrower one."""
        vocabulary = Interest.objects.vocabulary()
        return pages.tagged(vocabulary.covered_by(vocabulary.find(value)))


class GroupFilterSet(GovernedFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=GroupState.choices, empty_label=_("All"), widget=RadioSelect
    )
    focus = django_filters.ChoiceFilter(
        label=_("Focus"), choices=Focus.choices, empty_label=_("All"), widget=RadioSelect
    )

    class Meta:
        model = WorkingGroupPage
        fields = ["state", "focus", "standing", "interest", "latest_revision_created_at"]


class ContentFilterSet(GovernedFilterSet):
    """What lists of posts and of webinars share."""

    group = GroupFilter(
        label=_("Group"), queryset=groups_offered, empty_label=_("All"), method="filter_group"
    )

    def filter_group(self, pages, name, value):
        return pages.filter(path__startswith=value.path)


class PostFilterSet(ContentFilterSet):
    listed_on = django_filters.DateFromToRangeFilter(
        label=_("Date shown"), widget=DateRangePickerWidget
    )

    class Meta:
        model = BlogPost
        fields = ["group", "standing", "interest", "listed_on", "latest_revision_created_at"]


class WebinarFilterSet(ContentFilterSet):
    when = django_filters.ChoiceFilter(
        label=_("When"),
        choices=[("upcoming", _("Upcoming")), ("past", _("Past"))],
        empty_label=_("All"),
        widget=RadioSelect,
        method="filter_when",
    )
    starts_at = django_filters.DateFromToRangeFilter(label=_("Start"), widget=DateRangePickerWidget)
    status = django_filters.ChoiceFilter(
        label=_("Takes place"),
        choices=WebinarStatus.choices,
        empty_label=_("All"),
        widget=RadioSelect,
    )

    class Meta:
        model = Webinar
        fields = [
            *("group", "when", "starts_at", "standing"),
            *("interest", "status", "latest_revision_created_at"),
        ]

    def filter_when(self, pages, name, value):
        return pages.upcoming() if value == "upcoming" else pages.past()
