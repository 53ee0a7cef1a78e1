"""What is measured, and what it is compared with."""

from dataclasses import dataclass

EMPTY = "empty page"
PAGES, API, OTHERS = "Our pages", "Our API", "Wagtail's own: an empty page, its API (v2)"

#: What one of our posts in a list has, by the names of Wagtail's API.
SAME_FIELDS = (
    "_,id,title,html_url,subtitle,summary,listed_on,authors,interests,"
    "original_source_name,original_source_url"
)
_V2 = "/api/v2/pages/?limit=20&type=lpsa_wagtail"
_V2_POSTS = f"{_V2}.BlogPost&order=-listed_on"


@dataclass(frozen=True)
class Surface:
    """An address; ``beside`` names the surfaces that tell as much, to compare it with."""

    section: str
    name: str
    address: str
    beside: tuple[str, ...] = ()


V2_ALL, V2_SAME, V2_FEW = (
    f"20 posts, {which}" for which in ("all fields", "the fields of ours", "default fields")
)
V2_DEEP, V2_ONE = "20 posts, all fields, last page", "one post"
V2_RARE, V2_COMMON = "20 posts, search, rare word", "20 posts, search, common word"
V2_GROUPS, V2_WEBINARS = "20 groups, all fields", "20 webinars, all fields"

SURFACES = (
    Surface(OTHERS, EMPTY, "/empty/"),
    Surface(PAGES, "directory of groups", "/working-groups/"),
    Surface(PAGES, "a group", "/working-groups/{group}/"),
    Surface(PAGES, "posts", "/blog/"),
    Surface(PAGES, "posts, last page", "/blog/?page={last}"),
    Surface(PAGES, "posts, topic and region", "/blog/?topic={topic}&region={region}"),
    Surface(PAGES, "posts, search, rare word", "/blog/?q={rare}"),
    Surface(PAGES, "posts, search, common word", "/blog/?q={common}"),
    Surface(PAGES, "webinars", "/webinars/"),
    Surface(PAGES, "a post", "{post_address}"),
    Surface(PAGES, "a webinar", "{webinar_address}"),
    Surface(API, "groups", "/api/lpsa/v1/groups/", (V2_GROUPS,)),
    Surface(API, "a group", "/api/lpsa/v1/groups/{group}/"),
    Surface(API, "posts", "/api/lpsa/v1/posts/", (V2_ALL, V2_SAME, V2_FEW)),
    Surface(API, "posts, last page", "/api/lpsa/v1/posts/?page={api_last}", (V2_DEEP,)),
    Surface(API, "posts, topic and region", "/api/lpsa/v1/posts/?topic={topic}&region={region}"),
    Surface(API, "posts, search, rare word", "/api/lpsa/v1/posts/?q={rare}", (V2_RARE,)),
    Surface(API, "posts, search, common word", "/api/lpsa/v1/posts/?q={common}", (V2_COMMON,)),
    Surface(API, "a post", "/api/lpsa/v1/posts/{post}/", (V2_ONE,)),
    Surface(API, "webinars", "/api/lpsa/v1/webinars/", (V2_WEBINARS,)),
    Surface(API, "interests", "/api/lpsa/v1/interests/"),
    Surface(OTHERS, V2_ALL, f"{_V2_POSTS}&fields=*"),
    Surface(OTHERS, V2_SAME, f"{_V2_POSTS}&fields={SAME_FIELDS}"),
    Surface(OTHERS, V2_FEW, _V2_POSTS),
    Surface(OTHERS, V2_DEEP, f"{_V2_POSTS}&fields=*&offset={{offset}}"),
    Surface(OTHERS, V2_RARE, f"{_V2_POSTS}&search={{rare}}"),
    Surface(OTHERS, V2_COMMON, f"{_V2_POSTS}&search={{common}}"),
    Surface(OTHERS, V2_ONE, "/api/v2/pages/{post}/"),
    Surface(OTHERS, V2_GROUPS, f"{_V2}.WorkingGroupPage&fields=*"),
    Surface(OTHERS, V2_WEBINARS, f"{_V2}.Webinar&order=-starts_at&fields=*"),
)
