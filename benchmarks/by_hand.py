"""What somebody would write who needs one answer of ours and nothing else: limits to compare with.

One statement that the database turns into JSON, without Django's ORM, without asking what else may
be public, in which site, in which language. They give the same bytes as ours for the site that is
measured, or they are no comparison; that is checked before anything is measured.
"""

import datetime as dt
import json

import orjson
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import HttpResponse, HttpResponseNotModified
from wagtail.models import Site

from lpsa_wagtail.models import PublicClock

ROOT = "http://localhost"
SIZES = {
    "width-480|format-webp": 480,
    "width-720|format-webp": 720,
    "width-1440|format-webp": 1440,
}
FUNCTIONS = {
    "sqlite": {"list": "json_group_array", "row": "json_array", "start": "substr"},
    "postgresql": {"list": "json_agg", "row": "json_build_array", "start": "substr"},
}
POSTS = """
SELECT p.id, p.slug, p.title, p.url_path, b.subtitle, b.summary, b.listed_on,
  p.first_published_at, p.last_published_at, l.language_code,
  b.original_source_name, b.original_source_url, b.lead_image_alt,
  g.id, g.slug, g.title, g.url_path,
  (SELECT {list}({row}(a.name, a.affiliation)) FROM
    (SELECT * FROM lpsa_wagtail_blogpostauthor WHERE page_id = p.id ORDER BY sort_order) a),
  (SELECT {list}({row}(j.id, j.slug, j.title, j.url_path)) FROM
    lpsa_wagtail_blogpost_joint_groups m JOIN wagtailcore_page j ON j.id = m.workinggrouppage_id
    WHERE m.blogpost_id = p.id),
  (SELECT {list}({row}(w.slug, w.kind, w.name)) FROM
    (SELECT i.* FROM lpsa_wagtail_blogpostinterest t JOIN lpsa_wagtail_interest i ON i.id = t.tag_id
    WHERE t.content_object_id = p.id ORDER BY i.kind, i.name) w),
  (SELECT {list}({row}(r.filter_spec, r.file, r.width, r.height)) FROM wagtailimages_rendition r
    WHERE r.image_id = b.lead_image_id)
FROM lpsa_wagtail_blogpost b
JOIN wagtailcore_page p ON p.id = b.page_ptr_id
JOIN wagtailcore_locale l ON l.id = p.locale_id
LEFT JOIN wagtailcore_page g ON g.path = {start}(p.path, 1, length(p.path) - 4)
  AND g.content_type_id = {group_type}
WHERE p.live AND b.listed_on >= '0001-01-01'
ORDER BY b.listed_on DESC, b.page_ptr_id DESC
LIMIT 21
"""


def list_of_posts(request):
    """The first page of ``posts/``."""
    functions = FUNCTIONS[connection.vendor]
    sql = POSTS.format(**functions, group_type=_group_type())
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall()
    results = [_post(row) for row in rows[:20]]
    following = request.GET.get("next")
    content = {"results": results, "next": following, "previous": None, "count": None}
    return HttpResponse(orjson.dumps(content), content_type="application/json")


def _group_type() -> int:
    return ContentType.objects.get_by_natural_key("lpsa_wagtail", "workinggrouppage").pk


def _post(row) -> dict:
    (pk, slug, title, path, subtitle, summary, day, first, last, language, *rest) = row
    (source, source_url, alt, group_id, group_slug, group_title, group_path, *lists) = rest
    authors, joint, words, sizes = (
        json.loads(value) if isinstance(value, str) else value or [] for value in lists
    )
    group = [group_id, group_slug, group_title, group_path]
    return {
        "id": pk,
        "slug": slug,
        "title": title,
        "url": _address(path),
        "subtitle": subtitle,
        "summary": summary,
        "date": day,
        "published_at": _moment(first),
        "updated_at": _moment(last),
        "language": language,
        "authors": [{"name": name, "affiliation": place} for name, place in authors],
        "group": _group(*group) if group_id else None,
        "joint_groups": [_group(*one) for one in joint],
        "interests": [{"slug": s, "kind": kind, "label": label} for s, kind, label in words],
        "lead_image": _picture(sizes, alt) if sizes else None,
        "original_source": {"name": source, "url": source_url or None} if source else None,
    }


def _address(path: str) -> str:
    return f"{ROOT}/{path.split('/', 2)[2]}"


def _moment(value) -> str:
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    return f"{value.replace(tzinfo=None).isoformat()}Z"  # both databases keep UTC


def _group(pk, slug, title, path) -> dict:
    return {
        "id": pk,
        "slug": slug,
        "title": title,
        "designation": "Working Group",
        "url": _address(path),
    }


def _picture(sizes, alt) -> dict:
    by_spec = {spec: (file, width, height) for spec, file, width, height in sizes}
    file, width, height = by_spec["max-1200x1200"]
    sources = [by_spec[spec] for spec in SIZES if spec in by_spec]
    return {
        "url": f"{ROOT}/media/{file}",
        "width": width,
        "height": height,
        "alt": alt,
        "focal_point": None,
        "sources": [
            {"url": f"{ROOT}/media/{f}", "width": w, "height": h, "type": "image/webp"}
            for f, w, h in sources
        ],
    }


def not_modified(request):
    """304 after the queries that ours asks: which site, and how far the public record is."""
    Site.find_for_request(request)
    clock = PublicClock.objects.now()
    answer = HttpResponseNotModified()
    answer["ETag"] = f'"{clock.number}"'
    return answer
