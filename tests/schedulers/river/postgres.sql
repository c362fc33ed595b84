-- Written by hand after the published column names and types of River (migration 6).
CREATE TYPE river_job_state AS ENUM ('available', 'cancelled', 'completed', 'discarded', 'pending', 'retryable', 'running', 'scheduled');

CREATE TABLE river_job (
    id bigserial PRIMARY KEY,
    state river_job_state NOT NULL DEFAULT 'available',
    attempt smallint NOT NULL DEFAULT 0,
    max_attempts smallint NOT NULL,
    attempted_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    finalized_at timestamptz,
    scheduled_at timestamptz NOT NULL DEFAULT now(),
    priority smallint NOT NULL DEFAULT 1,
    args jsonb NOT NULL DEFAULT '{}',
    attempted_by text[],
    errors jsonb[],
    kind text NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}',
    queue text NOT NULL DEFAULT 'default',
    tags varchar(255)[] NOT NULL DEFAULT '{}',
    unique_key bytea,
    unique_states bit(8),
    CONSTRAINT finalized_or_finalized_at_null CHECK ((finalized_at IS NULL) = (state NOT IN ('cancelled', 'completed', 'discarded')))
);

CREATE INDEX river_job_kind ON river_job (kind);
CREATE INDEX river_job_state_and_finalized_at_index ON river_job (state, finalized_at) WHERE finalized_at IS NOT NULL;
CREATE INDEX river_job_prioritized_fetching_index ON river_job (state, queue, priority, scheduled_at, id);

INSERT INTO river_job (id, state, attempt, max_attempts, attempted_at, created_at, finalized_at, scheduled_at, attempted_by, errors, kind, metadata) VALUES
    (1, 'completed', 1, 25, '2026-11-24 01:00:00.123456+00', '2026-11-24 01:00:00.1+00', '2026-11-24 01:00:04.5+00', '2026-11-24 01:00:00+00', '{host1_2026_11_20}', NULL, 'nightly_report', '{"periodic": true}'),
    (2, 'completed', 2, 25, '2026-11-24 01:05:20.2+00', '2026-11-24 01:05:00+00', '2026-11-24 01:05:22+00', '2026-11-24 01:05:20+00', '{host1_2026_11_20,host2_2026_11_20}', ARRAY['{"at": "2026-11-24T01:05:01Z", "attempt": 1, "error": "no such customer", "trace": ""}'::jsonb], 'sync', '{}'),
    (3, 'discarded', 2, 2, '2026-11-24 01:06:30.1+00', '2026-11-24 01:06:00+00', '2026-11-24 01:06:31+00', '2026-11-24 01:06:30+00', '{host2_2026_11_20,host1_2026_11_20}', ARRAY['{"at": "2026-11-24T01:06:01Z", "attempt": 1, "error": "first"}'::jsonb, '{"at": "2026-11-24T01:06:31Z", "attempt": 2, "error": "second"}'::jsonb], 'sync', '{}'),
    (4, 'retryable', 1, 25, '2026-11-24 01:07:00.1+00', '2026-11-24 01:07:00+00', NULL, '2026-11-24 01:27:00+00', '{host1_2026_11_20}', ARRAY['{"at": "2026-11-24T01:07:01Z", "attempt": 1, "error": "the mail server is away"}'::jsonb], 'sync', '{}'),
    (5, 'running', 1, 25, '2026-11-24 01:08:00.3+00', '2026-11-24 01:08:00+00', NULL, '2026-11-24 01:08:00+00', '{host1_2026_11_20}', NULL, 'import', '{}'),
    (6, 'cancelled', 1, 25, '2026-11-24 01:09:00.3+00', '2026-11-24 01:09:00+00', '2026-11-24 01:09:30+00', '2026-11-24 01:09:00+00', '{host1_2026_11_20}', ARRAY['{"at": "2026-11-24T01:09:30Z", "attempt": 1, "error": "jobCancelError: job cancelled remotely"}'::jsonb], 'import', '{}'),
    (7, 'cancelled', 0, 25, NULL, '2026-11-24 01:10:00+00', '2026-11-24 01:10:30+00', '2026-11-24 02:10:00+00', NULL, NULL, 'import', '{}'),
    (8, 'scheduled', 0, 25, NULL, '2026-11-24 01:11:00+00', NULL, '2026-11-25 01:11:00+00', NULL, NULL, 'import', '{}'),
    (9, 'available', 0, 25, NULL, '2026-11-24 01:12:00+00', NULL, '2026-11-24 01:12:00+00', NULL, NULL, 'import', '{}'),
    (10, 'pending', 0, 25, NULL, '2026-11-24 01:12:30+00', NULL, '2026-11-24 01:12:30+00', NULL, NULL, 'import', '{}'),
    (11, 'completed', 1, 25, '2026-11-24 03:00:00.1+02', '2026-11-24 03:00:00+02', '2026-11-24 03:00:00.9+02', '2026-11-24 03:00:00+02', '{host1_2026_11_20}', NULL, 'nightly_report', '{}'),
    -- Snoozed: the attempt is taken back, the times of the last one stay.
    (12, 'scheduled', 0, 25, '2026-11-24 01:14:00.1+00', '2026-11-24 01:14:00+00', NULL, '2026-11-25 01:14:00+00', '{host1_2026_11_20}', NULL, 'import', '{"snoozes": 1}');
