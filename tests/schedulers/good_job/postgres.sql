-- Written by hand after the published column names and types of GoodJob 4.
CREATE TABLE good_jobs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    queue_name text,
    priority integer,
    serialized_params jsonb,
    scheduled_at timestamp(6),
    performed_at timestamp(6),
    finished_at timestamp(6),
    error text,
    created_at timestamp(6) NOT NULL,
    updated_at timestamp(6) NOT NULL,
    active_job_id uuid,
    concurrency_key text,
    cron_key text,
    cron_at timestamp(6),
    executions_count integer,
    job_class text,
    error_event smallint,
    labels text[],
    locked_by_id uuid,
    locked_at timestamp(6)
);

CREATE TABLE good_job_executions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    created_at timestamp(6) NOT NULL,
    updated_at timestamp(6) NOT NULL,
    active_job_id uuid NOT NULL,
    job_class text,
    queue_name text,
    serialized_params jsonb,
    scheduled_at timestamp(6),
    finished_at timestamp(6),
    error text,
    error_event smallint,
    error_backtrace text[],
    process_id uuid,
    duration interval
);

CREATE INDEX index_good_job_executions_on_active_job_id_and_created_at ON good_job_executions (active_job_id, created_at);
CREATE INDEX index_good_job_executions_on_process_id_and_created_at ON good_job_executions (process_id, created_at);
CREATE INDEX index_good_jobs_on_cron_key_and_cron_at ON good_jobs (cron_key, cron_at);

-- Times are UTC. Jobs 1 to 9: a cron job, one that fails and is retried, one discarded, one running, one queued,
-- one interrupted and run again, one of another class, one whose last try runs, one waiting for its retry.
INSERT INTO good_jobs (id, serialized_params, scheduled_at, performed_at, finished_at, error, created_at, updated_at, active_job_id, cron_key, cron_at, executions_count, job_class, error_event) VALUES
    ('00000000-0000-0000-0000-000000000001', '{"executions": 1}', '2026-11-24 01:00:00', '2026-11-24 01:00:00.52', '2026-11-24 01:00:03.1', NULL, '2026-11-24 01:00:00.1', '2026-11-24 01:00:03.1', '00000000-0000-0000-0000-000000000001', 'nightly_report', '2026-11-24 01:00:00', 1, 'NightlyReportJob', NULL),
    ('00000000-0000-0000-0000-000000000002', '{"executions": 2}', '2026-11-24 01:05:06', '2026-11-24 01:05:06.2', '2026-11-24 01:05:08', NULL, '2026-11-24 01:05:00', '2026-11-24 01:05:08', '00000000-0000-0000-0000-000000000002', NULL, NULL, 2, 'SyncJob', NULL),
    ('00000000-0000-0000-0000-000000000003', '{"executions": 1}', NULL, '2026-11-24 01:10:00.2', '2026-11-24 01:10:01', 'ArgumentError: no such customer', '2026-11-24 01:10:00', '2026-11-24 01:10:01', '00000000-0000-0000-0000-000000000003', NULL, NULL, 1, 'SyncJob', 4),
    ('00000000-0000-0000-0000-000000000004', '{"executions": 0}', '2026-11-24 01:20:00', '2026-11-24 01:20:00.2', NULL, NULL, '2026-11-24 01:20:00', '2026-11-24 01:20:00.2', '00000000-0000-0000-0000-000000000004', NULL, NULL, 1, 'ImportJob', NULL),
    ('00000000-0000-0000-0000-000000000005', '{"executions": 0}', '2026-11-25 01:00:00', NULL, NULL, NULL, '2026-11-24 01:21:00', '2026-11-24 01:21:00', '00000000-0000-0000-0000-000000000005', NULL, NULL, 0, 'ImportJob', NULL),
    ('00000000-0000-0000-0000-000000000006', '{"executions": 1}', '2026-11-24 01:30:00', '2026-11-24 01:40:00', '2026-11-24 01:41:00', NULL, '2026-11-24 01:30:00', '2026-11-24 01:41:00', '00000000-0000-0000-0000-000000000006', 'hourly', '2026-11-24 01:30:00', 2, 'ImportJob', 0),
    ('00000000-0000-0000-0000-000000000007', '{"executions": 1}', '2026-11-24 01:50:00', '2026-11-24 01:50:00.1', '2026-11-24 01:50:00.2', NULL, '2026-11-24 01:50:00', '2026-11-24 01:50:00.2', '00000000-0000-0000-0000-000000000007', 'nightly_report', '2026-11-24 01:50:00', 1, 'NightlyReportJob', NULL),
    ('00000000-0000-0000-0000-000000000009', '{"executions": 1}', '2026-11-25 03:00:00', NULL, NULL, 'Timeout::Error: execution expired', '2026-11-24 02:00:00', '2026-11-24 02:00:05', '00000000-0000-0000-0000-000000000009', NULL, NULL, 1, 'SyncJob', 3);

INSERT INTO good_job_executions (id, created_at, updated_at, active_job_id, job_class, serialized_params, scheduled_at, finished_at, error, error_event, process_id, duration) VALUES
    ('10000000-0000-0000-0000-000000000001', '2026-11-24 01:00:00.52', '2026-11-24 01:00:03.1', '00000000-0000-0000-0000-000000000001', 'NightlyReportJob', '{"executions": 0}', '2026-11-24 01:00:00', '2026-11-24 01:00:03.1', NULL, NULL, '20000000-0000-0000-0000-000000000001', '2.58 seconds'),
    ('10000000-0000-0000-0000-000000000002', '2026-11-24 01:05:00.2', '2026-11-24 01:05:02', '00000000-0000-0000-0000-000000000002', 'SyncJob', '{"executions": 0}', '2026-11-24 01:05:00', '2026-11-24 01:05:02', 'Net::ReadTimeout: the mail server is away', 3, '20000000-0000-0000-0000-000000000001', '1.8 seconds'),
    ('10000000-0000-0000-0000-000000000003', '2026-11-24 01:05:06.2', '2026-11-24 01:05:08', '00000000-0000-0000-0000-000000000002', 'SyncJob', '{"executions": 1}', '2026-11-24 01:05:06', '2026-11-24 01:05:08', NULL, NULL, '20000000-0000-0000-0000-000000000002', '1.8 seconds'),
    ('10000000-0000-0000-0000-000000000004', '2026-11-24 01:10:00.2', '2026-11-24 01:10:01', '00000000-0000-0000-0000-000000000003', 'SyncJob', '{"executions": 0}', NULL, '2026-11-24 01:10:01', 'ArgumentError: no such customer', 4, '20000000-0000-0000-0000-000000000002', '0.8 seconds'),
    ('10000000-0000-0000-0000-000000000005', '2026-11-24 01:20:00.2', '2026-11-24 01:20:00.2', '00000000-0000-0000-0000-000000000004', 'ImportJob', '{"executions": 0}', '2026-11-24 01:20:00', NULL, NULL, NULL, '20000000-0000-0000-0000-000000000001', NULL),
    ('10000000-0000-0000-0000-000000000006', '2026-11-24 01:30:00.3', '2026-11-24 01:40:00', '00000000-0000-0000-0000-000000000006', 'ImportJob', '{"executions": 0}', '2026-11-24 01:30:00', '2026-11-24 01:40:00', 'GoodJob::InterruptError: interrupted after starting perform', 1, '20000000-0000-0000-0000-000000000001', '00:00:00'),
    ('10000000-0000-0000-0000-000000000007', '2026-11-24 01:40:00', '2026-11-24 01:41:00', '00000000-0000-0000-0000-000000000006', 'ImportJob', '{"executions": 1}', '2026-11-24 01:40:00', '2026-11-24 01:41:00', NULL, NULL, '20000000-0000-0000-0000-000000000002', '60 seconds'),
    ('10000000-0000-0000-0000-000000000008', '2026-11-24 01:50:00.1', '2026-11-24 01:50:00.2', '00000000-0000-0000-0000-000000000007', 'NightlyReportJob', '{"executions": 0}', '2026-11-24 01:50:00', '2026-11-24 01:50:00.2', NULL, NULL, '20000000-0000-0000-0000-000000000002', '0.1 seconds'),
    ('10000000-0000-0000-0000-000000000009', '2026-11-24 02:00:00.2', '2026-11-24 02:00:05', '00000000-0000-0000-0000-000000000009', 'SyncJob', '{"executions": 0}', '2026-11-24 02:00:00', '2026-11-24 02:00:05', 'Timeout::Error: execution expired', 3, '20000000-0000-0000-0000-000000000002', '4.8 seconds');
