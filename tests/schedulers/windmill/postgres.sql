-- Written by hand after the published column names and types of Windmill 1.500 and later.
CREATE TYPE job_status AS ENUM ('success', 'failure', 'canceled', 'skipped');
CREATE TYPE job_kind AS ENUM ('script', 'preview', 'flow', 'dependencies', 'flowpreview', 'script_hub', 'identity');
CREATE TYPE job_trigger_kind AS ENUM ('webhook', 'http', 'websocket', 'kafka', 'email', 'schedule', 'app', 'ui');

CREATE TABLE v2_job (
    id uuid PRIMARY KEY,
    workspace_id varchar(100) NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by varchar(255) NOT NULL DEFAULT 'missing',
    kind job_kind NOT NULL DEFAULT 'script',
    runnable_id bigint,
    runnable_path varchar(255),
    parent_job uuid,
    trigger varchar(255),
    trigger_kind job_trigger_kind,
    tag varchar(255) NOT NULL DEFAULT 'other'
);

CREATE TABLE v2_job_queue (
    id uuid PRIMARY KEY REFERENCES v2_job ON DELETE CASCADE,
    workspace_id varchar(100) NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    scheduled_for timestamptz NOT NULL,
    running boolean NOT NULL DEFAULT false,
    canceled_by varchar(255),
    worker varchar(255)
);

CREATE TABLE v2_job_completed (
    id uuid PRIMARY KEY REFERENCES v2_job ON DELETE CASCADE,
    workspace_id varchar(100) NOT NULL,
    duration_ms bigint NOT NULL,
    result jsonb,
    deleted boolean NOT NULL DEFAULT false,
    canceled_by varchar(50),
    canceled_reason text,
    started_at timestamptz DEFAULT now(),
    status job_status NOT NULL,
    completed_at timestamptz NOT NULL DEFAULT now(),
    worker varchar(255)
);

CREATE INDEX ix_job_completed_completed_at ON v2_job_completed (completed_at DESC);
CREATE INDEX labeled_jobs_on_jobs ON v2_job (workspace_id, created_at DESC);

INSERT INTO v2_job (id, workspace_id, created_at, kind, runnable_path, parent_job, trigger, trigger_kind) VALUES
    ('00000000-0000-0000-0000-000000000001', 'shop', '2026-11-24 01:00:00+00', 'script', 'f/shop/nightly_report', NULL, 'f/shop/nightly', 'schedule'),
    ('00000000-0000-0000-0000-000000000002', 'shop', '2026-11-24 01:00:00+00', 'script', 'f/shop/sync', NULL, 'f/shop/sync_hourly', 'schedule'),
    ('00000000-0000-0000-0000-000000000003', 'shop', '2026-11-24 01:10:00+00', 'script', 'f/shop/sync', NULL, NULL, 'ui'),
    ('00000000-0000-0000-0000-000000000004', 'shop', '2026-11-24 02:00:00+00', 'flow', 'f/shop/import', NULL, 'f/shop/import_hourly', 'schedule'),
    ('00000000-0000-0000-0000-000000000005', 'shop', '2026-11-24 02:00:00.3+00', 'script', 'f/shop/import/step', '00000000-0000-0000-0000-000000000004', NULL, NULL),
    ('00000000-0000-0000-0000-000000000006', 'shop', '2026-11-24 03:00:00+00', 'script', 'f/shop/sync', NULL, 'f/shop/sync_hourly', 'schedule'),
    ('00000000-0000-0000-0000-000000000007', 'shop', '2026-11-24 04:00:00+00', 'script', 'f/shop/sync', NULL, 'f/shop/sync_hourly', 'schedule'),
    ('00000000-0000-0000-0000-000000000008', 'shop', '2026-11-24 05:00:00+00', 'script', 'f/shop/nightly_report', NULL, 'f/shop/nightly', 'schedule'),
    ('00000000-0000-0000-0000-000000000009', 'shop', '2026-11-24 06:00:00+00', 'script', 'f/shop/nightly_report', NULL, 'f/shop/nightly', 'schedule'),
    ('00000000-0000-0000-0000-000000000010', 'shop', '2026-11-24 06:00:00+00', 'script', 'f/shop/nightly_report', NULL, 'f/shop/nightly', 'schedule'),
    ('00000000-0000-0000-0000-000000000011', 'shop', '2026-11-24 06:10:00+00', 'preview', NULL, NULL, NULL, 'ui'),
    ('00000000-0000-0000-0000-000000000012', 'shop', '2026-11-24 06:20:00+00', 'script', 'f/shop/sync', NULL, 'f/shop/sync_hourly', 'schedule');

INSERT INTO v2_job_completed (id, workspace_id, duration_ms, result, canceled_by, canceled_reason, started_at, status, completed_at, worker) VALUES
    ('00000000-0000-0000-0000-000000000001', 'shop', 4377, '{"rows": 7}', NULL, NULL, '2026-11-24 01:00:00.123456+00', 'success', '2026-11-24 01:00:04.5+00', 'wk-default-host1-a1'),
    ('00000000-0000-0000-0000-000000000002', 'shop', 900, '{"error": {"name": "Error", "message": "no such customer"}}', NULL, NULL, '2026-11-24 01:00:00.2+00', 'failure', '2026-11-24 01:00:01.1+00', 'wk-default-host1-a1'),
    ('00000000-0000-0000-0000-000000000003', 'shop', 900, 'null', NULL, NULL, '2026-11-24 01:10:00.2+00', 'success', '2026-11-24 01:10:01.1+00', 'wk-default-host2-b1'),
    ('00000000-0000-0000-0000-000000000004', 'shop', 9000, 'null', NULL, NULL, '2026-11-24 02:00:00.2+00', 'success', '2026-11-24 02:00:09.2+00', 'wk-default-host2-b1'),
    ('00000000-0000-0000-0000-000000000005', 'shop', 8000, 'null', NULL, NULL, '2026-11-24 02:00:00.5+00', 'success', '2026-11-24 02:00:08.5+00', 'wk-default-host2-b1'),
    ('00000000-0000-0000-0000-000000000006', 'shop', 30000, '{"error": {"name": "Canceled", "message": "canceled by ada"}}', 'ada', 'wrong data', '2026-11-24 03:00:00.2+00', 'canceled', '2026-11-24 03:00:30.2+00', 'wk-default-host2-b1'),
    ('00000000-0000-0000-0000-000000000007', 'shop', 0, '{"error": {"name": "Canceled", "message": "canceled by ada"}}', 'ada', NULL, NULL, 'canceled', '2026-11-24 04:00:30.2+00', NULL),
    ('00000000-0000-0000-0000-000000000008', 'shop', 3, 'null', NULL, NULL, '2026-11-24 05:00:00.2+00', 'skipped', '2026-11-24 05:00:00.203+00', 'wk-default-host2-b1'),
    ('00000000-0000-0000-0000-000000000011', 'shop', 100, 'null', NULL, NULL, '2026-11-24 06:10:00.2+00', 'success', '2026-11-24 06:10:00.3+00', 'wk-default-host2-b1');

INSERT INTO v2_job_queue (id, workspace_id, created_at, started_at, scheduled_for, running, worker) VALUES
    ('00000000-0000-0000-0000-000000000009', 'shop', '2026-11-24 06:00:00+00', '2026-11-24 06:00:00.4+00', '2026-11-24 06:00:00+00', true, 'wk-default-host1-a1'),
    ('00000000-0000-0000-0000-000000000010', 'shop', '2026-11-24 06:00:00+00', NULL, '2026-11-25 01:00:00+00', false, NULL),
    ('00000000-0000-0000-0000-000000000012', 'shop', '2026-11-24 06:20:00+00', NULL, '2026-11-24 06:20:00+00', false, NULL);
