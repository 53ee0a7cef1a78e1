from django.http import JsonResponse

from content.models import Article, FrontPage


def front_page(request):
    """What the front end starts with."""
    front = FrontPage.objects.live().first()
    articles = Article.objects.live().order_by("-first_published_at")
    return JsonResponse(
        {"claim": front.claim if front else "", "articles": list(articles.values("id", "title"))}
    )
