-- Written by hand after the published column names and types of Airflow 2.10.
CREATE TABLE dag_run (
    id serial PRIMARY KEY,
    dag_id varchar(250) NOT NULL,
    queued_at timestamptz,
    execution_date timestamptz NOT NULL,
    start_date timestamptz,
    end_date timestamptz,
    state varchar(50),
    run_id varchar(250) NOT NULL,
    creating_job_id integer,
    external_trigger boolean,
    run_type varchar(50) NOT NULL,
    conf bytea,
    data_interval_start timestamptz,
    data_interval_end timestamptz,
    last_scheduling_decision timestamptz,
    dag_hash varchar(32),
    log_template_id integer,
    updated_at timestamptz,
    clear_number integer NOT NULL DEFAULT 0,
    CONSTRAINT dag_run_dag_id_execution_date_key UNIQUE (dag_id, execution_date),
    CONSTRAINT dag_run_dag_id_run_id_key UNIQUE (dag_id, run_id)
);

CREATE INDEX dag_id_state ON dag_run (dag_id, state);
CREATE INDEX idx_dag_run_dag_id ON dag_run (dag_id);
CREATE INDEX idx_last_scheduling_decision ON dag_run (last_scheduling_decision);

CREATE TABLE task_instance (
    task_id varchar(250) NOT NULL,
    dag_id varchar(250) NOT NULL,
    run_id varchar(250) NOT NULL,
    map_index integer NOT NULL DEFAULT -1,
    start_date timestamptz,
    end_date timestamptz,
    duration double precision,
    state varchar(20),
    try_number integer,
    max_tries integer DEFAULT -1,
    hostname varchar(1000),
    operator varchar(1000),
    queued_dttm timestamptz,
    PRIMARY KEY (dag_id, task_id, run_id, map_index)
);

CREATE INDEX ti_state ON task_instance (state);
CREATE INDEX ti_dag_run ON task_instance (dag_id, run_id);

CREATE TABLE task_instance_history (
    id serial PRIMARY KEY,
    task_id varchar(250) NOT NULL,
    dag_id varchar(250) NOT NULL,
    run_id varchar(250) NOT NULL,
    map_index integer NOT NULL DEFAULT -1,
    try_number integer NOT NULL,
    start_date timestamptz,
    end_date timestamptz,
    duration double precision,
    state varchar(20),
    max_tries integer DEFAULT -1,
    hostname varchar(1000),
    operator varchar(1000),
    queued_dttm timestamptz,
    CONSTRAINT task_instance_history_dtrt_uq UNIQUE (dag_id, task_id, run_id, map_index, try_number)
);

INSERT INTO dag_run (id, dag_id, queued_at, execution_date, start_date, end_date, state, run_id, external_trigger, run_type, data_interval_start, data_interval_end, clear_number) VALUES
    (1, 'nightly_report', '2026-11-24 01:00:00.1+00', '2026-11-23 01:00:00+00', '2026-11-24 01:00:00.4+00', '2026-11-24 01:03:10.5+00', 'success', 'scheduled__2026-11-23T01:00:00+00:00', false, 'scheduled', '2026-11-23 01:00:00+00', '2026-11-24 01:00:00+00', 0),
    (2, 'sync', '2026-11-24 01:00:00.1+00', '2026-11-24 00:00:00+00', '2026-11-24 01:00:00.5+00', '2026-11-24 01:00:41.25+00', 'failed', 'scheduled__2026-11-24T00:00:00+00:00', false, 'scheduled', '2026-11-24 00:00:00+00', '2026-11-24 01:00:00+00', 0),
    (3, 'sync', '2026-11-24 02:00:00.1+00', '2026-11-24 01:00:00+00', '2026-11-24 05:00:00.5+00', '2026-11-24 05:00:20+00', 'success', 'scheduled__2026-11-24T01:00:00+00:00', false, 'scheduled', '2026-11-24 01:00:00+00', '2026-11-24 02:00:00+00', 1),
    (4, 'sync', '2026-11-24 03:00:00.1+00', '2026-11-24 02:00:00+00', '2026-11-24 03:00:00.3+00', NULL, 'running', 'scheduled__2026-11-24T02:00:00+00:00', false, 'scheduled', '2026-11-24 02:00:00+00', '2026-11-24 03:00:00+00', 0),
    (5, 'sync', '2026-11-24 04:00:00.1+00', '2026-11-24 03:00:00+00', NULL, NULL, 'queued', 'scheduled__2026-11-24T03:00:00+00:00', false, 'scheduled', '2026-11-24 03:00:00+00', '2026-11-24 04:00:00+00', 0),
    (6, 'import', '2026-11-24 04:10:00.1+00', '2026-11-24 04:10:00+00', '2026-11-24 04:10:00.6+00', '2026-11-24 04:12:00+00', 'success', 'manual__2026-11-24T04:10:00+00:00', true, 'manual', '2026-11-24 04:10:00+00', '2026-11-24 04:10:00+00', 0),
    (7, 'import', NULL, '2026-01-05 00:00:00+00', '2026-11-24 04:20:00.6+00', '2026-11-24 04:21:00+00', 'success', 'backfill__2026-01-05T00:00:00+00:00', false, 'backfill', '2026-01-05 00:00:00+00', '2026-01-05 01:00:00+00', 0),
    (8, 'on_dataset', '2026-11-24 04:30:00+00', '2026-11-24 04:29:59+00', '2026-11-24 04:30:00.2+00', '2026-11-24 04:30:09+00', 'success', 'dataset_triggered__2026-11-24T04:29:59+00:00', false, 'dataset_triggered', '2026-11-24 04:29:59+00', '2026-11-24 04:29:59+00', 0),
    (9, 'old', NULL, '2020-01-01 00:00:00+00', '2020-01-02 00:00:00+00', '2020-01-02 00:01:00+00', 'success', 'scheduled__2020-01-01T00:00:00+00:00', false, 'scheduled', NULL, NULL, 0);

INSERT INTO task_instance (task_id, dag_id, run_id, map_index, start_date, end_date, duration, state, try_number, max_tries, hostname) VALUES
    ('load', 'nightly_report', 'scheduled__2026-11-23T01:00:00+00:00', -1, '2026-11-24 01:00:01+00', '2026-11-24 01:01:00+00', 59, 'success', 1, 0, 'worker1'),
    ('send', 'nightly_report', 'scheduled__2026-11-23T01:00:00+00:00', 0, '2026-11-24 01:02:05+00', '2026-11-24 01:03:00+00', 55, 'success', 2, 1, 'worker1'),
    ('send', 'nightly_report', 'scheduled__2026-11-23T01:00:00+00:00', 1, '2026-11-24 01:01:05+00', '2026-11-24 01:03:10+00', 125, 'success', 1, 1, 'worker2'),
    ('pull', 'sync', 'scheduled__2026-11-24T00:00:00+00:00', -1, '2026-11-24 01:00:01+00', '2026-11-24 01:00:41+00', 40, 'failed', 1, 0, 'worker1'),
    ('push', 'sync', 'scheduled__2026-11-24T00:00:00+00:00', -1, '2026-11-24 01:00:41.1+00', '2026-11-24 01:00:41.1+00', 0, 'upstream_failed', 0, 0, ''),
    ('pull', 'sync', 'scheduled__2026-11-24T01:00:00+00:00', -1, '2026-11-24 05:00:01+00', '2026-11-24 05:00:10+00', 9, 'success', 2, 1, 'worker1'),
    ('push', 'sync', 'scheduled__2026-11-24T01:00:00+00:00', -1, '2026-11-24 05:00:11+00', '2026-11-24 05:00:12+00', 1, 'skipped', 1, 0, 'worker1'),
    ('pull', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, '2026-11-24 03:00:01+00', '2026-11-24 03:00:09+00', 8, 'up_for_retry', 1, 1, 'worker1'),
    ('push', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, NULL, NULL, NULL, NULL, 0, 0, ''),
    ('wait', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, '2026-11-24 03:00:02+00', '2026-11-24 03:00:03+00', 1, 'up_for_reschedule', 1, 0, 'worker1'),
    ('hold', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, '2026-11-24 03:00:02+00', NULL, NULL, 'deferred', 1, 0, 'worker1'),
    ('work', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, '2026-11-24 03:00:03+00', NULL, NULL, 'running', 1, 0, 'worker1'),
    ('next', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, NULL, NULL, NULL, 'scheduled', 0, 0, ''),
    ('last', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, NULL, NULL, NULL, 'queued', 0, 0, ''),
    ('gone', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, NULL, NULL, NULL, 'removed', 0, 0, ''),
    ('again', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, '2026-11-24 03:00:04+00', NULL, NULL, 'restarting', 1, 0, 'worker1');

INSERT INTO task_instance_history (task_id, dag_id, run_id, map_index, try_number, start_date, end_date, duration, state, max_tries, hostname) VALUES
    ('send', 'nightly_report', 'scheduled__2026-11-23T01:00:00+00:00', 0, 1, '2026-11-24 01:01:01+00', '2026-11-24 01:02:00+00', 59, 'failed', 1, 'worker1'),
    ('pull', 'sync', 'scheduled__2026-11-24T01:00:00+00:00', -1, 1, '2026-11-24 02:00:01+00', '2026-11-24 02:00:31+00', 30, 'failed', 0, 'worker2'),
    ('pull', 'sync', 'scheduled__2026-11-24T02:00:00+00:00', -1, 1, '2026-11-24 03:00:01+00', '2026-11-24 03:00:09+00', 8, 'failed', 1, 'worker1');
