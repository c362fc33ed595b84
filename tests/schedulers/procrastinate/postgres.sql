CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    lock text,
    queueing_lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);

INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES
	(1, 1, 'deferred', '2026-11-25 00:46:27.995444+00'),
	(2, 2, 'deferred', '2026-11-25 00:46:29.205709+00'),
	(3, 2, 'started', '2026-11-25 00:46:29.24771+00'),
	(4, 3, 'deferred', '2026-11-25 00:46:29.276804+00'),
	(5, 3, 'started', '2026-11-25 00:46:29.329897+00'),
	(6, 4, 'deferred', '2026-11-25 00:46:29.339687+00'),
	(7, 4, 'started', '2026-11-25 00:46:29.408271+00'),
	(8, 5, 'deferred', '2026-11-25 00:46:32.199266+00'),
	(9, 1, 'started', '2026-11-25 00:46:32.209855+00'),
	(10, 5, 'started', '2026-11-25 00:46:32.272436+00'),
	(11, 1, 'succeeded', '2026-11-25 00:46:32.30201+00'),
	(12, 5, 'succeeded', '2026-11-25 00:46:32.336945+00'),
	(13, 2, 'scheduled', '2026-11-25 00:46:33.815821+00'),
	(14, 2, 'deferred_for_retry', '2026-11-25 00:46:33.816251+00'),
	(15, 3, 'abort_requested', '2026-11-25 00:46:33.838173+00'),
	(16, 6, 'deferred', '2026-11-25 00:46:33.876923+00'),
	(17, 2, 'started', '2026-11-25 00:46:33.907715+00'),
	(18, 2, 'succeeded', '2026-11-25 00:46:33.924248+00'),
	(19, 7, 'deferred', '2026-11-25 00:46:33.916914+00'),
	(20, 6, 'started', '2026-11-25 00:46:33.92897+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES
	(21, 7, 'started', '2026-11-25 00:46:33.960298+00'),
	(22, 8, 'deferred', '2026-11-25 00:46:33.997566+00'),
	(23, 6, 'succeeded', '2026-11-25 00:46:34.013391+00'),
	(24, 8, 'started', '2026-11-25 00:46:34.036044+00'),
	(25, 7, 'succeeded', '2026-11-25 00:46:34.036119+00'),
	(26, 9, 'deferred', '2026-11-25 00:46:34.044217+00'),
	(27, 8, 'succeeded', '2026-11-25 00:46:34.196822+00'),
	(28, 9, 'started', '2026-11-25 00:46:34.296367+00'),
	(29, 10, 'deferred', '2026-11-25 00:46:34.333917+00'),
	(30, 9, 'failed', '2026-11-25 00:46:34.393995+00'),
	(31, 10, 'started', '2026-11-25 00:46:34.403661+00'),
	(32, 11, 'deferred', '2026-11-25 00:46:34.423932+00'),
	(33, 11, 'started', '2026-11-25 00:46:34.446206+00'),
	(34, 12, 'deferred', '2026-11-25 00:46:34.481907+00'),
	(35, 11, 'scheduled', '2026-11-25 00:46:35.479605+00'),
	(36, 11, 'deferred_for_retry', '2026-11-25 00:46:34.481131+00'),
	(37, 12, 'started', '2026-11-25 00:46:34.490645+00'),
	(38, 13, 'deferred', '2026-11-25 00:46:34.49735+00'),
	(39, 14, 'deferred', '2026-11-25 00:46:34.521567+00'),
	(40, 12, 'scheduled', '2026-11-25 00:46:35.526564+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES
	(41, 12, 'deferred_for_retry', '2026-11-25 00:46:34.538354+00'),
	(42, 13, 'started', '2026-11-25 00:46:34.538716+00'),
	(43, 15, 'scheduled', '2026-11-25 01:46:34.553828+00'),
	(44, 15, 'deferred', '2026-11-25 00:46:34.561165+00'),
	(45, 13, 'scheduled', '2026-11-25 01:46:34.549784+00'),
	(46, 13, 'deferred_for_retry', '2026-11-25 00:46:34.567891+00'),
	(47, 14, 'started', '2026-11-25 00:46:34.567994+00'),
	(48, 16, 'deferred', '2026-11-25 00:46:34.572948+00'),
	(49, 17, 'deferred', '2026-11-25 00:46:34.590341+00'),
	(50, 17, 'cancelled', '2026-11-25 00:46:34.604673+00'),
	(51, 18, 'deferred', '2026-11-25 00:46:35.572632+00'),
	(52, 11, 'started', '2026-11-25 00:46:35.592855+00'),
	(53, 11, 'succeeded', '2026-11-25 00:46:35.621904+00'),
	(54, 12, 'started', '2026-11-25 00:46:35.622316+00'),
	(55, 12, 'scheduled', '2026-11-25 00:46:36.634382+00'),
	(56, 12, 'deferred_for_retry', '2026-11-25 00:46:35.635706+00'),
	(57, 18, 'started', '2026-11-25 00:46:35.641955+00'),
	(58, 18, 'succeeded', '2026-11-25 00:46:35.686159+00'),
	(59, 14, 'abort_requested', '2026-11-25 00:46:39.055081+00'),
	(60, 14, 'aborted', '2026-11-25 00:46:39.095564+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES
	(61, 10, 'succeeded', '2026-11-25 00:46:40.427388+00'),
	(62, 19, 'deferred', '2026-11-25 00:46:40.510369+00'),
	(63, 12, 'started', '2026-11-25 00:46:40.529884+00'),
	(64, 12, 'failed', '2026-11-25 00:46:40.546272+00'),
	(65, 19, 'started', '2026-11-25 00:46:40.55414+00'),
	(66, 19, 'succeeded', '2026-11-25 00:46:40.601927+00'),
	(67, 20, 'deferred', '2026-11-25 00:46:44.015672+00'),
	(68, 20, 'started', '2026-11-25 00:46:44.048317+00'),
	(69, 20, 'failed', '2026-11-25 00:46:44.06678+00'),
	(70, 21, 'deferred', '2026-11-25 00:46:44.057328+00'),
	(71, 21, 'started', '2026-11-25 00:46:44.102594+00'),
	(72, 22, 'deferred', '2026-11-25 00:46:45.519013+00'),
	(73, 22, 'started', '2026-11-25 00:46:45.542188+00'),
	(74, 22, 'succeeded', '2026-11-25 00:46:45.588069+00');

INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, priority, lock, queueing_lock, args, status, scheduled_at, attempts, abort_requested, worker_id) VALUES
	(4, 'killed', 'killed', 0, NULL, NULL, '{}', 'doing', NULL, 0, false, 1),
	(1, 'default', 'periodic', 0, NULL, NULL, '{"timestamp": 1795567585}', 'succeeded', NULL, 1, false, 2),
	(5, 'default', 'periodic', 0, NULL, NULL, '{"timestamp": 1795567590}', 'succeeded', NULL, 1, false, 2),
	(3, 'killed', 'killed', 0, NULL, NULL, '{}', 'doing', NULL, 0, true, 1),
	(2, 'default', 'killed', 0, NULL, NULL, '{}', 'succeeded', '2026-11-25 00:46:33.815821+00', 2, false, 2),
	(6, 'default', 'succeeds', 0, NULL, NULL, '{}', 'succeeded', NULL, 1, false, 2),
	(7, 'default', 'succeeds', 0, NULL, NULL, '{}', 'succeeded', NULL, 1, false, 2),
	(8, 'default', 'succeeds', 0, NULL, NULL, '{}', 'succeeded', NULL, 1, false, 2),
	(9, 'default', 'fails', 0, NULL, NULL, '{}', 'failed', NULL, 1, false, 2),
	(15, 'default', 'succeeds', 0, NULL, NULL, '{}', 'todo', '2026-11-25 01:46:34.553828+00', 0, false, NULL),
	(13, 'default', 'waits_for_retry', 0, NULL, NULL, '{}', 'todo', '2026-11-25 01:46:34.549784+00', 1, false, 2),
	(16, 'unserved', 'succeeds', 0, NULL, NULL, '{}', 'todo', NULL, 0, false, NULL),
	(17, 'unserved', 'succeeds', 0, NULL, NULL, '{}', 'cancelled', NULL, 0, false, NULL),
	(11, 'default', 'retried', 0, NULL, NULL, '{}', 'succeeded', '2026-11-25 00:46:35.479605+00', 2, false, 2),
	(18, 'default', 'periodic', 0, NULL, NULL, '{"timestamp": 1795567595}', 'succeeded', NULL, 1, false, 2),
	(14, 'default', 'aborted', 0, NULL, NULL, '{}', 'aborted', NULL, 1, false, 2),
	(10, 'default', 'long', 0, NULL, NULL, '{}', 'succeeded', NULL, 1, false, 2),
	(12, 'default', 'exhausted', 0, NULL, NULL, '{}', 'failed', '2026-11-25 00:46:36.634382+00', 3, false, 2),
	(19, 'default', 'periodic', 0, NULL, NULL, '{"timestamp": 1795567600}', 'succeeded', NULL, 1, false, 2),
	(20, 'default', 'fails', 0, NULL, NULL, '{}', 'failed', NULL, 1, false, 2);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, priority, lock, queueing_lock, args, status, scheduled_at, attempts, abort_requested, worker_id) VALUES
	(21, 'default', 'running', 0, NULL, NULL, '{}', 'doing', NULL, 0, false, 2),
	(22, 'default', 'periodic', 0, NULL, NULL, '{"timestamp": 1795567605}', 'succeeded', NULL, 1, false, 2);

INSERT INTO public.procrastinate_periodic_defers (id, task_name, defer_timestamp, job_id, periodic_id) VALUES
	(5, 'periodic', 1795567605, 22, '');

INSERT INTO public.procrastinate_workers (id, last_heartbeat) OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-25 00:46:27.851431+00'),
	(2, '2026-11-25 00:46:42.190253+00');

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);

