"""Warnings that our code causes fail the tests; other packages' deprecations do not."""

import warnings

import pytest
from django.utils.deprecation import RemovedInNextVersionWarning


def warn(category, module):
    warnings.warn_explicit("planted", category, filename="planted.py", lineno=1, module=module)


@pytest.mark.parametrize(
    "module", ["lpsa_wagtail", "lpsa_wagtail.models.blog", "example_site.urls", "tests.factories"]
)
@pytest.mark.parametrize(
    "category", [DeprecationWarning, RemovedInNextVersionWarning, PendingDeprecationWarning]
)
def test_a_deprecation_caused_by_our_modules_is_an_error(module, category):
    with pytest.raises(category, match="planted"):
        warn(category, module)


@pytest.mark.parametrize("category", [RuntimeWarning, ResourceWarning, UserWarning])
def test_any_other_warning_is_an_error_wherever_it_shows(category):
    with pytest.raises(category, match="planted"):
        warn(category, "django.db.models.fields")


@pytest.mark.parametrize("module", ["wagtail.admin.mail", "modelcluster.forms"])
def test_a_deprecation_caused_by_another_package_is_only_shown(module):
    with warnings.catch_warnings(record=True) as shown:
        warn(RemovedInNextVersionWarning, module)

    assert [str(warning.message) for warning in shown] == ["planted"]
