"""What the frame around every page shows."""


def frame(request):
    return {"frame": None}
