"""Forms of the page editor."""

from lpsa_wagtail.page_forms.governed import (
    BlogPostForm,
    GovernedPageForm,
    WorkingGroupForm,
    without_marks,
)
from lpsa_wagtail.page_forms.webinars import FACTS_SEEN, WebinarForm

__all__ = [
    "FACTS_SEEN",
    "BlogPostForm",
    "GovernedPageForm",
    "WebinarForm",
    "WorkingGroupForm",
    "without_marks",
]
