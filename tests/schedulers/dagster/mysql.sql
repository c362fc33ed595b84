-- Made by port.py of sqlite.sql, with the types that the product gives these columns here.
SET time_zone = '+00:00';
CREATE TABLE `snapshots` (
    `id` integer NOT NULL,
    `snapshot_id` varchar(255) NOT NULL,
    `snapshot_body` blob NOT NULL,
    `snapshot_type` varchar(63) NOT NULL,
    PRIMARY KEY (`id`)
) DEFAULT CHARSET = utf8mb4;

INSERT INTO `snapshots` (`id`, `snapshot_id`, `snapshot_body`, `snapshot_type`) VALUES
    (1, '1d46805e4dbefa31847b980b6bf08264f0271879', X'', 'PIPELINE'),
    (2, '45a125963aea72f3a9939d022b80a6e907c0e7a5', X'', 'EXECUTION_PLAN'),
    (3, '9cbac3b23a91fdc92edd189e681fdf72d017fb59', X'', 'PIPELINE'),
    (4, '9b56ae0256abb677e47524c242143133a42ad43c', X'', 'EXECUTION_PLAN'),
    (5, 'fa6af3229c5b1e9d03786d0b490123dde17400a2', X'', 'PIPELINE'),
    (6, '2b7331a59722576689be8995ec2b016d0ea69b8b', X'', 'EXECUTION_PLAN'),
    (7, '9dff4e72cceddb2f65944036675d99bd2e89640f', X'', 'PIPELINE'),
    (8, '6c51dd5957432590145e94b473b2452ebbc96544', X'', 'EXECUTION_PLAN'),
    (9, 'c25e1e46eba597c7ddf5dc562b7a84f24f0194fb', X'', 'PIPELINE'),
    (10, 'fad8d825ceddf8b88eb0f9a93ff109563115cf4d', X'', 'EXECUTION_PLAN'),
    (11, '6be8a81ac4f401b457f1c5e7eeb3eaf2a6dce4f0', X'', 'EXECUTION_PLAN'),
    (12, '7bb918be4184161deea3b71ea2899f7b12d0d98e', X'', 'EXECUTION_PLAN'),
    (13, '0c0e12bfe6cc2c5514537660a38ef66e5e08b1f3', X'', 'EXECUTION_PLAN'),
    (14, 'b92f8af46f5c2fa3e7cc96d2827b200e0e735c1c', X'', 'PIPELINE'),
    (15, '1ad89b8a7c4e6cf45da0b6a357f5ad748849c666', X'', 'EXECUTION_PLAN'),
    (16, 'a45f2df4a478fa0950732bd2f2b3f6da58bdc423', X'', 'PIPELINE'),
    (17, 'c3bc12883b680a1ba86930344170dff05b3ee709', X'', 'EXECUTION_PLAN'),
    (18, 'a29a17a09397fbad5c9f7b8288337ca3f31769af', X'', 'PIPELINE'),
    (19, '5e0ceaa0036123b0caefe0b519b8a4abe48d1f6b', X'', 'EXECUTION_PLAN'),
    (20, 'e57ef781414780ccda7f57eac32854595f83d33f', X'', 'EXECUTION_PLAN');

CREATE TABLE `runs` (
    `id` integer NOT NULL,
    `run_id` varchar(255),
    `snapshot_id` varchar(255),
    `pipeline_name` text,
    `mode` text,
    `status` varchar(63),
    `run_body` text,
    `partition` text,
    `partition_set` text,
    `create_timestamp` datetime(6),
    `update_timestamp` datetime(6),
    `start_time` double,
    `end_time` double,
    `backfill_id` varchar(255),
    PRIMARY KEY (`id`)
) DEFAULT CHARSET = utf8mb4;

INSERT INTO `runs` (`id`, `run_id`, `snapshot_id`, `pipeline_name`, `mode`, `status`, `run_body`, `partition`, `partition_set`, `create_timestamp`, `update_timestamp`, `start_time`, `end_time`, `backfill_id`) VALUES
    (1, '3c37152c-f598-44f3-915a-f1dd02551487', '1d46805e4dbefa31847b980b6bf08264f0271879', 'succeeds', NULL, 'SUCCESS', '{"cut":"3c37152c-f598-44f3-915a-f1dd02551487"}', NULL, NULL, '2026-11-25 00:56:15.735197', '2026-11-25 00:56:26.614720', 1795568175.825987, 1795568186.61472, NULL),
    (2, 'c037ead3-c379-4002-be20-82f16ffb5a2b', '9cbac3b23a91fdc92edd189e681fdf72d017fb59', 'fails', NULL, 'FAILURE', '{"cut":"c037ead3-c379-4002-be20-82f16ffb5a2b"}', NULL, NULL, '2026-11-25 00:56:35.067127', '2026-11-25 00:57:07.508019', 1795568195.217683, 1795568227.155158, NULL),
    (3, '41aff629-ff2a-4eaf-9ea1-5874756f1b1d', 'fa6af3229c5b1e9d03786d0b490123dde17400a2', 'killed', NULL, 'STARTED', '{"cut":"41aff629-ff2a-4eaf-9ea1-5874756f1b1d"}', NULL, NULL, '2026-11-25 00:57:20.035210', '2026-11-25 00:57:20.102718', 1795568240.102718, NULL, NULL),
    (4, '0d2e9608-3a26-4e9e-8645-3b88b2a00e86', '9dff4e72cceddb2f65944036675d99bd2e89640f', 'long', NULL, 'FAILURE', '{"cut":"0d2e9608-3a26-4e9e-8645-3b88b2a00e86"}', NULL, NULL, '2026-11-25 00:57:31.923079', '2026-11-25 00:58:33.943483', NULL, 1795568313.026937, NULL),
    (5, 'bef76c9f-6537-43b2-9d0a-9a14799bfdd8', 'c25e1e46eba597c7ddf5dc562b7a84f24f0194fb', 'every_minute', NULL, 'SUCCESS', '{"cut":"bef76c9f-6537-43b2-9d0a-9a14799bfdd8"}', NULL, NULL, '2026-11-25 00:58:00.586621', '2026-11-25 00:58:36.121009', 1795568294.288532, 1795568316.121009, NULL),
    (6, '40d168f0-d2da-4551-ba9d-bcb7c7a020cc', '9dff4e72cceddb2f65944036675d99bd2e89640f', 'long', NULL, 'SUCCESS', '{"cut":"40d168f0-d2da-4551-ba9d-bcb7c7a020cc"}', NULL, NULL, '2026-11-25 00:58:05.110069', '2026-11-25 00:59:22.536341', 1795568311.076435, 1795568362.536341, NULL),
    (7, '4a0fb27b-e022-4096-8e79-dad0a5b6e1f4', '9cbac3b23a91fdc92edd189e681fdf72d017fb59', 'fails', NULL, 'FAILURE', '{"cut":"4a0fb27b-e022-4096-8e79-dad0a5b6e1f4"}', NULL, NULL, '2026-11-25 00:58:55.418272', '2026-11-25 00:59:47.788077', 1795568352.91292, 1795568384.6795, NULL),
    (8, 'f314e23c-1a18-40a2-ae42-aabcbc9394b5', 'c25e1e46eba597c7ddf5dc562b7a84f24f0194fb', 'every_minute', NULL, 'SUCCESS', '{"cut":"f314e23c-1a18-40a2-ae42-aabcbc9394b5"}', NULL, NULL, '2026-11-25 00:59:01.502772', '2026-11-25 01:00:01.551124', 1795568377.664233, 1795568401.551124, NULL),
    (9, 'c61bc096-14c9-4450-98cb-0c0f80a622fb', '9cbac3b23a91fdc92edd189e681fdf72d017fb59', 'fails', NULL, 'FAILURE', '{"cut":"c61bc096-14c9-4450-98cb-0c0f80a622fb"}', NULL, NULL, '2026-11-25 00:59:47.493068', '2026-11-25 01:00:52.169786', 1795568412.124963, 1795568451.511598, NULL),
    (10, 'f0308b25-d5c0-44d2-92c0-ce71a22fe9c7', 'b92f8af46f5c2fa3e7cc96d2827b200e0e735c1c', 'times_out', NULL, 'FAILURE', '{"cut":"f0308b25-d5c0-44d2-92c0-ce71a22fe9c7"}', NULL, NULL, '2026-11-25 01:00:01.535177', '2026-11-25 01:00:44.075430', 1795568436.478837, 1795568443.734407, NULL),
    (11, '726867b6-a022-49dd-985a-dcda86aad372', 'c25e1e46eba597c7ddf5dc562b7a84f24f0194fb', 'every_minute', NULL, 'SUCCESS', '{"cut":"726867b6-a022-49dd-985a-dcda86aad372"}', NULL, NULL, '2026-11-25 01:00:01.829683', '2026-11-25 01:01:48.311872', 1795568462.016828, 1795568508.311872, NULL),
    (12, '73323edd-5b52-4657-aa3c-a1830e3876fb', 'c25e1e46eba597c7ddf5dc562b7a84f24f0194fb', 'every_minute', NULL, 'SUCCESS', '{"cut":"73323edd-5b52-4657-aa3c-a1830e3876fb"}', NULL, NULL, '2026-11-25 01:01:03.410791', '2026-11-25 01:02:23.825655', 1795568494.592541, 1795568543.825655, NULL),
    (13, 'b82b9a66-3099-45d2-a193-2b46a0bd9360', 'a45f2df4a478fa0950732bd2f2b3f6da58bdc423', 'cancelled', NULL, 'CANCELED', '{"cut":"b82b9a66-3099-45d2-a193-2b46a0bd9360"}', NULL, NULL, '2026-11-25 01:01:17.779265', '2026-11-25 01:02:39.278808', 1795568529.269052, 1795568559.278808, NULL),
    (14, 'c8ac9d56-0c22-4120-9a30-4314ae582932', 'c25e1e46eba597c7ddf5dc562b7a84f24f0194fb', 'every_minute', NULL, 'SUCCESS', '{"cut":"c8ac9d56-0c22-4120-9a30-4314ae582932"}', NULL, NULL, '2026-11-25 01:02:02.381609', '2026-11-25 01:03:02.602824', 1795568557.69318, 1795568582.602824, NULL),
    (15, '9813ca91-96e0-4dcd-8d2c-d33ccd7bcc3f', 'c25e1e46eba597c7ddf5dc562b7a84f24f0194fb', 'every_minute', NULL, 'SUCCESS', '{"cut":"9813ca91-96e0-4dcd-8d2c-d33ccd7bcc3f"}', NULL, NULL, '2026-11-25 01:03:01.254514', '2026-11-25 01:03:47.703045', 1795568604.253376, 1795568627.703045, NULL),
    (16, '783b532c-5fce-4f43-8d61-e667fea891d0', 'a29a17a09397fbad5c9f7b8288337ca3f31769af', 'running', NULL, 'STARTED', '{"cut":"783b532c-5fce-4f43-8d61-e667fea891d0"}', NULL, NULL, '2026-11-25 01:03:32.047391', '2026-11-25 01:03:53.049782', 1795568633.049782, NULL, NULL),
    (17, '0e8eb8d4-7214-4ad9-bd2b-ba69b911f49e', '1d46805e4dbefa31847b980b6bf08264f0271879', 'succeeds', NULL, 'QUEUED', '{"cut":"0e8eb8d4-7214-4ad9-bd2b-ba69b911f49e"}', NULL, NULL, '2026-11-25 01:04:23.203617', '2026-11-25 01:04:23.401658', NULL, NULL, NULL),
    (18, '400da317-0215-443b-9cde-53365c98bf23', '1d46805e4dbefa31847b980b6bf08264f0271879', 'succeeds', NULL, 'NOT_STARTED', '{"cut":"400da317-0215-443b-9cde-53365c98bf23"}', NULL, NULL, '2026-11-25 01:04:37.883776', '2026-11-25 01:04:37', NULL, NULL, NULL),
    (19, '60086822-80ff-4f84-94bd-4a6bc249e232', '1d46805e4dbefa31847b980b6bf08264f0271879', 'succeeds', NULL, 'STARTING', '{"cut":"60086822-80ff-4f84-94bd-4a6bc249e232"}', NULL, NULL, '2026-11-25 01:04:45.984274', '2026-11-25 01:04:47.047494', NULL, NULL, NULL);

CREATE TABLE `run_tags` (
    `id` integer NOT NULL,
    `run_id` varchar(255),
    `key` text,
    `value` text,
    PRIMARY KEY (`id`)
) DEFAULT CHARSET = utf8mb4;

INSERT INTO `run_tags` (`id`, `run_id`, `key`, `value`) VALUES
    (1, 'c037ead3-c379-4002-be20-82f16ffb5a2b', 'dagster/failure_reason', 'STEP_FAILURE'),
    (2, 'c037ead3-c379-4002-be20-82f16ffb5a2b', 'dagster/will_retry', 'false'),
    (3, 'bef76c9f-6537-43b2-9d0a-9a14799bfdd8', '.dagster/repository', '__repository__@jobs.py'),
    (4, 'bef76c9f-6537-43b2-9d0a-9a14799bfdd8', 'dagster/schedule_name', 'every_minute_schedule'),
    (5, 'bef76c9f-6537-43b2-9d0a-9a14799bfdd8', 'dagster/tick', '1'),
    (6, 'bef76c9f-6537-43b2-9d0a-9a14799bfdd8', '.dagster/scheduled_execution_time', '2026-11-25T00:58:00+00:00'),
    (7, 'bef76c9f-6537-43b2-9d0a-9a14799bfdd8', 'dagster/code_location', 'jobs.py'),
    (8, '40d168f0-d2da-4551-ba9d-bcb7c7a020cc', '.dagster/repository', '__repository__@jobs.py'),
    (9, '40d168f0-d2da-4551-ba9d-bcb7c7a020cc', 'dagster/code_location', 'jobs.py'),
    (10, 'bef76c9f-6537-43b2-9d0a-9a14799bfdd8', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmpman5fls9"}'),
    (11, '40d168f0-d2da-4551-ba9d-bcb7c7a020cc', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmpman5fls9"}'),
    (12, '0d2e9608-3a26-4e9e-8645-3b88b2a00e86', 'dagster/failure_reason', 'START_TIMEOUT'),
    (13, '0d2e9608-3a26-4e9e-8645-3b88b2a00e86', 'dagster/will_retry', 'false'),
    (14, '4a0fb27b-e022-4096-8e79-dad0a5b6e1f4', '.dagster/repository', '__repository__@jobs.py'),
    (15, '4a0fb27b-e022-4096-8e79-dad0a5b6e1f4', 'dagster/max_retries', '1'),
    (16, '4a0fb27b-e022-4096-8e79-dad0a5b6e1f4', 'dagster/code_location', 'jobs.py'),
    (17, '4a0fb27b-e022-4096-8e79-dad0a5b6e1f4', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmpman5fls9"}'),
    (18, 'f314e23c-1a18-40a2-ae42-aabcbc9394b5', '.dagster/repository', '__repository__@jobs.py'),
    (19, 'f314e23c-1a18-40a2-ae42-aabcbc9394b5', 'dagster/schedule_name', 'every_minute_schedule'),
    (20, 'f314e23c-1a18-40a2-ae42-aabcbc9394b5', 'dagster/tick', '2');

INSERT INTO `run_tags` (`id`, `run_id`, `key`, `value`) VALUES
    (21, 'f314e23c-1a18-40a2-ae42-aabcbc9394b5', '.dagster/scheduled_execution_time', '2026-11-25T00:59:00+00:00'),
    (22, 'f314e23c-1a18-40a2-ae42-aabcbc9394b5', 'dagster/code_location', 'jobs.py'),
    (23, 'f314e23c-1a18-40a2-ae42-aabcbc9394b5', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmpman5fls9"}'),
    (24, '4a0fb27b-e022-4096-8e79-dad0a5b6e1f4', 'dagster/failure_reason', 'STEP_FAILURE'),
    (25, '4a0fb27b-e022-4096-8e79-dad0a5b6e1f4', 'dagster/will_retry', 'true'),
    (26, 'c61bc096-14c9-4450-98cb-0c0f80a622fb', '.dagster/repository', '__repository__@jobs.py'),
    (27, 'c61bc096-14c9-4450-98cb-0c0f80a622fb', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmp35qrm4jp"}'),
    (28, 'c61bc096-14c9-4450-98cb-0c0f80a622fb', 'dagster/code_location', 'jobs.py'),
    (29, 'c61bc096-14c9-4450-98cb-0c0f80a622fb', 'dagster/max_retries', '1'),
    (30, 'c61bc096-14c9-4450-98cb-0c0f80a622fb', 'dagster/retry_number', '1'),
    (31, 'c61bc096-14c9-4450-98cb-0c0f80a622fb', 'dagster/parent_run_id', '4a0fb27b-e022-4096-8e79-dad0a5b6e1f4'),
    (32, 'c61bc096-14c9-4450-98cb-0c0f80a622fb', 'dagster/root_run_id', '4a0fb27b-e022-4096-8e79-dad0a5b6e1f4'),
    (33, 'c61bc096-14c9-4450-98cb-0c0f80a622fb', 'dagster/is_resume_retry', 'true'),
    (34, '4a0fb27b-e022-4096-8e79-dad0a5b6e1f4', 'dagster/auto_retry_run_id', 'c61bc096-14c9-4450-98cb-0c0f80a622fb'),
    (35, 'f0308b25-d5c0-44d2-92c0-ce71a22fe9c7', '.dagster/repository', '__repository__@jobs.py'),
    (36, 'f0308b25-d5c0-44d2-92c0-ce71a22fe9c7', 'dagster/max_runtime', '5'),
    (37, 'f0308b25-d5c0-44d2-92c0-ce71a22fe9c7', 'dagster/code_location', 'jobs.py'),
    (38, '726867b6-a022-49dd-985a-dcda86aad372', '.dagster/repository', '__repository__@jobs.py'),
    (39, '726867b6-a022-49dd-985a-dcda86aad372', 'dagster/schedule_name', 'every_minute_schedule'),
    (40, '726867b6-a022-49dd-985a-dcda86aad372', 'dagster/tick', '3');

INSERT INTO `run_tags` (`id`, `run_id`, `key`, `value`) VALUES
    (41, '726867b6-a022-49dd-985a-dcda86aad372', '.dagster/scheduled_execution_time', '2026-11-25T01:00:00+00:00'),
    (42, '726867b6-a022-49dd-985a-dcda86aad372', 'dagster/code_location', 'jobs.py'),
    (43, 'f0308b25-d5c0-44d2-92c0-ce71a22fe9c7', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmp35qrm4jp"}'),
    (44, '726867b6-a022-49dd-985a-dcda86aad372', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmp35qrm4jp"}'),
    (45, 'f0308b25-d5c0-44d2-92c0-ce71a22fe9c7', 'dagster/will_retry', 'false'),
    (46, 'c61bc096-14c9-4450-98cb-0c0f80a622fb', 'dagster/failure_reason', 'STEP_FAILURE'),
    (47, 'c61bc096-14c9-4450-98cb-0c0f80a622fb', 'dagster/will_retry', 'false'),
    (48, '73323edd-5b52-4657-aa3c-a1830e3876fb', '.dagster/repository', '__repository__@jobs.py'),
    (49, '73323edd-5b52-4657-aa3c-a1830e3876fb', 'dagster/schedule_name', 'every_minute_schedule'),
    (50, '73323edd-5b52-4657-aa3c-a1830e3876fb', 'dagster/tick', '4'),
    (51, '73323edd-5b52-4657-aa3c-a1830e3876fb', '.dagster/scheduled_execution_time', '2026-11-25T01:01:00+00:00'),
    (52, '73323edd-5b52-4657-aa3c-a1830e3876fb', 'dagster/code_location', 'jobs.py'),
    (53, '73323edd-5b52-4657-aa3c-a1830e3876fb', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmpl99drec_"}'),
    (54, 'b82b9a66-3099-45d2-a193-2b46a0bd9360', '.dagster/repository', '__repository__@jobs.py'),
    (55, 'b82b9a66-3099-45d2-a193-2b46a0bd9360', 'dagster/code_location', 'jobs.py'),
    (56, 'b82b9a66-3099-45d2-a193-2b46a0bd9360', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmpl99drec_"}'),
    (57, 'c8ac9d56-0c22-4120-9a30-4314ae582932', '.dagster/repository', '__repository__@jobs.py'),
    (58, 'c8ac9d56-0c22-4120-9a30-4314ae582932', 'dagster/schedule_name', 'every_minute_schedule'),
    (59, 'c8ac9d56-0c22-4120-9a30-4314ae582932', 'dagster/tick', '5'),
    (60, 'c8ac9d56-0c22-4120-9a30-4314ae582932', '.dagster/scheduled_execution_time', '2026-11-25T01:02:00+00:00');

INSERT INTO `run_tags` (`id`, `run_id`, `key`, `value`) VALUES
    (61, 'c8ac9d56-0c22-4120-9a30-4314ae582932', 'dagster/code_location', 'jobs.py'),
    (62, 'c8ac9d56-0c22-4120-9a30-4314ae582932', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmpl99drec_"}'),
    (63, '9813ca91-96e0-4dcd-8d2c-d33ccd7bcc3f', '.dagster/repository', '__repository__@jobs.py'),
    (64, '9813ca91-96e0-4dcd-8d2c-d33ccd7bcc3f', 'dagster/schedule_name', 'every_minute_schedule'),
    (65, '9813ca91-96e0-4dcd-8d2c-d33ccd7bcc3f', 'dagster/tick', '6'),
    (66, '9813ca91-96e0-4dcd-8d2c-d33ccd7bcc3f', '.dagster/scheduled_execution_time', '2026-11-25T01:03:00+00:00'),
    (67, '9813ca91-96e0-4dcd-8d2c-d33ccd7bcc3f', 'dagster/code_location', 'jobs.py'),
    (68, '9813ca91-96e0-4dcd-8d2c-d33ccd7bcc3f', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmpb0hvk93c"}'),
    (69, '783b532c-5fce-4f43-8d61-e667fea891d0', '.dagster/repository', '__repository__@jobs.py'),
    (70, '783b532c-5fce-4f43-8d61-e667fea891d0', 'dagster/code_location', 'jobs.py'),
    (71, '783b532c-5fce-4f43-8d61-e667fea891d0', '.dagster/grpc_info', '{"host": "localhost", "socket": "/tmp/tmpb0hvk93c"}'),
    (72, '0e8eb8d4-7214-4ad9-bd2b-ba69b911f49e', '.dagster/repository', '__repository__@jobs.py'),
    (73, '0e8eb8d4-7214-4ad9-bd2b-ba69b911f49e', 'dagster/code_location', 'jobs.py');
