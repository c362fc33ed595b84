-- Written by hand after the published column names and types of WordPress Action Scheduler 3 (schema version 7).
CREATE TABLE wp_actionscheduler_actions (
    action_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    hook varchar(191) NOT NULL,
    status varchar(20) NOT NULL,
    scheduled_date_gmt datetime NULL DEFAULT '0000-00-00 00:00:00',
    scheduled_date_local datetime NULL DEFAULT '0000-00-00 00:00:00',
    priority tinyint unsigned NOT NULL DEFAULT 10,
    args varchar(191) DEFAULT NULL,
    schedule longtext,
    group_id bigint unsigned NOT NULL DEFAULT 0,
    attempts int NOT NULL DEFAULT 0,
    last_attempt_gmt datetime NULL DEFAULT '0000-00-00 00:00:00',
    last_attempt_local datetime NULL DEFAULT '0000-00-00 00:00:00',
    claim_id bigint unsigned NOT NULL DEFAULT 0,
    extended_args varchar(8000) DEFAULT NULL,
    KEY hook_status_scheduled_date_gmt (hook(163), status, scheduled_date_gmt),
    KEY status_scheduled_date_gmt (status, scheduled_date_gmt),
    KEY scheduled_date_gmt (scheduled_date_gmt),
    KEY last_attempt_gmt (last_attempt_gmt)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE wp_actionscheduler_logs (
    log_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    action_id bigint unsigned NOT NULL,
    message text NOT NULL,
    log_date_gmt datetime NULL DEFAULT '0000-00-00 00:00:00',
    log_date_local datetime NULL DEFAULT '0000-00-00 00:00:00',
    KEY action_id (action_id),
    KEY log_date_gmt (log_date_gmt)
) DEFAULT CHARSET = utf8mb4;

-- The site is one hour ahead of UTC.
INSERT INTO wp_actionscheduler_actions (action_id, hook, status, scheduled_date_gmt, scheduled_date_local, attempts, last_attempt_gmt, last_attempt_local) VALUES
    (1, 'woocommerce_cleanup_sessions', 'complete', '2026-11-24 01:00:00', '2026-11-24 02:00:00', 1, '2026-11-24 01:00:21', '2026-11-24 02:00:21'),
    (2, 'wc_admin_daily', 'failed', '2026-11-24 01:05:00', '2026-11-24 02:05:00', 1, '2026-11-24 01:05:10', '2026-11-24 02:05:10'),
    (3, 'wc_admin_daily', 'in-progress', '2026-11-24 01:10:00', '2026-11-24 02:10:00', 1, '2026-11-24 01:10:05', '2026-11-24 02:10:05'),
    (4, 'wc_admin_daily', 'canceled', '2026-11-24 02:10:00', '2026-11-24 03:10:00', 0, NULL, NULL),
    (5, 'wc_admin_daily', 'pending', '2026-11-25 01:10:00', '2026-11-25 02:10:00', 0, NULL, NULL),
    (6, 'import_products', 'failed', '2026-11-24 01:15:00', '2026-11-24 02:15:00', 1, '2026-11-24 01:15:03', '2026-11-24 02:15:03'),
    (7, 'import_products', 'complete', '2026-11-24 01:20:00', '2026-11-24 02:20:00', 2, '2026-11-24 01:40:09', '2026-11-24 02:40:09'),
    (8, 'no_such_hook', 'failed', '2026-11-24 01:30:00', '2026-11-24 02:30:00', 1, '2026-11-24 01:30:02', '2026-11-24 02:30:02'),
    (9, 'woocommerce_cleanup_sessions', 'complete', '2026-11-24 02:00:00', '2026-11-24 03:00:00', 1, '2026-11-24 02:00:44', '2026-11-24 03:00:44'),
    (10, 'import_products', 'pending', '2026-11-24 01:50:00', '2026-11-24 02:50:00', 0, NULL, NULL),
    (11, 'wc_async', 'complete', '0000-00-00 00:00:00', '0000-00-00 00:00:00', 1, '2026-11-24 02:05:02', '2026-11-24 03:05:02');

INSERT INTO wp_actionscheduler_logs (log_id, action_id, message, log_date_gmt, log_date_local) VALUES
    (1, 1, 'action created', '2026-11-23 01:00:01', '2026-11-23 02:00:01'),
    (2, 1, 'action started via WP Cron', '2026-11-24 01:00:20', '2026-11-24 02:00:20'),
    (3, 1, 'action complete via WP Cron', '2026-11-24 01:00:21', '2026-11-24 02:00:21'),
    (4, 2, 'action created', '2026-11-23 01:05:01', '2026-11-23 02:05:01'),
    (5, 2, 'action started via WP Cron', '2026-11-24 01:05:10', '2026-11-24 02:05:10'),
    (6, 2, 'action failed via WP Cron: no such customer', '2026-11-24 01:05:12', '2026-11-24 02:05:12'),
    (7, 3, 'action created', '2026-11-23 01:10:01', '2026-11-23 02:10:01'),
    (8, 3, 'action started via Async Request', '2026-11-24 01:10:05', '2026-11-24 02:10:05'),
    (9, 4, 'action created', '2026-11-23 02:10:01', '2026-11-23 03:10:01'),
    (10, 4, 'action canceled', '2026-11-23 12:00:00', '2026-11-23 13:00:00'),
    (11, 5, 'action created', '2026-11-24 01:10:06', '2026-11-24 02:10:06'),
    (12, 6, 'action started via WP Cron', '2026-11-24 01:15:03', '2026-11-24 02:15:03'),
    (13, 6, 'action marked as failed after 300 seconds. Unknown error occurred. Check server, PHP and database error logs to diagnose cause.', '2026-11-24 01:21:00', '2026-11-24 02:21:00'),
    (14, 7, 'action started via WP Cron', '2026-11-24 01:20:02', '2026-11-24 02:20:02'),
    (15, 7, 'action reset', '2026-11-24 01:26:00', '2026-11-24 02:26:00'),
    (16, 7, 'action started via WP CLI', '2026-11-24 01:40:00', '2026-11-24 02:40:00'),
    (17, 7, 'action complete via WP CLI', '2026-11-24 01:40:09', '2026-11-24 02:40:09'),
    (18, 8, 'action started via WP Cron', '2026-11-24 01:30:02', '2026-11-24 02:30:02'),
    (19, 8, 'action failed via WP Cron: Scheduled action for no_such_hook will not be executed as no callbacks are registered.', '2026-11-24 01:30:02', '2026-11-24 02:30:02'),
    (20, 9, 'action started via WP Cron', '2026-11-24 02:00:40', '2026-11-24 03:00:40'),
    (21, 9, 'action complete via WP Cron', '2026-11-24 02:00:44', '2026-11-24 03:00:44'),
    (22, 11, 'action started via Async Request', '2026-11-24 02:05:00', '2026-11-24 03:05:00'),
    (23, 11, 'action complete via Async Request', '2026-11-24 02:05:02', '2026-11-24 03:05:02');
