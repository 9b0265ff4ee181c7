"""Django's settings. What an operator may set comes from the environment, see docs/settings.md (generated)."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from amends.kit.dialect import database_settings
from amends.project import environment as env
from amends.project import secret_files

PACKAGE = Path(__file__).resolve().parent.parent

# ---------------------------------------------------------------- where things are

AMENDS_DATA_DIR = env.path(
    "AMENDS_DATA_DIR", "amends-data", "The data directory: database file, uploads, keys. `--data` sets it too."
)
AMENDS_DATABASE_URL = env.service(
    "AMENDS_DATABASE_URL",
    "`postgresql://user:password@host/name`; empty for the SQLite file in the data directory. `?pool=8` sets how many "
    "connections each process keeps.",
    schemes=("postgresql", "postgres"),
)
AMENDS_FILES_DIR = env.path(
    "AMENDS_FILES_DIR",
    str(AMENDS_DATA_DIR / "files"),
    "Where uploads are kept; shared storage when there are several hosts.",
)
AMENDS_MAIL_DIR = env.path(
    "AMENDS_MAIL_DIR", str(AMENDS_DATA_DIR / "mail"), "Where mail is written as files while no mail server is set."
)
AMENDS_ANCHORS = env.path(
    "AMENDS_ANCHORS",
    str(AMENDS_DATA_DIR) + ".anchors",
    "Append-only file for the journal's checkpoints. Best on another disk or host than the database.",
)
AMENDS_SIGNING_KEY_FILE = env.path(
    "AMENDS_SIGNING_KEY_FILE",
    str(AMENDS_DATA_DIR / "keys" / "signing-key.pem"),
    "The Ed25519 key that signs checkpoints. On several hosts: the same file on each.",
)

# ---------------------------------------------------------------- who reaches it, and how

AMENDS_PUBLIC_URL = env.address(
    "AMENDS_PUBLIC_URL",
    "http://localhost:8000",
    "The address that people type. https turns on secure cookies and HSTS. Links in mails begin with it.",
)
AMENDS_EXTRA_HOSTS = env.text(
    "AMENDS_EXTRA_HOSTS",
    "",
    "Further host names that may ask for pages, separated by commas (health checks, for example).",
)
AMENDS_TRUST_PROXY = env.flag(
    "AMENDS_TRUST_PROXY",
    "no",
    "Whether a reverse proxy in front sets X-Forwarded-For and X-Forwarded-Proto. Only with such a proxy.",
)
AMENDS_BIND = env.text("AMENDS_BIND", "127.0.0.1", "The address on which `amends serve` listens.")
AMENDS_PORT = env.number("AMENDS_PORT", "8000", "The port on which `amends serve` listens.", least=1, most=65535)
AMENDS_WEB_WORKERS = env.number("AMENDS_WEB_WORKERS", "2", "Web processes of `amends serve`.", least=1, most=64)
AMENDS_WEB_THREADS = env.number("AMENDS_WEB_THREADS", "4", "Threads in each web process.", least=1, most=64)

# ---------------------------------------------------------------- mail

AMENDS_SMTP_URL = env.service(
    "AMENDS_SMTP_URL",
    "`smtp://user:password@host:587?tls=start` (or `tls=yes` for TLS from the start, `tls=no`). Empty: files.",
    schemes=("smtp",),
    options={"tls": ("start", "yes", "no")},
)
AMENDS_MAIL_FROM = env.text(
    "AMENDS_MAIL_FROM", "", "The sender of mails. Empty: the organisation's own address from the first start."
)
AMENDS_MAIL_REPLY_TO = env.text(
    "AMENDS_MAIL_REPLY_TO",
    "",
    "The mailbox that Amends reads, such as `complaints@example.org`: replies go to `complaints+token@example.org`, "
    "with another token for each mail; the mail server delivers such addresses to that mailbox. Empty: no such header.",
)
AMENDS_IMAP_URL = env.service(
    "AMENDS_IMAP_URL",
    "The mailbox in which complaints arrive: `imaps://user:password@host:993/INBOX`, or `imap://…?tls=start` (`tls=no` "
    "only on the same host). What was taken in is moved to another folder there. Empty: no mailbox is read.",
    schemes=("imaps", "imap"),
    options={"tls": ("start", "yes", "no")},
)
AMENDS_IMAP_DONE = env.text(
    "AMENDS_IMAP_DONE", "Amends", "The folder of that mailbox for what was taken in. It is made when it is missing."
)
AMENDS_IMAP_SECONDS = env.number(
    "AMENDS_IMAP_SECONDS", "20", "After how many seconds the mailbox is looked at again.", least=1, most=600
)
AMENDS_MAIL_MAX_MB = env.number(
    "AMENDS_MAIL_MAX_MB",
    "25",
    "Larger mails are kept, and left for people to look at instead of being opened.",
    least=1,
    most=50,
)
AMENDS_AUDITOR_EMAIL = env.text(
    "AMENDS_AUDITOR_EMAIL",
    "",
    "Gets the newest signed checkpoint by mail once a day: a copy that nobody here can take back.",
)

# ---------------------------------------------------------------- security and limits

AMENDS_SECRET_KEY = env.secret(
    "AMENDS_SECRET_KEY",
    "Signs sessions and forms. Empty: the key that `amends init` wrote into the data directory.",
)
AMENDS_TRACKING_SECRET = env.secret(
    "AMENDS_TRACKING_SECRET",
    "Hashes access codes; changing it makes every access code invalid. Empty: the key in the data directory.",
)
AMENDS_SECOND_FACTOR = env.choice(
    "AMENDS_SECOND_FACTOR", "offered", "Whether staff need a second factor to sign in.", of=("offered", "demanded")
)
AMENDS_SESSION_HOURS = env.number(
    "AMENDS_SESSION_HOURS", "10", "After how many hours without use staff are signed out.", least=1, most=720
)
AMENDS_MAX_UPLOAD_MB = env.number(
    "AMENDS_MAX_UPLOAD_MB", "25", "Largest file that may be attached.", least=1, most=1024
)
AMENDS_CLAMD = env.text(
    "AMENDS_CLAMD", "", "`host:port` or socket path of a ClamAV daemon. Files wait until it has looked at them."
)
AMENDS_READ_LOG_MONTHS = env.number(
    "AMENDS_READ_LOG_MONTHS", "24", "For how many months it is kept who looked at which complaint.", least=1, most=240
)

# ---------------------------------------------------------------- running

AMENDS_DEMO = env.flag(
    "AMENDS_DEMO", "no", "Demonstration: one-click sign-in for each role. Never with real complaints."
)
AMENDS_LOG_LEVEL = env.choice(
    "AMENDS_LOG_LEVEL",
    "INFO",
    "How much is logged. Logs hold no names and no texts.",
    of=("DEBUG", "INFO", "WARNING", "ERROR"),
)
AMENDS_QUERY_HEADER = env.flag(
    "AMENDS_QUERY_HEADER", "no", "Tells in a Server-Timing header how many queries a page took. For benchmarks."
)

# ---------------------------------------------------------------- Django

DEBUG = False
SECRET_KEY = AMENDS_SECRET_KEY or secret_files.read(AMENDS_DATA_DIR, "secret-key")
AMENDS_TRACKING_KEY = (AMENDS_TRACKING_SECRET or secret_files.read(AMENDS_DATA_DIR, "tracking-key")).encode()

_public = urlsplit(AMENDS_PUBLIC_URL)
IS_HTTPS = _public.scheme == "https"
ALLOWED_HOSTS = [
    _public.hostname or "localhost",
    *(["127.0.0.1", "localhost", "[::1]"] if not IS_HTTPS else []),
    *(host.strip() for host in AMENDS_EXTRA_HOSTS.split(",") if host.strip()),
]
CSRF_TRUSTED_ORIGINS = [AMENDS_PUBLIC_URL]

INSTALLED_APPS = [
    "amends.ui",  # before allauth: its pages are ours to draw
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "template_partials",
    "amends.journal",
    "amends.permissions",
    "amends.people",
    "amends.files",
    "amends.calendars",
    "amends.framework",
    "amends.correspondence",
    "amends.complaints",
    "amends.surveys",
    "amends.reactions",
    "amends.portal",
    "amends.workspace",
    "amends.project",
]

MIDDLEWARE = [
    "amends.ui.middleware.headers.StrictHeaders",
    "amends.ui.middleware.counting.QueryCount",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "amends.ui.middleware.faults.NothingIsLost",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "amends.ui.middleware.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "amends.ui.middleware.standing.Standing",
    "amends.ui.middleware.hiding.Hiding",
    "amends.ui.middleware.refusals.Refusals",
]

ROOT_URLCONF = "amends.project.urls"
WSGI_APPLICATION = "amends.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "amends.ui.context.page",
            ],
            "builtins": [
                "amends.ui.templatetags.ui",
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

DATABASES = database_settings(AMENDS_DATABASE_URL, AMENDS_DATA_DIR)
DATABASE_ROUTERS = ["amends.project.routing.CacheRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "amends_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/staff/"

ACCOUNT_ADAPTER = "amends.people.sign_in_adapter.NoSignUp"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_TOTP_ISSUER = "Amends"

SESSION_COOKIE_AGE = AMENDS_SESSION_HOURS * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrftoken"
LANGUAGE_COOKIE_NAME = "__Host-language" if IS_HTTPS else "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "amends.ui.error_pages.form_expired"

SECURE_HSTS_SECONDS = 63_072_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if AMENDS_TRUST_PROXY:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # otherwise all staff behind the proxy would count as one who tries passwords
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "amends.ui.uploads.UploadsThatMayFail",
]
# Beside the final storage, not in the system's temporary directory: what a crash leaves behind is swept there.
_incoming = AMENDS_FILES_DIR / ".incoming"
FILE_UPLOAD_TEMP_DIR = str(_incoming) if _incoming.is_dir() else None

USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("et", "Eesti"), ("tr", "Türkçe")]
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = AMENDS_DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "amends.files.storage.DurableFileSystemStorage"},
    "staticfiles": {"BACKEND": "amends.ui.static_storage.HashedStaticFiles"},
}

_smtp = urlsplit(AMENDS_SMTP_URL)
_tls = parse_qs(_smtp.query).get("tls", ["start" if _smtp.port == 587 else "no"])[0]
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if AMENDS_SMTP_URL else "amends.correspondence.mail_files.MailFiles"
)
EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "", _smtp.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = _tls == "start", _tls == "yes", 30
EMAIL_FILE_PATH = str(AMENDS_MAIL_DIR)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": AMENDS_LOG_LEVEL},
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
