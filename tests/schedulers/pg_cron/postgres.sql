CREATE SCHEMA cron;

CREATE SEQUENCE cron.jobid_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE cron.job (
    jobid bigint DEFAULT nextval('cron.jobid_seq'::regclass) NOT NULL,
    schedule text NOT NULL,
    command text NOT NULL,
    nodename text DEFAULT 'localhost'::text NOT NULL,
    nodeport integer DEFAULT inet_server_port() NOT NULL,
    database text DEFAULT current_database() NOT NULL,
    username text DEFAULT CURRENT_USER NOT NULL,
    active boolean DEFAULT true NOT NULL,
    jobname name
);

CREATE SEQUENCE cron.runid_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE cron.job_run_details (
    jobid bigint,
    runid bigint DEFAULT nextval('cron.runid_seq'::regclass) NOT NULL,
    job_pid integer,
    database text,
    username text,
    command text,
    status text,
    return_message text,
    start_time timestamp with time zone,
    end_time timestamp with time zone
);

INSERT INTO cron.job (jobid, schedule, command, nodename, nodeport, database, username, active, jobname) VALUES
	(1, '* * * * *', 'SELECT 1', '127.0.0.1', 50413, 'jobs', 'jobdelta', true, 'succeeds'),
	(2, '* * * * *', 'DO ''BEGIN RAISE EXCEPTION ''''no such customer''''; END''', '127.0.0.1', 50413, 'jobs', 'jobdelta', true, 'fails'),
	(3, '* * * * *', 'SELECT 1; SELECT 1/0', '127.0.0.1', 50413, 'jobs', 'jobdelta', true, 'fails late'),
	(4, '* * * * *', 'SELECT pg_sleep(75)', '127.0.0.1', 50413, 'jobs', 'jobdelta', true, 'long'),
	(5, '* * * * *', 'SET statement_timeout = ''2s''; SELECT pg_sleep(30)', '127.0.0.1', 50413, 'jobs', 'jobdelta', true, 'times out'),
	(6, '* * * * *', 'SELECT 2', '127.0.0.1', 50413, 'jobs', 'jobdelta', true, NULL),
	(7, '* * * * *', 'SELECT 3', '127.0.0.1', 50413, 'jobs', 'jobdelta', true, 'shared'),
	(9, '* * * * *', 'SELECT 5', '127.0.0.1', 50413, 'jobs', 'jobdelta', false, 'paused'),
	(10, '* * * * *', 'SELECT pg_sleep(1)', '127.0.0.1', 50413, 'jobs', 'alice', true, 'shared'),
	(11, '* * * * *', 'SELECT 6', '127.0.0.1', 50413, 'jobs', 'locked_out', true, 'locked out'),
	(15, '* * * * *', 'SELECT pg_sleep(50)', '127.0.0.1', 50413, 'jobs', 'jobdelta', true, 'restart');

INSERT INTO cron.job_run_details (jobid, runid, job_pid, database, username, command, status, return_message, start_time, end_time) VALUES
	(11, 12, NULL, 'jobs', 'locked_out', 'SELECT 6', 'failed', 'connection failed', NULL, NULL),
	(4, 20, 26043, 'jobs', 'jobdelta', 'SELECT pg_sleep(75)', 'succeeded', '1 row', '2026-11-25 00:41:15.546451+00', '2026-11-25 00:42:30.625942+00'),
	(1, 16, 24773, 'jobs', 'jobdelta', 'SELECT 1', 'succeeded', '1 row', '2026-11-25 00:41:00.51523+00', '2026-11-25 00:41:00.561936+00'),
	(3, 17, 24774, 'jobs', 'jobdelta', 'SELECT 1; SELECT 1/0', 'failed', 'ERROR:  division by zero
', '2026-11-25 00:41:00.518333+00', '2026-11-25 00:41:00.575517+00'),
	(7, 19, 24776, 'jobs', 'jobdelta', 'SELECT 3', 'succeeded', '1 row', '2026-11-25 00:41:00.527625+00', '2026-11-25 00:41:00.581009+00'),
	(8, 11, 24753, 'jobs', 'jobdelta', 'SELECT 4', 'succeeded', '1 row', '2026-11-25 00:41:00.586739+00', '2026-11-25 00:41:00.618014+00'),
	(7, 10, 20950, 'jobs', 'jobdelta', 'SELECT 3', 'succeeded', '1 row', '2026-11-25 00:40:00.193919+00', '2026-11-25 00:40:00.22061+00'),
	(11, 2, NULL, 'jobs', 'locked_out', 'SELECT 6', 'failed', 'connection failed', NULL, NULL),
	(6, 13, 24768, 'jobs', 'jobdelta', 'SELECT 2', 'succeeded', '1 row', '2026-11-25 00:41:00.598017+00', '2026-11-25 00:41:00.623484+00'),
	(1, 7, 20940, 'jobs', 'jobdelta', 'SELECT 1', 'succeeded', '1 row', '2026-11-25 00:40:00.201921+00', '2026-11-25 00:40:00.246017+00'),
	(3, 8, 20942, 'jobs', 'jobdelta', 'SELECT 1; SELECT 1/0', 'failed', 'ERROR:  division by zero
', '2026-11-25 00:40:00.203907+00', '2026-11-25 00:40:00.262042+00'),
	(6, 3, 20930, 'jobs', 'jobdelta', 'SELECT 2', 'succeeded', '1 row', '2026-11-25 00:40:00.238052+00', '2026-11-25 00:40:00.278016+00'),
	(2, 14, 24769, 'jobs', 'jobdelta', 'DO ''BEGIN RAISE EXCEPTION ''''no such customer''''; END''', 'failed', 'ERROR:  no such customer
CONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE
', '2026-11-25 00:41:00.610004+00', '2026-11-25 00:41:00.63403+00'),
	(10, 18, 24775, 'jobs', 'alice', 'SELECT pg_sleep(1)', 'succeeded', '1 row', '2026-11-25 00:41:00.646092+00', '2026-11-25 00:41:01.659188+00'),
	(2, 4, 20935, 'jobs', 'jobdelta', 'DO ''BEGIN RAISE EXCEPTION ''''no such customer''''; END''', 'failed', 'ERROR:  no such customer
CONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE
', '2026-11-25 00:40:00.289604+00', '2026-11-25 00:40:00.303338+00'),
	(8, 1, 20923, 'jobs', 'jobdelta', 'SELECT 4', 'succeeded', '1 row', '2026-11-25 00:40:00.327013+00', '2026-11-25 00:40:00.346028+00'),
	(10, 9, 20943, 'jobs', 'alice', 'SELECT pg_sleep(1)', 'succeeded', '1 row', '2026-11-25 00:40:00.274057+00', '2026-11-25 00:40:01.293921+00'),
	(5, 6, 20939, 'jobs', 'jobdelta', 'SET statement_timeout = ''2s''; SELECT pg_sleep(30)', 'failed', 'ERROR:  canceling statement due to statement timeout
', '2026-11-25 00:40:00.337984+00', '2026-11-25 00:40:02.35974+00'),
	(1, 27, 27854, 'jobs', 'jobdelta', 'SELECT 1', 'succeeded', '1 row', '2026-11-25 00:42:00.134266+00', '2026-11-25 00:42:00.135112+00'),
	(11, 21, NULL, 'jobs', 'locked_out', 'SELECT 6', 'failed', 'connection failed', NULL, NULL);
INSERT INTO cron.job_run_details (jobid, runid, job_pid, database, username, command, status, return_message, start_time, end_time) VALUES
	(5, 15, 24770, 'jobs', 'jobdelta', 'SET statement_timeout = ''2s''; SELECT pg_sleep(30)', 'failed', 'ERROR:  canceling statement due to statement timeout
', '2026-11-25 00:41:00.614002+00', '2026-11-25 00:41:02.644582+00'),
	(4, 5, 20937, 'jobs', 'jobdelta', 'SELECT pg_sleep(75)', 'succeeded', '1 row', '2026-11-25 00:40:00.329976+00', '2026-11-25 00:41:15.422007+00'),
	(6, 22, 27849, 'jobs', 'jobdelta', 'SELECT 2', 'succeeded', '1 row', '2026-11-25 00:42:00.208505+00', '2026-11-25 00:42:00.241923+00'),
	(2, 24, 27851, 'jobs', 'jobdelta', 'DO ''BEGIN RAISE EXCEPTION ''''no such customer''''; END''', 'failed', 'ERROR:  no such customer
CONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE
', '2026-11-25 00:42:00.217935+00', '2026-11-25 00:42:00.246113+00'),
	(3, 28, 27856, 'jobs', 'jobdelta', 'SELECT 1; SELECT 1/0', 'failed', 'ERROR:  division by zero
', '2026-11-25 00:42:00.221842+00', '2026-11-25 00:42:00.252532+00'),
	(7, 30, 27858, 'jobs', 'jobdelta', 'SELECT 3', 'succeeded', '1 row', '2026-11-25 00:42:00.232398+00', '2026-11-25 00:42:00.265946+00'),
	(12, 23, 27850, 'jobs', 'jobdelta', 'SELECT pg_sleep(40)', 'failed', 'ERROR:  canceling statement due to user request
', '2026-11-25 00:42:00.129962+00', '2026-11-25 00:42:00.969953+00'),
	(10, 29, 27857, 'jobs', 'alice', 'SELECT pg_sleep(1)', 'succeeded', '1 row', '2026-11-25 00:42:00.225914+00', '2026-11-25 00:42:01.245931+00'),
	(13, 26, 27853, 'jobs', 'jobdelta', 'SELECT pg_sleep(41)', 'failed', 'server closed the connection unexpectedly
	This probably means the server terminated abnormally
	before or while processing the request.
', '2026-11-25 00:42:00.161993+00', '2026-11-25 00:42:00.997955+00'),
	(5, 25, 27852, 'jobs', 'jobdelta', 'SET statement_timeout = ''2s''; SELECT pg_sleep(30)', 'failed', 'ERROR:  canceling statement due to statement timeout
', '2026-11-25 00:42:00.221597+00', '2026-11-25 00:42:02.247432+00'),
	(2, 70, 4768, 'jobs', 'jobdelta', 'DO ''BEGIN RAISE EXCEPTION ''''no such customer''''; END''', 'failed', 'ERROR:  no such customer
CONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE
', '2026-11-25 00:45:00.249291+00', '2026-11-25 00:45:00.30022+00'),
	(11, 43, NULL, 'jobs', 'locked_out', 'SELECT 6', 'failed', 'connection failed', NULL, NULL),
	(1, 74, 4773, 'jobs', 'jobdelta', 'SELECT 1', 'succeeded', '1 row', '2026-11-25 00:45:00.270265+00', '2026-11-25 00:45:00.308337+00'),
	(2, 46, 2084, 'jobs', 'jobdelta', 'DO ''BEGIN RAISE EXCEPTION ''''no such customer''''; END''', 'failed', 'ERROR:  no such customer
CONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE
', '2026-11-25 00:44:00.152892+00', '2026-11-25 00:44:00.173977+00'),
	(11, 32, NULL, 'jobs', 'locked_out', 'SELECT 6', 'failed', 'connection failed', NULL, NULL),
	(3, 39, 31273, 'jobs', 'jobdelta', 'SELECT 1; SELECT 1/0', 'failed', 'ERROR:  division by zero
', '2026-11-25 00:43:00.246002+00', '2026-11-25 00:43:00.425974+00'),
	(3, 50, 2088, 'jobs', 'jobdelta', 'SELECT 1; SELECT 1/0', 'failed', 'ERROR:  division by zero
', '2026-11-25 00:44:00.194897+00', '2026-11-25 00:44:00.214092+00'),
	(6, 33, 31264, 'jobs', 'jobdelta', 'SELECT 2', 'succeeded', '1 row', '2026-11-25 00:43:00.252846+00', '2026-11-25 00:43:00.441893+00'),
	(1, 38, 31272, 'jobs', 'jobdelta', 'SELECT 1', 'succeeded', '1 row', '2026-11-25 00:43:00.259591+00', '2026-11-25 00:43:00.444731+00'),
	(7, 41, 31275, 'jobs', 'jobdelta', 'SELECT 3', 'succeeded', '1 row', '2026-11-25 00:43:00.44+00', '2026-11-25 00:43:00.454111+00');
INSERT INTO cron.job_run_details (jobid, runid, job_pid, database, username, command, status, return_message, start_time, end_time) VALUES
	(6, 44, 2083, 'jobs', 'jobdelta', 'SELECT 2', 'succeeded', '1 row', '2026-11-25 00:44:00.195665+00', '2026-11-25 00:44:00.22008+00'),
	(1, 49, 2087, 'jobs', 'jobdelta', 'SELECT 1', 'succeeded', '1 row', '2026-11-25 00:44:00.210081+00', '2026-11-25 00:44:00.225377+00'),
	(2, 35, 31265, 'jobs', 'jobdelta', 'DO ''BEGIN RAISE EXCEPTION ''''no such customer''''; END''', 'failed', 'ERROR:  no such customer
CONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE
', '2026-11-25 00:43:00.473003+00', '2026-11-25 00:43:00.478018+00'),
	(10, 40, 31274, 'jobs', 'alice', 'SELECT pg_sleep(1)', 'succeeded', '1 row', '2026-11-25 00:43:00.429576+00', '2026-11-25 00:43:01.453953+00'),
	(5, 36, 31268, 'jobs', 'jobdelta', 'SET statement_timeout = ''2s''; SELECT pg_sleep(30)', 'failed', 'ERROR:  canceling statement due to statement timeout
', '2026-11-25 00:43:00.211732+00', '2026-11-25 00:43:02.308182+00'),
	(14, 34, NULL, 'jobs', 'jobdelta', 'SELECT 7', 'failed', 'job startup timeout', NULL, NULL),
	(4, 31, 29682, 'jobs', 'jobdelta', 'SELECT pg_sleep(75)', 'succeeded', '1 row', '2026-11-25 00:42:30.653972+00', '2026-11-25 00:43:45.806069+00'),
	(3, 75, 4777, 'jobs', 'jobdelta', 'SELECT 1; SELECT 1/0', 'failed', 'ERROR:  division by zero
', '2026-11-25 00:45:00.276125+00', '2026-11-25 00:45:00.322064+00'),
	(15, 37, 31271, 'jobs', 'jobdelta', 'SELECT pg_sleep(50)', 'succeeded', '1 row', '2026-11-25 00:43:00.253826+00', '2026-11-25 00:43:50.354475+00'),
	(14, 45, NULL, 'jobs', 'jobdelta', 'SELECT 7', 'connecting', NULL, NULL, NULL),
	(7, 52, 2090, 'jobs', 'jobdelta', 'SELECT 3', 'succeeded', '1 row', '2026-11-25 00:44:00.231314+00', '2026-11-25 00:44:00.232958+00'),
	(4, 71, 4769, 'jobs', 'jobdelta', 'SELECT pg_sleep(75)', 'running', NULL, '2026-11-25 00:45:00.207897+00', NULL),
	(15, 48, 2086, 'jobs', 'jobdelta', 'SELECT pg_sleep(50)', 'failed', 'server restarted', '2026-11-25 00:44:00.197948+00', NULL),
	(4, 42, 1523, 'jobs', 'jobdelta', 'SELECT pg_sleep(75)', 'failed', 'server restarted', '2026-11-25 00:43:45.946044+00', NULL),
	(5, 47, 2085, 'jobs', 'jobdelta', 'SET statement_timeout = ''2s''; SELECT pg_sleep(30)', 'failed', 'server restarted', '2026-11-25 00:44:00.258322+00', NULL),
	(10, 51, 2089, 'jobs', 'alice', 'SELECT pg_sleep(1)', 'failed', 'server restarted', '2026-11-25 00:44:00.379859+00', NULL),
	(6, 68, 4765, 'jobs', 'jobdelta', 'SELECT 2', 'succeeded', '1 row', '2026-11-25 00:45:00.190515+00', '2026-11-25 00:45:00.248618+00'),
	(5, 72, 4770, 'jobs', 'jobdelta', 'SET statement_timeout = ''2s''; SELECT pg_sleep(30)', 'running', NULL, '2026-11-25 00:45:00.256652+00', NULL),
	(15, 73, 4772, 'jobs', 'jobdelta', 'SELECT pg_sleep(50)', 'running', NULL, '2026-11-25 00:45:00.259028+00', NULL),
	(11, 67, NULL, 'jobs', 'locked_out', 'SELECT 6', 'failed', 'connection failed', NULL, NULL);
INSERT INTO cron.job_run_details (jobid, runid, job_pid, database, username, command, status, return_message, start_time, end_time) VALUES
	(7, 77, 4782, 'jobs', 'jobdelta', 'SELECT 3', 'succeeded', '1 row', '2026-11-25 00:45:00.333525+00', '2026-11-25 00:45:00.347093+00'),
	(10, 76, 4778, 'jobs', 'alice', 'SELECT pg_sleep(1)', 'succeeded', '1 row', '2026-11-25 00:45:00.35027+00', '2026-11-25 00:45:01.36652+00'),
	(14, 69, NULL, 'jobs', 'jobdelta', 'SELECT 7', 'failed', 'job canceled', NULL, NULL);

ALTER TABLE ONLY cron.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (jobid);

ALTER TABLE ONLY cron.job_run_details
    ADD CONSTRAINT job_run_details_pkey PRIMARY KEY (runid);

ALTER TABLE ONLY cron.job
    ADD CONSTRAINT jobname_username_uniq UNIQUE (jobname, username);

