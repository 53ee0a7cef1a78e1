from django.http import HttpResponsePermanentRedirect

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Wagtail's admin brings scripts of its own and makes addresses that end in a slash.
ADMIN = ("/admin/", "/documents/")


def content_policy(get_response):
    def middleware(request):
        response = get_response(request)
        if not request.path.startswith(ADMIN):
            response["Content-Security-Policy"] = POLICY
        return response

    return middleware


def no_slash_at_the_end(get_response):
    def middleware(request):
        path = request.path
        if path != "/" and path.endswith("/") and not path.startswith(ADMIN):
            query = request.META.get("QUERY_STRING")
            bare = "/" + path.strip("/")
            return HttpResponsePermanentRedirect(f"{bare}?{query}" if query else bare)
        return get_response(request)

    return middleware
