"""The core: what runs on every supported version. All tests of approval and rights are in it."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent

#: Folders (with all that is and will be in them) and single modules.
CORE = (
    "actions",
    "benchmarks",
    "blocks",
    "calendars",
    "checks",
    "doors",
    "fields",
    "journeys",
    "management",
    "modeladmins",
    "models",
    "notifications",
    "permissions",
    "reports",
    "security",
    "upgrade",
    "views",
    "viewsets",
    "api/test_groups.py",
    "api/test_previews.py",
    "api/test_public.py",
    "api/test_wagtail_apis.py",
    "api/test_wagtail_leaks.py",
    "pages/test_blocks.py",
    "pages/test_front_end.py",
    "pages/test_gone.py",
    "pages/test_heads.py",
    "pages/test_languages.py",
    "pages/test_previews_elsewhere.py",
    "pages/test_pictures.py",
    "pages/test_public_record.py",
    "pages/test_revisits.py",
    "test_core.py",
    "test_feeds.py",
    "test_installation.py",
    "test_migrations.py",
    "test_page_forms.py",
    "test_signal_handlers.py",
    "test_tasks.py",
    "test_wagtail_hooks.py",
)


def is_core(path: Path) -> bool:
    """True for a test module of the core."""
    inside = path.relative_to(TESTS)
    return any(inside == Path(name) or Path(name) in inside.parents for name in CORE)
