-- Run by the one-shot job `databases-closed` as the superuser, after every migration: whoever has a migration's password
-- can then log in no more, and could not act as the owner of any table if they did. init.sql opens again.

\set ON_ERROR_STOP on
ALTER ROLE qx_officers_migrate NOLOGIN PASSWORD NULL;
ALTER ROLE qx_registry_migrate NOLOGIN PASSWORD NULL;
ALTER ROLE qx_notices_migrate NOLOGIN PASSWORD NULL;
REVOKE qx_officers_owner FROM qx_officers_migrate;
REVOKE qx_registry_owner FROM qx_registry_migrate;
REVOKE qx_notices_owner FROM qx_notices_migrate;
-- A session that is open keeps what it has become.
SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity
WHERE usename IN ('qx_officers_migrate', 'qx_registry_migrate', 'qx_notices_migrate');
