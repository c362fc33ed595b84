-- Written by hand after the published column names and types of Oban 2 (migration 14).
CREATE TYPE oban_job_state AS ENUM ('available', 'scheduled', 'executing', 'retryable', 'completed', 'discarded', 'cancelled', 'suspended');

CREATE TABLE oban_jobs (
    id bigserial PRIMARY KEY,
    state oban_job_state NOT NULL DEFAULT 'available',
    queue text NOT NULL DEFAULT 'default',
    worker text NOT NULL,
    args jsonb NOT NULL DEFAULT '{}',
    errors jsonb[] NOT NULL DEFAULT ARRAY[]::jsonb[],
    attempt integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL DEFAULT 20,
    inserted_at timestamp NOT NULL DEFAULT timezone('UTC', now()),
    scheduled_at timestamp NOT NULL DEFAULT timezone('UTC', now()),
    attempted_at timestamp,
    completed_at timestamp,
    attempted_by text[],
    discarded_at timestamp,
    priority integer NOT NULL DEFAULT 0,
    tags text[] DEFAULT ARRAY[]::text[],
    meta jsonb DEFAULT '{}',
    cancelled_at timestamp
);

CREATE INDEX oban_jobs_state_queue_priority_scheduled_at_id_index ON oban_jobs (state, queue, priority, scheduled_at, id);
CREATE INDEX oban_jobs_state_cancelled_at_index ON oban_jobs (state, cancelled_at);
CREATE INDEX oban_jobs_state_discarded_at_index ON oban_jobs (state, discarded_at);
CREATE INDEX oban_jobs_meta_index ON oban_jobs USING gin (meta);

-- Times are UTC.
INSERT INTO oban_jobs (id, state, worker, errors, attempt, max_attempts, inserted_at, scheduled_at, attempted_at, completed_at, attempted_by, discarded_at, cancelled_at, meta) VALUES
    (1, 'completed', 'Shop.NightlyReport', '{}', 1, 3, '2026-11-24 01:00:00.01', '2026-11-24 01:00:00', '2026-11-24 01:00:00.123456', '2026-11-24 01:00:04.5', '{web@host1,4bd0b1a8}', NULL, NULL, '{"cron": true, "cron_expr": "0 1 * * *", "cron_name": "nightly-report"}'),
    (2, 'completed', 'Shop.Sync', ARRAY['{"at": "2026-11-24T01:05:01.000000Z", "attempt": 1, "error": "** (RuntimeError) no such customer"}'::jsonb], 2, 3, '2026-11-24 01:05:00', '2026-11-24 01:05:20', '2026-11-24 01:05:20.2', '2026-11-24 01:05:22', '{web@host2,77aa0c11}', NULL, NULL, '{}'),
    (3, 'discarded', 'Shop.Sync', ARRAY['{"at": "2026-11-24T01:06:01.000000Z", "attempt": 1, "error": "** (RuntimeError) first"}'::jsonb, '{"at": "2026-11-24T01:06:31.000000Z", "attempt": 2, "error": "** (RuntimeError) second"}'::jsonb], 2, 2, '2026-11-24 01:06:00', '2026-11-24 01:06:30', '2026-11-24 01:06:30.1', NULL, '{web@host2,77aa0c11}', '2026-11-24 01:06:31', NULL, '{}'),
    (4, 'retryable', 'Shop.Sync', ARRAY['{"at": "2026-11-24T01:07:01.500000Z", "attempt": 1, "error": "** (RuntimeError) the mail server is away"}'::jsonb], 1, 20, '2026-11-24 01:07:00', '2026-11-24 01:07:16', '2026-11-24 01:07:00.1', NULL, '{web@host1,4bd0b1a8}', NULL, NULL, '{}'),
    (5, 'executing', 'Shop.Import', '{}', 1, 20, '2026-11-24 01:08:00', '2026-11-24 01:08:00', '2026-11-24 01:08:00.3', NULL, '{web@host1,4bd0b1a8}', NULL, NULL, '{}'),
    (6, 'cancelled', 'Shop.Import', '{}', 1, 20, '2026-11-24 01:09:00', '2026-11-24 01:09:00', '2026-11-24 01:09:00.3', NULL, '{web@host1,4bd0b1a8}', NULL, '2026-11-24 01:09:30', '{}'),
    (7, 'cancelled', 'Shop.Import', '{}', 0, 20, '2026-11-24 01:10:00', '2026-11-24 02:10:00', NULL, NULL, NULL, NULL, '2026-11-24 01:10:30', '{}'),
    (8, 'scheduled', 'Shop.Import', '{}', 0, 20, '2026-11-24 01:11:00', '2026-11-25 01:11:00', NULL, NULL, NULL, NULL, NULL, '{}'),
    (9, 'available', 'Shop.Import', '{}', 0, 20, '2026-11-24 01:12:00', '2026-11-24 01:12:00', NULL, NULL, NULL, NULL, NULL, '{}'),
    (10, 'completed', 'Shop.NightlyReport', '{}', 1, 3, '2026-11-24 01:13:00', '2026-11-24 01:13:00', '2026-11-24 01:13:00.2', '2026-11-24 01:13:00.9', '{web@host1,4bd0b1a8}', NULL, NULL, '{}'),
    (11, 'suspended', 'Shop.Import', '{}', 0, 20, '2026-11-24 01:14:00', '2026-11-24 01:14:00', NULL, NULL, NULL, NULL, NULL, '{}');
