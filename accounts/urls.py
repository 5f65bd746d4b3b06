"""The doors of one's own account."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("ansvar/", views.promise, name="promise"),
    path("andra-steget/", views.choose_factor, name="choose_factor"),
    path("enheter/", views.devices, name="devices"),
    path("enheter/avsluta-andra/", views.end_other_devices, name="end_other_devices"),
    path("enheter/<str:name>/avsluta/", views.end_device, name="end_device"),
]
