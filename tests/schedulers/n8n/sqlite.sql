-- Made by port.py of postgres.sql, with the types that the product gives these columns here.
CREATE TABLE "workflow_entity" (
    "id" varchar(36) NOT NULL,
    "name" varchar(128) NOT NULL,
    "active" boolean NOT NULL,
    "nodes" json NOT NULL,
    "connections" json NOT NULL,
    "createdAt" datetime(3) NOT NULL,
    "updatedAt" datetime(3) NOT NULL,
    PRIMARY KEY ("id")
);

INSERT INTO "workflow_entity" ("id", "name", "active", "nodes", "connections", "createdAt", "updatedAt") VALUES
    ('wf1', 'Sync invoices', 1, '[]', '{}', '2026-11-30 13:17:42.496', '2026-11-30 13:17:42.496'),
    ('wf2', 'Nightly report', 1, '[]', '{}', '2026-11-30 13:17:42.496', '2026-11-30 13:17:42.496'),
    ('wf3', 'Sync invoices', 1, '[]', '{}', '2026-11-30 13:17:42.496', '2026-11-30 13:17:42.496');

CREATE TABLE "execution_entity" (
    "id" integer NOT NULL,
    "finished" boolean NOT NULL,
    "mode" varchar NOT NULL,
    "retryOf" varchar,
    "retrySuccessId" varchar,
    "startedAt" datetime(3),
    "stoppedAt" datetime(3),
    "waitTill" datetime(3),
    "status" varchar NOT NULL,
    "workflowId" varchar(36) NOT NULL,
    "deletedAt" datetime(3),
    "createdAt" datetime(3) NOT NULL,
    PRIMARY KEY ("id")
);

INSERT INTO "execution_entity" ("id", "finished", "mode", "retryOf", "retrySuccessId", "startedAt", "stoppedAt", "waitTill", "status", "workflowId", "deletedAt", "createdAt") VALUES
    (1, 1, 'trigger', NULL, NULL, '2026-11-24 01:00:00.031', '2026-11-24 01:00:04.500', NULL, 'success', 'wf1', NULL, '2026-11-24 01:00:00.012'),
    (2, 0, 'trigger', NULL, '3', '2026-11-24 02:00:00.044', '2026-11-24 02:00:01.250', NULL, 'error', 'wf1', NULL, '2026-11-24 02:00:00.020'),
    (3, 1, 'retry', '2', NULL, '2026-11-24 02:05:00.010', '2026-11-24 02:05:03.000', NULL, 'success', 'wf1', NULL, '2026-11-24 02:05:00.000'),
    (4, 0, 'trigger', NULL, NULL, '2026-11-24 03:00:00.020', '2026-11-24 03:07:00.000', NULL, 'crashed', 'wf2', NULL, '2026-11-24 03:00:00.010'),
    (5, 0, 'trigger', NULL, NULL, '2026-11-24 04:00:00.020', '2026-11-24 04:00:30.000', NULL, 'canceled', 'wf2', NULL, '2026-11-24 04:00:00.010'),
    (6, 0, 'trigger', NULL, NULL, '2026-11-24 05:00:00.020', NULL, NULL, 'running', 'wf2', NULL, '2026-11-24 05:00:00.010'),
    (7, 0, 'trigger', NULL, NULL, '2026-11-24 05:10:00.020', '2026-11-24 05:10:02.000', '2026-11-25 05:10:00.000', 'waiting', 'wf1', NULL, '2026-11-24 05:10:00.010'),
    (8, 0, 'trigger', NULL, NULL, '2026-11-24 05:20:00.020', '2026-11-24 05:20:01.000', NULL, 'unknown', 'wf1', NULL, '2026-11-24 05:20:00.010'),
    (9, 0, 'trigger', NULL, NULL, NULL, NULL, NULL, 'new', 'wf1', NULL, '2026-11-24 05:30:00.010'),
    (10, 1, 'manual', NULL, NULL, '2026-11-24 05:40:00.020', '2026-11-24 05:40:01.000', NULL, 'success', 'wf1', NULL, '2026-11-24 05:40:00.010'),
    (11, 1, 'webhook', NULL, NULL, '2026-11-24 05:41:00.020', '2026-11-24 05:41:01.000', NULL, 'success', 'wf1', NULL, '2026-11-24 05:41:00.010'),
    (12, 1, 'trigger', NULL, NULL, '2026-11-01 01:00:00.020', '2026-11-01 01:00:05.000', NULL, 'success', 'wf1', '2026-11-15 01:00:00.000', '2026-11-01 01:00:00.010'),
    (13, 1, 'trigger', NULL, NULL, '2026-11-24 06:00:00.020', '2026-11-24 06:00:09.000', NULL, 'success', 'wf3', NULL, '2026-11-24 06:00:00.010'),
    (14, 0, 'trigger', NULL, NULL, NULL, '2026-11-24 06:10:00.000', NULL, 'crashed', 'wf3', NULL, '2026-11-24 06:09:00.010');
