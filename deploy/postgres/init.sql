-- Databases and roles: run by the one-shot job `databases` as the superuser, before every migration; running it again
-- changes nothing but the passwords, which it sets from the secrets each time.
--
-- A service's tables belong to an owner who cannot log in. A migration logs in as a role of its own, one for each
-- service, which may act as that one owner, and only from here until close.sql has run. The service itself logs in as a
-- role that owns nothing; its rights on each table are granted by its migrations, and for the registry they are INSERT
-- and SELECT only.

\set ON_ERROR_STOP on
\set officers `cat "$QX_SECRETS/postgres-officers"`
\set registry `cat "$QX_SECRETS/postgres-registry"`
\set notices `cat "$QX_SECRETS/postgres-notices"`
\set migrate_officers `cat "$QX_SECRETS/postgres-migrate-officers"`
\set migrate_registry `cat "$QX_SECRETS/postgres-migrate-registry"`
\set migrate_notices `cat "$QX_SECRETS/postgres-migrate-notices"`
-- A missing secret must stop the job, not set an empty password.
SELECT '' IN (:'officers', :'registry', :'notices', :'migrate_officers', :'migrate_registry', :'migrate_notices')
    AS missing \gset
\if :missing
    DO $$ BEGIN RAISE 'one of the secrets postgres-[migrate-]{officers,registry,notices} is empty'; END $$;
\endif

SELECT format('CREATE ROLE %I %s', name, attributes)
FROM (VALUES
    ('qx_officers_owner', 'NOLOGIN'), ('qx_registry_owner', 'NOLOGIN'), ('qx_notices_owner', 'NOLOGIN'),
    ('qx_officers', 'LOGIN'), ('qx_registry', 'LOGIN'), ('qx_notices', 'LOGIN'),
    ('qx_officers_migrate', 'NOINHERIT'), ('qx_registry_migrate', 'NOINHERIT'), ('qx_notices_migrate', 'NOINHERIT')
) AS wanted (name, attributes)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

ALTER ROLE qx_officers PASSWORD :'officers';
ALTER ROLE qx_registry PASSWORD :'registry';
ALTER ROLE qx_notices PASSWORD :'notices';
ALTER ROLE qx_officers_migrate LOGIN PASSWORD :'migrate_officers';
ALTER ROLE qx_registry_migrate LOGIN PASSWORD :'migrate_registry';
ALTER ROLE qx_notices_migrate LOGIN PASSWORD :'migrate_notices';
GRANT qx_officers_owner TO qx_officers_migrate;
GRANT qx_registry_owner TO qx_registry_migrate;
GRANT qx_notices_owner TO qx_notices_migrate;

SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8''', name, owner)
FROM (VALUES
    ('qx_officers', 'qx_officers_owner'), ('qx_registry', 'qx_registry_owner'), ('qx_notices', 'qx_notices_owner')
) AS wanted (name, owner)
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name)
\gexec

REVOKE ALL ON DATABASE qx_officers, qx_registry, qx_notices, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE qx_officers TO qx_officers, qx_officers_migrate;
GRANT CONNECT ON DATABASE qx_registry TO qx_registry, qx_registry_migrate;
GRANT CONNECT ON DATABASE qx_notices TO qx_notices, qx_notices_migrate;
