"""What a host meets when it installs the package."""

from django.core import checks


def test_system_checks_have_nothing_to_say_about_the_example_site():
    assert checks.run_checks() == []
