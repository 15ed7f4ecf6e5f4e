"""The address the platform calls."""

from django.urls import path

from motcua.payments.web.callback import callback

app_name = "payments"
urlpatterns = [path("nen-tang/", callback, name="callback")]
