CREATE SCHEMA pgboss;

CREATE TYPE pgboss.job_state AS ENUM (
    'created',
    'retry',
    'active',
    'completed',
    'cancelled',
    'failed'
);

CREATE TABLE pgboss.job (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    retry_delay_max integer,
    expire_seconds integer DEFAULT 900 NOT NULL,
    deletion_seconds integer DEFAULT 604800 NOT NULL,
    singleton_key text,
    singleton_on timestamp without time zone,
    group_id text,
    group_tier text,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '336:00:00'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    heartbeat_on timestamp with time zone,
    heartbeat_seconds integer,
    blocked boolean DEFAULT false NOT NULL,
    blocking boolean DEFAULT false NOT NULL,
    pending_dependencies integer DEFAULT 0 NOT NULL,
    source_name text,
    source_id uuid,
    source_created_on timestamp with time zone,
    source_retry_count integer,
    source_output jsonb,
    source_root_id uuid,
    trace_context jsonb,
    upsert_by_key boolean
)
PARTITION BY LIST (name);

CREATE TABLE pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    retry_delay_max integer,
    expire_seconds integer DEFAULT 900 NOT NULL,
    deletion_seconds integer DEFAULT 604800 NOT NULL,
    singleton_key text,
    singleton_on timestamp without time zone,
    group_id text,
    group_tier text,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '336:00:00'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    heartbeat_on timestamp with time zone,
    heartbeat_seconds integer,
    blocked boolean DEFAULT false NOT NULL,
    blocking boolean DEFAULT false NOT NULL,
    pending_dependencies integer DEFAULT 0 NOT NULL,
    source_name text,
    source_id uuid,
    source_created_on timestamp with time zone,
    source_retry_count integer,
    source_output jsonb,
    source_root_id uuid,
    trace_context jsonb,
    upsert_by_key boolean,
    CONSTRAINT cjc CHECK ((name = 'own-table'::text))
);

CREATE TABLE pgboss.job_common (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    retry_delay_max integer,
    expire_seconds integer DEFAULT 900 NOT NULL,
    deletion_seconds integer DEFAULT 604800 NOT NULL,
    singleton_key text,
    singleton_on timestamp without time zone,
    group_id text,
    group_tier text,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '336:00:00'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    heartbeat_on timestamp with time zone,
    heartbeat_seconds integer,
    blocked boolean DEFAULT false NOT NULL,
    blocking boolean DEFAULT false NOT NULL,
    pending_dependencies integer DEFAULT 0 NOT NULL,
    source_name text,
    source_id uuid,
    source_created_on timestamp with time zone,
    source_retry_count integer,
    source_output jsonb,
    source_root_id uuid,
    trace_context jsonb,
    upsert_by_key boolean,
    CONSTRAINT job_key_strict_fifo_singleton_key_check CHECK ((NOT ((policy = 'key_strict_fifo'::text) AND (singleton_key IS NULL))))
);

CREATE TABLE pgboss.queue (
    name text NOT NULL,
    policy text NOT NULL,
    retry_limit integer NOT NULL,
    retry_delay integer NOT NULL,
    retry_backoff boolean NOT NULL,
    retry_delay_max integer,
    expire_seconds integer NOT NULL,
    retention_seconds integer NOT NULL,
    deletion_seconds integer NOT NULL,
    dead_letter text,
    partition boolean NOT NULL,
    table_name text NOT NULL,
    deferred_count integer DEFAULT 0 NOT NULL,
    blocked_count integer DEFAULT 0 NOT NULL,
    queued_count integer DEFAULT 0 NOT NULL,
    ready_count integer DEFAULT 0 NOT NULL,
    warning_queued integer DEFAULT 0 NOT NULL,
    active_count integer DEFAULT 0 NOT NULL,
    failed_count integer DEFAULT 0 NOT NULL,
    total_count integer DEFAULT 0 NOT NULL,
    retained_count integer,
    retained_on timestamp with time zone,
    created_delta integer DEFAULT 0 NOT NULL,
    completed_delta integer DEFAULT 0 NOT NULL,
    failed_delta integer DEFAULT 0 NOT NULL,
    delta_on timestamp with time zone,
    delta_seconds integer,
    wait_bins integer[],
    run_bins integer[],
    ready_oldest_seconds integer,
    ready_history integer[] DEFAULT '{}'::integer[] NOT NULL,
    heartbeat_seconds integer,
    notify boolean DEFAULT false NOT NULL,
    singletons_active text[],
    monitor_claim_on timestamp with time zone,
    monitor_on timestamp with time zone,
    maintain_on timestamp with time zone,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT queue_check CHECK ((dead_letter IS DISTINCT FROM name))
);

CREATE TABLE pgboss.schedule (
    name text NOT NULL,
    key text DEFAULT ''::text NOT NULL,
    kind text DEFAULT 'cron'::text NOT NULL,
    cron text NOT NULL,
    timezone text DEFAULT 'UTC'::text,
    data jsonb,
    options jsonb,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL,
    last_job_id uuid,
    CONSTRAINT schedule_kind_check CHECK ((kind = ANY (ARRAY['cron'::text, 'rrule'::text])))
);

CREATE TABLE pgboss.version (
    version integer NOT NULL,
    cron_on timestamp with time zone,
    bam_on timestamp with time zone,
    flow_on timestamp with time zone,
    reindex_on timestamp with time zone,
    monitor_backoff_on timestamp with time zone
);

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 FOR VALUES IN ('own-table');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.job_common DEFAULT;

INSERT INTO pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 (id, name, priority, data, state, retry_limit, retry_count, retry_delay, retry_backoff, retry_delay_max, expire_seconds, deletion_seconds, singleton_key, singleton_on, group_id, group_tier, start_after, created_on, started_on, completed_on, keep_until, output, dead_letter, policy, heartbeat_on, heartbeat_seconds, blocked, blocking, pending_dependencies, source_name, source_id, source_created_on, source_retry_count, source_output, source_root_id, trace_context, upsert_by_key) VALUES
	('faa9b016-2bbc-454e-9e4c-ce046d1f3b33', 'own-table', 0, '{"customer": 7}', 'completed', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:30.502764+00', '2026-11-25 00:46:30.502764+00', '2026-11-25 00:46:30.985937+00', '2026-11-25 00:46:31.041978+00', '2026-12-09 00:46:30.502764+00', NULL, NULL, 'standard', '2026-11-25 00:46:30.985937+00', NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('870c7f49-1e63-408e-9212-2ed8eef2728c', 'own-table', 0, '{"customer": 7}', 'completed', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:44.476487+00', '2026-11-25 00:46:44.476487+00', '2026-11-25 00:46:44.531255+00', '2026-11-25 00:46:44.56557+00', '2026-12-09 00:46:44.476487+00', NULL, NULL, 'standard', '2026-11-25 00:46:44.531255+00', NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

INSERT INTO pgboss.job_common (id, name, priority, data, state, retry_limit, retry_count, retry_delay, retry_backoff, retry_delay_max, expire_seconds, deletion_seconds, singleton_key, singleton_on, group_id, group_tier, start_after, created_on, started_on, completed_on, keep_until, output, dead_letter, policy, heartbeat_on, heartbeat_seconds, blocked, blocking, pending_dependencies, source_name, source_id, source_created_on, source_retry_count, source_output, source_root_id, trace_context, upsert_by_key) VALUES
	('1a50be8c-b3e9-40c2-8398-bc4bc489d82f', '__pgboss__send-it', 0, '{"key": "", "data": null, "name": "every-minute", "slot": "2026-11-25 00:46:00", "options": {}}', 'completed', 2, 0, 0, false, NULL, 900, 604800, 'every-minute__', '2026-11-25 00:46:00', NULL, NULL, '2026-11-25 00:46:28.660965+00', '2026-11-25 00:46:28.660965+00', '2026-11-25 00:46:29.519511+00', '2026-11-25 00:46:29.595692+00', '2026-12-09 00:46:28.660965+00', NULL, NULL, 'standard', '2026-11-25 00:46:29.519511+00', NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('3d007afc-2383-4d93-aced-704c5ac73f31', 'every-minute', 0, NULL, 'completed', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:29.547367+00', '2026-11-25 00:46:29.547367+00', '2026-11-25 00:46:29.963703+00', '2026-11-25 00:46:30.027534+00', '2026-12-09 00:46:29.547367+00', NULL, NULL, 'standard', '2026-11-25 00:46:29.963703+00', NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('8e96b7d4-8334-43cf-8ff5-4ba5d0a2f1d0', 'queued', 0, '{"customer": 7}', 'created', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:30.438887+00', '2026-11-25 00:46:30.438887+00', NULL, NULL, '2026-12-09 00:46:30.438887+00', NULL, NULL, 'standard', NULL, NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('c7625b49-8eca-48e9-95ce-c169bbd31231', 'running', 0, '{"customer": 7}', 'active', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:30.394682+00', '2026-11-25 00:46:30.394682+00', '2026-11-25 00:46:30.464867+00', NULL, '2026-12-09 00:46:30.394682+00', NULL, NULL, 'standard', '2026-11-25 00:46:30.464867+00', NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('7e7447dc-e83b-4e65-9528-ff8ef2981e6d', 'deferred', 0, '{"customer": 7}', 'created', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 01:46:30.46591+00', '2026-11-25 00:46:30.46591+00', NULL, NULL, '2026-12-09 01:46:30.46591+00', NULL, NULL, 'standard', NULL, NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('5fdc8f18-1148-4e2a-838a-e3c175ce07cf', 'fails', 0, '{"customer": 7}', 'failed', 0, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:30.269904+00', '2026-11-25 00:46:30.269904+00', '2026-11-25 00:46:30.466528+00', '2026-11-25 00:46:30.530088+00', '2026-12-09 00:46:30.269904+00', '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.KZUrT5/jobs.mjs:5:34)\n    at file:///tmp/schedulers.KZUrT5/jobs.mjs:42:94\n    at #processJobs (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:685:19)\n    at file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1217:124\n    at NoopContextManager.with (file:///tmp/sched/pgboss/node_modules/@opentelemetry/api/dist/context/NoopContextManager.mjs:8:13)\n    at ContextAPI.with (file:///tmp/sched/pgboss/node_modules/@opentelemetry/api/dist/api/context.mjs:46:40)\n    at Telemetry.process (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/telemetry.js:288:41)\n    at processBatch (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1217:43)\n    at Worker.onFetch (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1234:27)\n    at Worker.run (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/worker.js:76:32)", "message": "no such customer"}', NULL, 'standard', NULL, NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('1df3a5d2-928d-4f6a-afc2-07481f38280e', 'succeeds', 0, '{"customer": 7}', 'completed', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:30.250416+00', '2026-11-25 00:46:30.250416+00', '2026-11-25 00:46:30.454606+00', '2026-11-25 00:46:30.588896+00', '2026-12-09 00:46:30.250416+00', NULL, NULL, 'standard', '2026-11-25 00:46:30.454606+00', NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('75b62eed-6e50-4c67-a0ed-9c457b34e093', 'waits-for-retry', 0, '{"customer": 7}', 'retry', 1, 0, 3600, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 01:46:30.611485+00', '2026-11-25 00:46:30.332937+00', '2026-11-25 00:46:30.488104+00', NULL, '2026-12-09 00:46:30.332937+00', '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.KZUrT5/jobs.mjs:5:34)\n    at file:///tmp/schedulers.KZUrT5/jobs.mjs:42:94\n    at #processJobs (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:685:19)\n    at file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1217:124\n    at NoopContextManager.with (file:///tmp/sched/pgboss/node_modules/@opentelemetry/api/dist/context/NoopContextManager.mjs:8:13)\n    at ContextAPI.with (file:///tmp/sched/pgboss/node_modules/@opentelemetry/api/dist/api/context.mjs:46:40)\n    at Telemetry.process (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/telemetry.js:288:41)\n    at processBatch (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1217:43)\n    at Worker.onFetch (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1234:27)\n    at Worker.run (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/worker.js:76:32)", "message": "no such customer"}', NULL, 'standard', NULL, NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('25ab18c6-4132-4759-b29a-f3eb849c8a18', 'cancelled', 0, '{"customer": 7}', 'cancelled', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:30.410945+00', '2026-11-25 00:46:30.410945+00', '2026-11-25 00:46:30.485954+00', '2026-11-25 00:46:38.375035+00', '2026-12-09 00:46:30.410945+00', NULL, NULL, 'standard', '2026-11-25 00:46:30.485954+00', NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('d6a31bbd-62fb-45bb-8d61-b9b4a3ab4ce7', 'long', 0, '{"customer": 7}', 'completed', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:30.378745+00', '2026-11-25 00:46:30.378745+00', '2026-11-25 00:46:30.467245+00', '2026-11-25 00:46:38.588863+00', '2026-12-09 00:46:30.378745+00', NULL, NULL, 'standard', '2026-11-25 00:46:30.467245+00', NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('fba176a0-7331-4b6e-93a3-4a8237e7fb21', 'cancelled-early', 0, '{"customer": 7}', 'cancelled', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:30.42714+00', '2026-11-25 00:46:30.42714+00', NULL, '2026-11-25 00:46:40.432246+00', '2026-12-09 00:46:30.42714+00', NULL, NULL, 'standard', NULL, NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('b28627b1-4a25-49f3-a518-05a79929f1fe', 'retried', 0, '{"customer": 7}', 'completed', 2, 1, 1, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:31.56995+00', '2026-11-25 00:46:30.298979+00', '2026-11-25 00:46:31.975109+00', '2026-11-25 00:46:31.989101+00', '2026-12-09 00:46:30.298979+00', NULL, NULL, 'standard', '2026-11-25 00:46:31.975109+00', NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('e531911d-92fc-4844-936b-83ef068e3a2f', 'exhausted', 0, '{"customer": 7}', 'failed', 1, 1, 1, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:31.645955+00', '2026-11-25 00:46:30.31887+00', '2026-11-25 00:46:32.009963+00', '2026-11-25 00:46:32.027147+00', '2026-12-09 00:46:30.31887+00', '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.KZUrT5/jobs.mjs:5:34)\n    at file:///tmp/schedulers.KZUrT5/jobs.mjs:42:94\n    at #processJobs (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:685:19)\n    at file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1217:124\n    at NoopContextManager.with (file:///tmp/sched/pgboss/node_modules/@opentelemetry/api/dist/context/NoopContextManager.mjs:8:13)\n    at ContextAPI.with (file:///tmp/sched/pgboss/node_modules/@opentelemetry/api/dist/api/context.mjs:46:40)\n    at Telemetry.process (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/telemetry.js:288:41)\n    at processBatch (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1217:43)\n    at Worker.onFetch (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1234:27)\n    at Worker.run (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/worker.js:76:32)", "message": "no such customer"}', NULL, 'standard', NULL, NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('bf003371-a973-4dd8-9871-64ea2fb23b51', 'times-out', 0, '{"customer": 7}', 'failed', 0, 0, 0, false, NULL, 2, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:30.362806+00', '2026-11-25 00:46:30.362806+00', '2026-11-25 00:46:30.48045+00', '2026-11-25 00:46:32.626647+00', '2026-12-09 00:46:30.362806+00', '{"name": "Error", "stack": "Error: handler execution exceeded 2s\n    at Timeout._onTimeout (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/tools.js:45:24)\n    at listOnTimeout (node:internal/timers:581:17)\n    at process.processTimers (node:internal/timers:519:7)", "message": "handler execution exceeded 2s"}', NULL, 'standard', NULL, NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('bd676f57-0d53-40e7-a95d-4c4865c87a4c', 'killed', 0, '{"customer": 7}', 'active', 2, 0, 0, false, NULL, 3600, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:33.872301+00', '2026-11-25 00:46:33.872301+00', '2026-11-25 00:46:33.952907+00', NULL, '2026-12-09 00:46:33.872301+00', NULL, NULL, 'standard', '2026-11-25 00:46:33.952907+00', NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('fa050aa4-0dc8-44e9-a00c-ba4817c2ee6a', 'killed-and-expired', 0, '{"customer": 7}', 'failed', 0, 0, 0, false, NULL, 5, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:33.900744+00', '2026-11-25 00:46:33.900744+00', '2026-11-25 00:46:33.95173+00', '2026-11-25 00:46:39.406703+00', '2026-12-09 00:46:33.900744+00', '{"value": {"message": "job timed out"}}', NULL, 'standard', NULL, NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('3466fa39-0ada-4dc9-a564-8f9f68b8b3c2', 'running', 0, '{"customer": 7}', 'created', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:44.449924+00', '2026-11-25 00:46:44.449924+00', NULL, NULL, '2026-12-09 00:46:44.449924+00', NULL, NULL, 'standard', NULL, NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('012e760b-ede4-48b9-a526-104c76c1b381', 'fails', 0, '{"customer": 7}', 'failed', 0, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:44.423234+00', '2026-11-25 00:46:44.423234+00', '2026-11-25 00:46:44.52936+00', '2026-11-25 00:46:44.54197+00', '2026-12-09 00:46:44.423234+00', '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.KZUrT5/jobs.mjs:5:34)\n    at file:///tmp/schedulers.KZUrT5/jobs.mjs:42:94\n    at #processJobs (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:685:19)\n    at file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1217:124\n    at NoopContextManager.with (file:///tmp/sched/pgboss/node_modules/@opentelemetry/api/dist/context/NoopContextManager.mjs:8:13)\n    at ContextAPI.with (file:///tmp/sched/pgboss/node_modules/@opentelemetry/api/dist/api/context.mjs:46:40)\n    at Telemetry.process (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/telemetry.js:288:41)\n    at processBatch (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1217:43)\n    at Worker.onFetch (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/manager.js:1234:27)\n    at Worker.run (file:///tmp/sched/pgboss/node_modules/pg-boss/dist/worker.js:76:32)", "message": "no such customer"}', NULL, 'standard', NULL, NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('c8709566-1c06-44e7-be41-6341496ffeb0', 'succeeds', 0, '{"customer": 7}', 'completed', 2, 0, 0, false, NULL, 900, 604800, NULL, NULL, NULL, NULL, '2026-11-25 00:46:44.399776+00', '2026-11-25 00:46:44.399776+00', '2026-11-25 00:46:44.495312+00', '2026-11-25 00:46:44.553906+00', '2026-12-09 00:46:44.399776+00', NULL, NULL, 'standard', '2026-11-25 00:46:44.495312+00', NULL, false, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

INSERT INTO pgboss.queue (name, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds, retention_seconds, deletion_seconds, dead_letter, partition, table_name, deferred_count, blocked_count, queued_count, ready_count, warning_queued, active_count, failed_count, total_count, retained_count, retained_on, created_delta, completed_delta, failed_delta, delta_on, delta_seconds, wait_bins, run_bins, ready_oldest_seconds, ready_history, heartbeat_seconds, notify, singletons_active, monitor_claim_on, monitor_on, maintain_on, created_on, updated_on) VALUES
	('deferred', 'standard', 2, 0, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 1, 0, 1, 0, 0, 0, 0, 1, 0, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:26.03467+00', '2026-11-25 00:46:26.03467+00'),
	('exhausted', 'standard', 1, 1, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 1, 1, 0, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:25.464813+00', '2026-11-25 00:46:25.464813+00'),
	('fails', 'standard', 0, 0, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 2, 2, 0, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:25.355102+00', '2026-11-25 00:46:25.355102+00'),
	('own-table', 'standard', 2, 0, false, NULL, 900, 1209600, 604800, NULL, true, 'jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31', 0, 0, 0, 0, 0, 0, 0, 2, 1, '2026-11-25 00:46:39.534524+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.518404+00', '2026-11-25 00:46:49.534524+00', '2026-11-25 00:46:30.174139+00', '2026-11-25 00:46:26.123543+00', '2026-11-25 00:46:26.123543+00'),
	('every-minute', 'standard', 2, 0, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 0, 1, 1, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:26.305285+00', '2026-11-25 00:46:26.305285+00'),
	('killed', 'standard', 2, 0, false, NULL, 3600, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 1, 0, 1, 0, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:26.737975+00', '2026-11-25 00:46:26.737975+00'),
	('killed-and-expired', 'standard', 0, 0, false, NULL, 5, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 1, 1, 0, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:26.777394+00', '2026-11-25 00:46:26.777394+00'),
	('retried', 'standard', 2, 1, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 0, 1, 1, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:25.37888+00', '2026-11-25 00:46:25.37888+00'),
	('succeeds', 'standard', 2, 0, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 0, 2, 1, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:25.309999+00', '2026-11-25 00:46:25.309999+00'),
	('__pgboss__send-it', 'standard', 2, 0, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 0, 1, 1, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:26.167566+00', '2026-11-25 00:46:24.923788+00', '2026-11-25 00:46:24.923788+00'),
	('cancelled-early', 'standard', 2, 0, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 0, 1, 0, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:25.748032+00', '2026-11-25 00:46:25.748032+00'),
	('long', 'standard', 2, 0, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 0, 1, 1, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:25.586496+00', '2026-11-25 00:46:25.586496+00'),
	('queued', 'standard', 2, 0, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 0, 0, 1, 1, 0, 0, 0, 1, 0, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:25.794845+00', '2026-11-25 00:46:25.794845+00'),
	('running', 'standard', 2, 0, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 0, 0, 1, 1, 0, 1, 0, 2, 0, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:25.616198+00', '2026-11-25 00:46:25.616198+00'),
	('cancelled', 'standard', 2, 0, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 0, 1, 1, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:25.659024+00', '2026-11-25 00:46:25.659024+00'),
	('waits-for-retry', 'standard', 1, 3600, false, NULL, 900, 1209600, 604800, NULL, false, 'job_common', 1, 0, 1, 0, 0, 0, 0, 1, 0, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:25.546444+00', '2026-11-25 00:46:25.546444+00'),
	('times-out', 'standard', 0, 0, false, NULL, 2, 1209600, 604800, NULL, false, 'job_common', 0, 0, 0, 0, 0, 0, 1, 1, 0, '2026-11-25 00:46:39.465976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', NULL, false, NULL, '2026-11-25 00:46:49.450285+00', '2026-11-25 00:46:49.465976+00', '2026-11-25 00:46:29.601932+00', '2026-11-25 00:46:25.577952+00', '2026-11-25 00:46:25.577952+00');

INSERT INTO pgboss.schedule (name, key, kind, cron, timezone, data, options, created_on, updated_on, last_job_id) VALUES
	('every-minute', '', 'cron', '* * * * *', 'UTC', NULL, '{}', '2026-11-25 00:46:26.704436+00', '2026-11-25 00:46:26.704436+00', '3d007afc-2383-4d93-aced-704c5ac73f31');

INSERT INTO pgboss.version (version, cron_on, bam_on, flow_on, reindex_on, monitor_backoff_on) VALUES
	(46, '2026-11-25 00:46:49.886344+00', '2026-11-25 00:46:25.081729+00', '2026-11-25 00:46:48.541265+00', '2026-11-25 00:46:30.247722+00', NULL);

ALTER TABLE ONLY pgboss.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31
    ADD CONSTRAINT jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.job_common
    ADD CONSTRAINT job_common_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.queue
    ADD CONSTRAINT queue_pkey PRIMARY KEY (name);

ALTER TABLE ONLY pgboss.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (name, key);

ALTER TABLE ONLY pgboss.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (version);

CREATE INDEX jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31_i11 ON pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 USING btree (name, priority DESC, created_on, start_after) WHERE ((state < 'active'::pgboss.job_state) AND (NOT blocked));

CREATE INDEX jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31_i12 ON pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 USING btree (source_root_id) WHERE (source_root_id IS NOT NULL);

CREATE UNIQUE INDEX jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31_i13 ON pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 USING btree (name, singleton_key) WHERE ((state = 'created'::pgboss.job_state) AND upsert_by_key);

CREATE INDEX jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31_i14 ON pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 USING btree (name, state, blocked, start_after) WHERE (state = ANY (ARRAY['created'::pgboss.job_state, 'retry'::pgboss.job_state, 'active'::pgboss.job_state, 'failed'::pgboss.job_state]));

CREATE INDEX jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31_i15 ON pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 USING btree (name, created_on);

CREATE INDEX jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31_i16 ON pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 USING btree (name, completed_on) WHERE (completed_on IS NOT NULL);

CREATE INDEX jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31_i17 ON pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 USING btree (name, singleton_key, created_on) WHERE ((state < 'active'::pgboss.job_state) AND (singleton_key IS NOT NULL));

CREATE UNIQUE INDEX jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31_i4 ON pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31_i7 ON pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 USING btree (name, group_id) WHERE ((state = 'active'::pgboss.job_state) AND (group_id IS NOT NULL));

CREATE INDEX jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31_i9 ON pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31 USING btree (name, id) WHERE (blocking AND (state = 'completed'::pgboss.job_state));

CREATE UNIQUE INDEX job_common_i1 ON pgboss.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE INDEX job_common_i10 ON pgboss.job_common USING btree (name, singleton_key, state DESC, created_on, id) INCLUDE (start_after) WHERE ((state < 'active'::pgboss.job_state) AND (NOT blocked) AND (policy = 'key_strict_fifo'::text));

CREATE INDEX job_common_i11 ON pgboss.job_common USING btree (name, priority DESC, created_on, start_after) WHERE ((state < 'active'::pgboss.job_state) AND (NOT blocked));

CREATE INDEX job_common_i12 ON pgboss.job_common USING btree (source_root_id) WHERE (source_root_id IS NOT NULL);

CREATE UNIQUE INDEX job_common_i13 ON pgboss.job_common USING btree (name, singleton_key) WHERE ((state = 'created'::pgboss.job_state) AND upsert_by_key);

CREATE INDEX job_common_i14 ON pgboss.job_common USING btree (name, state, blocked, start_after) WHERE (state = ANY (ARRAY['created'::pgboss.job_state, 'retry'::pgboss.job_state, 'active'::pgboss.job_state, 'failed'::pgboss.job_state]));

CREATE INDEX job_common_i15 ON pgboss.job_common USING btree (name, created_on);

CREATE INDEX job_common_i16 ON pgboss.job_common USING btree (name, completed_on) WHERE (completed_on IS NOT NULL);

CREATE INDEX job_common_i17 ON pgboss.job_common USING btree (name, singleton_key, created_on) WHERE ((state < 'active'::pgboss.job_state) AND (singleton_key IS NOT NULL));

CREATE UNIQUE INDEX job_common_i2 ON pgboss.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX job_common_i3 ON pgboss.job_common USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX job_common_i4 ON pgboss.job_common USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE UNIQUE INDEX job_common_i6 ON pgboss.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'exclusive'::text));

CREATE INDEX job_common_i7 ON pgboss.job_common USING btree (name, group_id) WHERE ((state = 'active'::pgboss.job_state) AND (group_id IS NOT NULL));

CREATE UNIQUE INDEX job_common_i8 ON pgboss.job_common USING btree (name, singleton_key) WHERE ((state = ANY (ARRAY['active'::pgboss.job_state, 'retry'::pgboss.job_state, 'failed'::pgboss.job_state])) AND (policy = 'key_strict_fifo'::text));

CREATE INDEX job_common_i9 ON pgboss.job_common USING btree (name, id) WHERE (blocking AND (state = 'completed'::pgboss.job_state));

ALTER TABLE ONLY pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.job_common
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.jd8d88f1bba39a47ce67e10e5aef34f359185591977ac65a2d5d69a31
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.job_common
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.queue
    ADD CONSTRAINT queue_dead_letter_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name);

ALTER TABLE ONLY pgboss.schedule
    ADD CONSTRAINT schedule_name_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE CASCADE;

