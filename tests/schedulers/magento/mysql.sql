-- Written by hand after the published column names and types of Magento 2.
SET time_zone = '+00:00';

CREATE TABLE cron_schedule (
    schedule_id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    job_code varchar(255) NOT NULL DEFAULT '0',
    status varchar(7) NOT NULL DEFAULT 'pending',
    messages text,
    created_at timestamp NOT NULL DEFAULT current_timestamp(),
    scheduled_at timestamp NULL DEFAULT NULL,
    executed_at timestamp NULL DEFAULT NULL,
    finished_at timestamp NULL DEFAULT NULL,
    KEY CRON_SCHEDULE_JOB_CODE (job_code),
    KEY CRON_SCHEDULE_SCHEDULED_AT_STATUS (scheduled_at, status)
);

-- Times are UTC, scheduled_at to the minute, the others to the second.
INSERT INTO cron_schedule VALUES
    (1, 'indexer_reindex_all_invalid', 'success', NULL, '2026-11-24 00:55:01', '2026-11-24 01:00:00', '2026-11-24 01:00:02', '2026-11-24 01:00:09'),
    (2, 'indexer_reindex_all_invalid', 'success', NULL, '2026-11-24 00:55:01', '2026-11-24 01:01:00', '2026-11-24 01:01:01', '2026-11-24 01:01:01'),
    (3, 'newsletter_send_all', 'error', 'No such customer', '2026-11-24 00:55:01', '2026-11-24 01:05:00', '2026-11-24 01:05:03', NULL),
    (4, 'newsletter_send_all', 'missed', 'Cron Job newsletter_send_all is missed at 2026-11-24 01:10:00', '2026-11-24 00:55:01', '2026-11-24 01:10:00', NULL, NULL),
    (5, 'sales_clean_quotes', 'running', NULL, '2026-11-24 00:55:01', '2026-11-24 01:15:00', '2026-11-24 01:15:02', NULL),
    (6, 'sales_clean_quotes', 'error', 'Time out for cron job sales_clean_quotes', '2026-11-23 00:55:01', '2026-11-23 01:15:00', '2026-11-23 01:15:02', NULL),
    (7, 'sales_clean_quotes', 'pending', NULL, '2026-11-24 00:55:01', '2026-11-24 02:15:00', NULL, NULL),
    (8, 'newsletter_send_all', 'success', NULL, '2026-11-24 01:15:01', '2026-11-24 01:20:00', '2026-11-24 01:20:40', '2026-11-24 01:21:00'),
    (9, 'newsletter_send_all', 'error', 'Could not acquire lock for cron job: newsletter_send_all', '2026-11-24 01:15:01', '2026-11-24 01:25:00', NULL, NULL),
    (10, 'indexer_reindex_all_invalid', 'success', NULL, '2026-11-24 01:15:01', '2026-11-24 01:30:00', '2026-11-24 01:30:02', '2026-11-24 01:31:12'),
    (11, 'newsletter_send_all', 'pending', NULL, '2026-11-24 01:15:01', '2026-11-24 03:25:00', NULL, NULL);
