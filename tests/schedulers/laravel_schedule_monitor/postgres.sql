-- Made by hand of mysql.sql, with the types that Laravel gives these columns on PostgreSQL. The application wrote its local
-- time (Europe/Copenhagen, one hour ahead of UTC).
CREATE TABLE monitored_scheduled_tasks (
    id bigserial PRIMARY KEY,
    name varchar(255) NOT NULL,
    type varchar(255),
    cron_expression varchar(255) NOT NULL,
    timezone varchar(255),
    ping_url varchar(255),
    last_started_at timestamp(0) without time zone,
    last_finished_at timestamp(0) without time zone,
    last_failed_at timestamp(0) without time zone,
    last_skipped_at timestamp(0) without time zone,
    registered_on_oh_dear_at timestamp(0) without time zone,
    last_pinged_at timestamp(0) without time zone,
    grace_time_in_minutes integer NOT NULL,
    created_at timestamp(0) without time zone,
    updated_at timestamp(0) without time zone
);

CREATE TABLE monitored_scheduled_task_log_items (
    id bigserial PRIMARY KEY,
    monitored_scheduled_task_id bigint NOT NULL REFERENCES monitored_scheduled_tasks (id) ON DELETE CASCADE,
    type varchar(255) NOT NULL,
    meta json,
    created_at timestamp(0) without time zone,
    updated_at timestamp(0) without time zone
);

INSERT INTO monitored_scheduled_tasks (id, name, type, cron_expression, timezone, grace_time_in_minutes) VALUES
    (1, 'reports:nightly', 'command', '0 2 * * *', 'Europe/Copenhagen', 5),
    (2, 'orders:sync', 'command', '*/5 * * * *', 'Europe/Copenhagen', 5),
    (3, 'App\Jobs\Import', 'job', '0 * * * *', 'Europe/Copenhagen', 5);

INSERT INTO monitored_scheduled_task_log_items (id, monitored_scheduled_task_id, type, meta, created_at, updated_at) VALUES
    (1, 1, 'starting', '{"memory": 0}', '2026-11-24 02:00:01', '2026-11-24 02:00:01'),
    (2, 2, 'starting', '{"memory": 0}', '2026-11-24 02:00:02', '2026-11-24 02:00:02'),
    (3, 2, 'finished', '{"runtime": 1.25, "exit_code": 0, "memory": 1}', '2026-11-24 02:00:03', '2026-11-24 02:00:03'),
    (4, 1, 'finished', '{"runtime": 61.5, "exit_code": 0, "memory": 1}', '2026-11-24 02:01:02', '2026-11-24 02:01:02'),
    (5, 2, 'starting', '{"memory": 0}', '2026-11-24 02:05:01', '2026-11-24 02:05:01'),
    (6, 2, 'failed', '{"failure_message": "no such customer"}', '2026-11-24 02:05:02', '2026-11-24 02:05:02'),
    (7, 2, 'failed', '{"runtime": 0.8, "exit_code": 1, "memory": 1}', '2026-11-24 02:05:02', '2026-11-24 02:05:02'),
    (8, 2, 'skipped', NULL, '2026-11-24 02:10:01', '2026-11-24 02:10:01'),
    (9, 2, 'starting', '{"memory": 0}', '2026-11-24 02:15:01', '2026-11-24 02:15:01'),
    (10, 2, 'starting', '{"memory": 0}', '2026-11-24 02:20:01', '2026-11-24 02:20:01'),
    (11, 2, 'finished', '{"runtime": 1.1, "exit_code": 0, "memory": 1}', '2026-11-24 02:20:02', '2026-11-24 02:20:02'),
    (12, 3, 'starting', '{"memory": 0}', '2026-11-24 03:00:00', '2026-11-24 03:00:00'),
    (13, 3, 'finished', '{"runtime": 0.01, "exit_code": 0, "memory": 1}', '2026-11-24 03:00:00', '2026-11-24 03:00:00'),
    (14, 2, 'starting', '{"memory": 0}', '2026-11-24 03:00:01', '2026-11-24 03:00:01');
