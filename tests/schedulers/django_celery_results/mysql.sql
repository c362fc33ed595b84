-- Made by port.py of postgres.sql, with the types that the product gives these columns here.
SET time_zone = '+00:00';
CREATE TABLE `django_celery_results_chordcounter` (
    `id` integer NOT NULL,
    `group_id` varchar(255) NOT NULL,
    `sub_tasks` longtext NOT NULL,
    `count` integer NOT NULL,
    PRIMARY KEY (`id`)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE `django_celery_results_groupresult` (
    `id` integer NOT NULL,
    `group_id` varchar(255) NOT NULL,
    `date_created` datetime(6) NOT NULL,
    `date_done` datetime(6) NOT NULL,
    `content_type` varchar(128) NOT NULL,
    `content_encoding` varchar(64) NOT NULL,
    `result` longtext,
    PRIMARY KEY (`id`)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE `django_celery_results_taskresult` (
    `id` integer NOT NULL,
    `task_id` varchar(255) NOT NULL,
    `status` varchar(50) NOT NULL,
    `content_type` varchar(128) NOT NULL,
    `content_encoding` varchar(64) NOT NULL,
    `result` longtext,
    `date_done` datetime(6) NOT NULL,
    `traceback` longtext,
    `meta` longtext,
    `task_args` longtext,
    `task_kwargs` longtext,
    `task_name` varchar(255),
    `worker` varchar(100),
    `date_created` datetime(6) NOT NULL,
    `periodic_task_name` varchar(255),
    `date_started` datetime(6),
    PRIMARY KEY (`id`)
) DEFAULT CHARSET = utf8mb4;

INSERT INTO `django_celery_results_taskresult` (`id`, `task_id`, `status`, `content_type`, `content_encoding`, `result`, `date_done`, `traceback`, `meta`, `task_args`, `task_kwargs`, `task_name`, `worker`, `date_created`, `periodic_task_name`, `date_started`) VALUES
    (1, '52e52bc2-3bc8-472f-824d-9143d4a16f1b', 'SUCCESS', 'application/json', 'utf-8', '{"customer": 7}', '2026-11-25 00:41:46.106220', NULL, '{"children": []}', '"[7]"', '"{}"', 'jobs.succeeds', 'first@host', '2026-11-25 00:41:46.064997', 'nightly report', '2026-11-25 00:41:46.077521'),
    (6, '023f3b7e-d4e6-4dd6-b0da-8a3c56e7b08e', 'SUCCESS', 'application/json', 'utf-8', '{"customer": 9}', '2026-11-25 00:41:48.268038', NULL, '{"children": []}', '"(9,)"', '"{}"', 'jobs.succeeds', 'first@host', '2026-11-25 00:41:48.182923', NULL, '2026-11-25 00:41:48.213375'),
    (11, '1405a5d7-53dd-4fd2-a0f8-b4c5353ac580', 'STARTED', 'application/json', 'utf-8', '{"pid": 27253, "hostname": "first@host"}', '2026-11-25 00:41:48.990914', NULL, '{"children": []}', '"()"', '"{}"', 'jobs.ignored', 'first@host', '2026-11-25 00:41:48.990858', NULL, '2026-11-25 00:41:48.992822'),
    (13, 'd5ef6182-bdd2-4151-8b8e-a6c44e6202a3', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "Reject", "exc_message": ["not here", false], "exc_module": "celery.exceptions"}', '2026-11-25 00:41:49.075835', NULL, '{"children": []}', '"()"', '"{}"', 'jobs.rejected', 'first@host', '2026-11-25 00:41:48.992382', NULL, '2026-11-25 00:41:48.993263'),
    (9, '10afad42-a1f7-43e8-a2c3-018b55ed1922', 'SUCCESS', 'application/json', 'utf-8', 'null', '2026-11-25 00:41:50.039681', NULL, '{"children": []}', '"(1, 1)"', '"{}"', 'jobs.retries', 'first@host', '2026-11-25 00:41:48.212295', NULL, '2026-11-25 00:41:49.987319'),
    (14, 'd4687b7d-856e-4eb9-a374-ad1bc2bccb83', 'SUCCESS', 'application/json', 'utf-8', 'null', '2026-11-25 00:41:50.114422', NULL, '{"children": []}', '"(1,)"', '"{}"', 'jobs.progresses', 'first@host', '2026-11-25 00:41:48.992417', NULL, '2026-11-25 00:41:49.000633'),
    (8, '2ee22d22-4bdb-4059-ab97-2c114d017f52', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "TimeLimitExceeded", "exc_message": [3], "exc_module": "billiard.exceptions"}', '2026-11-25 00:41:51.972916', NULL, '{"children": []}', '"(30,)"', '"{}"', 'jobs.sleeps', 'first@host', '2026-11-25 00:41:48.252442', NULL, '2026-11-25 00:41:48.282920'),
    (19, 'f71d9c14-515a-4e72-988c-fa5a33a9908c', 'SUCCESS', 'application/json', 'utf-8', '{"customer": 7}', '2026-11-25 00:41:54.134305', NULL, '{"children": []}', '"[7]"', '"{}"', 'jobs.succeeds', 'first@host', '2026-11-25 00:41:54.089655', 'nightly report', '2026-11-25 00:41:54.104895'),
    (7, 'd686bd47-81d4-49da-923c-7265e6f60cf7', 'SUCCESS', 'application/json', 'utf-8', 'null', '2026-11-25 00:41:54.280545', NULL, '{"children": []}', '"(6,)"', '"{}"', 'jobs.sleeps', 'first@host', '2026-11-25 00:41:48.192209', NULL, '2026-11-25 00:41:48.252827'),
    (20, 'f8ddccd4-c1ea-4af8-9e66-309131a2f485', 'SUCCESS', 'application/json', 'utf-8', '{"customer": 7}', '2026-11-25 00:41:58.111421', NULL, '{"children": []}', '"[7]"', '"{}"', 'jobs.succeeds', 'first@host', '2026-11-25 00:41:58.097303', 'nightly report', '2026-11-25 00:41:58.097562'),
    (23, '775b4187-9721-4315-9312-42286d376fbd', 'SUCCESS', 'application/json', 'utf-8', '{"customer": 7}', '2026-11-25 00:42:02.138505', NULL, '{"children": []}', '"[7]"', '"{}"', 'jobs.succeeds', 'first@host', '2026-11-25 00:42:02.114710', 'nightly report', '2026-11-25 00:42:02.122784'),
    (12, '45113edc-0ff6-4c3d-ab8b-de47c0da60ae', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "WorkerLostError", "exc_message": ["Worker exited prematurely: exitcode 0 Job: 10."], "exc_module": "billiard.exceptions"}', '2026-11-25 00:42:02.985368', NULL, '{"children": []}', '"()"', '"{}"', 'jobs.kills_itself', 'first@host', '2026-11-25 00:41:48.991646', NULL, '2026-11-25 00:41:48.992958'),
    (26, 'e25e8431-fa24-4224-90ff-911889a283c9', 'STARTED', 'application/json', 'utf-8', '{"pid": 27259, "hostname": "first@host"}', '2026-11-25 00:42:04.138516', NULL, '{"children": []}', '"(600,)"', '"{}"', 'jobs.sleeps', 'first@host', '2026-11-25 00:42:04.138433', NULL, '2026-11-25 00:42:04.145719'),
    (28, '7c94259b-9f15-46b6-bd08-a7b1c536d9ee', 'SUCCESS', 'application/json', 'utf-8', '{"customer": 7}', '2026-11-25 00:42:06.166351', NULL, '{"children": []}', '"[7]"', '"{}"', 'jobs.succeeds', 'first@host', '2026-11-25 00:42:06.126693', 'nightly report', '2026-11-25 00:42:06.138039'),
    (25, '00000000-0000-0000-0000-000000000001', 'REVOKED', 'application/json', 'utf-8', '{"exc_type": "TaskRevokedError", "exc_message": ["terminated"], "exc_module": "celery.exceptions"}', '2026-11-25 00:42:10.133609', NULL, '{"children": []}', '"(601,)"', '"{}"', 'jobs.sleeps', 'first@host', '2026-11-25 00:42:04.138126', NULL, '2026-11-25 00:42:04.143874'),
    (2, 'c5b8c709-a535-4cea-8058-18473c75ef65', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "LookupError", "exc_message": ["no such customer: 8"], "exc_module": "builtins"}', '2026-11-25 00:41:46.226495', 'Traceback (cut)', '{"children": []}', '"[8]"', '"{}"', 'jobs.fails', 'first@host', '2026-11-25 00:41:46.072931', 'nightly check', '2026-11-25 00:41:46.161261'),
    (4, '98a87253-f49a-46b9-8cf9-497ae76f5222', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "LookupError", "exc_message": ["no such customer: \\u00c6r\\u00f8 & S\\u00f8n''s \\"m\\u00f8bler\\""], "exc_module": "builtins"}', '2026-11-25 00:41:48.283938', 'Traceback (cut)', '{"children": []}', '"(''\\u00c6r\\u00f8 & S\\u00f8n\\\\''s \\"m\\u00f8bler\\"'',)"', '"{}"', 'jobs.fails', 'first@host', '2026-11-25 00:41:48.132219', NULL, '2026-11-25 00:41:48.187550'),
    (15, '54935cdd-062d-4b0d-80af-c928447870db', 'REVOKED', 'application/json', 'utf-8', '{"exc_type": "TaskRevokedError", "exc_message": ["expired"], "exc_module": "celery.exceptions"}', '2026-11-25 00:41:49.013258', NULL, '{"children": []}', '"(1,)"', '"{}"', 'jobs.sleeps', 'first@host', '2026-11-25 00:41:49.013222', NULL, NULL),
    (31, '00000000-0000-0000-0000-000000000002', 'REVOKED', 'application/json', 'utf-8', '{"exc_type": "TaskRevokedError", "exc_message": ["revoked"], "exc_module": "celery.exceptions"}', '2026-11-25 00:42:10.162699', NULL, '{"children": null}', NULL, NULL, NULL, NULL, '2026-11-25 00:42:10.162679', NULL, NULL),
    (16, '9651f2fb-affa-4485-a0c6-6e33fe847881', 'SUCCESS', 'application/json', 'utf-8', '{"customer": 7}', '2026-11-25 00:41:50.099163', NULL, '{"children": []}', '"[7]"', '"{}"', 'jobs.succeeds', 'first@host', '2026-11-25 00:41:50.078297', 'nightly report', '2026-11-25 00:41:50.089934');

INSERT INTO `django_celery_results_taskresult` (`id`, `task_id`, `status`, `content_type`, `content_encoding`, `result`, `date_done`, `traceback`, `meta`, `task_args`, `task_kwargs`, `task_name`, `worker`, `date_created`, `periodic_task_name`, `date_started`) VALUES
    (24, '6a0908f0-2c0f-4e8a-b4d5-e44b33c810b8', 'PROGRESS', 'application/json', 'utf-8', '{"done": 40, "of": 100}', '2026-11-25 00:42:04.144123', NULL, '{"children": []}', '"(600,)"', '"{}"', 'jobs.progresses', 'first@host', '2026-11-25 00:42:04.124357', NULL, '2026-11-25 00:42:04.128658'),
    (10, 'e8c9cd4f-44c5-4664-a068-a2914b573b48', 'RETRY', 'application/json', 'utf-8', '{"exc_type": "ConnectionError", "exc_message": ["the mail server is away"], "exc_module": "builtins"}', '2026-11-25 00:41:49.110369', 'Traceback (cut)', '{"children": [[["e8c9cd4f-44c5-4664-a068-a2914b573b48", null], null]]}', '"(9, 3600)"', '"{}"', 'jobs.retries', 'first@host', '2026-11-25 00:41:48.987824', NULL, '2026-11-25 00:41:48.992584'),
    (17, '9e12894b-2784-4a0b-86e1-a33195b70758', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "LookupError", "exc_message": ["no such customer: 8"], "exc_module": "builtins"}', '2026-11-25 00:41:50.148217', 'Traceback (cut)', '{"children": []}', '"[8]"', '"{}"', 'jobs.fails', 'first@host', '2026-11-25 00:41:50.104591', 'nightly check', '2026-11-25 00:41:50.105289'),
    (18, '1532feb0-5ac2-4638-b60c-c455cf5a2bd1', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "LookupError", "exc_message": ["no such customer: 8"], "exc_module": "builtins"}', '2026-11-25 00:41:54.121382', 'Traceback (cut)', '{"children": []}', '"[8]"', '"{}"', 'jobs.fails', 'first@host', '2026-11-25 00:41:54.102552', 'nightly check', '2026-11-25 00:41:54.104629'),
    (21, '22b991b6-8db4-49b1-bac4-2e4180a6dd41', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "LookupError", "exc_message": ["no such customer: 8"], "exc_module": "builtins"}', '2026-11-25 00:41:58.122230', 'Traceback (cut)', '{"children": []}', '"[8]"', '"{}"', 'jobs.fails', 'first@host', '2026-11-25 00:41:58.098517', 'nightly check', '2026-11-25 00:41:58.099287'),
    (29, '57e9a5f1-a3b9-4b3d-91c1-14c2fd733b19', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "LookupError", "exc_message": ["no such customer: 8"], "exc_module": "builtins"}', '2026-11-25 00:42:06.167399', 'Traceback (cut)', '{"children": []}', '"[8]"', '"{}"', 'jobs.fails', 'first@host', '2026-11-25 00:42:06.130427', 'nightly check', '2026-11-25 00:42:06.141909'),
    (30, '06c9ad60-6002-415a-905a-89a8e79f3a22', 'SUCCESS', 'application/json', 'utf-8', '{"customer": 7}', '2026-11-25 00:42:10.206767', NULL, '{"children": []}', '"[7]"', '"{}"', 'jobs.succeeds', 'first@host', '2026-11-25 00:42:10.148451', 'nightly report', '2026-11-25 00:42:10.161907'),
    (34, '0e4e0ed4-d46a-449c-b8f7-df1899c4c781', 'SUCCESS', 'application/json', 'utf-8', '{"customer": 12}', '2026-11-25 00:42:21.430205', NULL, '{"children": []}', '"(12,)"', '"{}"', 'jobs.succeeds', 'second@host', '2026-11-25 00:42:21.402469', NULL, '2026-11-25 00:42:21.405943'),
    (35, 'b150a169-4186-4736-8c84-acad9a94b028', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "LookupError", "exc_message": ["no such customer: 13"], "exc_module": "builtins"}', '2026-11-25 00:42:28.113362', NULL, '{"children": []}', NULL, NULL, NULL, NULL, '2026-11-25 00:42:28.113295', NULL, NULL),
    (36, 'b71a5df5-af98-41a1-89b0-a3c48e7eb20e', 'SUCCESS', 'application/json', 'utf-8', '{"customer": 12}', '2026-11-25 00:42:28.128596', NULL, '{"children": []}', NULL, NULL, NULL, NULL, '2026-11-25 00:42:28.128533', NULL, NULL),
    (5, '51df69c2-de7e-40c6-9342-6824f6d45ca1', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "SoftTimeLimitExceeded", "exc_message": [], "exc_module": "billiard.exceptions"}', '2026-11-25 00:41:50.906226', 'Traceback (cut)', '{"children": []}', '"(30,)"', '"{}"', 'jobs.sleeps', 'first@host', '2026-11-25 00:41:48.140001', NULL, '2026-11-25 00:41:48.212639'),
    (32, 'e7e5c107-2ac9-4518-955d-1ba63d9f8b23', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "LookupError", "exc_message": ["no such customer: 8"], "exc_module": "builtins"}', '2026-11-25 00:42:10.268670', 'Traceback (cut)', '{"children": []}', '"[8]"', '"{}"', 'jobs.fails', 'first@host', '2026-11-25 00:42:10.188650', 'nightly check', '2026-11-25 00:42:10.201914'),
    (3, '318f8bc5-7917-4aae-b9d7-fbfeeb93c063', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "ConnectionError", "exc_message": ["the mail server is away"], "exc_module": "builtins"}', '2026-11-25 00:41:50.992249', 'Traceback (cut)', '{"children": []}', '"(9, 1)"', '"{}"', 'jobs.retries', 'first@host', '2026-11-25 00:41:48.066091', NULL, '2026-11-25 00:41:50.976737'),
    (22, 'fc7af7dd-c628-4577-a55e-dfce8fc80ed5', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "LookupError", "exc_message": ["no such customer: 8"], "exc_module": "builtins"}', '2026-11-25 00:42:02.134370', 'Traceback (cut)', '{"children": []}', '"[8]"', '"{}"', 'jobs.fails', 'first@host', '2026-11-25 00:42:02.115363', 'nightly check', '2026-11-25 00:42:02.121998'),
    (27, '1457cfcb-44d2-4cb1-bf7f-06acca26e4b7', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "LookupError", "exc_message": ["no such customer: 10"], "exc_module": "builtins"}', '2026-11-25 00:42:04.205826', 'Traceback (cut)', '{"children": []}', '"(10,)"', '"{}"', 'jobs.fails', 'first@host', '2026-11-25 00:42:04.168846', NULL, '2026-11-25 00:42:04.189939'),
    (33, 'ac7b0f9f-5318-4d16-b592-de89cae183cf', 'FAILURE', 'application/json', 'utf-8', '{"exc_type": "LookupError", "exc_message": ["no such customer: 13"], "exc_module": "builtins"}', '2026-11-25 00:42:21.420026', 'Traceback (cut)', '{"children": []}', '"(13,)"', '"{}"', 'jobs.fails', 'second@host', '2026-11-25 00:42:21.379975', NULL, '2026-11-25 00:42:21.397993');
