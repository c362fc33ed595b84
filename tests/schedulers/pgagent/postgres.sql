CREATE SCHEMA pgagent;

CREATE TABLE pgagent.pga_job (
    jobid integer NOT NULL,
    jobjclid integer NOT NULL,
    jobname text NOT NULL,
    jobdesc text DEFAULT ''::text NOT NULL,
    jobhostagent text DEFAULT ''::text NOT NULL,
    jobenabled boolean DEFAULT true NOT NULL,
    jobcreated timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    jobchanged timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    jobagentid integer,
    jobnextrun timestamp with time zone,
    joblastrun timestamp with time zone
);

CREATE SEQUENCE pgagent.pga_job_jobid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE pgagent.pga_job_jobid_seq OWNED BY pgagent.pga_job.jobid;

CREATE TABLE pgagent.pga_jobagent (
    jagpid integer NOT NULL,
    jaglogintime timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    jagstation text NOT NULL
);

CREATE TABLE pgagent.pga_jobclass (
    jclid integer NOT NULL,
    jclname text NOT NULL
);

CREATE SEQUENCE pgagent.pga_jobclass_jclid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE pgagent.pga_jobclass_jclid_seq OWNED BY pgagent.pga_jobclass.jclid;

CREATE TABLE pgagent.pga_joblog (
    jlgid integer NOT NULL,
    jlgjobid integer NOT NULL,
    jlgstatus character(1) DEFAULT 'r'::bpchar NOT NULL,
    jlgstart timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    jlgduration interval,
    CONSTRAINT pga_joblog_jlgstatus_check CHECK ((jlgstatus = ANY (ARRAY['r'::bpchar, 's'::bpchar, 'f'::bpchar, 'i'::bpchar, 'd'::bpchar])))
);

CREATE SEQUENCE pgagent.pga_joblog_jlgid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE pgagent.pga_joblog_jlgid_seq OWNED BY pgagent.pga_joblog.jlgid;

CREATE TABLE pgagent.pga_jobstep (
    jstid integer NOT NULL,
    jstjobid integer NOT NULL,
    jstname text NOT NULL,
    jstdesc text DEFAULT ''::text NOT NULL,
    jstenabled boolean DEFAULT true NOT NULL,
    jstkind character(1) NOT NULL,
    jstcode text NOT NULL,
    jstconnstr text DEFAULT ''::text NOT NULL,
    jstdbname name DEFAULT ''::name NOT NULL,
    jstonerror character(1) DEFAULT 'f'::bpchar NOT NULL,
    jscnextrun timestamp with time zone,
    CONSTRAINT pga_jobstep_check CHECK ((((jstconnstr <> ''::text) AND (jstkind = 's'::bpchar)) OR ((jstconnstr = ''::text) AND ((jstkind = 'b'::bpchar) OR (jstdbname <> ''::name))))),
    CONSTRAINT pga_jobstep_check1 CHECK ((((jstdbname <> ''::name) AND (jstkind = 's'::bpchar)) OR ((jstdbname = ''::name) AND ((jstkind = 'b'::bpchar) OR (jstconnstr <> ''::text))))),
    CONSTRAINT pga_jobstep_jstkind_check CHECK ((jstkind = ANY (ARRAY['b'::bpchar, 's'::bpchar]))),
    CONSTRAINT pga_jobstep_jstonerror_check CHECK ((jstonerror = ANY (ARRAY['f'::bpchar, 's'::bpchar, 'i'::bpchar])))
);

CREATE SEQUENCE pgagent.pga_jobstep_jstid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE pgagent.pga_jobstep_jstid_seq OWNED BY pgagent.pga_jobstep.jstid;

CREATE TABLE pgagent.pga_jobsteplog (
    jslid integer NOT NULL,
    jsljlgid integer NOT NULL,
    jsljstid integer NOT NULL,
    jslstatus character(1) DEFAULT 'r'::bpchar NOT NULL,
    jslresult integer,
    jslstart timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    jslduration interval,
    jsloutput text,
    CONSTRAINT pga_jobsteplog_jslstatus_check CHECK ((jslstatus = ANY (ARRAY['r'::bpchar, 's'::bpchar, 'i'::bpchar, 'f'::bpchar, 'd'::bpchar])))
);

CREATE SEQUENCE pgagent.pga_jobsteplog_jslid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE pgagent.pga_jobsteplog_jslid_seq OWNED BY pgagent.pga_jobsteplog.jslid;

CREATE TABLE pgagent.pga_schedule (
    jscid integer NOT NULL,
    jscjobid integer NOT NULL,
    jscname text NOT NULL,
    jscdesc text DEFAULT ''::text NOT NULL,
    jscenabled boolean DEFAULT true NOT NULL,
    jscstart timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    jscend timestamp with time zone,
    jscminutes boolean[] DEFAULT '{f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f}'::boolean[] NOT NULL,
    jschours boolean[] DEFAULT '{f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f}'::boolean[] NOT NULL,
    jscweekdays boolean[] DEFAULT '{f,f,f,f,f,f,f}'::boolean[] NOT NULL,
    jscmonthdays boolean[] DEFAULT '{f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f}'::boolean[] NOT NULL,
    jscmonths boolean[] DEFAULT '{f,f,f,f,f,f,f,f,f,f,f,f}'::boolean[] NOT NULL,
    CONSTRAINT pga_schedule_jschours_size CHECK ((array_upper(jschours, 1) = 24)),
    CONSTRAINT pga_schedule_jscminutes_size CHECK ((array_upper(jscminutes, 1) = 60)),
    CONSTRAINT pga_schedule_jscmonthdays_size CHECK ((array_upper(jscmonthdays, 1) = 32)),
    CONSTRAINT pga_schedule_jscmonths_size CHECK ((array_upper(jscmonths, 1) = 12)),
    CONSTRAINT pga_schedule_jscweekdays_size CHECK ((array_upper(jscweekdays, 1) = 7))
);

CREATE SEQUENCE pgagent.pga_schedule_jscid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE pgagent.pga_schedule_jscid_seq OWNED BY pgagent.pga_schedule.jscid;

ALTER TABLE ONLY pgagent.pga_job ALTER COLUMN jobid SET DEFAULT nextval('pgagent.pga_job_jobid_seq'::regclass);

ALTER TABLE ONLY pgagent.pga_jobclass ALTER COLUMN jclid SET DEFAULT nextval('pgagent.pga_jobclass_jclid_seq'::regclass);

ALTER TABLE ONLY pgagent.pga_joblog ALTER COLUMN jlgid SET DEFAULT nextval('pgagent.pga_joblog_jlgid_seq'::regclass);

ALTER TABLE ONLY pgagent.pga_jobstep ALTER COLUMN jstid SET DEFAULT nextval('pgagent.pga_jobstep_jstid_seq'::regclass);

ALTER TABLE ONLY pgagent.pga_jobsteplog ALTER COLUMN jslid SET DEFAULT nextval('pgagent.pga_jobsteplog_jslid_seq'::regclass);

ALTER TABLE ONLY pgagent.pga_schedule ALTER COLUMN jscid SET DEFAULT nextval('pgagent.pga_schedule_jscid_seq'::regclass);

INSERT INTO pgagent.pga_job (jobid, jobjclid, jobname, jobdesc, jobhostagent, jobenabled, jobcreated, jobchanged, jobagentid, jobnextrun, joblastrun) VALUES
	(14, 5, 'overlooked', '', '', false, '2026-11-25 00:38:59.615597+00', '2026-11-25 00:38:59.615597+00', NULL, NULL, NULL),
	(12, 5, 'no steps', '', '', true, '2026-11-25 00:38:59.577467+00', '2026-11-25 00:38:59.577467+00', NULL, NULL, '2026-11-25 00:39:02.839767+00'),
	(7, 5, 'script fails', '', '', true, '2026-11-25 00:38:59.506794+00', '2026-11-25 00:38:59.506794+00', NULL, NULL, '2026-11-25 00:39:02.794005+00'),
	(6, 5, 'fails and succeeds', '', '', true, '2026-11-25 00:38:59.498325+00', '2026-11-25 00:38:59.498325+00', NULL, NULL, '2026-11-25 00:39:02.775315+00'),
	(5, 5, 'fails and is ignored', '', '', true, '2026-11-25 00:38:59.485899+00', '2026-11-25 00:38:59.485899+00', NULL, NULL, '2026-11-25 00:39:02.759099+00'),
	(4, 5, 'fails in its second step', '', '', true, '2026-11-25 00:38:59.469418+00', '2026-11-25 00:38:59.469418+00', NULL, NULL, '2026-11-25 00:39:02.88473+00'),
	(8, 5, 'times out', '', '', true, '2026-11-25 00:38:59.51879+00', '2026-11-25 00:38:59.51879+00', NULL, NULL, '2026-11-25 00:39:02.803058+00'),
	(2, 5, 'two steps', '', '', true, '2026-11-25 00:38:59.454204+00', '2026-11-25 00:38:59.454204+00', NULL, NULL, '2026-11-25 00:39:02.856258+00'),
	(9, 5, 'long', '', '', true, '2026-11-25 00:38:59.525889+00', '2026-11-25 00:38:59.525889+00', NULL, NULL, '2026-11-25 00:39:02.830027+00'),
	(3, 5, 'fails', '', '', true, '2026-11-25 00:38:59.457885+00', '2026-11-25 00:38:59.457885+00', NULL, NULL, '2026-11-25 00:39:09.813924+00'),
	(10, 5, 'cancelled', '', '', true, '2026-11-25 00:38:59.541975+00', '2026-11-25 00:38:59.541975+00', NULL, NULL, '2026-11-25 00:39:09.824685+00'),
	(11, 5, 'cut off', '', '', true, '2026-11-25 00:38:59.557996+00', '2026-11-25 00:38:59.557996+00', 17900, '2026-11-25 00:39:16.16991+00', '2026-11-25 00:39:16.716098+00'),
	(1, 5, 'succeeds', '', '', true, '2026-11-25 00:38:59.437941+00', '2026-11-25 00:38:59.437941+00', NULL, NULL, '2026-11-25 00:39:16.703205+00');

INSERT INTO pgagent.pga_jobagent (jagpid, jaglogintime, jagstation) VALUES
	(17900, '2026-11-25 00:39:15.671254+00', 'vm');

INSERT INTO pgagent.pga_jobclass (jclid, jclname) VALUES
	(1, 'Routine Maintenance'),
	(2, 'Data Import'),
	(3, 'Data Export'),
	(4, 'Data Summarisation'),
	(5, 'Miscellaneous');

INSERT INTO pgagent.pga_joblog (jlgid, jlgjobid, jlgstatus, jlgstart, jlgduration) VALUES
	(7, 12, 's', '2026-11-25 00:39:02.858287+00', '00:00:00.013413'),
	(4, 7, 'f', '2026-11-25 00:39:02.822605+00', '00:00:00.053252'),
	(3, 6, 's', '2026-11-25 00:39:02.794408+00', '00:00:00.167947'),
	(10, 3, 'f', '2026-11-25 00:39:02.885906+00', '00:00:00.092741'),
	(1, 1, 's', '2026-11-25 00:39:02.778066+00', '00:00:00.201505'),
	(2, 5, 's', '2026-11-25 00:39:02.791649+00', '00:00:00.20237'),
	(11, 4, 'f', '2026-11-25 00:39:02.895142+00', '00:00:00.106826'),
	(5, 8, 'f', '2026-11-25 00:39:02.83026+00', '00:00:01.134896'),
	(9, 2, 's', '2026-11-25 00:39:02.880387+00', '00:00:01.12577'),
	(8, 9, 's', '2026-11-25 00:39:02.86708+00', '00:00:06.142883'),
	(12, 3, 'f', '2026-11-25 00:39:09.830428+00', '00:00:00.054821'),
	(14, 1, 's', '2026-11-25 00:39:09.858549+00', '00:00:00.055762'),
	(13, 10, 'f', '2026-11-25 00:39:09.844629+00', '00:00:00.785447'),
	(15, 11, 'd', '2026-11-25 00:39:11.844394+00', NULL),
	(17, 11, 'r', '2026-11-25 00:39:16.738481+00', NULL),
	(16, 1, 's', '2026-11-25 00:39:16.710446+00', '00:00:00.031632');

INSERT INTO pgagent.pga_jobstep (jstid, jstjobid, jstname, jstdesc, jstenabled, jstkind, jstcode, jstconnstr, jstdbname, jstonerror, jscnextrun) VALUES
	(1, 1, 'step 1', '', true, 's', 'SELECT 1', '', 'jobs', 'f', NULL),
	(2, 2, 'step 1', '', true, 's', 'SELECT 1', '', 'jobs', 'f', NULL),
	(3, 2, 'step 2', '', true, 'b', '#!/bin/sh
sleep 1', '', '', 'f', NULL),
	(4, 3, 'step 1', '', true, 's', 'SELECT 1/0', '', 'jobs', 'f', NULL),
	(5, 4, 'step 1', '', true, 's', 'SELECT 1', '', 'jobs', 'f', NULL),
	(6, 4, 'step 2', '', true, 's', 'SELECT no_such_column', '', 'jobs', 'f', NULL),
	(7, 4, 'step 3', '', true, 's', 'SELECT 2', '', 'jobs', 'f', NULL),
	(8, 5, 'step 1', '', true, 's', 'SELECT 1/0', '', 'jobs', 'i', NULL),
	(9, 5, 'step 2', '', true, 's', 'SELECT 1', '', 'jobs', 'f', NULL),
	(10, 6, 'step 1', '', true, 's', 'SELECT 1/0', '', 'jobs', 's', NULL),
	(11, 7, 'step 1', '', true, 'b', '#!/bin/sh
echo no such customer >&2
exit 3', '', '', 'f', NULL),
	(12, 8, 'step 1', '', true, 's', 'SET statement_timeout = ''1s''; SELECT pg_sleep(20)', '', 'jobs', 'f', NULL),
	(13, 9, 'step 1', '', true, 's', 'SELECT pg_sleep(6)', '', 'jobs', 'f', NULL),
	(14, 10, 'step 1', '', true, 's', 'SELECT pg_sleep(40)', '', 'jobs', 'f', NULL),
	(15, 11, 'step 1', '', true, 's', 'SELECT pg_sleep(41)', '', 'jobs', 'f', NULL),
	(17, 14, 'step 1', '', true, 's', 'SELECT 1', '', 'jobs', 'f', NULL);

INSERT INTO pgagent.pga_jobsteplog (jslid, jsljlgid, jsljstid, jslstatus, jslresult, jslstart, jslduration, jsloutput) VALUES
	(4, 4, 11, 'f', 3, '2026-11-25 00:39:02.845928+00', '00:00:00.027436', '
Script Error: 
no such customer

'),
	(2, 3, 10, 's', -1, '2026-11-25 00:39:02.800201+00', '00:00:00.155207', 'ERROR:  division by zero'),
	(8, 9, 2, 's', 1, '2026-11-25 00:39:02.894398+00', '00:00:00.071672', ''),
	(1, 2, 8, 'i', -1, '2026-11-25 00:39:02.814271+00', '00:00:00.152443', 'ERROR:  division by zero'),
	(3, 1, 1, 's', 1, '2026-11-25 00:39:02.805224+00', '00:00:00.162037', ''),
	(9, 10, 4, 'f', -1, '2026-11-25 00:39:02.89568+00', '00:00:00.072206', 'ERROR:  division by zero'),
	(10, 11, 5, 's', 1, '2026-11-25 00:39:02.911002+00', '00:00:00.057461', ''),
	(11, 2, 9, 's', 1, '2026-11-25 00:39:02.979351+00', '00:00:00.01029', ''),
	(13, 11, 6, 'f', -1, '2026-11-25 00:39:02.979676+00', '00:00:00.020206', 'ERROR:  column "no_such_column" does not exist
LINE 1: SELECT no_such_column
               ^'),
	(5, 5, 12, 'f', -1, '2026-11-25 00:39:02.850053+00', '00:00:01.104259', 'ERROR:  canceling statement due to statement timeout'),
	(12, 9, 3, 's', 0, '2026-11-25 00:39:02.978973+00', '00:00:01.011378', ''),
	(7, 8, 13, 's', 1, '2026-11-25 00:39:02.882457+00', '00:00:06.100776', ''),
	(14, 12, 4, 'f', -1, '2026-11-25 00:39:09.841304+00', '00:00:00.029742', 'ERROR:  division by zero'),
	(16, 14, 1, 's', 1, '2026-11-25 00:39:09.874201+00', '00:00:00.020508', ''),
	(15, 13, 14, 'f', -1, '2026-11-25 00:39:09.867443+00', '00:00:00.656256', 'ERROR:  canceling statement due to user request'),
	(17, 15, 15, 'd', NULL, '2026-11-25 00:39:11.869925+00', NULL, NULL),
	(18, 16, 1, 's', 1, '2026-11-25 00:39:16.716098+00', '00:00:00.014146', ''),
	(19, 17, 15, 'r', NULL, '2026-11-25 00:39:16.742927+00', NULL, NULL);

ALTER TABLE ONLY pgagent.pga_job
    ADD CONSTRAINT pga_job_pkey PRIMARY KEY (jobid);

ALTER TABLE ONLY pgagent.pga_jobagent
    ADD CONSTRAINT pga_jobagent_pkey PRIMARY KEY (jagpid);

ALTER TABLE ONLY pgagent.pga_jobclass
    ADD CONSTRAINT pga_jobclass_pkey PRIMARY KEY (jclid);

ALTER TABLE ONLY pgagent.pga_joblog
    ADD CONSTRAINT pga_joblog_pkey PRIMARY KEY (jlgid);

ALTER TABLE ONLY pgagent.pga_jobstep
    ADD CONSTRAINT pga_jobstep_pkey PRIMARY KEY (jstid);

ALTER TABLE ONLY pgagent.pga_jobsteplog
    ADD CONSTRAINT pga_jobsteplog_pkey PRIMARY KEY (jslid);

ALTER TABLE ONLY pgagent.pga_schedule
    ADD CONSTRAINT pga_schedule_pkey PRIMARY KEY (jscid);

CREATE UNIQUE INDEX pga_jobclass_name ON pgagent.pga_jobclass USING btree (jclname);

CREATE INDEX pga_joblog_jobid ON pgagent.pga_joblog USING btree (jlgjobid);

CREATE INDEX pga_jobschedule_jobid ON pgagent.pga_schedule USING btree (jscjobid);

CREATE INDEX pga_jobstep_jobid ON pgagent.pga_jobstep USING btree (jstjobid);

CREATE INDEX pga_jobsteplog_jslid ON pgagent.pga_jobsteplog USING btree (jsljlgid);

ALTER TABLE ONLY pgagent.pga_job
    ADD CONSTRAINT pga_job_jobagentid_fkey FOREIGN KEY (jobagentid) REFERENCES pgagent.pga_jobagent(jagpid) ON UPDATE RESTRICT ON DELETE SET NULL;

ALTER TABLE ONLY pgagent.pga_job
    ADD CONSTRAINT pga_job_jobjclid_fkey FOREIGN KEY (jobjclid) REFERENCES pgagent.pga_jobclass(jclid) ON UPDATE RESTRICT ON DELETE RESTRICT;

ALTER TABLE ONLY pgagent.pga_joblog
    ADD CONSTRAINT pga_joblog_jlgjobid_fkey FOREIGN KEY (jlgjobid) REFERENCES pgagent.pga_job(jobid) ON UPDATE RESTRICT ON DELETE CASCADE;

ALTER TABLE ONLY pgagent.pga_jobstep
    ADD CONSTRAINT pga_jobstep_jstjobid_fkey FOREIGN KEY (jstjobid) REFERENCES pgagent.pga_job(jobid) ON UPDATE RESTRICT ON DELETE CASCADE;

ALTER TABLE ONLY pgagent.pga_jobsteplog
    ADD CONSTRAINT pga_jobsteplog_jsljlgid_fkey FOREIGN KEY (jsljlgid) REFERENCES pgagent.pga_joblog(jlgid) ON UPDATE RESTRICT ON DELETE CASCADE;

ALTER TABLE ONLY pgagent.pga_jobsteplog
    ADD CONSTRAINT pga_jobsteplog_jsljstid_fkey FOREIGN KEY (jsljstid) REFERENCES pgagent.pga_jobstep(jstid) ON UPDATE RESTRICT ON DELETE CASCADE;

ALTER TABLE ONLY pgagent.pga_schedule
    ADD CONSTRAINT pga_schedule_jscjobid_fkey FOREIGN KEY (jscjobid) REFERENCES pgagent.pga_job(jobid) ON UPDATE RESTRICT ON DELETE CASCADE;

