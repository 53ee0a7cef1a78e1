"""How Sphinx builds these documents: ``python3 dev.py docs``. Nothing is fetched from elsewhere."""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings")
django.setup()

from django.db.models.query_utils import DeferredAttribute  # noqa: E402

import lpsa_wagtail  # noqa: E402

project = "lpsa_wagtail"
author = "lpsa_wagtail contributors"
release = lpsa_wagtail.__version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"lpsa_wagtail {release}"
html_show_copyright = False

# Links to headings are written as the repository's own view of these files names them.
myst_heading_anchors = 4

autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_inherit_docstrings = False
add_module_names = False
toc_object_entries = False

# Names in signatures and base classes that are documented elsewhere.
nitpick_ignore_regex = [("py:.*", r"(django|wagtail|modelcluster|taggit|modelsearch)\..*")]


def leave_out_inner_things(app, what, name, member, skip, options):
    """Columns have the docstring of their type only; inner classes are Django's and Wagtail's."""
    is_column = isinstance(member, DeferredAttribute) or hasattr(member, "field")
    is_inner = what == "class" and isinstance(member, type)
    return True if is_column or is_inner else None


def leave_out_constructors(app, what, name, member, options, signature, returned):
    """Nobody calls those that models and querysets inherit."""
    inherited = what == "class" and (signature or "").startswith(("(*args", "(model=None"))
    return ("", None) if inherited else None


def setup(app):
    app.connect("autodoc-skip-member", leave_out_inner_things)
    app.connect("autodoc-process-signature", leave_out_constructors)
