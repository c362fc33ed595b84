CREATE SCHEMA pgboss;

CREATE TYPE pgboss.job_state AS ENUM (
    'created',
    'retry',
    'active',
    'completed',
    'expired',
    'cancelled',
    'failed'
);

CREATE TABLE pgboss.archive (
    id uuid NOT NULL,
    name text NOT NULL,
    priority integer NOT NULL,
    data jsonb,
    state pgboss.job_state NOT NULL,
    retrylimit integer NOT NULL,
    retrycount integer NOT NULL,
    retrydelay integer NOT NULL,
    retrybackoff boolean NOT NULL,
    startafter timestamp with time zone NOT NULL,
    startedon timestamp with time zone,
    singletonkey text,
    singletonon timestamp without time zone,
    expirein interval NOT NULL,
    createdon timestamp with time zone NOT NULL,
    completedon timestamp with time zone,
    keepuntil timestamp with time zone NOT NULL,
    on_complete boolean NOT NULL,
    output jsonb,
    archivedon timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE pgboss.job (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state pgboss.job_state DEFAULT 'created'::pgboss.job_state NOT NULL,
    retrylimit integer DEFAULT 0 NOT NULL,
    retrycount integer DEFAULT 0 NOT NULL,
    retrydelay integer DEFAULT 0 NOT NULL,
    retrybackoff boolean DEFAULT false NOT NULL,
    startafter timestamp with time zone DEFAULT now() NOT NULL,
    startedon timestamp with time zone,
    singletonkey text,
    singletonon timestamp without time zone,
    expirein interval DEFAULT '00:15:00'::interval NOT NULL,
    createdon timestamp with time zone DEFAULT now() NOT NULL,
    completedon timestamp with time zone,
    keepuntil timestamp with time zone DEFAULT (now() + '14 days'::interval) NOT NULL,
    on_complete boolean DEFAULT false NOT NULL,
    output jsonb
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
    cron_on timestamp with time zone
);

INSERT INTO pgboss.archive (id, name, priority, data, state, retrylimit, retrycount, retrydelay, retrybackoff, startafter, startedon, singletonkey, singletonon, expirein, createdon, completedon, keepuntil, on_complete, output, archivedon) VALUES
	('02484bae-871c-4168-93af-798dfce0da15', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:03.347456+00', '2026-11-25 01:01:03.376516+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:03.347456+00', '2026-11-25 01:01:03.441911+00', '2026-11-25 01:01:07.347456+00', false, NULL, '2026-11-25 01:01:14.300389+00'),
	('30e47bbb-616c-4884-92a5-fcd13ad1fa86', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:04.460967+00', '2026-11-25 01:01:05.38264+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:03.460967+00', '2026-11-25 01:01:05.444859+00', '2026-11-25 01:01:08.460967+00', false, NULL, '2026-11-25 01:01:17.463199+00'),
	('2420248c-f074-4fe6-b60a-721e245de32e', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:06.468224+00', '2026-11-25 01:01:07.397955+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:05.468224+00', '2026-11-25 01:01:07.508074+00', '2026-11-25 01:01:10.468224+00', false, NULL, '2026-11-25 01:01:19.460532+00'),
	('52e2c3c9-9361-458a-9e48-325d4e15381a', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:08.917986+00', '2026-11-25 01:01:09.023238+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:08.917986+00', '2026-11-25 01:01:09.242865+00', '2026-11-25 01:01:12.917986+00', false, NULL, '2026-11-25 01:01:19.460532+00'),
	('fcbe5b4e-7289-45d0-a6f6-b40bd53ad6d5', 'succeeds', 0, '{"customer": 7}', 'completed', 0, 0, 0, false, '2026-11-25 01:01:09.151072+00', '2026-11-25 01:01:09.489346+00', NULL, NULL, '00:15:00', '2026-11-25 01:01:09.151072+00', '2026-11-25 01:01:09.575215+00', '2026-12-09 01:01:09.151072+00', false, NULL, '2026-11-25 01:01:20.068282+00'),
	('10819283-9a19-48d9-93d5-472a5c6bf26f', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:10.273999+00', '2026-11-25 01:01:10.41252+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:09.273999+00', '2026-11-25 01:01:10.482537+00', '2026-11-25 01:01:14.273999+00', false, NULL, '2026-11-25 01:01:23.500677+00'),
	('e1264bf9-6ac8-4049-ad10-4788ffe42ac0', 'retried', 0, '{"customer": 7}', 'completed', 2, 1, 1, false, '2026-11-25 01:01:10.463699+00', '2026-11-25 01:01:10.935731+00', NULL, NULL, '00:15:00', '2026-11-25 01:01:09.275398+00', '2026-11-25 01:01:10.952215+00', '2026-12-09 01:01:09.275398+00', false, NULL, '2026-11-25 01:01:23.500677+00'),
	('f18f3897-af1a-4d05-9d7b-3c160f131b0a', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:11.225242+00', '2026-11-25 01:01:11.270479+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:11.225242+00', '2026-11-25 01:01:11.368077+00', '2026-11-25 01:01:15.225242+00', false, NULL, '2026-11-25 01:01:23.500677+00'),
	('d2346e21-efa8-48c3-9b24-7a89ce6298a4', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:12.381718+00', '2026-11-25 01:01:12.417919+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:11.381718+00', '2026-11-25 01:01:12.465689+00', '2026-11-25 01:01:16.381718+00', false, NULL, '2026-11-25 01:01:23.500677+00'),
	('ab1d1550-300a-4755-9628-48b442cbeede', 'fails', 0, '{"customer": 7}', 'failed', 0, 0, 0, false, '2026-11-25 01:01:09.256883+00', '2026-11-25 01:01:09.423155+00', NULL, NULL, '00:15:00', '2026-11-25 01:01:09.256883+00', '2026-11-25 01:01:09.461914+00', '2026-12-09 01:01:09.256883+00', false, '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.HDFsBx/jobs.mjs:6:34)\n    at file:///tmp/schedulers.HDFsBx/jobs.mjs:41:74\n    at pMap.concurrency (/tmp/sched/pgboss9/node_modules/pg-boss/src/manager.js:234:32)\n    at /tmp/sched/pgboss9/node_modules/p-map/index.js:57:28\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)", "message": "no such customer"}', '2026-11-25 01:01:25.501308+00'),
	('2835e9c0-bb62-49d9-8c5a-e0f8a61fb25f', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:13.482075+00', '2026-11-25 01:01:14.279549+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:12.482075+00', '2026-11-25 01:01:14.352275+00', '2026-11-25 01:01:17.482075+00', false, NULL, '2026-11-25 01:01:25.501308+00'),
	('ca5ef188-281c-4cd1-b8ea-c3ed2b4b51c5', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:14.855405+00', '2026-11-25 01:01:14.881467+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:14.855405+00', '2026-11-25 01:01:15.091648+00', '2026-11-25 01:01:18.855405+00', false, NULL, '2026-11-25 01:01:25.501308+00'),
	('db2211c0-0ee7-434d-b347-48bb1bd6dcfe', 'exhausted', 0, '{"customer": 7}', 'failed', 1, 1, 1, false, '2026-11-25 01:01:10.517915+00', '2026-11-25 01:01:11.000264+00', NULL, NULL, '00:15:00', '2026-11-25 01:01:09.34756+00', '2026-11-25 01:01:11.015191+00', '2026-12-09 01:01:09.34756+00', false, '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.HDFsBx/jobs.mjs:6:34)\n    at file:///tmp/schedulers.HDFsBx/jobs.mjs:41:74\n    at pMap.concurrency (/tmp/sched/pgboss9/node_modules/pg-boss/src/manager.js:234:32)\n    at /tmp/sched/pgboss9/node_modules/p-map/index.js:57:28\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)", "message": "no such customer"}', '2026-11-25 01:01:27.491516+00'),
	('358f0124-1d5b-427e-bfa7-4e66755b50bc', 'times-out', 0, '{"customer": 7}', 'failed', 0, 0, 0, false, '2026-11-25 01:01:09.481909+00', '2026-11-25 01:01:09.922602+00', NULL, NULL, '00:00:02', '2026-11-25 01:01:09.481909+00', '2026-11-25 01:01:11.958395+00', '2026-12-09 01:01:09.481909+00', false, '{"name": "Error", "stack": "Error: handler execution exceeded 2000ms\n    at resolveWithinSeconds (/tmp/sched/pgboss9/node_modules/pg-boss/src/manager.js:30:49)\n    at pMap.concurrency (/tmp/sched/pgboss9/node_modules/pg-boss/src/manager.js:234:11)\n    at /tmp/sched/pgboss9/node_modules/p-map/index.js:57:28\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)", "message": "handler execution exceeded 2000ms"}', '2026-11-25 01:01:27.491516+00'),
	('04ad92e5-ef22-401c-9dcb-fa7910afee09', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:17.365657+00', '2026-11-25 01:01:17.447214+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:17.365657+00', '2026-11-25 01:01:17.502358+00', '2026-11-25 01:01:21.365657+00', false, NULL, '2026-11-25 01:01:29.512183+00'),
	('7792cea7-962c-4d14-8edc-14b73e7ac390', 'long', 0, '{"customer": 7}', 'completed', 0, 0, 0, false, '2026-11-25 01:01:09.486014+00', '2026-11-25 01:01:09.997913+00', NULL, NULL, '00:15:00', '2026-11-25 01:01:09.486014+00', '2026-11-25 01:01:18.036502+00', '2026-12-09 01:01:09.486014+00', false, NULL, '2026-11-25 01:01:29.512183+00'),
	('f8d9ca38-db4c-4310-86a4-8aa20fc9cf51', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:18.51469+00', '2026-11-25 01:01:19.450418+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:17.51469+00', '2026-11-25 01:01:19.469385+00', '2026-11-25 01:01:22.51469+00', false, NULL, '2026-11-25 01:01:29.512183+00'),
	('1d4d8459-62eb-408a-bc07-34291d9c8293', 'cancelled', 0, '{"customer": 7}', 'cancelled', 0, 0, 0, false, '2026-11-25 01:01:09.544209+00', '2026-11-25 01:01:09.970605+00', NULL, NULL, '00:15:00', '2026-11-25 01:01:09.544209+00', '2026-11-25 01:01:20.075614+00', '2026-12-09 01:01:09.544209+00', false, NULL, '2026-11-25 01:01:31.509901+00'),
	('41787dd6-101d-4e1f-b0e4-87766734fa91', 'killed-and-expired', 0, '{"customer": 7}', 'expired', 0, 0, 0, false, '2026-11-25 01:01:15.071745+00', '2026-11-25 01:01:15.316289+00', NULL, NULL, '00:00:05', '2026-11-25 01:01:15.071745+00', '2026-11-25 01:01:23.481117+00', '2026-12-09 01:01:15.071745+00', false, NULL, '2026-11-25 01:01:33.503537+00'),
	('d0418e13-7b2d-4c9a-b422-9b51c360733c', 'cancelled-early', 0, '{"customer": 7}', 'cancelled', 0, 0, 0, false, '2026-11-25 01:01:09.585022+00', NULL, NULL, NULL, '00:15:00', '2026-11-25 01:01:09.585022+00', '2026-11-25 01:01:23.49402+00', '2026-12-09 01:01:09.585022+00', false, NULL, '2026-11-25 01:01:33.503537+00');
INSERT INTO pgboss.archive (id, name, priority, data, state, retrylimit, retrycount, retrydelay, retrybackoff, startafter, startedon, singletonkey, singletonon, expirein, createdon, completedon, keepuntil, on_complete, output, archivedon) VALUES
	('e59e921a-acb5-47f6-9c16-39a67025a6f4', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:23.381839+00', '2026-11-25 01:01:23.463096+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:23.381839+00', '2026-11-25 01:01:23.5249+00', '2026-11-25 01:01:27.381839+00', false, NULL, '2026-11-25 01:01:33.97393+00'),
	('01f0eb90-c2f3-492d-859d-24ea1037fa3c', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:24.538342+00', '2026-11-25 01:01:25.466356+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:23.538342+00', '2026-11-25 01:01:25.530928+00', '2026-11-25 01:01:28.538342+00', false, NULL, '2026-11-25 01:01:35.532202+00'),
	('0ca262c3-954a-455e-94df-64853dea53b1', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:26.548901+00', '2026-11-25 01:01:27.478529+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:25.548901+00', '2026-11-25 01:01:27.538741+00', '2026-11-25 01:01:30.548901+00', false, NULL, '2026-11-25 01:01:37.564411+00');

INSERT INTO pgboss.job (id, name, priority, data, state, retrylimit, retrycount, retrydelay, retrybackoff, startafter, startedon, singletonkey, singletonon, expirein, createdon, completedon, keepuntil, on_complete, output) VALUES
	('3b66c9ff-7990-4dd1-881b-0e2fc67983c3', 'waits-for-retry', 0, '{"customer": 7}', 'retry', 1, 0, 3600, false, '2026-11-25 02:01:09.488123+00', '2026-11-25 01:01:09.465117+00', NULL, NULL, '00:15:00', '2026-11-25 01:01:09.387411+00', NULL, '2026-12-09 01:01:09.387411+00', false, '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.HDFsBx/jobs.mjs:6:34)\n    at file:///tmp/schedulers.HDFsBx/jobs.mjs:41:74\n    at pMap.concurrency (/tmp/sched/pgboss9/node_modules/pg-boss/src/manager.js:234:32)\n    at /tmp/sched/pgboss9/node_modules/p-map/index.js:57:28\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)", "message": "no such customer"}'),
	('9222da15-8139-447c-a78e-23fabf802529', 'queued', 0, '{"customer": 7}', 'created', 0, 0, 0, false, '2026-11-25 01:01:09.600206+00', NULL, NULL, NULL, '00:15:00', '2026-11-25 01:01:09.600206+00', NULL, '2026-12-09 01:01:09.600206+00', false, NULL),
	('247a02c0-f811-4be4-b3a3-d326a39d81b5', 'deferred', 0, '{"customer": 7}', 'created', 0, 0, 0, false, '2026-11-25 02:01:09.653125+00', NULL, NULL, NULL, '00:15:00', '2026-11-25 01:01:09.653125+00', NULL, '2026-12-09 02:01:09.653125+00', false, NULL),
	('46c75e63-0337-4b2f-908b-e27903b87f95', 'running', 0, '{"customer": 7}', 'active', 0, 0, 0, false, '2026-11-25 01:01:09.531402+00', '2026-11-25 01:01:09.99907+00', NULL, NULL, '00:15:00', '2026-11-25 01:01:09.531402+00', NULL, '2026-12-09 01:01:09.531402+00', false, NULL),
	('21e3591e-0c95-44b0-9730-c709d4ef711c', 'killed', 0, '{"customer": 7}', 'active', 0, 0, 0, false, '2026-11-25 01:01:15.024607+00', '2026-11-25 01:01:15.314619+00', NULL, NULL, '01:00:00', '2026-11-25 01:01:15.024607+00', NULL, '2026-12-09 01:01:15.024607+00', false, NULL),
	('9488ed1c-a92a-4b5d-8946-81edcd1c58c2', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:28.550786+00', '2026-11-25 01:01:29.487053+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:27.550786+00', '2026-11-25 01:01:29.553934+00', '2026-11-25 01:01:32.550786+00', false, NULL),
	('6872cd64-4ffe-4f15-9e95-330a9470b2a3', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:30.562536+00', '2026-11-25 01:01:31.495304+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:29.562536+00', '2026-11-25 01:01:31.544709+00', '2026-11-25 01:01:34.562536+00', false, NULL),
	('00212fec-1da5-4ce3-8320-84bf38af48bd', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:32.569933+00', '2026-11-25 01:01:33.498333+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:31.569933+00', '2026-11-25 01:01:33.528425+00', '2026-11-25 01:01:36.569933+00', false, NULL),
	('3a24617a-2f6d-4ec0-9d03-bcfd950c1344', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:33.833921+00', '2026-11-25 01:01:33.850807+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:33.833921+00', '2026-11-25 01:01:34.079529+00', '2026-11-25 01:01:37.833921+00', false, NULL),
	('36d6f915-2da5-42df-bfa3-9ef2be035445', 'running', 0, '{"customer": 7}', 'created', 0, 0, 0, false, '2026-11-25 01:01:34.106886+00', NULL, NULL, NULL, '00:15:00', '2026-11-25 01:01:34.106886+00', NULL, '2026-12-09 01:01:34.106886+00', false, NULL),
	('33e9c15c-f177-47c5-bd6b-8f00174749c0', 'fails', 0, '{"customer": 7}', 'failed', 0, 0, 0, false, '2026-11-25 01:01:34.072916+00', '2026-11-25 01:01:34.13446+00', NULL, NULL, '00:15:00', '2026-11-25 01:01:34.072916+00', '2026-11-25 01:01:34.150563+00', '2026-12-09 01:01:34.072916+00', false, '{"name": "Error", "stack": "Error: no such customer\n    at fail (file:///tmp/schedulers.HDFsBx/jobs.mjs:6:34)\n    at file:///tmp/schedulers.HDFsBx/jobs.mjs:41:74\n    at pMap.concurrency (/tmp/sched/pgboss9/node_modules/pg-boss/src/manager.js:234:32)\n    at /tmp/sched/pgboss9/node_modules/p-map/index.js:57:28\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)", "message": "no such customer"}'),
	('9894fd7a-3c6c-4c2d-88b9-ca502ec9bf96', 'succeeds', 0, '{"customer": 7}', 'completed', 0, 0, 0, false, '2026-11-25 01:01:33.98192+00', '2026-11-25 01:01:34.215792+00', NULL, NULL, '00:15:00', '2026-11-25 01:01:33.98192+00', '2026-11-25 01:01:34.274473+00', '2026-12-09 01:01:33.98192+00', false, NULL),
	('ea6104c8-ccdf-49f3-a86a-6e31576047f7', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:35.106074+00', '2026-11-25 01:01:35.513036+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:34.106074+00', '2026-11-25 01:01:35.562691+00', '2026-11-25 01:01:39.106074+00', false, NULL),
	('e4d138af-7776-43a3-8d33-3d242b31016c', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:36.570817+00', '2026-11-25 01:01:37.512107+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:35.570817+00', '2026-11-25 01:01:37.602931+00', '2026-11-25 01:01:40.570817+00', false, NULL),
	('4a8e659f-1449-4d1c-a24b-d705cc787115', '__pgboss__maintenance', 0, NULL, 'completed', 0, 0, 0, false, '2026-11-25 01:01:38.611114+00', '2026-11-25 01:01:39.513737+00', '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:37.611114+00', '2026-11-25 01:01:39.570713+00', '2026-11-25 01:01:42.611114+00', false, NULL),
	('08031e77-bd56-4b19-a927-b0170714784e', '__pgboss__maintenance', 0, NULL, 'created', 0, 0, 0, false, '2026-11-25 01:01:40.58309+00', NULL, '__pgboss__maintenance', NULL, '00:15:00', '2026-11-25 01:01:39.58309+00', NULL, '2026-11-25 01:01:44.58309+00', false, NULL);

INSERT INTO pgboss.version (version, maintained_on, cron_on) VALUES
	(20, '2026-11-25 01:01:39.562022+00', NULL);

ALTER TABLE ONLY pgboss.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);

ALTER TABLE ONLY pgboss.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (name);

ALTER TABLE ONLY pgboss.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (version);

CREATE INDEX archive_archivedon_idx ON pgboss.archive USING btree (archivedon);

CREATE INDEX archive_id_idx ON pgboss.archive USING btree (id);

CREATE INDEX job_fetch ON pgboss.job USING btree (name text_pattern_ops, startafter) WHERE (state < 'active'::pgboss.job_state);

CREATE INDEX job_name ON pgboss.job USING btree (name text_pattern_ops);

CREATE UNIQUE INDEX job_singleton_queue ON pgboss.job USING btree (name, singletonkey) WHERE ((state < 'active'::pgboss.job_state) AND (singletonon IS NULL) AND (singletonkey ~~ '\_\_pgboss\_\_singleton\_queue%'::text));

CREATE UNIQUE INDEX job_singletonkey ON pgboss.job USING btree (name, singletonkey) WHERE ((state < 'completed'::pgboss.job_state) AND (singletonon IS NULL) AND (NOT (singletonkey ~~ '\_\_pgboss\_\_singleton\_queue%'::text)));

CREATE UNIQUE INDEX job_singletonkeyon ON pgboss.job USING btree (name, singletonon, singletonkey) WHERE (state < 'expired'::pgboss.job_state);

CREATE UNIQUE INDEX job_singletonon ON pgboss.job USING btree (name, singletonon) WHERE ((state < 'expired'::pgboss.job_state) AND (singletonkey IS NULL));

