"""Addresses of sign-in, under /tai-khoan/: django-allauth's views with Vietnamese addresses and their stock names."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as provider
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from motcua.identity.web import needed, views

urlpatterns = [
    path("", views.account_home, name="account_home"),
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("dang-ky/", account.signup, name="account_signup"),
    path("bi-khoa/", account.account_inactive, name="account_inactive"),
    path("kich-hoat/<str:secret>/", views.activate_account, name="account_activate"),
    path("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/doi/", account.password_change, name="account_change_password"),
    path("mat-khau/dat/", account.password_set, name="account_set_password"),
    path("mat-khau/quen/", account.password_reset, name="account_reset_password"),
    path("mat-khau/quen/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mat-khau/dat-lai/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mat-khau/dat-lai/xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("bao-mat/", factor.index, name="mfa_index"),
    path("bao-mat/can-dat/", needed.factor_needed, name="factor_needed"),
    path("bao-mat/dang-nhap/", factor.authenticate, name="mfa_authenticate"),
    path("bao-mat/xac-nhan/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("bao-mat/ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    path("bao-mat/ung-dung/go/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("bao-mat/du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("bao-mat/du-phong/moi/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("bao-mat/du-phong/tai/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("bao-mat/khoa/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("bao-mat/khoa/them/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("bao-mat/khoa/dang-nhap/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("bao-mat/khoa/xac-nhan/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("bao-mat/khoa/<int:pk>/go/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("bao-mat/khoa/<int:pk>/ten/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("phien/<int:pk>/ket-thuc/", views.end_session, name="usersession_end"),
    path("phien/", sessions.list_usersessions, name="usersessions_list"),
    path("dinh-danh/da-huy/", provider.login_cancelled, name="socialaccount_login_cancelled"),
    path("dinh-danh/loi/", provider.login_error, name="socialaccount_login_error"),
    path("dinh-danh/<str:provider_id>/", views.provider_login, name="openid_connect_login"),
    path("dinh-danh/<str:provider_id>/tra-loi/", views.provider_callback, name="openid_connect_callback"),
]
