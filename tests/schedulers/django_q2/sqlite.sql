-- Made by port.py of postgres.sql, with the types that the product gives these columns here.
CREATE TABLE "django_q_ormq" (
    "id" integer NOT NULL,
    "key" varchar(100) NOT NULL,
    "payload" text NOT NULL,
    "lock" datetime,
    PRIMARY KEY ("id")
);

CREATE TABLE "django_q_schedule" (
    "id" integer NOT NULL,
    "func" varchar(256) NOT NULL,
    "hook" varchar(256),
    "args" text,
    "kwargs" text,
    "schedule_type" varchar(2) NOT NULL,
    "repeats" integer NOT NULL,
    "next_run" datetime,
    "task" varchar(100),
    "name" varchar(100),
    "minutes" smallint,
    "cron" varchar(100),
    "cluster" varchar(100),
    "intended_date_kwarg" varchar(100),
    PRIMARY KEY ("id")
);

INSERT INTO "django_q_schedule" ("id", "func", "hook", "args", "kwargs", "schedule_type", "repeats", "next_run", "task", "name", "minutes", "cron", "cluster", "intended_date_kwarg") VALUES
    (1, 'jobs.succeed', NULL, '()', '{}', 'C', -1, '2026-11-25 00:40:00', '0b4fdb4769974226938f2de66f288a19', 'every minute', NULL, '* * * * *', NULL, NULL);

CREATE TABLE "django_q_task" (
    "name" varchar(100) NOT NULL,
    "func" varchar(256) NOT NULL,
    "hook" varchar(256),
    "args" text,
    "kwargs" text,
    "result" text,
    "started" datetime NOT NULL,
    "stopped" datetime NOT NULL,
    "success" bool NOT NULL,
    "id" varchar(32) NOT NULL,
    "group" varchar(100),
    "attempt_count" integer NOT NULL,
    "cluster" varchar(100),
    PRIMARY KEY ("id")
);

INSERT INTO "django_q_task" ("name", "func", "hook", "args", "kwargs", "result", "started", "stopped", "success", "id", "group", "attempt_count", "cluster") VALUES
    ('charlie-solar-spaghetti-mars', 'jobs.succeed', NULL, 'gAUpLg==', 'gAV9lC4=', 'gAVLBy4=', '2026-11-25 00:37:08.863367', '2026-11-25 00:37:09.071292', 1, 'c307fc1d5c044ddbb2acf93736e83e64', NULL, 1, 'jobs'),
    ('speaker-pennsylvania-diet-pluto', 'jobs.succeed', NULL, 'gAUpLg==', 'gAV9lC4=', 'gAVLBy4=', '2026-11-25 00:37:08.914784', '2026-11-25 00:37:09.163435', 1, 'ae08bccba00e43439808a90a8fd9ab4c', 'nightly report', 1, 'jobs'),
    ('north-jersey-echo-oranges', 'jobs.fail', NULL, 'gAUpLg==', 'gAV9lC4=', 'gAWVdwEAAAAAAABYcAEAAG5vIHN1Y2ggY3VzdG9tZXIgOiBUcmFjZWJhY2sgKG1vc3QgcmVjZW50IGNhbGwgbGFzdCk6CiAgRmlsZSAiL3RtcC9zY2hlZC92L3EyL2xpYi9weXRob24zLjExL3NpdGUtcGFja2FnZXMvZGphbmdvX3Evd29ya2VyLnB5IiwgbGluZSAxMDQsIGluIHdvcmtlcgogICAgcmVzID0gZigqdGFza1siYXJncyJdLCAqKnRhc2tbImt3YXJncyJdKQogICAgICAgICAgXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXgogIEZpbGUgIi90bXAvc2NoZWR1bGVycy5ET0RQWnYvam9icy5weSIsIGxpbmUgMjksIGluIGZhaWwKICAgIHJhaXNlIExvb2t1cEVycm9yKCJubyBzdWNoIGN1c3RvbWVyIikKTG9va3VwRXJyb3I6IG5vIHN1Y2ggY3VzdG9tZXIKlC4=', '2026-11-25 00:37:09.006649', '2026-11-25 00:37:09.385339', 0, '1e8f1a15ac7449f8b09a8596bcf24ca4', NULL, 1, 'jobs'),
    ('shade-item-hotel-football', 'jobs.sleep', NULL, 'gAWVBQAAAAAAAABLA4WULg==', 'gAV9lC4=', NULL, '2026-11-25 00:37:09.046042', '2026-11-25 00:37:12.439897', 1, '4eae0521f28c4c5abc8e234eb7c9a590', NULL, 1, 'jobs'),
    ('uniform-blossom-sink-jersey', 'jobs.sleep', NULL, 'gAWVBQAAAAAAAABLA4WULg==', 'gAV9lC4=', NULL, '2026-11-25 00:37:09.102711', '2026-11-25 00:37:12.519654', 1, '1b4f54e7d3aa4628b24e9ca775172c27', 'slow', 1, 'jobs'),
    ('lake-high-equal-nevada', 'jobs.sleep', NULL, 'gAWVDAAAAAAAAABHP7mZmZmZmZqFlC4=', 'gAV9lC4=', NULL, '2026-11-25 00:37:09.159277', '2026-11-25 00:37:12.541813', 1, '993009d56f78490398c46975078e3625', 'waits', 1, 'jobs'),
    ('blossom-grey-fifteen-lima', 'jobs.sleep', NULL, 'gAWVDAAAAAAAAABHP7mZmZmZmZqFlC4=', 'gAV9lC4=', NULL, '2026-11-25 00:37:09.274683', '2026-11-25 00:37:12.626120', 1, '17b2e456d1184bd58c13fb27b0a896f7', 'waits', 1, 'jobs'),
    ('glucose-maryland-glucose-speaker', 'jobs.succeed', NULL, 'gAUpLg==', 'gAV9lC4=', 'gAVLBy4=', '2026-11-25 00:37:19.755075', '2026-11-25 00:37:20.563281', 1, '9b4cd4570bdf4f1e961219c93f0fc726', 'nightly report', 1, 'jobs'),
    ('black-east-oscar-nevada', 'jobs.fail', NULL, 'gAUpLg==', 'gAV9lC4=', 'gAWVdwEAAAAAAABYcAEAAG5vIHN1Y2ggY3VzdG9tZXIgOiBUcmFjZWJhY2sgKG1vc3QgcmVjZW50IGNhbGwgbGFzdCk6CiAgRmlsZSAiL3RtcC9zY2hlZC92L3EyL2xpYi9weXRob24zLjExL3NpdGUtcGFja2FnZXMvZGphbmdvX3Evd29ya2VyLnB5IiwgbGluZSAxMDQsIGluIHdvcmtlcgogICAgcmVzID0gZigqdGFza1siYXJncyJdLCAqKnRhc2tbImt3YXJncyJdKQogICAgICAgICAgXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXgogIEZpbGUgIi90bXAvc2NoZWR1bGVycy5ET0RQWnYvam9icy5weSIsIGxpbmUgMjksIGluIGZhaWwKICAgIHJhaXNlIExvb2t1cEVycm9yKCJubyBzdWNoIGN1c3RvbWVyIikKTG9va3VwRXJyb3I6IG5vIHN1Y2ggY3VzdG9tZXIKlC4=', '2026-11-25 00:37:08.962705', '2026-11-25 00:37:21.321643', 0, 'cb94cc850cbf4cc7a23f2510c517662e', 'nightly report', 2, 'jobs'),
    ('winter-cat-idaho-steak', 'jobs.no_such_function', NULL, 'gAUpLg==', 'gAV9lC4=', 'gAWVMgEAAAAAAABYKwEAAEZ1bmN0aW9uIGpvYnMubm9fc3VjaF9mdW5jdGlvbiBpcyBub3QgZGVmaW5lZCA6IFRyYWNlYmFjayAobW9zdCByZWNlbnQgY2FsbCBsYXN0KToKICBGaWxlICIvdG1wL3NjaGVkL3YvcTIvbGliL3B5dGhvbjMuMTEvc2l0ZS1wYWNrYWdlcy9kamFuZ29fcS93b3JrZXIucHkiLCBsaW5lIDEwMiwgaW4gd29ya2VyCiAgICByYWlzZSBWYWx1ZUVycm9yKGYiRnVuY3Rpb24ge3Rhc2tbJ2Z1bmMnXX0gaXMgbm90IGRlZmluZWQiKQpWYWx1ZUVycm9yOiBGdW5jdGlvbiBqb2JzLm5vX3N1Y2hfZnVuY3Rpb24gaXMgbm90IGRlZmluZWQKlC4=', '2026-11-25 00:37:09.414548', '2026-11-25 00:37:21.805609', 0, '2567ea5f1a904ee7a0b3512300024593', NULL, 2, 'jobs'),
    ('maryland-alpha-sixteen-five', 'jobs.sleep', NULL, 'gAWVBQAAAAAAAABLB4WULg==', 'gAV9lC4=', NULL, '2026-11-25 00:37:14.403353', '2026-11-25 00:37:33.871773', 1, '040e9a15bc2845d589300979a7e1e8e9', 'killed', 1, 'jobs'),
    ('five-emma-video-mobile', 'jobs.sleep_long', NULL, 'gAUpLg==', 'gAV9lC4=', 'gAWVSAIAAAAAAABYQQIAAFRhc2sgZXhjZWVkZWQgbWF4aW11bSB0aW1lb3V0IHZhbHVlICg4IHNlY29uZHMpIDogVHJhY2ViYWNrIChtb3N0IHJlY2VudCBjYWxsIGxhc3QpOgogIEZpbGUgIi90bXAvc2NoZWQvdi9xMi9saWIvcHl0aG9uMy4xMS9zaXRlLXBhY2thZ2VzL2RqYW5nb19xL3dvcmtlci5weSIsIGxpbmUgMTA0LCBpbiB3b3JrZXIKICAgIHJlcyA9IGYoKnRhc2tbImFyZ3MiXSwgKip0YXNrWyJrd2FyZ3MiXSkKICAgICAgICAgIF5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl4KICBGaWxlICIvdG1wL3NjaGVkdWxlcnMuRE9EUFp2L2pvYnMucHkiLCBsaW5lIDM3LCBpbiBzbGVlcF9sb25nCiAgICB0aW1lLnNsZWVwKDYwKQogIEZpbGUgIi90bXAvc2NoZWQvdi9xMi9saWIvcHl0aG9uMy4xMS9zaXRlLXBhY2thZ2VzL2RqYW5nb19xL3RpbWVvdXQucHkiLCBsaW5lIDE1LCBpbiByYWlzZV90aW1lb3V0X2V4Y2VwdGlvbgogICAgcmFpc2UgVGltZW91dEV4Y2VwdGlvbigKZGphbmdvX3EuZXhjZXB0aW9ucy5UaW1lb3V0RXhjZXB0aW9uOiBUYXNrIGV4Y2VlZGVkIG1heGltdW0gdGltZW91dCB2YWx1ZSAoOCBzZWNvbmRzKQqULg==', '2026-11-25 00:37:19.796397', '2026-11-25 00:37:40.747183', 0, '6b27898211334458973ab8fb2d894962', NULL, 2, 'jobs'),
    ('fix-red-don-ack', 'jobs.succeed', NULL, 'gAUpLg==', 'gAV9lC4=', 'gAVLBy4=', '2026-11-25 00:38:20.307101', '2026-11-25 00:38:20.544671', 1, 'a86b54df4fef4e56b43c8c30a3199228', 'every minute', 1, 'jobs'),
    ('table-nevada-sweet-steak', 'jobs.succeed', NULL, 'gAUpLg==', 'gAV9lC4=', 'gAVLBy4=', '2026-11-25 00:39:20.700633', '2026-11-25 00:39:20.775186', 1, '0b4fdb4769974226938f2de66f288a19', 'every minute', 1, 'jobs');
