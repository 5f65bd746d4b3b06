# One image for web, worker, beat and prepare; docker-compose.yml says which command each one runs.
FROM python:3.13-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    XDG_CACHE_HOME=/tmp/cache

# What WeasyPrint draws PDFs with; the fonts are the project's own.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin samverkan
WORKDIR /srv/samverkan

# SAML_EXTRA=yes adds what reads signatures of SAML.
ARG SAML_EXTRA=
COPY requirements requirements
RUN pip install --no-deps --require-hashes --only-binary :all: --requirement requirements/production.txt \
    ${SAML_EXTRA:+--requirement requirements/saml.txt}

COPY . .

# The settings refuse to start without keys and addresses; these are for this step only and reach no running container.
RUN SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(50))") \
    IDENTITY_KEYS=1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    IDENTITY_INDEX_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    DATABASE_URL=postgresql://build@127.0.0.1/build \
    REDIS_URL=redis://127.0.0.1:6379/0 \
    python manage.py collectstatic --noinput \
    && python -m compileall -q .

USER samverkan
EXPOSE 8000
CMD ["gunicorn", "-c", "python:deploy.web", "samverkan.wsgi:application"]
