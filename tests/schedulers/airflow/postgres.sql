CREATE TABLE public.dag_run (
    id integer NOT NULL,
    dag_id character varying(250) NOT NULL,
    queued_at timestamp with time zone,
    logical_date timestamp with time zone,
    start_date timestamp with time zone,
    end_date timestamp with time zone,
    state character varying(50),
    run_id character varying(250) NOT NULL,
    creating_job_id integer,
    run_type character varying(50) NOT NULL,
    triggered_by character varying(50),
    triggering_user_name character varying(512),
    conf jsonb,
    data_interval_start timestamp with time zone,
    data_interval_end timestamp with time zone,
    run_after timestamp with time zone NOT NULL,
    last_scheduling_decision timestamp with time zone,
    log_template_id integer,
    created_at timestamp with time zone,
    updated_at timestamp with time zone,
    clear_number integer DEFAULT 0 NOT NULL,
    backfill_id integer,
    bundle_version character varying(250),
    scheduled_by_job_id integer,
    context_carrier jsonb,
    span_status character varying(250) DEFAULT 'not_started'::character varying NOT NULL,
    created_dag_version_id uuid,
    partition_key character varying(250),
    partition_date timestamp with time zone
);

CREATE SEQUENCE public.dag_run_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.dag_run_id_seq OWNED BY public.dag_run.id;

CREATE TABLE public.task_instance (
    id uuid NOT NULL,
    task_id character varying(250) NOT NULL,
    dag_id character varying(250) NOT NULL,
    run_id character varying(250) NOT NULL,
    map_index integer DEFAULT '-1'::integer NOT NULL,
    start_date timestamp with time zone,
    end_date timestamp with time zone,
    duration double precision,
    state character varying(20),
    try_number integer NOT NULL,
    max_tries integer DEFAULT '-1'::integer NOT NULL,
    hostname character varying(1000),
    unixname character varying(1000),
    pool character varying(256) NOT NULL,
    pool_slots integer NOT NULL,
    queue character varying(256),
    priority_weight integer,
    operator character varying(1000),
    custom_operator_name character varying(1000),
    queued_dttm timestamp with time zone,
    scheduled_dttm timestamp with time zone,
    queued_by_job_id integer,
    last_heartbeat_at timestamp with time zone,
    pid integer,
    executor character varying(1000),
    executor_config bytea,
    updated_at timestamp with time zone,
    rendered_map_index character varying(250),
    context_carrier jsonb,
    span_status character varying(250) DEFAULT 'not_started'::character varying NOT NULL,
    external_executor_id text,
    trigger_id integer,
    trigger_timeout timestamp with time zone,
    next_method character varying(1000),
    next_kwargs jsonb,
    task_display_name character varying(2000),
    dag_version_id uuid,
    retry_delay_override double precision,
    retry_reason character varying(500)
);

CREATE TABLE public.task_instance_history (
    task_instance_id uuid NOT NULL,
    task_id character varying(250) NOT NULL,
    dag_id character varying(250) NOT NULL,
    run_id character varying(250) NOT NULL,
    map_index integer DEFAULT '-1'::integer NOT NULL,
    try_number integer NOT NULL,
    start_date timestamp with time zone,
    end_date timestamp with time zone,
    duration double precision,
    state character varying(20),
    max_tries integer DEFAULT '-1'::integer,
    hostname character varying(1000),
    unixname character varying(1000),
    pool character varying(256) NOT NULL,
    pool_slots integer NOT NULL,
    queue character varying(256),
    priority_weight integer,
    operator character varying(1000),
    custom_operator_name character varying(1000),
    queued_dttm timestamp with time zone,
    scheduled_dttm timestamp with time zone,
    queued_by_job_id integer,
    pid integer,
    executor character varying(1000),
    executor_config bytea,
    updated_at timestamp with time zone,
    rendered_map_index character varying(250),
    context_carrier jsonb,
    span_status character varying(250) DEFAULT 'not_started'::character varying NOT NULL,
    external_executor_id text,
    trigger_id integer,
    trigger_timeout timestamp without time zone,
    next_method character varying(1000),
    next_kwargs jsonb,
    task_display_name character varying(2000),
    dag_version_id uuid,
    retry_delay_override double precision,
    retry_reason character varying(500)
);

ALTER TABLE ONLY public.dag_run ALTER COLUMN id SET DEFAULT nextval('public.dag_run_id_seq'::regclass);

INSERT INTO public.dag_run (id, dag_id, queued_at, logical_date, start_date, end_date, state, run_id, creating_job_id, run_type, triggered_by, triggering_user_name, conf, data_interval_start, data_interval_end, run_after, last_scheduling_decision, log_template_id, created_at, updated_at, clear_number, backfill_id, bundle_version, scheduled_by_job_id, context_carrier, span_status, created_dag_version_id, partition_key, partition_date) VALUES
	(1, 'every_minute', '2026-11-25 00:50:35.787483+00', '2026-11-25 00:50:00+00', '2026-11-25 00:50:36.015859+00', '2026-11-25 00:50:46.968541+00', 'failed', 'scheduled__2026-11-25T00:50:00+00:00', 1, 'scheduled', 'TIMETABLE', NULL, '{}', '2026-11-25 00:50:00+00', '2026-11-25 00:50:00+00', '2026-11-25 00:50:00+00', '2026-11-25 00:50:46.966363+00', 2, '2026-11-25 00:50:35.797605+00', '2026-11-25 00:50:46.969571+00', 0, NULL, NULL, 1, '{"__var": {"traceparent": "00-6fd0e869306fc9c1150776dc603b73a0-87d37409d17caf0a-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9af-70ea-b7f2-5b42cc2c3dde', NULL, NULL),
	(6, 'fails', '2026-11-25 00:51:22.468666+00', NULL, '2026-11-25 00:51:44.210281+00', '2026-11-25 00:52:09.816501+00', 'failed', 'manual__2026-11-25T00:51:22.410410+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:22.41041+00', '2026-11-25 00:52:09.811203+00', 2, '2026-11-25 00:51:22.473327+00', '2026-11-25 00:52:09.817288+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-722859cb8f2403fadd7c5844c919150f-b7911677c89366d8-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9a2-70c6-9135-a4d9b8792a95', NULL, NULL),
	(10, 'task_times_out', '2026-11-25 00:51:24.046866+00', NULL, '2026-11-25 00:51:44.255959+00', '2026-11-25 00:52:09.894829+00', 'failed', 'manual__2026-11-25T00:51:23.889781+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:23.889781+00', '2026-11-25 00:52:09.888959+00', 2, '2026-11-25 00:51:24.063406+00', '2026-11-25 00:52:09.896813+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-eb8daaca8f17292ff0d4e298401a441a-0901ac16efffbfb3-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9b7-7ea2-ab1c-bd5bd6269791', NULL, NULL),
	(9, 'times_out', '2026-11-25 00:51:23.514734+00', NULL, '2026-11-25 00:51:44.250227+00', '2026-11-25 00:51:54.526647+00', 'failed', 'manual__2026-11-25T00:51:23.450437+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:23.450437+00', '2026-11-25 00:51:44.700311+00', 2, '2026-11-25 00:51:23.527396+00', '2026-11-25 00:51:55.402878+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-74172aa7f936b45e4e13099aa387d0eb-18455737e706be1f-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9b0-7d6c-9fc3-aca5f34ab973', NULL, NULL),
	(4, 'succeeds', '2026-11-25 00:51:21.614593+00', NULL, '2026-11-25 00:51:44.19115+00', '2026-11-25 00:52:09.740737+00', 'success', 'manual__2026-11-25T00:51:21.578638+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:21.578638+00', '2026-11-25 00:52:09.722433+00', 2, '2026-11-25 00:51:21.650949+00', '2026-11-25 00:52:09.751155+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-4a9ee4a2ccc9ee2bde27e8cb73f1e16d-de2196af47629b84-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9a7-7b9c-bd11-3b857fb0306d', NULL, NULL),
	(5, 'succeeds', '2026-11-25 00:51:22.070399+00', NULL, '2026-11-25 00:51:44.192628+00', '2026-11-25 00:52:09.79485+00', 'success', 'manual__2026-11-25T00:51:22.030505+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:22.030505+00', '2026-11-25 00:52:09.780418+00', 2, '2026-11-25 00:51:22.083532+00', '2026-11-25 00:52:09.795786+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-33dc6c6e78331d4b6302e5a007f6e783-e691cdd4aeef881a-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9a7-7b9c-bd11-3b857fb0306d', NULL, NULL),
	(2, 'cut_off', '2026-11-25 00:50:54.700247+00', NULL, '2026-11-25 00:50:56.068792+00', NULL, 'running', 'manual__2026-11-25T00:50:54.346340+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:50:54.34634+00', '2026-11-25 00:52:39.66733+00', 2, '2026-11-25 00:50:54.719873+00', '2026-11-25 00:52:39.671329+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-48c5d886f49beed85d0f0c87e92aad54-c6c4f2c18b3455b2-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9ac-7abd-968b-e4453deff8ce', NULL, NULL),
	(12, 'mapped', '2026-11-25 00:51:25.074924+00', NULL, '2026-11-25 00:51:44.318567+00', '2026-11-25 00:52:13.767468+00', 'success', 'manual__2026-11-25T00:51:25.027928+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:25.027928+00', '2026-11-25 00:52:13.738429+00', 2, '2026-11-25 00:51:25.079908+00', '2026-11-25 00:52:13.768524+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-9eab760408bc826d504ee0a1ea27e9f2-0dd90c9297d1622f-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9a4-7445-9e08-e30b25450aca', NULL, NULL),
	(20, 'waits_for_retry', '2026-11-25 00:52:12.786495+00', NULL, '2026-11-25 00:52:19.666534+00', NULL, 'running', 'manual__2026-11-25T00:52:12.687661+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:52:12.687661+00', '2026-11-25 00:52:39.566479+00', 2, '2026-11-25 00:52:12.824969+00', '2026-11-25 00:52:39.671333+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-24c686d72d29d405e8952e50cdc0aded-40b09e82dbb0ac1f-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9a6-7f75-b3f6-0b6c55534258', NULL, NULL),
	(8, 'exhausted', '2026-11-25 00:51:23.187401+00', NULL, '2026-11-25 00:51:44.228582+00', '2026-11-25 00:52:21.755328+00', 'failed', 'manual__2026-11-25T00:51:23.157947+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:23.157947+00', '2026-11-25 00:52:21.746878+00', 2, '2026-11-25 00:51:23.19926+00', '2026-11-25 00:52:21.773679+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-b4ef5f3233b01c87c6e7b7a6cd16c521-70009dfdca4386d9-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9a8-7a20-b9d6-4cf52b2af6bc', NULL, NULL),
	(16, 'killed', '2026-11-25 00:51:26.806777+00', NULL, '2026-11-25 00:51:44.372075+00', '2026-11-25 00:52:10.130955+00', 'failed', 'manual__2026-11-25T00:51:26.774074+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:26.774074+00', '2026-11-25 00:52:10.114304+00', 2, '2026-11-25 00:51:26.815332+00', '2026-11-25 00:52:10.131834+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-e0c182b2dafbc58b3acf2f3614eabad6-a851698ca571b433-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9a5-7d06-9321-adb4a89f1aae', NULL, NULL),
	(18, 'every_minute', '2026-11-25 00:52:09.334569+00', '2026-11-25 00:52:00+00', '2026-11-25 00:52:09.602945+00', '2026-11-25 00:52:24.863161+00', 'success', 'scheduled__2026-11-25T00:52:00+00:00', 3, 'scheduled', 'TIMETABLE', NULL, '{}', '2026-11-25 00:52:00+00', '2026-11-25 00:52:00+00', '2026-11-25 00:52:00+00', '2026-11-25 00:52:24.802274+00', 2, '2026-11-25 00:52:09.382204+00', '2026-11-25 00:52:24.86399+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-a9cadf6c5bbd6cbb4908ba3156dc53fd-476d8fa3272ba10a-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9af-70ea-b7f2-5b42cc2c3dde', NULL, NULL),
	(11, 'branches', '2026-11-25 00:51:24.401479+00', NULL, '2026-11-25 00:51:44.278296+00', '2026-11-25 00:52:13.543282+00', 'failed', 'manual__2026-11-25T00:51:24.366648+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:24.366648+00', '2026-11-25 00:52:13.50635+00', 2, '2026-11-25 00:51:24.41119+00', '2026-11-25 00:52:13.594228+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-294d49afb0579a1cde6f34bae50aed19-3008147ad2102f4c-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9aa-7197-a73b-3136c7ae2ab2', NULL, NULL),
	(3, 'every_minute', '2026-11-25 00:51:00.107391+00', '2026-11-25 00:51:00+00', '2026-11-25 00:51:00.227829+00', '2026-11-25 00:52:22.015789+00', 'success', 'scheduled__2026-11-25T00:51:00+00:00', 1, 'scheduled', 'TIMETABLE', NULL, '{}', '2026-11-25 00:51:00+00', '2026-11-25 00:51:00+00', '2026-11-25 00:51:00+00', '2026-11-25 00:52:21.978558+00', 2, '2026-11-25 00:51:00.127528+00', '2026-11-25 00:52:22.016847+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-ec08c65c13e90bdce74c753007b8eec8-272eea7e9745cd64-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9af-70ea-b7f2-5b42cc2c3dde', NULL, NULL),
	(14, 'cleared', '2026-11-25 00:52:11.308234+00', NULL, '2026-11-25 00:52:12.066539+00', '2026-11-25 00:52:24.618952+00', 'success', 'manual__2026-11-25T00:51:26.216930+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:26.21693+00', '2026-11-25 00:52:24.606417+00', 2, '2026-11-25 00:51:26.25504+00', '2026-11-25 00:52:24.619789+00', 1, NULL, NULL, 3, '{"__var": {"traceparent": "00-a230661dded1e31db74a1be95c407066-22022a47eb51b7ec-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9ad-7340-9ff7-c8e2a27f47c8', NULL, NULL),
	(7, 'retried', '2026-11-25 00:51:22.906525+00', NULL, '2026-11-25 00:51:44.222406+00', '2026-11-25 00:52:25.063072+00', 'success', 'manual__2026-11-25T00:51:22.901379+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:22.901379+00', '2026-11-25 00:52:24.988224+00', 2, '2026-11-25 00:51:22.910941+00', '2026-11-25 00:52:25.063927+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-e97224cb05f0a82d63364a8064c9e85f-e4c8a38cab77aa04-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9ae-701d-bc74-b82b37bab1bd', NULL, NULL),
	(17, 'lost', '2026-11-25 00:51:27.006025+00', NULL, '2026-11-25 00:51:44.394317+00', '2026-11-25 00:52:26.425678+00', 'failed', 'manual__2026-11-25T00:51:26.991108+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:26.991108+00', '2026-11-25 00:52:26.419358+00', 2, '2026-11-25 00:51:27.007554+00', '2026-11-25 00:52:26.448134+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-90c1c3f4603da91247953fd1109189ab-0341521609d12440-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9b2-71b9-a503-7a237253c175', NULL, NULL),
	(13, 'long', '2026-11-25 00:51:25.630425+00', NULL, '2026-11-25 00:51:44.330312+00', '2026-11-25 00:52:37.105591+00', 'success', 'manual__2026-11-25T00:51:25.590482+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:51:25.590482+00', '2026-11-25 00:52:37.103904+00', 2, '2026-11-25 00:51:25.646955+00', '2026-11-25 00:52:37.11426+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-e1b2853bc57dff107915b51a9a297a31-9f9a1ed941e859ca-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9a3-72e7-b2b5-d50d80e9b4f8', NULL, NULL),
	(24, 'one_at_a_time', '2026-11-25 00:52:19.062451+00', NULL, NULL, NULL, 'queued', 'manual__2026-11-25T00:52:19.010660+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:52:19.01066+00', NULL, 2, '2026-11-25 00:52:19.078572+00', '2026-11-25 00:52:19.078579+00', 0, NULL, NULL, NULL, '{"__var": {"traceparent": "00-4578e2e6e466ff202fd2eddc51722680-96f43a2238781b82-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9b5-7a50-86ee-246fc8620c4a', NULL, NULL),
	(19, 'marked_failed', '2026-11-25 00:52:12.362275+00', NULL, '2026-11-25 00:52:14.779296+00', '2026-11-25 00:52:20.554577+00', 'failed', 'manual__2026-11-25T00:52:12.307735+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:52:12.307735+00', '2026-11-25 00:52:21.463312+00', 2, '2026-11-25 00:52:12.371172+00', '2026-11-25 00:52:20.565325+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-064ad5bb6f48f3b6ba7ac6e3d503639b-2c03d1aff942b51b-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9b3-7b7d-a65a-01e79ae6513f', NULL, NULL);
INSERT INTO public.dag_run (id, dag_id, queued_at, logical_date, start_date, end_date, state, run_id, creating_job_id, run_type, triggered_by, triggering_user_name, conf, data_interval_start, data_interval_end, run_after, last_scheduling_decision, log_template_id, created_at, updated_at, clear_number, backfill_id, bundle_version, scheduled_by_job_id, context_carrier, span_status, created_dag_version_id, partition_key, partition_date) VALUES
	(21, 'deferred', '2026-11-25 00:52:17.956592+00', NULL, '2026-11-25 00:52:19.80573+00', NULL, 'running', 'manual__2026-11-25T00:52:17.925369+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:52:17.925369+00', '2026-11-25 00:52:39.599815+00', 2, '2026-11-25 00:52:17.959906+00', '2026-11-25 00:52:39.671334+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-5b0a4f95f1fb8a1fba53db5b4a52ecb6-0a1739c6f3b4d797-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9b4-7e37-973a-357745959968', NULL, NULL),
	(22, 'rescheduled', '2026-11-25 00:52:18.259077+00', NULL, '2026-11-25 00:52:19.91454+00', NULL, 'running', 'manual__2026-11-25T00:52:18.199884+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:52:18.199884+00', '2026-11-25 00:52:39.627726+00', 2, '2026-11-25 00:52:18.267201+00', '2026-11-25 00:52:39.671335+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-4c5bbbb5ab760b1217bb71eb559bbd45-e4185f91702d9ec3-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9a9-7da4-bb0e-b6e00ab2618d', NULL, NULL),
	(23, 'one_at_a_time', '2026-11-25 00:52:18.734449+00', NULL, '2026-11-25 00:52:20.041413+00', NULL, 'running', 'manual__2026-11-25T00:52:18.698607+00:00', NULL, 'manual', 'REST_API', 'Anonymous', '{}', NULL, NULL, '2026-11-25 00:52:18.698607+00', '2026-11-25 00:52:39.654255+00', 2, '2026-11-25 00:52:18.737254+00', '2026-11-25 00:52:39.671335+00', 0, NULL, NULL, 3, '{"__var": {"traceparent": "00-3cac6734b21f86bac135a02faff067e0-d39a938b415ba8a8-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9b5-7a50-86ee-246fc8620c4a', NULL, NULL),
	(25, 'hourly', '2026-11-25 00:52:19.513921+00', '2026-01-05 00:15:00+00', '2026-11-25 00:52:23.912444+00', '2026-11-25 00:52:27.946435+00', 'success', 'backfill__2026-01-05T00:15:00+00:00', NULL, 'backfill', 'BACKFILL', 'Anonymous', '{}', '2026-01-05 00:15:00+00', '2026-01-05 00:15:00+00', '2026-01-05 00:15:00+00', '2026-11-25 00:52:27.938481+00', 2, '2026-11-25 00:52:19.522941+00', '2026-11-25 00:52:27.998111+00', 0, 1, NULL, 3, '{"__var": {"traceparent": "00-f5f169725f2e0547ccde58cf7b1879c6-249c5cad02d72271-00"}, "__type": "dict"}', 'not_started', '01a2102e-d9b6-773c-a64f-209acd476bf9', NULL, NULL);

INSERT INTO public.task_instance (id, task_id, dag_id, run_id, map_index, start_date, end_date, duration, state, try_number, max_tries, hostname, unixname, pool, pool_slots, queue, priority_weight, operator, custom_operator_name, queued_dttm, scheduled_dttm, queued_by_job_id, last_heartbeat_at, pid, executor, executor_config, updated_at, rendered_map_index, context_carrier, span_status, external_executor_id, trigger_id, trigger_timeout, next_method, next_kwargs, task_display_name, dag_version_id, retry_delay_override, retry_reason) VALUES
	('01a2102e-daf5-760b-aa89-24c75faeda9e', 'work', 'every_minute', 'scheduled__2026-11-25T00:50:00+00:00', -1, NULL, '2026-11-25 00:50:45.789825+00', NULL, 'failed', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:50:36.278961+00', '2026-11-25 00:50:36.120087+00', 1, NULL, NULL, NULL, '\x', '2026-11-25 00:50:45.790793+00', NULL, '{"__var": {"traceparent": "00-6fd0e869306fc9c1150776dc603b73a0-87d37409d17caf0a-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, NULL, 'work', '01a2102e-d9af-70ea-b7f2-5b42cc2c3dde', NULL, NULL),
	('01a21030-464a-7193-8e76-4a83b4697711', 'work', 'every_minute', 'scheduled__2026-11-25T00:51:00+00:00', -1, '2026-11-25 00:52:13.621411+00', '2026-11-25 00:52:21.712791+00', 8.09138, 'success', 2, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:10.358563+00', '2026-11-25 00:52:10.183429+00', 3, '2026-11-25 00:52:18.42639+00', 31336, NULL, '\x', '2026-11-25 00:52:21.835163+00', NULL, '{"__var": {"traceparent": "00-ec08c65c13e90bdce74c753007b8eec8-272eea7e9745cd64-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9af-70ea-b7f2-5b42cc2c3dde', NULL, NULL),
	('01a21030-69b0-7f88-9135-1860da3cbd81', 'waits', 'deferred', 'manual__2026-11-25T00:52:17.925369+00:00', -1, '2026-11-25 00:52:22.623013+00', NULL, NULL, 'deferred', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, 'TimeDeltaSensor', 'TimeDeltaSensor', '2026-11-25 00:52:22.352296+00', '2026-11-25 00:52:20.774382+00', 3, '2026-11-25 00:52:23.226543+00', 31602, NULL, '\x', '2026-11-25 00:52:25.488573+00', NULL, '{"__var": {"traceparent": "00-5b0a4f95f1fb8a1fba53db5b4a52ecb6-0a1739c6f3b4d797-00"}, "__type": "dict"}', 'not_started', NULL, 1, '2026-12-02 00:52:25.477989+00', 'execute_complete', '{}', 'waits', '01a2102e-d9b4-7e37-973a-357745959968', NULL, NULL),
	('01a21030-4570-78c5-a231-cb475987cb30', 'work', 'cut_off', 'manual__2026-11-25T00:50:54.346340+00:00', -1, '2026-11-25 00:52:13.297673+00', NULL, 70.675307, 'running', 2, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:10.358563+00', '2026-11-25 00:52:10.21377+00', 3, '2026-11-25 00:52:36.653145+00', 31335, NULL, '\x', '2026-11-25 00:52:36.658284+00', NULL, '{"__var": {"traceparent": "00-48c5d886f49beed85d0f0c87e92aad54-c6c4f2c18b3455b2-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, NULL, 'work', '01a2102e-d9ac-7abd-968b-e4453deff8ce', NULL, NULL),
	('01a2102f-951f-71eb-9c58-eed4103d85f4', 'work', 'times_out', 'manual__2026-11-25T00:51:23.450437+00:00', -1, NULL, NULL, NULL, 'skipped', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:44.706736+00', 3, NULL, NULL, NULL, '\x', '2026-11-25 00:51:55.407016+00', NULL, '{"__var": {"traceparent": "00-74172aa7f936b45e4e13099aa387d0eb-18455737e706be1f-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, NULL, 'work', '01a2102e-d9b0-7d6c-9fc3-aca5f34ab973', NULL, NULL),
	('01a2102f-98b1-7e60-af17-aac6345a8997', 'skips', 'branches', 'manual__2026-11-25T00:51:24.366648+00:00', -1, '2026-11-25 00:51:56.363903+00', '2026-11-25 00:52:06.306298+00', 9.942395, 'skipped', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 2, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:44.849962+00', 3, '2026-11-25 00:52:03.450323+00', 30985, NULL, '\x', '2026-11-25 00:52:06.410585+00', NULL, '{"__var": {"traceparent": "00-294d49afb0579a1cde6f34bae50aed19-3008147ad2102f4c-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'skips', '01a2102e-d9aa-7197-a73b-3136c7ae2ab2', NULL, NULL),
	('01a2102f-98b0-75df-b528-171835b100eb', 'after_skip', 'branches', 'manual__2026-11-25T00:51:24.366648+00:00', -1, '2026-11-25 00:52:09.965774+00', '2026-11-25 00:52:09.965774+00', 0, 'skipped', 0, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', NULL, NULL, NULL, NULL, NULL, NULL, '\x', '2026-11-25 00:52:09.966415+00', NULL, '{"__var": {"traceparent": "00-294d49afb0579a1cde6f34bae50aed19-3008147ad2102f4c-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, NULL, 'after_skip', '01a2102e-d9aa-7197-a73b-3136c7ae2ab2', NULL, NULL),
	('01a2102f-98b3-7ff8-b436-5306d09a5b54', 'breaks', 'branches', 'manual__2026-11-25T00:51:24.366648+00:00', -1, '2026-11-25 00:51:58.439489+00', '2026-11-25 00:52:08.162797+00', 9.723308, 'failed', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 2, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:44.849962+00', 3, '2026-11-25 00:52:06.103538+00', 31007, NULL, '\x', '2026-11-25 00:52:08.264777+00', NULL, '{"__var": {"traceparent": "00-294d49afb0579a1cde6f34bae50aed19-3008147ad2102f4c-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'breaks', '01a2102e-d9aa-7197-a73b-3136c7ae2ab2', NULL, NULL),
	('01a2102f-972c-72bd-96c7-41956b13a59d', 'work', 'task_times_out', 'manual__2026-11-25T00:51:23.889781+00:00', -1, '2026-11-25 00:51:55.873197+00', '2026-11-25 00:52:08.366501+00', 12.493304, 'failed', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:44.73519+00', 3, '2026-11-25 00:52:03.720982+00', 30972, NULL, '\x', '2026-11-25 00:52:08.465846+00', NULL, '{"__var": {"traceparent": "00-eb8daaca8f17292ff0d4e298401a441a-0901ac16efffbfb3-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9b7-7ea2-ab1c-bd5bd6269791', NULL, NULL),
	('01a21030-3742-763f-8023-8744f1e4f07a', 'work', 'exhausted', 'manual__2026-11-25T00:51:23.157947+00:00', -1, '2026-11-25 00:52:10.649264+00', '2026-11-25 00:52:19.021465+00', 8.372201, 'failed', 2, 1, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:10.358563+00', '2026-11-25 00:52:09.871113+00', 3, '2026-11-25 00:52:18.187937+00', 31303, NULL, '\x', '2026-11-25 00:52:19.136454+00', NULL, '{"__var": {"traceparent": "00-b4ef5f3233b01c87c6e7b7a6cd16c521-70009dfdca4386d9-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9a8-7a20-b9d6-4cf52b2af6bc', NULL, NULL),
	('01a21030-42d2-7fd2-b890-eb3cf60efce0', 'work', 'retried', 'manual__2026-11-25T00:51:22.901379+00:00', -1, '2026-11-25 00:52:14.30018+00', '2026-11-25 00:52:21.727245+00', 7.427065, 'success', 2, 1, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:14.081478+00', '2026-11-25 00:52:13.059498+00', 3, '2026-11-25 00:52:18.185344+00', 31338, NULL, '\x', '2026-11-25 00:52:21.843414+00', NULL, '{"__var": {"traceparent": "00-e97224cb05f0a82d63364a8064c9e85f-e4c8a38cab77aa04-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9ae-701d-bc74-b82b37bab1bd', NULL, NULL),
	('01a21030-6b1b-7531-beea-60e3cb8933b9', 'polls', 'rescheduled', 'manual__2026-11-25T00:52:18.199884+00:00', -1, '2026-11-25 00:52:22.640287+00', '2026-11-25 00:52:24.994737+00', 2.35445, 'up_for_reschedule', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, 'PythonSensor', 'PythonSensor', '2026-11-25 00:52:22.352296+00', '2026-11-25 00:52:21.067931+00', 3, '2026-11-25 00:52:23.242577+00', 31604, NULL, '\x', '2026-11-25 00:52:25.056829+00', NULL, '{"__var": {"traceparent": "00-4c5bbbb5ab760b1217bb71eb559bbd45-e4185f91702d9ec3-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'polls', '01a2102e-d9a9-7da4-bb0e-b6e00ab2618d', NULL, NULL),
	('01a2102f-8f7a-7b6f-b654-40d02a3030e5', 'work', 'succeeds', 'manual__2026-11-25T00:51:22.030505+00:00', -1, '2026-11-25 00:51:58.200625+00', '2026-11-25 00:52:06.878452+00', 8.677827, 'success', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:44.579318+00', 3, '2026-11-25 00:52:05.509301+00', 31010, NULL, '\x', '2026-11-25 00:52:07.451303+00', NULL, '{"__var": {"traceparent": "00-33dc6c6e78331d4b6302e5a007f6e783-e691cdd4aeef881a-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9a7-7b9c-bd11-3b857fb0306d', NULL, NULL),
	('01a2102f-9104-7f73-ba0e-6443261a9ac9', 'work', 'fails', 'manual__2026-11-25T00:51:22.410410+00:00', -1, '2026-11-25 00:51:56.883216+00', '2026-11-25 00:52:07.018314+00', 10.135098, 'failed', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:44.607514+00', 3, '2026-11-25 00:52:04.270726+00', 30993, NULL, '\x', '2026-11-25 00:52:07.608116+00', NULL, '{"__var": {"traceparent": "00-722859cb8f2403fadd7c5844c919150f-b7911677c89366d8-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9a2-70c6-9135-a4d9b8792a95', NULL, NULL),
	('01a2102f-9b34-7088-8357-9b1bbd414fc6', 'part', 'mapped', 'manual__2026-11-25T00:51:25.027928+00:00', 0, '2026-11-25 00:51:59.132387+00', '2026-11-25 00:52:09.007195+00', 9.874808, 'success', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:44.970909+00', 3, '2026-11-25 00:52:07.346414+00', 31040, NULL, '\x', '2026-11-25 00:52:09.07772+00', NULL, '{"__var": {"traceparent": "00-9eab760408bc826d504ee0a1ea27e9f2-0dd90c9297d1622f-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'part', '01a2102e-d9a4-7445-9e08-e30b25450aca', NULL, NULL),
	('01a2102f-9b35-7c27-8499-8be222c8fd24', 'part', 'mapped', 'manual__2026-11-25T00:51:25.027928+00:00', 1, '2026-11-25 00:51:58.477369+00', '2026-11-25 00:52:09.584036+00', 11.106667, 'success', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:44.970909+00', 3, '2026-11-25 00:52:05.898176+00', 31015, NULL, '\x', '2026-11-25 00:52:09.620361+00', NULL, '{"__var": {"traceparent": "00-9eab760408bc826d504ee0a1ea27e9f2-0dd90c9297d1622f-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'part', '01a2102e-d9a4-7445-9e08-e30b25450aca', NULL, NULL),
	('01a2102f-98b2-79a6-b3ce-96ef3851c23f', 'after_failure', 'branches', 'manual__2026-11-25T00:51:24.366648+00:00', -1, '2026-11-25 00:52:09.931044+00', '2026-11-25 00:52:09.931044+00', 0, 'upstream_failed', 0, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', NULL, NULL, NULL, NULL, NULL, NULL, '\x', '2026-11-25 00:52:09.96319+00', NULL, '{"__var": {"traceparent": "00-294d49afb0579a1cde6f34bae50aed19-3008147ad2102f4c-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, NULL, 'after_failure', '01a2102e-d9aa-7197-a73b-3136c7ae2ab2', NULL, NULL),
	('01a2102f-9b36-7451-9800-8fcb783ebf01', 'part', 'mapped', 'manual__2026-11-25T00:51:25.027928+00:00', 2, '2026-11-25 00:52:08.455673+00', '2026-11-25 00:52:12.722463+00', 4.26679, 'success', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:06.075806+00', '2026-11-25 00:51:44.970909+00', 3, '2026-11-25 00:52:08.811156+00', 31273, NULL, '\x', '2026-11-25 00:52:12.936223+00', NULL, '{"__var": {"traceparent": "00-9eab760408bc826d504ee0a1ea27e9f2-0dd90c9297d1622f-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'part', '01a2102e-d9a4-7445-9e08-e30b25450aca', NULL, NULL),
	('01a21030-489e-715b-a398-2f4bba0c09a5', 'work', 'every_minute', 'scheduled__2026-11-25T00:52:00+00:00', -1, '2026-11-25 00:52:12.819512+00', '2026-11-25 00:52:21.691393+00', 8.871881, 'success', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:10.358563+00', '2026-11-25 00:52:09.646923+00', 3, '2026-11-25 00:52:18.199269+00', 31324, NULL, '\x', '2026-11-25 00:52:21.788477+00', NULL, '{"__var": {"traceparent": "00-a9cadf6c5bbd6cbb4908ba3156dc53fd-476d8fa3272ba10a-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9af-70ea-b7f2-5b42cc2c3dde', NULL, NULL),
	('01a21030-4f72-78d6-afe1-eaf6a8450371', 'work', 'cleared', 'manual__2026-11-25T00:51:26.216930+00:00', -1, '2026-11-25 00:52:14.264485+00', '2026-11-25 00:52:21.82844+00', 7.563955, 'success', 2, 1, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:14.081478+00', '2026-11-25 00:52:12.404679+00', 3, '2026-11-25 00:52:18.426939+00', 31339, NULL, '\x', '2026-11-25 00:52:21.955732+00', NULL, '{"__var": {"traceparent": "00-a230661dded1e31db74a1be95c407066-22022a47eb51b7ec-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9ad-7340-9ff7-c8e2a27f47c8', NULL, NULL);
INSERT INTO public.task_instance (id, task_id, dag_id, run_id, map_index, start_date, end_date, duration, state, try_number, max_tries, hostname, unixname, pool, pool_slots, queue, priority_weight, operator, custom_operator_name, queued_dttm, scheduled_dttm, queued_by_job_id, last_heartbeat_at, pid, executor, executor_config, updated_at, rendered_map_index, context_carrier, span_status, external_executor_id, trigger_id, trigger_timeout, next_method, next_kwargs, task_display_name, dag_version_id, retry_delay_override, retry_reason) VALUES
	('01a2102f-a2a4-7c84-bb28-9ce8e549a89b', 'work', 'lost', 'manual__2026-11-25T00:51:26.991108+00:00', -1, '2026-11-25 00:51:55.631693+00', '2026-11-25 00:52:25.798834+00', 30.167141, 'failed', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:45.124854+00', 3, '2026-11-25 00:52:02.467309+00', 30968, NULL, '\x', '2026-11-25 00:52:25.79968+00', NULL, '{"__var": {"traceparent": "00-90c1c3f4603da91247953fd1109189ab-0341521609d12440-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, NULL, 'work', '01a2102e-d9b2-71b9-a503-7a237253c175', NULL, NULL),
	('01a21030-6fcb-7cb1-a151-30628eab6570', 'work', 'hourly', 'backfill__2026-01-05T00:15:00+00:00', -1, '2026-11-25 00:52:25.858992+00', '2026-11-25 00:52:26.927265+00', 1.068273, 'success', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:25.726915+00', '2026-11-25 00:52:25.467602+00', 3, '2026-11-25 00:52:26.054718+00', 31689, NULL, '\x', '2026-11-25 00:52:26.97975+00', NULL, '{"__var": {"traceparent": "00-f5f169725f2e0547ccde58cf7b1879c6-249c5cad02d72271-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9b6-773c-a64f-209acd476bf9', NULL, NULL),
	('01a2102f-a1ec-7c44-a7b7-e3ac942a7622', 'work', 'killed', 'manual__2026-11-25T00:51:26.774074+00:00', -1, '2026-11-25 00:51:56.732183+00', '2026-11-25 00:52:06.870588+00', 10.138405, 'failed', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:45.10137+00', 3, '2026-11-25 00:52:04.383365+00', 30990, NULL, '\x', '2026-11-25 00:52:06.995538+00', NULL, '{"__var": {"traceparent": "00-e0c182b2dafbc58b3acf2f3614eabad6-a851698ca571b433-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9a5-7d06-9321-adb4a89f1aae', NULL, NULL),
	('01a21030-6cc6-70fb-aacb-1091dc267dfe', 'work', 'one_at_a_time', 'manual__2026-11-25T00:52:18.698607+00:00', -1, '2026-11-25 00:52:22.672999+00', NULL, NULL, 'running', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:22.352296+00', '2026-11-25 00:52:21.377499+00', 3, '2026-11-25 00:52:35.557005+00', 31613, NULL, '\x', '2026-11-25 00:52:35.562298+00', NULL, '{"__var": {"traceparent": "00-3cac6734b21f86bac135a02faff067e0-d39a938b415ba8a8-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, NULL, 'work', '01a2102e-d9b5-7a50-86ee-246fc8620c4a', NULL, NULL),
	('01a2102f-9d5f-7299-88f0-31f75661a3d3', 'work', 'long', 'manual__2026-11-25T00:51:25.590482+00:00', -1, '2026-11-25 00:51:56.963817+00', '2026-11-25 00:52:36.736772+00', 39.772955, 'success', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:45.027262+00', 3, '2026-11-25 00:52:33.407897+00', 30994, NULL, '\x', '2026-11-25 00:52:36.774424+00', NULL, '{"__var": {"traceparent": "00-e1b2853bc57dff107915b51a9a297a31-9f9a1ed941e859ca-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9a3-72e7-b2b5-d50d80e9b4f8', NULL, NULL),
	('01a2102f-8ddf-7f3f-a487-f827e874e3ce', 'work', 'succeeds', 'manual__2026-11-25T00:51:21.578638+00:00', -1, '2026-11-25 00:51:55.481835+00', '2026-11-25 00:52:05.534507+00', 10.052672, 'success', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:44.533755+00', 3, '2026-11-25 00:52:02.426898+00', 30953, NULL, '\x', '2026-11-25 00:52:05.563969+00', NULL, '{"__var": {"traceparent": "00-4a9ee4a2ccc9ee2bde27e8cb73f1e16d-de2196af47629b84-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9a7-7b9c-bd11-3b857fb0306d', NULL, NULL),
	('01a21030-6e24-780a-a696-92ee5cd688cd', 'work', 'one_at_a_time', 'manual__2026-11-25T00:52:19.010660+00:00', -1, NULL, NULL, NULL, NULL, 0, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', NULL, NULL, NULL, NULL, NULL, NULL, '\x', '2026-11-25 00:52:19.108203+00', NULL, '{"__var": {"traceparent": "00-4578e2e6e466ff202fd2eddc51722680-96f43a2238781b82-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, NULL, 'work', '01a2102e-d9b5-7a50-86ee-246fc8620c4a', NULL, NULL),
	('01a21030-53ec-7943-9e5d-f20b849d94ff', 'work', 'marked_failed', 'manual__2026-11-25T00:52:12.307735+00:00', -1, '2026-11-25 00:52:15.378766+00', '2026-11-25 00:52:20.564208+00', 5.185442, 'failed', 1, 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:15.251182+00', '2026-11-25 00:52:14.864043+00', 3, '2026-11-25 00:52:18.398629+00', 31364, NULL, '\x', '2026-11-25 00:52:22.206587+00', NULL, '{"__var": {"traceparent": "00-064ad5bb6f48f3b6ba7ac6e3d503639b-2c03d1aff942b51b-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, NULL, 'work', '01a2102e-d9b3-7b7d-a65a-01e79ae6513f', NULL, NULL),
	('01a21030-8721-715d-8a2d-81344ed16013', 'work', 'waits_for_retry', 'manual__2026-11-25T00:52:12.687661+00:00', -1, '2026-11-25 00:52:22.58424+00', '2026-11-25 00:52:25.411686+00', 2.827446, 'up_for_retry', 1, 1, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:22.352296+00', '2026-11-25 00:52:20.515676+00', 3, '2026-11-25 00:52:23.262407+00', 31601, NULL, '\x', '2026-11-25 00:52:25.538243+00', NULL, '{"__var": {"traceparent": "00-24c686d72d29d405e8952e50cdc0aded-40b09e82dbb0ac1f-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9a6-7f75-b3f6-0b6c55534258', NULL, NULL);

INSERT INTO public.task_instance_history (task_instance_id, task_id, dag_id, run_id, map_index, try_number, start_date, end_date, duration, state, max_tries, hostname, unixname, pool, pool_slots, queue, priority_weight, operator, custom_operator_name, queued_dttm, scheduled_dttm, queued_by_job_id, pid, executor, executor_config, updated_at, rendered_map_index, context_carrier, span_status, external_executor_id, trigger_id, trigger_timeout, next_method, next_kwargs, task_display_name, dag_version_id, retry_delay_override, retry_reason) VALUES
	('01a2102f-93c5-7e47-b94d-5dc7e6870e50', 'work', 'exhausted', 'manual__2026-11-25T00:51:23.157947+00:00', -1, 1, '2026-11-25 00:51:55.472486+00', '2026-11-25 00:52:04.593842+00', 9.121356, 'failed', 1, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:44.675232+00', 3, 30965, NULL, '\x', '2026-11-25 00:52:02.271054+00', NULL, '{"__var": {"traceparent": "00-b4ef5f3233b01c87c6e7b7a6cd16c521-70009dfdca4386d9-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9a8-7a20-b9d6-4cf52b2af6bc', NULL, NULL),
	('01a2102f-92a4-7dde-8c8a-91ccd29ee0ac', 'work', 'retried', 'manual__2026-11-25T00:51:22.901379+00:00', -1, 1, '2026-11-25 00:51:58.541525+00', '2026-11-25 00:52:07.760123+00', 9.218598, 'failed', 1, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:44.64724+00', 3, 31027, NULL, '\x', '2026-11-25 00:52:06.034932+00', NULL, '{"__var": {"traceparent": "00-e97224cb05f0a82d63364a8064c9e85f-e4c8a38cab77aa04-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9ae-701d-bc74-b82b37bab1bd', NULL, NULL),
	('01a2102f-24b1-7527-b724-439aefbe375f', 'work', 'cut_off', 'manual__2026-11-25T00:50:54.346340+00:00', -1, 1, '2026-11-25 00:50:57.059005+00', '2026-11-25 00:52:07.734312+00', 70.675307, 'failed', 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:50:56.268079+00', '2026-11-25 00:50:56.119651+00', 1, 28601, NULL, '\x', '2026-11-25 00:51:20.543516+00', NULL, '{"__var": {"traceparent": "00-48c5d886f49beed85d0f0c87e92aad54-c6c4f2c18b3455b2-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9ac-7abd-968b-e4453deff8ce', NULL, NULL),
	('01a2102f-39b3-7fae-8bf1-4e6d8fa9703b', 'work', 'every_minute', 'scheduled__2026-11-25T00:51:00+00:00', -1, 1, NULL, '2026-11-25 00:52:08.693581+00', NULL, 'failed', 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:00.389589+00', '2026-11-25 00:51:00.275106+00', 1, NULL, NULL, '\x', '2026-11-25 00:51:00.4021+00', NULL, '{"__var": {"traceparent": "00-ec08c65c13e90bdce74c753007b8eec8-272eea7e9745cd64-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9af-70ea-b7f2-5b42cc2c3dde', NULL, NULL),
	('01a2102f-9fc4-7748-bf9d-67bac9fcd5b7', 'work', 'cleared', 'manual__2026-11-25T00:51:26.216930+00:00', -1, 1, '2026-11-25 00:51:57.977147+00', '2026-11-25 00:52:06.938466+00', 8.961319, 'success', 0, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:51:45.445566+00', '2026-11-25 00:51:45.055281+00', 3, 31014, NULL, '\x', '2026-11-25 00:52:07.514218+00', NULL, '{"__var": {"traceparent": "00-5b0d1d8776a09cf43c7f05ad567208ae-c27e3ad8e3e21ba2-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9ad-7340-9ff7-c8e2a27f47c8', NULL, NULL),
	('01a21030-55ea-7c5b-b3c1-438720c1bc4a', 'work', 'waits_for_retry', 'manual__2026-11-25T00:52:12.687661+00:00', -1, 1, '2026-11-25 00:52:22.58424+00', '2026-11-25 00:52:25.411686+00', 2.827446, 'failed', 1, 'worker.example', 'root', 'default_pool', 1, 'default', 1, '_PythonDecoratedOperator', '@task', '2026-11-25 00:52:22.352296+00', '2026-11-25 00:52:20.515676+00', 3, 31601, NULL, '\x', '2026-11-25 00:52:23.266562+00', NULL, '{"__var": {"traceparent": "00-24c686d72d29d405e8952e50cdc0aded-40b09e82dbb0ac1f-00"}, "__type": "dict"}', 'not_started', NULL, NULL, NULL, NULL, 'null', 'work', '01a2102e-d9a6-7f75-b3f6-0b6c55534258', NULL, NULL);

ALTER TABLE ONLY public.dag_run
    ADD CONSTRAINT dag_run_dag_id_logical_date_key UNIQUE (dag_id, logical_date);

ALTER TABLE ONLY public.dag_run
    ADD CONSTRAINT dag_run_dag_id_run_id_key UNIQUE (dag_id, run_id);

ALTER TABLE ONLY public.dag_run
    ADD CONSTRAINT dag_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.task_instance
    ADD CONSTRAINT task_instance_composite_key UNIQUE (dag_id, task_id, run_id, map_index);

ALTER TABLE ONLY public.task_instance_history
    ADD CONSTRAINT task_instance_history_dtrt_uq UNIQUE (dag_id, task_id, run_id, map_index, try_number);

ALTER TABLE ONLY public.task_instance_history
    ADD CONSTRAINT task_instance_history_pkey PRIMARY KEY (task_instance_id);

ALTER TABLE ONLY public.task_instance
    ADD CONSTRAINT task_instance_pkey PRIMARY KEY (id);

CREATE INDEX dag_id_state ON public.dag_run USING btree (dag_id, state);

CREATE INDEX idx_dag_run_created_dag_version_id ON public.dag_run USING btree (created_dag_version_id);

CREATE INDEX idx_dag_run_dag_id ON public.dag_run USING btree (dag_id);

CREATE INDEX idx_dag_run_queued_dags ON public.dag_run USING btree (state, dag_id) WHERE ((state)::text = 'queued'::text);

CREATE INDEX idx_dag_run_run_after ON public.dag_run USING btree (run_after);

CREATE INDEX idx_dag_run_running_dags ON public.dag_run USING btree (state, dag_id) WHERE ((state)::text = 'running'::text);

CREATE INDEX idx_tih_dag_run ON public.task_instance_history USING btree (dag_id, run_id);

CREATE INDEX ti_dag_run ON public.task_instance USING btree (dag_id, run_id);

CREATE INDEX ti_dag_state ON public.task_instance USING btree (dag_id, state);

CREATE INDEX ti_dag_version_id ON public.task_instance USING btree (dag_version_id);

CREATE INDEX ti_heartbeat ON public.task_instance USING btree (last_heartbeat_at);

CREATE INDEX ti_pool ON public.task_instance USING btree (pool, state, priority_weight);

CREATE INDEX ti_state ON public.task_instance USING btree (state);

CREATE INDEX ti_state_lkp ON public.task_instance USING btree (dag_id, task_id, run_id, state);

CREATE INDEX ti_trigger_id ON public.task_instance USING btree (trigger_id);

ALTER TABLE ONLY public.task_instance
    ADD CONSTRAINT task_instance_dag_run_fkey FOREIGN KEY (dag_id, run_id) REFERENCES public.dag_run(dag_id, run_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.task_instance_history
    ADD CONSTRAINT task_instance_history_ti_fkey FOREIGN KEY (dag_id, task_id, run_id, map_index) REFERENCES public.task_instance(dag_id, task_id, run_id, map_index) ON UPDATE CASCADE ON DELETE CASCADE;

