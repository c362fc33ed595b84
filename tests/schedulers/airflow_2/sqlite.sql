-- Made by port.py of postgres.sql, with the types that the product gives these columns here.
CREATE TABLE "dag_run" (
    "id" integer NOT NULL,
    "dag_id" varchar(250) NOT NULL,
    "queued_at" TIMESTAMP,
    "execution_date" TIMESTAMP NOT NULL,
    "start_date" TIMESTAMP,
    "end_date" TIMESTAMP,
    "state" varchar(50),
    "run_id" varchar(250) NOT NULL,
    "creating_job_id" integer,
    "external_trigger" boolean,
    "run_type" varchar(50) NOT NULL,
    "conf" BLOB,
    "data_interval_start" TIMESTAMP,
    "data_interval_end" TIMESTAMP,
    "last_scheduling_decision" TIMESTAMP,
    "dag_hash" varchar(32),
    "log_template_id" integer,
    "updated_at" TIMESTAMP,
    "clear_number" integer NOT NULL,
    PRIMARY KEY ("id")
);

INSERT INTO "dag_run" ("id", "dag_id", "queued_at", "execution_date", "start_date", "end_date", "state", "run_id", "creating_job_id", "external_trigger", "run_type", "conf", "data_interval_start", "data_interval_end", "last_scheduling_decision", "dag_hash", "log_template_id", "updated_at", "clear_number") VALUES
    (1, 'nightly_report', '2026-11-24 01:00:00.100000', '2026-11-23 01:00:00.000000', '2026-11-24 01:00:00.400000', '2026-11-24 01:03:10.500000', 'success', 'scheduled__2026-11-23T01:00:00+00:00', NULL, 0, 'scheduled', NULL, '2026-11-23 01:00:00.000000', '2026-11-24 01:00:00.000000', NULL, NULL, NULL, NULL, 0),
    (2, 'sync', '2026-11-24 01:00:00.100000', '2026-11-24 00:00:00.000000', '2026-11-24 01:00:00.500000', '2026-11-24 01:00:41.250000', 'failed', 'scheduled__2026-11-24T00:00:00+00:00', NULL, 0, 'scheduled', NULL, '2026-11-24 00:00:00.000000', '2026-11-24 01:00:00.000000', NULL, NULL, NULL, NULL, 0),
    (3, 'sync', '2026-11-24 02:00:00.100000', '2026-11-24 01:00:00.000000', '2026-11-24 05:00:00.500000', '2026-11-24 05:00:20.000000', 'success', 'scheduled__2026-11-24T01:00:00+00:00', NULL, 0, 'scheduled', NULL, '2026-11-24 01:00:00.000000', '2026-11-24 02:00:00.000000', NULL, NULL, NULL, NULL, 1),
    (4, 'sync', '2026-11-24 03:00:00.100000', '2026-11-24 02:00:00.000000', '2026-11-24 03:00:00.300000', NULL, 'running', 'scheduled__2026-11-24T02:00:00+00:00', NULL, 0, 'scheduled', NULL, '2026-11-24 02:00:00.000000', '2026-11-24 03:00:00.000000', NULL, NULL, NULL, NULL, 0),
    (5, 'sync', '2026-11-24 04:00:00.100000', '2026-11-24 03:00:00.000000', NULL, NULL, 'queued', 'scheduled__2026-11-24T03:00:00+00:00', NULL, 0, 'scheduled', NULL, '2026-11-24 03:00:00.000000', '2026-11-24 04:00:00.000000', NULL, NULL, NULL, NULL, 0),
    (6, 'import', '2026-11-24 04:10:00.100000', '2026-11-24 04:10:00.000000', '2026-11-24 04:10:00.600000', '2026-11-24 04:12:00.000000', 'success', 'manual__2026-11-24T04:10:00+00:00', NULL, 1, 'manual', NULL, '2026-11-24 04:10:00.000000', '2026-11-24 04:10:00.000000', NULL, NULL, NULL, NULL, 0),
    (7, 'import', NULL, '2026-01-05 00:00:00.000000', '2026-11-24 04:20:00.600000', '2026-11-24 04:21:00.000000', 'success', 'backfill__2026-01-05T00:00:00+00:00', NULL, 0, 'backfill', NULL, '2026-01-05 00:00:00.000000', '2026-01-05 01:00:00.000000', NULL, NULL, NULL, NULL, 0),
    (8, 'on_dataset', '2026-11-24 04:30:00.000000', '2026-11-24 04:29:59.000000', '2026-11-24 04:30:00.200000', '2026-11-24 04:30:09.000000', 'success', 'dataset_triggered__2026-11-24T04:29:59+00:00', NULL, 0, 'dataset_triggered', NULL, '2026-11-24 04:29:59.000000', '2026-11-24 04:29:59.000000', NULL, NULL, NULL, NULL, 0),
    (9, 'old', NULL, '2020-01-01 00:00:00.000000', '2020-01-02 00:00:00.000000', '2020-01-02 00:01:00.000000', 'success', 'scheduled__2020-01-01T00:00:00+00:00', NULL, 0, 'scheduled', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0);

CREATE TABLE "task_instance" (
    "task_id" varchar(250) NOT NULL,
    "dag_id" varchar(250) NOT NULL,
    "run_id" varchar(250) NOT NULL,
    "map_index" integer NOT NULL,
    "start_date" TIMESTAMP,
    "end_date" TIMESTAMP,
    "duration" FLOAT,
    "state" varchar(20),
    "try_number" integer,
    "max_tries" integer,
    "hostname" varchar(1000),
    "operator" varchar(1000),
    "queued_dttm" TIMESTAMP,
    PRIMARY KEY ("dag_id", "task_id", "run_id", "map_index")
);

INSERT INTO "task_instance" ("task_id", "dag_id", "run_id", "map_index", "start_date", "end_date", "duration", "state", "try_number", "max_tries", "hostname", "operator", "queued_dttm") VALUES
    ('load', 'nightly_report', 'scheduled__2026-11-23T01:00:00+00:00', -1, '2026-11-24 01:00:01.000000', '2026-11-24 01:01:00.000000', 59, 'success', 1, 0, 'worker1', NULL, NULL),
    ('send', 'nightly_report', 'scheduled__2026-11-23T01:00:00+00:00', 0, '2026-11-24 01:02:05.000000', '2026-11-24 01:03:00.000000', 55, 'success', 2, 1, 'worker1', NULL, NULL),
    ('send', 'nightly_report', 'scheduled__2026-11-23T01:00:00+00:00', 1, '2026-11-24 01:01:05.000000', '2026-11-24 01:03:10.000000', 125, 'success', 1, 1, 'worker2', NULL, NULL),
    ('pull', 'sync', 'scheduled__2026-11-24T00:00:00+00:00', -1, '2026-11-24 01:00:01.000000', '2026-11-24 01:00:41.000000', 40, 'failed', 1, 0, 'worker1', NULL, NULL),
    ('push', 'sync', 'scheduled__2026-11-24T00:00:00+00:00', -1, '2026-11-24 01:00:41.100000', '2026-11-24 01:00:41.100000', 0, 'upstream_failed', 0, 0, '', NULL, NULL),
    ('pull', 'sync', 'scheduled__2026-11-24T01:00:00+00:00', -1, '2026-11-24 05:00:01.000000', '2026-11-24 05:00:10.000000', 9, 'success', 2, 1, 'worker1', NULL, NULL),
    ('push', 'sync', 'scheduled__2026-11-24T01:00:00+00:00', -1, '2026-11-24 05:00:11.000000', '2026-11-24 05:00:12.000000', 1, 'skipped', 1, 0, 'worker1', NULL, NULL),
    ('pull', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, '2026-11-24 03:00:01.000000', '2026-11-24 03:00:09.000000', 8, 'up_for_retry', 1, 1, 'worker1', NULL, NULL),
    ('push', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, NULL, NULL, NULL, NULL, 0, 0, '', NULL, NULL),
    ('wait', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, '2026-11-24 03:00:02.000000', '2026-11-24 03:00:03.000000', 1, 'up_for_reschedule', 1, 0, 'worker1', NULL, NULL),
    ('hold', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, '2026-11-24 03:00:02.000000', NULL, NULL, 'deferred', 1, 0, 'worker1', NULL, NULL),
    ('work', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, '2026-11-24 03:00:03.000000', NULL, NULL, 'running', 1, 0, 'worker1', NULL, NULL),
    ('next', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, NULL, NULL, NULL, 'scheduled', 0, 0, '', NULL, NULL),
    ('last', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, NULL, NULL, NULL, 'queued', 0, 0, '', NULL, NULL),
    ('gone', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, NULL, NULL, NULL, 'removed', 0, 0, '', NULL, NULL),
    ('again', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, '2026-11-24 03:00:04.000000', NULL, NULL, 'restarting', 1, 0, 'worker1', NULL, NULL);

CREATE TABLE "task_instance_history" (
    "id" integer NOT NULL,
    "task_id" varchar(250) NOT NULL,
    "dag_id" varchar(250) NOT NULL,
    "run_id" varchar(250) NOT NULL,
    "map_index" integer NOT NULL,
    "try_number" integer NOT NULL,
    "start_date" TIMESTAMP,
    "end_date" TIMESTAMP,
    "duration" FLOAT,
    "state" varchar(20),
    "max_tries" integer,
    "hostname" varchar(1000),
    "operator" varchar(1000),
    "queued_dttm" TIMESTAMP,
    PRIMARY KEY ("id")
);

INSERT INTO "task_instance_history" ("id", "task_id", "dag_id", "run_id", "map_index", "try_number", "start_date", "end_date", "duration", "state", "max_tries", "hostname", "operator", "queued_dttm") VALUES
    (1, 'send', 'nightly_report', 'scheduled__2026-11-23T01:00:00+00:00', 0, 1, '2026-11-24 01:01:01.000000', '2026-11-24 01:02:00.000000', 59, 'failed', 1, 'worker1', NULL, NULL),
    (2, 'pull', 'sync', 'scheduled__2026-11-24T01:00:00+00:00', -1, 1, '2026-11-24 02:00:01.000000', '2026-11-24 02:00:31.000000', 30, 'failed', 0, 'worker2', NULL, NULL),
    (3, 'pull', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, 1, '2026-11-24 03:00:01.000000', '2026-11-24 03:00:09.000000', 8, 'failed', 1, 'worker1', NULL, NULL);
