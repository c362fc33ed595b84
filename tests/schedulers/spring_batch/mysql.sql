-- Made by port.py of postgres.sql, with the types that the product gives these columns here.
SET time_zone = '+00:00';
CREATE TABLE `BATCH_JOB_INSTANCE` (
    `JOB_INSTANCE_ID` bigint NOT NULL,
    `VERSION` bigint,
    `JOB_NAME` varchar(100) NOT NULL,
    `JOB_KEY` varchar(32) NOT NULL,
    PRIMARY KEY (`JOB_INSTANCE_ID`)
) DEFAULT CHARSET = utf8mb4;

INSERT INTO `BATCH_JOB_INSTANCE` (`JOB_INSTANCE_ID`, `VERSION`, `JOB_NAME`, `JOB_KEY`) VALUES
    (1, 0, 'importInvoices', 'aa01'),
    (2, 0, 'importInvoices', 'aa02'),
    (3, 0, 'importInvoices', 'aa03'),
    (4, 0, 'exportLedger', 'bb01'),
    (5, 0, 'exportLedger', 'bb02'),
    (6, 0, 'nightlyReport', 'cc01'),
    (7, 0, 'nightlyReport', 'cc02'),
    (8, 0, 'nightlyReport', 'cc03'),
    (9, 0, 'nightlyReport', 'cc04');

CREATE TABLE `BATCH_JOB_EXECUTION` (
    `JOB_EXECUTION_ID` bigint NOT NULL,
    `VERSION` bigint,
    `JOB_INSTANCE_ID` bigint NOT NULL,
    `CREATE_TIME` datetime(6) NOT NULL,
    `START_TIME` datetime(6),
    `END_TIME` datetime(6),
    `STATUS` varchar(10),
    `EXIT_CODE` varchar(2500),
    `EXIT_MESSAGE` varchar(2500),
    `LAST_UPDATED` datetime(6),
    PRIMARY KEY (`JOB_EXECUTION_ID`)
) DEFAULT CHARSET = utf8mb4;

INSERT INTO `BATCH_JOB_EXECUTION` (`JOB_EXECUTION_ID`, `VERSION`, `JOB_INSTANCE_ID`, `CREATE_TIME`, `START_TIME`, `END_TIME`, `STATUS`, `EXIT_CODE`, `EXIT_MESSAGE`, `LAST_UPDATED`) VALUES
    (1, 2, 1, '2026-10-24 02:00:00.051000', '2026-10-24 02:00:00.112000', '2026-10-24 02:03:10.500000', 'COMPLETED', 'COMPLETED', '', '2026-10-24 02:03:10.501000'),
    (2, 2, 2, '2026-10-26 02:00:00.040000', '2026-10-26 02:00:00.100000', '2026-10-26 02:00:41.250000', 'FAILED', 'FAILED', 'java.lang.IllegalStateException: no such customer
	at com.example.Reader.read(Reader.java:42)', '2026-10-26 02:00:41.260000'),
    (3, 2, 2, '2026-10-26 02:10:00.020000', '2026-10-26 02:10:00.090000', '2026-10-26 02:13:00.000000', 'COMPLETED', 'COMPLETED', '', '2026-10-26 02:13:00.001000'),
    (4, 2, 4, '2026-10-26 03:00:00.010000', '2026-10-26 03:00:00.080000', '2026-10-26 03:00:30.000000', 'STOPPED', 'STOPPED', 'org.springframework.batch.core.JobInterruptedException', '2026-10-26 03:00:30.001000'),
    (5, 3, 4, '2026-10-26 03:20:00.010000', '2026-10-26 03:20:00.070000', '2026-10-26 03:20:05.000000', 'ABANDONED', 'FAILED', '', '2026-10-26 04:00:00.000000'),
    (6, 1, 5, '2026-10-26 04:00:00.010000', '2026-10-26 04:00:00.060000', NULL, 'STOPPING', 'UNKNOWN', '', '2026-10-26 04:01:00.000000'),
    (7, 1, 6, '2026-10-26 05:00:00.010000', '2026-10-26 05:00:00.050000', NULL, 'STARTED', 'UNKNOWN', '', '2026-10-26 05:00:00.051000'),
    (8, 2, 7, '2026-10-26 05:30:00.010000', '2026-10-26 05:30:00.040000', '2026-10-26 05:31:00.000000', 'UNKNOWN', 'UNKNOWN', '', '2026-10-26 05:31:00.001000'),
    (9, 0, 8, '2026-10-26 06:00:00.010000', NULL, NULL, 'STARTING', 'UNKNOWN', '', '2026-10-26 06:00:00.010000'),
    (10, 2, 3, '2026-10-25 02:30:00.010000', '2026-10-25 02:30:00.100000', '2026-10-25 02:45:00.000000', 'COMPLETED', 'COMPLETED', '', '2026-10-25 02:45:00.001000'),
    (11, 2, 9, '2026-10-26 06:30:00.010000', '2026-10-26 06:30:00.030000', '2026-10-26 06:30:20.000000', 'COMPLETED', 'NOOP', 'All steps already completed or no steps configured for this job.', '2026-10-26 06:30:20.001000');
