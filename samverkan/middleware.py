"""Headers on every answer."""

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def headers(ask_next):
    """Nothing of a page stays on a shared computer, unless it says itself how long it may (the subscribed calendar);
    the browser's sensors are off."""

    def middleware(request):
        response = ask_next(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if not request.path.startswith("/static/"):
            kept = response.get("Cache-Control", "no-store")
            response["Cache-Control"] = "no-store" if "no-store" in kept else kept
        return response

    return middleware
