"""Working groups for Wagtail: group pages, posts, webinars, people and Board approval."""

__version__ = "0.1.0"
