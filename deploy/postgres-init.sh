#!/bin/bash
# Run once by the postgres image, on an empty volume: the three roles and the database they share.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
    --set=owner="$DATABASE_OWNER_PASSWORD" --set=app="$DATABASE_APP_PASSWORD" --set=backup="$DATABASE_BACKUP_PASSWORD" <<'SQL'
CREATE ROLE samverkan_owner LOGIN PASSWORD :'owner';
CREATE ROLE samverkan_app LOGIN PASSWORD :'app';
-- BYPASSRLS: a dump through row-level security would silently be a part of the database.
CREATE ROLE samverkan_backup LOGIN BYPASSRLS PASSWORD :'backup' IN ROLE pg_read_all_data;
CREATE DATABASE samverkan OWNER samverkan_owner;
REVOKE ALL ON DATABASE samverkan FROM PUBLIC;
GRANT CONNECT ON DATABASE samverkan TO samverkan_app, samverkan_backup;
SQL
