"""What a host meets when it installs the package."""

from django.core import checks
from django.core.management import call_command


def test_migrations_say_what_the_models_say():
    call_command("makemigrations", "lpsa_wagtail", "--check", "--dry-run", verbosity=0)


def test_system_checks_have_nothing_to_say_about_the_example_site():
    assert checks.run_checks() == []
