CREATE SCHEMA pgboss;

CREATE TYPE pgboss.job_state AS ENUM (
    'created',
    'retry',
    'active',
    'completed',
    'cancelled',
    'failed'
);

CREATE TABLE pgboss.archive (
    id uuid NOT NULL,
    name text NOT NULL,
    priority integer NOT NULL,
    data jsonb,
    state pgboss.job_state NOT NULL,
    retry_limit integer NOT NULL,
    retry_count integer NOT NULL,
    retry_delay integer NOT NULL,
    retry_backoff boolean NOT NULL,
    start_after timestamp with time zone NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval NOT NULL,
    created_on timestamp with time zone NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    archived_on timestamp with time zone DEFAULT now() NOT NULL
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
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text
)
PARTITION BY LIST (name);

CREATE TABLE pgboss.j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'deferred'::text))
);

CREATE TABLE pgboss.j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'times-out'::text))
);

CREATE TABLE pgboss.j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'waits-for-retry'::text))
);

CREATE TABLE pgboss.j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'exhausted'::text))
);

CREATE TABLE pgboss.j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'fails'::text))
);

CREATE TABLE pgboss.j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'long'::text))
);

CREATE TABLE pgboss.j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'killed-and-expired'::text))
);

CREATE TABLE pgboss.ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'queued'::text))
);

CREATE TABLE pgboss.jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'cancelled-early'::text))
);

CREATE TABLE pgboss.jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'running'::text))
);

CREATE TABLE pgboss.je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'cancelled'::text))
);

CREATE TABLE pgboss.jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'killed'::text))
);

CREATE TABLE pgboss.jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7 (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'retried'::text))
);

CREATE TABLE pgboss.jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    singleton_key text,
    singleton_on timestamp without time zone,
    expire_in interval DEFAULT '00:15:00'::interval NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    CONSTRAINT cjc CHECK ((name = 'succeeds'::text))
);

CREATE TABLE pgboss.queue (
    name text NOT NULL,
    policy text,
    retry_limit integer,
    retry_delay integer,
    retry_backoff boolean,
    expire_seconds integer,
    retention_minutes integer,
    dead_letter text,
    partition_name text,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE pgboss.schedule (
    name text NOT NULL,
    cron text NOT NULL,
    timezone text,
    data jsonb,
    options jsonb,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE pgboss.version (
    version integer NOT NULL,
    maintained_on timestamp with time zone,
    cron_on timestamp with time zone,
    monitored_on timestamp with time zone
);

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab FOR VALUES IN ('deferred');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946 FOR VALUES IN ('times-out');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3 FOR VALUES IN ('waits-for-retry');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24 FOR VALUES IN ('exhausted');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d FOR VALUES IN ('fails');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040 FOR VALUES IN ('long');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4 FOR VALUES IN ('killed-and-expired');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b FOR VALUES IN ('queued');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a FOR VALUES IN ('cancelled-early');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c FOR VALUES IN ('running');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5 FOR VALUES IN ('cancelled');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3 FOR VALUES IN ('killed');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7 FOR VALUES IN ('retried');

ALTER TABLE ONLY pgboss.job ATTACH PARTITION pgboss.jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf FOR VALUES IN ('succeeds');

INSERT INTO pgboss.archive (id, name, priority, data, state, retry_limit, retry_count, retry_delay, retry_backoff, start_after, started_on, singleton_key, singleton_on, expire_in, created_on, completed_on, keep_until, output, dead_letter, policy, archived_on) VALUES
	('c4105f64-c49d-413f-ba55-1f8acbec6024', 'succeeds', 0, '{"customer": 7}', 'completed', 0, 0, 0, false, '2026-11-25 01:02:29.873931+00', '2026-11-25 01:02:30.14822+00', NULL, NULL, '00:15:00', '2026-11-25 01:02:29.873931+00', '2026-11-25 01:02:30.239963+00', '2026-12-09 01:02:29.873931+00', NULL, NULL, 'standard', '2026-11-25 01:02:41.186521+00'),
	('dbe0410b-59f3-48f4-ac25-a8e8664decba', 'retried', 0, '{"customer": 7}', 'completed', 2, 1, 1, false, '2026-11-25 01:02:31.136589+00', '2026-11-25 01:02:31.588251+00', NULL, NULL, '00:15:00', '2026-11-25 01:02:30.003078+00', '2026-11-25 01:02:31.609299+00', '2026-12-09 01:02:30.003078+00', NULL, NULL, 'standard', '2026-11-25 01:02:42.175895+00'),
	('37f0c4a5-7794-415f-b989-e08dec5f3d2d', 'fails', 0, '{"customer": 7}', 'failed', 0, 0, 0, false, '2026-11-25 01:02:29.909934+00', '2026-11-25 01:02:30.144332+00', NULL, NULL, '00:15:00', '2026-11-25 01:02:29.909934+00', '2026-11-25 01:02:30.19798+00', '2026-12-09 01:02:29.909934+00', '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.Y4Nuql/jobs.mjs:6:34)\n    at file:///tmp/schedulers.Y4Nuql/jobs.mjs:41:74\n    at Worker.onFetch (/tmp/sched/pgboss10/node_modules/pg-boss/src/manager.js:216:51)\n    at Worker.start (/tmp/sched/pgboss10/node_modules/pg-boss/src/worker.js:58:22)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)", "message": "no such customer"}', NULL, 'standard', '2026-11-25 01:02:46.197764+00'),
	('ef50d4af-bceb-40b7-89ac-b8f2bb0464cc', 'cancelled', 0, '{"customer": 7}', 'cancelled', 0, 0, 0, false, '2026-11-25 01:02:30.26992+00', '2026-11-25 01:02:30.649923+00', NULL, NULL, '00:15:00', '2026-11-25 01:02:30.26992+00', '2026-11-25 01:02:37.921926+00', '2026-12-09 01:02:30.26992+00', NULL, NULL, 'standard', '2026-11-25 01:02:48.188299+00'),
	('1f4ce03a-100a-4c7e-a9fa-55f9eb2debf9', 'exhausted', 0, '{"customer": 7}', 'failed', 1, 1, 1, false, '2026-11-25 01:02:31.137473+00', '2026-11-25 01:02:31.587228+00', NULL, NULL, '00:15:00', '2026-11-25 01:02:30.039472+00', '2026-11-25 01:02:31.601957+00', '2026-12-09 01:02:30.039472+00', '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.Y4Nuql/jobs.mjs:6:34)\n    at file:///tmp/schedulers.Y4Nuql/jobs.mjs:41:74\n    at Worker.onFetch (/tmp/sched/pgboss10/node_modules/pg-boss/src/manager.js:216:51)\n    at Worker.start (/tmp/sched/pgboss10/node_modules/pg-boss/src/worker.js:58:22)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)", "message": "no such customer"}', NULL, 'standard', '2026-11-25 01:02:48.188299+00'),
	('9d92896c-a765-4299-83dd-968201b26ea1', 'times-out', 0, '{"customer": 7}', 'failed', 0, 0, 0, false, '2026-11-25 01:02:30.126052+00', '2026-11-25 01:02:30.143493+00', NULL, NULL, '00:00:02', '2026-11-25 01:02:30.126052+00', '2026-11-25 01:02:32.197992+00', '2026-12-09 01:02:30.126052+00', '{"name": "Error", "stack": "Error: handler execution exceeded 2000ms\n    at /tmp/sched/pgboss10/node_modules/pg-boss/src/tools.js:13:18", "message": "handler execution exceeded 2000ms"}', NULL, 'standard', '2026-11-25 01:02:48.188299+00'),
	('1ae2320d-1220-41ad-a252-c502db3c30d7', 'long', 0, '{"customer": 7}', 'completed', 0, 0, 0, false, '2026-11-25 01:02:30.189732+00', '2026-11-25 01:02:30.580141+00', NULL, NULL, '00:15:00', '2026-11-25 01:02:30.189732+00', '2026-11-25 01:02:38.604575+00', '2026-12-09 01:02:30.189732+00', NULL, NULL, 'standard', '2026-11-25 01:02:49.197947+00'),
	('8cd5aaf1-739e-436e-ba5f-17a83f16d274', 'cancelled-early', 0, '{"customer": 7}', 'cancelled', 0, 0, 0, false, '2026-11-25 01:02:30.291127+00', NULL, NULL, NULL, '00:15:00', '2026-11-25 01:02:30.291127+00', '2026-11-25 01:02:40.910712+00', '2026-12-09 01:02:30.291127+00', NULL, NULL, 'standard', '2026-11-25 01:02:51.192988+00'),
	('1669fd45-7737-45ac-8f81-d8fc1fcaf5f7', 'killed-and-expired', 0, '{"customer": 7}', 'failed', 0, 0, 0, false, '2026-11-25 01:02:33.42322+00', '2026-11-25 01:02:33.468832+00', NULL, NULL, '00:00:05', '2026-11-25 01:02:33.42322+00', '2026-11-25 01:02:40.145921+00', '2026-12-09 01:02:33.42322+00', '{"value": {"message": "job failed by timeout in active state"}}', NULL, 'standard', '2026-11-25 01:02:56.230008+00');

INSERT INTO pgboss.j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab (id, name, priority, data, state, retry_limit, retry_count, retry_delay, retry_backoff, start_after, started_on, singleton_key, singleton_on, expire_in, created_on, completed_on, keep_until, output, dead_letter, policy) VALUES
	('39aeb95c-1dc8-4c83-98bb-c9892ad25851', 'deferred', 0, '{"customer": 7}', 'created', 0, 0, 0, false, '2026-11-25 02:02:30.353911+00', NULL, NULL, NULL, '00:15:00', '2026-11-25 01:02:30.353911+00', NULL, '2026-12-09 02:02:30.353911+00', NULL, NULL, 'standard');

INSERT INTO pgboss.j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3 (id, name, priority, data, state, retry_limit, retry_count, retry_delay, retry_backoff, start_after, started_on, singleton_key, singleton_on, expire_in, created_on, completed_on, keep_until, output, dead_letter, policy) VALUES
	('b7c21826-5074-49eb-a65c-bb9387f0f8e0', 'waits-for-retry', 0, '{"customer": 7}', 'retry', 1, 0, 3600, false, '2026-11-25 02:02:30.189912+00', '2026-11-25 01:02:30.142685+00', NULL, NULL, '00:15:00', '2026-11-25 01:02:30.073951+00', NULL, '2026-12-09 01:02:30.073951+00', '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.Y4Nuql/jobs.mjs:6:34)\n    at file:///tmp/schedulers.Y4Nuql/jobs.mjs:41:74\n    at Worker.onFetch (/tmp/sched/pgboss10/node_modules/pg-boss/src/manager.js:216:51)\n    at Worker.start (/tmp/sched/pgboss10/node_modules/pg-boss/src/worker.js:58:22)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)", "message": "no such customer"}', NULL, 'standard');

INSERT INTO pgboss.j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d (id, name, priority, data, state, retry_limit, retry_count, retry_delay, retry_backoff, start_after, started_on, singleton_key, singleton_on, expire_in, created_on, completed_on, keep_until, output, dead_letter, policy) VALUES
	('49f26d58-885e-48c8-aa36-de98bbaff48d', 'fails', 0, '{"customer": 7}', 'failed', 0, 0, 0, false, '2026-11-25 01:02:52.321937+00', '2026-11-25 01:02:52.333931+00', NULL, NULL, '00:15:00', '2026-11-25 01:02:52.321937+00', '2026-11-25 01:02:52.338402+00', '2026-12-09 01:02:52.321937+00', '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.Y4Nuql/jobs.mjs:6:34)\n    at file:///tmp/schedulers.Y4Nuql/jobs.mjs:41:74\n    at Worker.onFetch (/tmp/sched/pgboss10/node_modules/pg-boss/src/manager.js:216:51)\n    at Worker.start (/tmp/sched/pgboss10/node_modules/pg-boss/src/worker.js:58:22)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)", "message": "no such customer"}', NULL, 'standard');

INSERT INTO pgboss.ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b (id, name, priority, data, state, retry_limit, retry_count, retry_delay, retry_backoff, start_after, started_on, singleton_key, singleton_on, expire_in, created_on, completed_on, keep_until, output, dead_letter, policy) VALUES
	('24c082a7-83af-4ca6-9bc8-29b87e4c21e5', 'queued', 0, '{"customer": 7}', 'created', 0, 0, 0, false, '2026-11-25 01:02:30.325941+00', NULL, NULL, NULL, '00:15:00', '2026-11-25 01:02:30.325941+00', NULL, '2026-12-09 01:02:30.325941+00', NULL, NULL, 'standard');

INSERT INTO pgboss.jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c (id, name, priority, data, state, retry_limit, retry_count, retry_delay, retry_backoff, start_after, started_on, singleton_key, singleton_on, expire_in, created_on, completed_on, keep_until, output, dead_letter, policy) VALUES
	('2244c020-12ce-4d9d-a122-98a0532b797e', 'running', 0, '{"customer": 7}', 'active', 0, 0, 0, false, '2026-11-25 01:02:30.233926+00', '2026-11-25 01:02:30.621939+00', NULL, NULL, '00:15:00', '2026-11-25 01:02:30.233926+00', NULL, '2026-12-09 01:02:30.233926+00', NULL, NULL, 'standard'),
	('a834e6d9-ec80-4d98-ab66-f6bb87fa1cbd', 'running', 0, '{"customer": 7}', 'created', 0, 0, 0, false, '2026-11-25 01:02:52.336742+00', NULL, NULL, NULL, '00:15:00', '2026-11-25 01:02:52.336742+00', NULL, '2026-12-09 01:02:52.336742+00', NULL, NULL, 'standard');

INSERT INTO pgboss.jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3 (id, name, priority, data, state, retry_limit, retry_count, retry_delay, retry_backoff, start_after, started_on, singleton_key, singleton_on, expire_in, created_on, completed_on, keep_until, output, dead_letter, policy) VALUES
	('7f83c7c4-8533-4fa1-b109-048b7fb70cf4', 'killed', 0, '{"customer": 7}', 'active', 0, 0, 0, false, '2026-11-25 01:02:33.36179+00', '2026-11-25 01:02:33.476108+00', NULL, NULL, '01:00:00', '2026-11-25 01:02:33.36179+00', NULL, '2026-12-09 01:02:33.36179+00', NULL, NULL, 'standard');

INSERT INTO pgboss.jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf (id, name, priority, data, state, retry_limit, retry_count, retry_delay, retry_backoff, start_after, started_on, singleton_key, singleton_on, expire_in, created_on, completed_on, keep_until, output, dead_letter, policy) VALUES
	('87442a1d-303c-4c20-8182-6d76f3859a40', 'succeeds', 0, '{"customer": 7}', 'completed', 0, 0, 0, false, '2026-11-25 01:02:52.261963+00', '2026-11-25 01:02:52.334871+00', NULL, NULL, '00:15:00', '2026-11-25 01:02:52.261963+00', '2026-11-25 01:02:52.409448+00', '2026-12-09 01:02:52.261963+00', NULL, NULL, 'standard');

INSERT INTO pgboss.queue (name, policy, retry_limit, retry_delay, retry_backoff, expire_seconds, retention_minutes, dead_letter, partition_name, created_on, updated_on) VALUES
	('succeeds', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf', '2026-11-25 01:02:23.444075+00', '2026-11-25 01:02:23.444075+00'),
	('fails', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d', '2026-11-25 01:02:23.583427+00', '2026-11-25 01:02:23.583427+00'),
	('retried', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7', '2026-11-25 01:02:23.699041+00', '2026-11-25 01:02:23.699041+00'),
	('exhausted', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24', '2026-11-25 01:02:23.813952+00', '2026-11-25 01:02:23.813952+00'),
	('waits-for-retry', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3', '2026-11-25 01:02:23.950846+00', '2026-11-25 01:02:23.950846+00'),
	('times-out', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946', '2026-11-25 01:02:24.018842+00', '2026-11-25 01:02:24.018842+00'),
	('long', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040', '2026-11-25 01:02:24.127201+00', '2026-11-25 01:02:24.127201+00'),
	('running', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c', '2026-11-25 01:02:24.210187+00', '2026-11-25 01:02:24.210187+00'),
	('cancelled', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5', '2026-11-25 01:02:24.289907+00', '2026-11-25 01:02:24.289907+00'),
	('cancelled-early', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a', '2026-11-25 01:02:24.395106+00', '2026-11-25 01:02:24.395106+00'),
	('queued', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b', '2026-11-25 01:02:24.503558+00', '2026-11-25 01:02:24.503558+00'),
	('deferred', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab', '2026-11-25 01:02:24.608307+00', '2026-11-25 01:02:24.608307+00'),
	('killed', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3', '2026-11-25 01:02:24.713918+00', '2026-11-25 01:02:24.713918+00'),
	('killed-and-expired', 'standard', NULL, NULL, NULL, NULL, NULL, NULL, 'j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4', '2026-11-25 01:02:24.813918+00', '2026-11-25 01:02:24.813918+00');

INSERT INTO pgboss.version (version, maintained_on, cron_on, monitored_on) VALUES
	(24, '2026-11-25 01:02:58.202218+00', NULL, NULL);

ALTER TABLE ONLY pgboss.archive
    ADD CONSTRAINT archive_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab
    ADD CONSTRAINT j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946
    ADD CONSTRAINT j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3
    ADD CONSTRAINT j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24
    ADD CONSTRAINT j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d
    ADD CONSTRAINT j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040
    ADD CONSTRAINT j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4
    ADD CONSTRAINT j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b
    ADD CONSTRAINT ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a
    ADD CONSTRAINT jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c
    ADD CONSTRAINT jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5
    ADD CONSTRAINT je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3
    ADD CONSTRAINT jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7
    ADD CONSTRAINT jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf
    ADD CONSTRAINT jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf_pkey PRIMARY KEY (name, id);

ALTER TABLE ONLY pgboss.queue
    ADD CONSTRAINT queue_pkey PRIMARY KEY (name);

ALTER TABLE ONLY pgboss.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (name);

ALTER TABLE ONLY pgboss.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (version);

CREATE INDEX archive_i1 ON pgboss.archive USING btree (archived_on);

CREATE UNIQUE INDEX j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab_i1 ON pgboss.j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab_i2 ON pgboss.j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab_i3 ON pgboss.j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab_i4 ON pgboss.j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab_i5 ON pgboss.j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946_i1 ON pgboss.j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946_i2 ON pgboss.j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946_i3 ON pgboss.j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946_i4 ON pgboss.j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946_i5 ON pgboss.j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3_i1 ON pgboss.j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3_i2 ON pgboss.j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3_i3 ON pgboss.j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3_i4 ON pgboss.j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3_i5 ON pgboss.j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24_i1 ON pgboss.j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24_i2 ON pgboss.j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24_i3 ON pgboss.j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24_i4 ON pgboss.j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24_i5 ON pgboss.j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d_i1 ON pgboss.j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d_i2 ON pgboss.j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d_i3 ON pgboss.j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d_i4 ON pgboss.j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d_i5 ON pgboss.j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040_i1 ON pgboss.j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040_i2 ON pgboss.j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040_i3 ON pgboss.j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040_i4 ON pgboss.j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040_i5 ON pgboss.j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4_i1 ON pgboss.j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4_i2 ON pgboss.j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4_i3 ON pgboss.j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4_i4 ON pgboss.j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4_i5 ON pgboss.j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b_i1 ON pgboss.ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b_i2 ON pgboss.ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b_i3 ON pgboss.ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b_i4 ON pgboss.ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b_i5 ON pgboss.ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a_i1 ON pgboss.jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a_i2 ON pgboss.jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a_i3 ON pgboss.jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a_i4 ON pgboss.jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a_i5 ON pgboss.jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c_i1 ON pgboss.jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c_i2 ON pgboss.jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c_i3 ON pgboss.jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c_i4 ON pgboss.jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c_i5 ON pgboss.jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5_i1 ON pgboss.je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5_i2 ON pgboss.je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5_i3 ON pgboss.je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5_i4 ON pgboss.je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5_i5 ON pgboss.je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3_i1 ON pgboss.jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3_i2 ON pgboss.jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3_i3 ON pgboss.jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3_i4 ON pgboss.jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3_i5 ON pgboss.jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7_i1 ON pgboss.jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7_i2 ON pgboss.jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7 USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7_i3 ON pgboss.jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7 USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7_i4 ON pgboss.jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7 USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7_i5 ON pgboss.jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7 USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

CREATE UNIQUE INDEX jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf_i1 ON pgboss.jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::pgboss.job_state) AND (policy = 'short'::text));

CREATE UNIQUE INDEX jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf_i2 ON pgboss.jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::pgboss.job_state) AND (policy = 'singleton'::text));

CREATE UNIQUE INDEX jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf_i3 ON pgboss.jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::pgboss.job_state) AND (policy = 'stately'::text));

CREATE UNIQUE INDEX jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf_i4 ON pgboss.jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::pgboss.job_state) AND (singleton_on IS NOT NULL));

CREATE INDEX jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf_i5 ON pgboss.jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf USING btree (name, start_after) INCLUDE (priority, created_on, id) WHERE (state < 'active'::pgboss.job_state);

ALTER TABLE ONLY pgboss.j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j00836a06b65a677f0658331559aaa418f49b4251f579e00e241775ab
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j16616c64b60646bf19adec8b3fbe89005c1f35e6b7990d2d8b581946
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j4b994f4b743eb9b23f524247fc4c3b306c9b588ef95de91b133dd5c3
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j5e3b9b3c5f4766294e4cbbfc2600751b9652e5eef6d81e18005edc24
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j62a7a9c2588af1607843719eee2de80661d14115105cb709d1b80c1d
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j6b9d554308112416b745f54cd3ebb711f02eea0f290777ccaab1e040
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.j7df1fd119f5faa27705448338f579ced6c45d9e1273adc77333f00e4
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.ja4251edcc7e93e58cba4a358921e971e7415541a723771154a6c3e3b
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.jb2a97394cf544491f0ce6de5c65f9b64b663d6c4feaf17531186bb2a
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.jb8373084e4df0d0ff8e7823783dd5473a34ef31cbc875be57a39a30c
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.je8b631fdd1fe399644031a3c9fb80ed1dd2745e3a2ff95eabc2e0bb5
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.jf07bd1ffcec6b805972ad80e68c4ecadcd398439c6631086ac4e0ac3
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.jff4f1669c4c2d4705c09d5774a93b80e7402c360f218bb186ade7db7
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.jfff33f950f3dc011d8234f15638028cfbf193acbae75f5f46dc4e7bf
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY pgboss.queue
    ADD CONSTRAINT queue_dead_letter_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue(name);

ALTER TABLE ONLY pgboss.schedule
    ADD CONSTRAINT schedule_name_fkey FOREIGN KEY (name) REFERENCES pgboss.queue(name) ON DELETE CASCADE;

