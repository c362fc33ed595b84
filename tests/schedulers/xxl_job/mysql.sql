-- Written by hand after the published column names and types of XXL-JOB 2 and 3.
CREATE TABLE xxl_job_info (
    id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
    job_group int NOT NULL,
    job_desc varchar(255) NOT NULL,
    add_time datetime DEFAULT NULL,
    update_time datetime DEFAULT NULL,
    author varchar(64) DEFAULT NULL,
    schedule_type varchar(50) NOT NULL DEFAULT 'NONE',
    schedule_conf varchar(128) DEFAULT NULL,
    misfire_strategy varchar(50) NOT NULL DEFAULT 'DO_NOTHING',
    executor_handler varchar(255) DEFAULT NULL,
    executor_timeout int NOT NULL DEFAULT 0,
    executor_fail_retry_count int NOT NULL DEFAULT 0,
    trigger_status tinyint NOT NULL DEFAULT 0,
    trigger_last_time bigint NOT NULL DEFAULT 0,
    trigger_next_time bigint NOT NULL DEFAULT 0
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE xxl_job_log (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    job_group int NOT NULL,
    job_id int NOT NULL,
    executor_address varchar(255) DEFAULT NULL,
    executor_handler varchar(255) DEFAULT NULL,
    executor_param varchar(512) DEFAULT NULL,
    executor_sharding_param varchar(20) DEFAULT NULL,
    executor_fail_retry_count int NOT NULL DEFAULT 0,
    trigger_time datetime DEFAULT NULL,
    trigger_code int NOT NULL,
    trigger_msg text,
    handle_time datetime DEFAULT NULL,
    handle_code int NOT NULL,
    handle_msg text,
    alarm_status tinyint NOT NULL DEFAULT 0,
    KEY I_trigger_time (trigger_time),
    KEY I_handle_code (handle_code)
) DEFAULT CHARSET = utf8mb4;

INSERT INTO xxl_job_info (id, job_group, job_desc, schedule_type, schedule_conf, executor_timeout, executor_fail_retry_count, trigger_status) VALUES
    (1, 1, '对账任务', 'CRON', '0 0 * * * ?', 0, 1, 1),
    (2, 1, 'nightly report', 'CRON', '0 0 3 * * ?', 60, 0, 1),
    (3, 2, 'sync orders', 'FIX_RATE', '300', 0, 0, 1),
    (4, 2, 'paused', 'CRON', '0 0 5 * * ?', 0, 0, 0);

-- The scheduler's local time, Asia/Shanghai: eight hours ahead of UTC.
INSERT INTO xxl_job_log (id, job_group, job_id, executor_address, executor_fail_retry_count, trigger_time, trigger_code, trigger_msg, handle_time, handle_code, handle_msg) VALUES
    (1, 1, 1, 'http://10.1.0.4:9999/', 1, '2026-11-24 09:00:00', 200, 'ok', '2026-11-24 09:00:12', 200, ''),
    (2, 1, 1, 'http://10.1.0.5:9999/', 1, '2026-11-24 10:00:00', 200, 'ok', '2026-11-24 10:00:03', 500, 'no such customer'),
    (3, 1, 1, 'http://10.1.0.5:9999/', 0, '2026-11-24 10:00:04', 200, 'retry', '2026-11-24 10:00:15', 200, ''),
    (4, 1, 2, 'http://10.1.0.4:9999/', 0, '2026-11-24 03:00:00', 200, 'ok', '2026-11-24 03:01:00', 502, 'job execute timeout '),
    (5, 2, 3, NULL, 0, '2026-11-24 11:00:00', 500, 'no address of an executor', NULL, 0, NULL),
    (6, 2, 3, 'http://10.1.0.6:9999/', 0, '2026-11-24 11:05:00', 200, 'ok', '2026-11-24 11:05:00', 200, NULL),
    (7, 2, 3, 'http://10.1.0.6:9999/', 0, '2026-11-24 11:10:00', 200, 'ok', NULL, 0, NULL),
    (8, 2, 3, 'http://10.1.0.6:9999/', 0, '2026-11-24 11:15:00', 200, 'ok', '2026-11-24 11:15:10', 500, 'job running, killed'),
    (9, 2, 3, 'http://10.1.0.6:9999/', 0, '2026-11-24 11:20:00', 0, NULL, NULL, 0, NULL),
    (10, 2, 99, 'http://10.1.0.6:9999/', 0, '2026-11-24 11:25:00', 200, 'ok', '2026-11-24 11:25:02', 200, ''),
    (11, 1, 1, 'http://10.1.0.4:9999/', 1, '2026-11-24 00:30:00', 200, 'ok', '2026-11-24 00:30:41', 200, ''),
    (12, 1, 1, 'http://10.1.0.4:9999/', 1, '2026-11-24 12:00:00', 200, 'ok', '2026-11-24 12:00:09', 200, '');
