"""What is measured, and what it is compared with."""

from dataclasses import dataclass

EMPTY = "empty page"
PAGES, API = "Our pages", "Our API"
OTHERS = "Others: an empty page, Wagtail's APIs, answers written by hand"

#: What one of our posts in a list has, by the names of Wagtail's API.
SAME_FIELDS = (
    "_,id,title,html_url,subtitle,summary,listed_on,authors,interests,"
    "original_source_name,original_source_url"
)
#: With parameters nothing is kept of a page.
ANEW = "?anew"
_POSTS = "/api/lpsa/v1/posts/"
_V2 = "/api/v2/pages/?limit=20&type=lpsa_wagtail"
_V2_POSTS = f"{_V2}.BlogPost&order=-listed_on"
#: What is compared although it does not tell the same.
UNLIKE = {("posts, the end by cursor", "posts"), ("changes, the end", "changes")}


@dataclass(frozen=True)
class Surface:
    """An address; ``beside`` names the surfaces that tell as much, to compare it with.

    ``unchanged`` asks with the ETag of the answer before. ``same_bytes`` names the one of
    ``beside`` that has to say the same to the letter.
    """

    section: str
    name: str
    address: str
    beside: tuple[str, ...] = ()
    unchanged: bool = False
    same_bytes: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.section, self.name


#: Where another version of Wagtail has no such API, it is not compared.
V3_POST, V3_WEBINAR, V3_GROUP = "one post (v3)", "one webinar (v3)", "one group (v3)"
BY_HAND, UNCHANGED = "20 posts, by hand", "not modified, by hand"
FIRST, FROM_START = "posts", "changes"
V2_ALL, V2_SAME, V2_FEW = (
    f"20 posts, {which}" for which in ("all fields", "the fields of ours", "default fields")
)
V2_DEEP, V2_ONE = "20 posts, all fields, last page", "one post"
V2_RARE, V2_COMMON = "20 posts, search, rare word", "20 posts, search, common word"
V2_GROUPS, V2_WEBINARS = "20 groups, all fields", "20 webinars, all fields"

SURFACES = (
    Surface(OTHERS, EMPTY, "/empty/"),
    Surface(PAGES, "directory of groups", "/working-groups/"),
    Surface(PAGES, "a group", f"/working-groups/{{group}}/{ANEW}"),
    Surface(PAGES, "a group, kept", "/working-groups/{group}/"),
    Surface(PAGES, "a group, not modified", "/working-groups/{group}/", unchanged=True),
    Surface(PAGES, "posts", "/blog/"),
    Surface(PAGES, "posts, last page", "/blog/?page={last}"),
    Surface(PAGES, "posts, topic and region", "/blog/?topic={topic}&region={region}"),
    Surface(PAGES, "posts, search, rare word", "/blog/?q={rare}"),
    Surface(PAGES, "posts, search, common word", "/blog/?q={common}"),
    Surface(PAGES, "webinars", "/webinars/"),
    Surface(PAGES, "search, rare word", "/lpsa/search/?q={rare}"),
    Surface(PAGES, "search, common word", "/lpsa/search/?q={common}"),
    Surface(PAGES, "search, a topic", "/lpsa/search/?topic={topic}"),
    Surface(PAGES, "a post", f"{{post_address}}{ANEW}"),
    Surface(PAGES, "a post, kept", "{post_address}"),
    Surface(PAGES, "a post, not modified", "{post_address}", unchanged=True),
    Surface(PAGES, "a webinar", f"{{webinar_address}}{ANEW}"),
    Surface(PAGES, "a webinar, kept", "{webinar_address}"),
    Surface(PAGES, "a webinar, not modified", "{webinar_address}", unchanged=True),
    Surface(API, "groups", "/api/lpsa/v1/groups/", (V2_GROUPS,)),
    Surface(API, "a group", "/api/lpsa/v1/groups/{group}/", (V3_GROUP,)),
    Surface(API, FIRST, _POSTS, (V2_ALL, V2_SAME, V2_FEW, BY_HAND), same_bytes=BY_HAND),
    Surface(API, "posts with their text", f"{_POSTS}?fields=body", (V2_ALL,)),
    Surface(API, "posts, the end by cursor", f"{_POSTS}?cursor={{cursor}}", (V2_DEEP, FIRST)),
    Surface(API, "posts, by number", f"{_POSTS}?page=1", (V2_ALL,)),
    Surface(API, "posts, topic and region", f"{_POSTS}?topic={{topic}}&region={{region}}"),
    Surface(API, "posts, search, rare word", f"{_POSTS}?q={{rare}}", (V2_RARE,)),
    Surface(API, "posts, search, common word", f"{_POSTS}?q={{common}}", (V2_COMMON,)),
    Surface(API, "posts, not modified", _POSTS, (UNCHANGED, FIRST), unchanged=True),
    Surface(API, "a post", f"{_POSTS}{{post}}/", (V3_POST, V2_ONE)),
    Surface(API, "webinars", "/api/lpsa/v1/webinars/", (V2_WEBINARS,)),
    Surface(API, "a webinar", "/api/lpsa/v1/webinars/{webinar}/", (V3_WEBINAR,)),
    Surface(API, "interests", "/api/lpsa/v1/interests/"),
    Surface(API, "interests with counts", "/api/lpsa/v1/interests/?fields=counts"),
    Surface(API, FROM_START, "/api/lpsa/v1/changes/"),
    Surface(API, "changes, the end", "/api/lpsa/v1/changes/?after={after}", (FROM_START,)),
    Surface(OTHERS, V2_ALL, f"{_V2_POSTS}&fields=*"),
    Surface(OTHERS, V2_SAME, f"{_V2_POSTS}&fields={SAME_FIELDS}"),
    Surface(OTHERS, V2_FEW, _V2_POSTS),
    Surface(OTHERS, V2_DEEP, f"{_V2_POSTS}&fields=*&offset={{offset}}"),
    Surface(OTHERS, V2_RARE, f"{_V2_POSTS}&search={{rare}}"),
    Surface(OTHERS, V2_COMMON, f"{_V2_POSTS}&search={{common}}"),
    Surface(OTHERS, V2_ONE, "/api/v2/pages/{post}/"),
    Surface(OTHERS, V2_GROUPS, f"{_V2}.WorkingGroupPage&fields=*"),
    Surface(OTHERS, V3_POST, "/api/v3/pages/{post}/"),
    Surface(OTHERS, V3_WEBINAR, "/api/v3/pages/{webinar}/"),
    Surface(OTHERS, V3_GROUP, "/api/v3/pages/{group_id}/"),
    Surface(OTHERS, BY_HAND, "/by-hand/posts/?next={next}"),
    Surface(OTHERS, UNCHANGED, "/by-hand/304/", unchanged=True),
    Surface(OTHERS, V2_WEBINARS, f"{_V2}.Webinar&order=-starts_at&fields=*"),
)

#: Name → the surface beside which others stand: one of the others, or of our API.
BESIDE = {s.name: s for s in SURFACES if s.section == API} | {
    s.name: s for s in SURFACES if s.section == OTHERS
}
