"""Filling in the page editor as a browser does: what the form shows, with changes, is posted."""

from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

#: Stream fields are drawn by script, so the page's HTML lacks them.
STREAMS = {"workinggrouppage": ("body",), "blogpost": ("body",), "webinar": ("body", "agenda")}
#: What autosave sends beside the form.
AUTOSAVE = {"headers": {"Accept": "application/json"}}


def add_url(model, parent):
    name = model._meta.model_name
    return reverse("wagtailadmin_pages:add", args=("lpsa_wagtail", name, parent.pk))


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def form_data(client, url, model, **changes):
    """What the form at ``url`` would post after these changes (lists are several values)."""
    return filled(client.get(url).content.decode(), model, **changes)


def filled(html, model, **changes):
    """The same from the page that shows the form."""
    data = querydict_from_html(html, form_id="page-edit-form")
    for name in STREAMS.get(model._meta.model_name, ()):
        for key, value in nested_form_data({name: streamfield([])}).items():
            data[key] = value
    for name, value in changes.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def post(client, url, model, *, autosave=False, **changes):
    """Post the form with these changes and return the response."""
    data = form_data(client, url, model, **changes)
    return client.post(url, dict(data.lists()), **(AUTOSAVE if autosave else {}))


def errors(response) -> dict:
    """Map field → messages of the form in the answer; {} where it was accepted."""
    if response.status_code == 302:
        return {}
    form = response.context["form"]
    return {name: list(messages) for name, messages in form.errors.items()}
