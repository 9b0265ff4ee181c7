"""Every address of the application, door by door."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from amends.project import health
from amends.project.demo.sign_in import demo_sign_in
from amends.workspace import sign_in

Routes = list[URLPattern | URLResolver]

#: What we use of django-allauth, under the names that it looks up. It has more: pages that sign people up, change
#: addresses and send mails past our outbox.
_accounts: Routes = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", second_factor.index, name="mfa_index"),
    path("2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/webauthn/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("2fa/webauthn/login/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("2fa/webauthn/reauthenticate/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    # Ours, where it would send people to pages of its own.
    path("forgotten/", sign_in.forgotten, name="account_reset_password"),
    path("forgotten/", sign_in.forgotten, name="account_set_password"),
    path("forgotten/asked/", sign_in.forgotten_asked, name="forgotten_asked"),
    path("signup/", sign_in.no_sign_up, name="account_signup"),
    # /accounts/ alone leads those who are signed in to this name.
    path("2fa/", second_factor.index, name="account_email"),
]

urlpatterns: Routes = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("accounts/", include(_accounts)),
    path("demo/sign-in/", demo_sign_in, name="demo_sign_in"),
    path("", include("amends.ui.urls")),
    path("", include("amends.workspace.urls")),
    *i18n_patterns(path("", include("amends.portal.urls"))),
]

handler400 = "amends.ui.error_pages.bad_request"
handler403 = "amends.ui.error_pages.permission_denied"
handler404 = "amends.ui.error_pages.not_found"
handler429 = "amends.ui.error_pages.too_many"  # allauth looks for it; Django does not
handler500 = "amends.ui.error_pages.server_error"
