"""The JSON API: what anybody may see, for other programs. Read only.

``schemas`` says what the answers look like, ``parameters`` what may be asked, ``errors`` what is
said when it cannot be answered; ``groups``, ``posts``, ``webinars`` and ``interests`` answer.
"""
