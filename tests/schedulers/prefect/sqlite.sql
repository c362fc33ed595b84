CREATE TABLE flow (
	id CHAR(36) DEFAULT (
    (
        lower(hex(randomblob(4))) 
        || '-' 
        || lower(hex(randomblob(2))) 
        || '-4' 
        || substr(lower(hex(randomblob(2))),2) 
        || '-' 
        || substr('89ab',abs(random()) % 4 + 1, 1) 
        || substr(lower(hex(randomblob(2))),2) 
        || '-' 
        || lower(hex(randomblob(6)))
    )
    ) NOT NULL, 
	created DATETIME DEFAULT (strftime('%Y-%m-%d %H:%M:%f000', 'now')) NOT NULL, 
	updated DATETIME DEFAULT (strftime('%Y-%m-%d %H:%M:%f000', 'now')) NOT NULL, 
	name VARCHAR NOT NULL, 
	tags JSON DEFAULT '[]' NOT NULL, labels JSON, 
	CONSTRAINT pk_flow PRIMARY KEY (id), 
	CONSTRAINT uq_flow__name UNIQUE (name)
);

CREATE TABLE "flow_run_state" (
	id CHAR(36) DEFAULT ((
        lower(hex(randomblob(4))) 
        || '-' 
        || lower(hex(randomblob(2))) 
        || '-4' 
        || substr(lower(hex(randomblob(2))),2) 
        || '-' 
        || substr('89ab',abs(random()) % 4 + 1, 1) 
        || substr(lower(hex(randomblob(2))),2) 
        || '-' 
        || lower(hex(randomblob(6)))
    )) NOT NULL, 
	created DATETIME DEFAULT (strftime('%Y-%m-%d %H:%M:%f000', 'now')) NOT NULL, 
	updated DATETIME DEFAULT (strftime('%Y-%m-%d %H:%M:%f000', 'now')) NOT NULL, 
	type VARCHAR(9) NOT NULL, 
	timestamp DATETIME DEFAULT (strftime('%Y-%m-%d %H:%M:%f000', 'now')) NOT NULL, 
	name VARCHAR NOT NULL, 
	message VARCHAR, 
	state_details JSON DEFAULT '{}' NOT NULL, 
	data JSON, 
	flow_run_id CHAR(36) NOT NULL, 
	result_artifact_id CHAR(36), 
	CONSTRAINT pk_flow_run_state PRIMARY KEY (id), 
	CONSTRAINT fk_flow_run_state__result_artifact_id__artifact FOREIGN KEY(result_artifact_id) REFERENCES artifact (id) ON DELETE SET NULL, 
	CONSTRAINT fk_flow_run_state__flow_run_id__flow_run FOREIGN KEY(flow_run_id) REFERENCES flow_run (id) ON DELETE CASCADE
);

CREATE TABLE "flow_run" (
	id CHAR(36) DEFAULT ((
        lower(hex(randomblob(4))) 
        || '-' 
        || lower(hex(randomblob(2))) 
        || '-4' 
        || substr(lower(hex(randomblob(2))),2) 
        || '-' 
        || substr('89ab',abs(random()) % 4 + 1, 1) 
        || substr(lower(hex(randomblob(2))),2) 
        || '-' 
        || lower(hex(randomblob(6)))
    )) NOT NULL, 
	created DATETIME DEFAULT (strftime('%Y-%m-%d %H:%M:%f000', 'now')) NOT NULL, 
	updated DATETIME DEFAULT (strftime('%Y-%m-%d %H:%M:%f000', 'now')) NOT NULL, 
	name VARCHAR NOT NULL, 
	state_type VARCHAR(9), 
	run_count INTEGER DEFAULT '0' NOT NULL, 
	expected_start_time DATETIME, 
	next_scheduled_start_time DATETIME, 
	start_time DATETIME, 
	end_time DATETIME, 
	total_run_time DATETIME DEFAULT '0' NOT NULL, 
	flow_version VARCHAR, 
	parameters JSON DEFAULT '{}' NOT NULL, 
	idempotency_key VARCHAR, 
	context JSON DEFAULT '{}' NOT NULL, 
	empirical_policy JSON DEFAULT '{}' NOT NULL, 
	tags JSON DEFAULT '[]' NOT NULL, 
	auto_scheduled BOOLEAN DEFAULT '0' NOT NULL, 
	flow_id CHAR(36) NOT NULL, 
	deployment_id CHAR(36), 
	parent_task_run_id CHAR(36), 
	state_id CHAR(36), 
	state_name VARCHAR, 
	infrastructure_document_id CHAR(36), 
	work_queue_name VARCHAR, 
	state_timestamp DATETIME, 
	created_by JSON, 
	infrastructure_pid VARCHAR, 
	work_queue_id CHAR(36), job_variables JSON DEFAULT '{}', deployment_version VARCHAR, labels JSON, 
	CONSTRAINT pk_flow_run PRIMARY KEY (id), 
	CONSTRAINT fk_flow_run__flow_id__flow FOREIGN KEY(flow_id) REFERENCES flow (id) ON DELETE CASCADE, 
	CONSTRAINT fk_flow_run__parent_task_run_id__task_run FOREIGN KEY(parent_task_run_id) REFERENCES task_run (id) ON DELETE SET NULL, 
	CONSTRAINT fk_flow_run__state_id__flow_run_state FOREIGN KEY(state_id) REFERENCES flow_run_state (id) ON DELETE SET NULL, 
	CONSTRAINT fk_flow_run__infrastructure_document_id__block_document FOREIGN KEY(infrastructure_document_id) REFERENCES block_document (id) ON DELETE CASCADE, 
	CONSTRAINT fk_flow_run__work_queue_id__work_queue FOREIGN KEY(work_queue_id) REFERENCES work_queue (id) ON DELETE SET NULL
);

INSERT INTO "flow" ("id", "created", "updated", "name", "tags", "labels") VALUES
    ('5ad2a274-8c18-488a-adfe-367ab18e5e92', '2026-11-25 01:06:55.531222', '2026-11-25 01:06:55.531250', 'succeeds', '[]', '{}'),
    ('3d8a91d4-4de7-4e5a-a56d-953b4c58f2bc', '2026-11-25 01:06:59.351678', '2026-11-25 01:06:59.351724', 'fails', '[]', '{}'),
    ('20bb14b7-e18b-48ad-8ed1-610ad641f9e8', '2026-11-25 01:07:00.766602', '2026-11-25 01:07:00.766627', 'times-out', '[]', '{}'),
    ('455a29d0-d2e9-4f71-8c30-77c162e9116d', '2026-11-25 01:07:03.071950', '2026-11-25 01:07:03.071991', 'exhausted', '[]', '{}'),
    ('7e004d55-2f38-423c-b7de-b231dc6043b7', '2026-11-25 01:07:07.154914', '2026-11-25 01:07:07.154956', 'retried', '[]', '{}'),
    ('9060018f-6829-4669-8537-6e5245c042fd', '2026-11-25 01:07:12.135881', '2026-11-25 01:07:12.135907', 'long', '[]', '{}'),
    ('13f1ab1e-d913-4567-b9d8-7daaf306122e', '2026-11-25 01:07:19.382993', '2026-11-25 01:07:19.383040', 'named-states', '[]', '{}'),
    ('09d41238-9aec-4af6-aa28-8837cf6091c4', '2026-11-25 01:07:22.156562', '2026-11-25 01:07:22.156608', 'parent', '[]', '{}'),
    ('697eda59-55fd-4f9f-9c3d-d2983162355b', '2026-11-25 01:07:23.391191', '2026-11-25 01:07:23.391229', 'child', '[]', '{}'),
    ('707e0e7c-5061-471c-8f6b-3de8ffcdcc13', '2026-11-25 01:07:27.744582', '2026-11-25 01:07:27.744630', 'paused', '[]', '{}'),
    ('b4d9f239-bcb8-4f0b-a7f0-193cee8849d9', '2026-11-25 01:07:38.574101', '2026-11-25 01:07:38.574133', 'killed', '[]', '{}'),
    ('9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', '2026-11-25 01:07:54.222165', '2026-11-25 01:07:54.222211', 'scheduled', '[]', '{}'),
    ('9839ecfd-52c6-4242-848e-abc1a1227461', '2026-11-25 01:07:54.690227', '2026-11-25 01:07:54.690261', 'cancelled', '[]', '{}'),
    ('7b4928a2-d01c-4974-a083-e4b5375f22eb', '2026-11-25 01:07:55.065991', '2026-11-25 01:07:55.066030', 'crashes', '[]', '{}'),
    ('3dd3a962-d1c7-428d-9aea-a4ef428461d8', '2026-11-25 01:10:28.723494', '2026-11-25 01:10:28.723517', 'running', '[]', '{}');

INSERT INTO "flow_run" ("id", "created", "updated", "name", "state_type", "run_count", "expected_start_time", "next_scheduled_start_time", "start_time", "end_time", "total_run_time", "flow_version", "parameters", "idempotency_key", "context", "empirical_policy", "tags", "auto_scheduled", "flow_id", "deployment_id", "parent_task_run_id", "state_id", "state_name", "infrastructure_document_id", "work_queue_name", "state_timestamp", "created_by", "infrastructure_pid", "work_queue_id", "job_variables", "deployment_version", "labels") VALUES
    ('40be74f9-ea21-4098-a179-d41888b29391', '2026-11-25 01:06:55.552999', '2026-11-25 01:06:55.842000', 'remarkable-bug', 'COMPLETED', 1, '2026-11-25 01:06:55.552615', NULL, '2026-11-25 01:06:55.593207', '2026-11-25 01:06:55.828567', '1970-01-01 00:00:00.235360', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '5ad2a274-8c18-488a-adfe-367ab18e5e92', NULL, NULL, '01a2103d-ced4-738e-a50b-c6cf5efc42e0', 'Completed', NULL, NULL, '2026-11-25 01:06:55.828567', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('213fd469-1f32-4d00-9814-e72cef58dbc3', '2026-11-25 01:06:56.793591', '2026-11-25 01:06:57.098000', 'noble-shellfish', 'COMPLETED', 1, '2026-11-25 01:06:56.793159', NULL, '2026-11-25 01:06:56.850774', '2026-11-25 01:06:57.047235', '1970-01-01 00:00:00.196461', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '5ad2a274-8c18-488a-adfe-367ab18e5e92', NULL, NULL, '01a2103d-d397-7fcd-962a-abc9c1b6d6af', 'Completed', NULL, NULL, '2026-11-25 01:06:57.047235', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('36cc1790-33a0-4542-aabb-3998c726f3f4', '2026-11-25 01:06:58.064048', '2026-11-25 01:06:58.414000', 'observant-pronghorn', 'COMPLETED', 1, '2026-11-25 01:06:58.063593', NULL, '2026-11-25 01:06:58.120445', '2026-11-25 01:06:58.344069', '1970-01-01 00:00:00.223624', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '5ad2a274-8c18-488a-adfe-367ab18e5e92', NULL, NULL, '01a2103d-d8a8-7db1-9dd6-7153d671dc8f', 'Completed', NULL, NULL, '2026-11-25 01:06:58.344069', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('1a35af5a-903c-4b57-913b-21fcdf706a25', '2026-11-25 01:06:59.390931', '2026-11-25 01:07:00.627000', 'ingenious-taipan', 'FAILED', 1, '2026-11-25 01:06:59.390406', NULL, '2026-11-25 01:06:59.503429', '2026-11-25 01:07:00.611886', '1970-01-01 00:00:01.108457', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '3d8a91d4-4de7-4e5a-a56d-953b4c58f2bc', NULL, NULL, '01a2103d-e183-7f95-82b6-5754de0ea630', 'Failed', NULL, NULL, '2026-11-25 01:07:00.611886', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('ef73797e-f05e-408e-9b7b-2db7732b97a3', '2026-11-25 01:07:00.781485', '2026-11-25 01:07:02.931000', 'utopian-goshawk', 'FAILED', 1, '2026-11-25 01:07:00.781072', NULL, '2026-11-25 01:07:00.823768', '2026-11-25 01:07:02.890929', '1970-01-01 00:00:02.067161', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '20bb14b7-e18b-48ad-8ed1-610ad641f9e8', NULL, NULL, '01a2103d-ea6a-7f32-9ad9-4096c7dc0ee2', 'TimedOut', NULL, NULL, '2026-11-25 01:07:02.890929', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('2bf7bf76-fb99-4ffd-8fe8-c35e6d229701', '2026-11-25 01:07:03.090850', '2026-11-25 01:07:06.211000', 'dandelion-frigatebird', 'FAILED', 2, '2026-11-25 01:07:03.090391', NULL, '2026-11-25 01:07:03.121412', '2026-11-25 01:07:05.915279', '1970-01-01 00:00:01.574279', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '455a29d0-d2e9-4f71-8c30-77c162e9116d', NULL, NULL, '01a2103d-f63b-74fa-9a09-669edb8bea59', 'Failed', NULL, NULL, '2026-11-25 01:07:05.915279', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('32c240cc-08a9-40d7-917d-12981e39e87d', '2026-11-25 01:07:07.190411', '2026-11-25 01:07:09.891000', 'advanced-ape', 'COMPLETED', 2, '2026-11-25 01:07:07.189518', NULL, '2026-11-25 01:07:07.367157', '2026-11-25 01:07:09.865978', '1970-01-01 00:00:01.355973', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '7e004d55-2f38-423c-b7de-b231dc6043b7', NULL, NULL, '01a2103e-05a9-7061-8715-50ff48a6ff55', 'Completed', NULL, NULL, '2026-11-25 01:07:09.865978', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('61a772ba-229d-4c9e-b66f-7f115a4cac20', '2026-11-25 01:07:12.143958', '2026-11-25 01:07:18.330000', 'watchful-scorpion', 'COMPLETED', 1, '2026-11-25 01:07:12.143641', NULL, '2026-11-25 01:07:12.179526', '2026-11-25 01:07:18.269139', '1970-01-01 00:00:06.089613', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '9060018f-6829-4669-8537-6e5245c042fd', NULL, NULL, '01a2103e-267d-77b8-83fa-585f7d84cbf5', 'Completed', NULL, NULL, '2026-11-25 01:07:18.269139', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('2f6670f9-871a-44d9-a8d4-92371a8c5dc8', '2026-11-25 01:07:19.432823', '2026-11-25 01:07:19.580000', 'tangerine-collie', 'COMPLETED', 1, '2026-11-25 01:07:19.432394', NULL, '2026-11-25 01:07:19.477644', '2026-11-25 01:07:19.572501', '1970-01-01 00:00:00.094857', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '13f1ab1e-d913-4567-b9d8-7daaf306122e', NULL, NULL, '01a2103e-2b94-7e58-ba21-2baeb91aab8d', 'Nothing to do', NULL, NULL, '2026-11-25 01:07:19.572501', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('a2b280af-8abe-4bb0-a8b2-a6f21f4ae03a', '2026-11-25 01:07:20.711305', '2026-11-25 01:07:20.823000', 'mighty-finch', 'FAILED', 1, '2026-11-25 01:07:20.710818', NULL, '2026-11-25 01:07:20.744473', '2026-11-25 01:07:20.814574', '1970-01-01 00:00:00.070101', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '13f1ab1e-d913-4567-b9d8-7daaf306122e', NULL, NULL, '01a2103e-306e-70a1-a230-0885802433b7', 'Rejected', NULL, NULL, '2026-11-25 01:07:20.814574', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('ebc145d6-ef54-495c-b541-fdbea3bc7787', '2026-11-25 01:07:22.195029', '2026-11-25 01:07:26.626000', 'voracious-spider', 'COMPLETED', 1, '2026-11-25 01:07:22.194627', NULL, '2026-11-25 01:07:22.343065', '2026-11-25 01:07:26.588638', '1970-01-01 00:00:04.245573', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '09d41238-9aec-4af6-aa28-8837cf6091c4', NULL, NULL, '01a2103e-46fc-7a41-8b50-e0314d814805', 'Completed', NULL, NULL, '2026-11-25 01:07:26.588638', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('0ca71444-35bd-4bbf-9da8-59ef23b5a279', '2026-11-25 01:07:23.412989', '2026-11-25 01:07:24.364000', 'polar-flamingo', 'COMPLETED', 1, '2026-11-25 01:07:23.412590', NULL, '2026-11-25 01:07:23.604238', '2026-11-25 01:07:24.315088', '1970-01-01 00:00:00.710850', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '697eda59-55fd-4f9f-9c3d-d2983162355b', NULL, 'b8234f15-7168-469d-8be2-fd646cb30355', '01a2103e-3e1b-7480-a713-5f9a6a80ec61', 'Completed', NULL, NULL, '2026-11-25 01:07:24.315088', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('7783041f-6311-4356-aadc-4c5ed397997b', '2026-11-25 01:07:25.435704', '2026-11-25 01:07:26.150000', 'taupe-tench', 'COMPLETED', 1, '2026-11-25 01:07:25.435287', NULL, '2026-11-25 01:07:25.541640', '2026-11-25 01:07:26.106246', '1970-01-01 00:00:00.564606', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '697eda59-55fd-4f9f-9c3d-d2983162355b', NULL, 'c96f092c-71b9-4b00-9005-1b77cb971738', '01a2103e-451a-7129-817a-5a5c7a6cc89d', 'Completed', NULL, NULL, '2026-11-25 01:07:26.106246', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('a5550b23-f1ff-4cf4-98a9-71dcc658d0c5', '2026-11-25 01:07:27.790801', '2026-11-25 01:07:28.113000', 'thundering-inchworm', 'PAUSED', 1, '2026-11-25 01:07:27.790400', NULL, '2026-11-25 01:07:27.961227', NULL, '1970-01-01 00:00:00.140055', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '707e0e7c-5061-471c-8f6b-3de8ffcdcc13', NULL, NULL, '01a2103e-4ce5-76a7-b120-c4724d0d99de', 'Paused', NULL, NULL, '2026-11-25 01:07:28.101282', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('6c8213bd-ee05-4b5f-a1a2-5f2f5c4798c6', '2026-11-25 01:07:38.612227', '2026-11-25 01:07:38.821000', 'spiked-bug', 'RUNNING', 1, '2026-11-25 01:07:38.611750', NULL, '2026-11-25 01:07:38.813792', NULL, '1970-01-01 00:00:00.000000', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, 'b4d9f239-bcb8-4f0b-a7f0-193cee8849d9', NULL, NULL, '01a2103e-76bd-73dc-831a-2b2cf9a851f1', 'Running', NULL, NULL, '2026-11-25 01:07:38.813792', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('01a2103e-bfd7-70d3-883d-46c155fefabe', '2026-11-25 01:07:57.545416', '2026-11-25 01:08:17.259000', 'elite-cuttlefish', 'COMPLETED', 1, '2026-11-25 01:08:13.601602', NULL, '2026-11-25 01:08:16.920227', '2026-11-25 01:08:17.230217', '1970-01-01 00:00:00.309990', '24e44419823201fc1aaf53f2c173292d', '{}', 'scheduled d8cb5be0-9757-4f37-9eae-48ddf6b19da8 e5671491-5720-41e5-9cc6-1bf808820f57 2026-11-25 01:08:13.601602+00:00', '{}', '{}', '["auto-scheduled"]', 1, '9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', 'd8cb5be0-9757-4f37-9eae-48ddf6b19da8', NULL, '01a2103f-0cce-7dad-b7ee-84a5ef4584ac', 'Completed', NULL, NULL, '2026-11-25 01:08:17.230217', '{"id": "e5671491-5720-41e5-9cc6-1bf808820f57", "type": "SCHEDULE", "display_value": "IntervalSchedule"}', NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('01a2103e-bfd7-77f5-81c5-edd0ed87f0a1', '2026-11-25 01:07:57.545482', '2026-11-25 01:08:40.857000', 'speedy-wrasse', 'COMPLETED', 1, '2026-11-25 01:08:33.601602', NULL, '2026-11-25 01:08:40.222564', '2026-11-25 01:08:40.730665', '1970-01-01 00:00:00.508101', '24e44419823201fc1aaf53f2c173292d', '{}', 'scheduled d8cb5be0-9757-4f37-9eae-48ddf6b19da8 e5671491-5720-41e5-9cc6-1bf808820f57 2026-11-25 01:08:33.601602+00:00', '{}', '{}', '["auto-scheduled"]', 1, '9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', 'd8cb5be0-9757-4f37-9eae-48ddf6b19da8', NULL, '01a2103f-689a-7310-9e75-914fb78ef7b2', 'Completed', NULL, NULL, '2026-11-25 01:08:40.730665', '{"id": "e5671491-5720-41e5-9cc6-1bf808820f57", "type": "SCHEDULE", "display_value": "IntervalSchedule"}', NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('01a2103e-bfd7-713f-8f23-67a2cd8ffd53', '2026-11-25 01:07:57.545514', '2026-11-25 01:08:55.782000', 'muscular-groundhog', 'COMPLETED', 1, '2026-11-25 01:08:53.601602', NULL, '2026-11-25 01:08:55.242499', '2026-11-25 01:08:55.646656', '1970-01-01 00:00:00.404157', '24e44419823201fc1aaf53f2c173292d', '{}', 'scheduled d8cb5be0-9757-4f37-9eae-48ddf6b19da8 e5671491-5720-41e5-9cc6-1bf808820f57 2026-11-25 01:08:53.601602+00:00', '{}', '{}', '["auto-scheduled"]', 1, '9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', 'd8cb5be0-9757-4f37-9eae-48ddf6b19da8', NULL, '01a2103f-a2de-7297-9e39-ef11d4392269', 'Completed', NULL, NULL, '2026-11-25 01:08:55.646656', '{"id": "e5671491-5720-41e5-9cc6-1bf808820f57", "type": "SCHEDULE", "display_value": "IntervalSchedule"}', NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('01a2103e-bfd7-716d-bb24-e8e0051464ea', '2026-11-25 01:07:57.545544', '2026-11-25 01:09:13.745000', 'apricot-ermine', 'COMPLETED', 1, '2026-11-25 01:09:13.601602', NULL, '2026-11-25 01:09:13.420277', '2026-11-25 01:09:13.738443', '1970-01-01 00:00:00.318166', '24e44419823201fc1aaf53f2c173292d', '{}', 'scheduled d8cb5be0-9757-4f37-9eae-48ddf6b19da8 e5671491-5720-41e5-9cc6-1bf808820f57 2026-11-25 01:09:13.601602+00:00', '{}', '{}', '["auto-scheduled"]', 1, '9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', 'd8cb5be0-9757-4f37-9eae-48ddf6b19da8', NULL, '01a2103f-e98a-73f9-bdda-f64d386eb740', 'Completed', NULL, NULL, '2026-11-25 01:09:13.738443', '{"id": "e5671491-5720-41e5-9cc6-1bf808820f57", "type": "SCHEDULE", "display_value": "IntervalSchedule"}', NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('01a2103e-bfd7-71a7-8328-a7104c1fba01', '2026-11-25 01:07:57.545616', '2026-11-25 01:09:42.174000', 'thankful-junglefowl', 'COMPLETED', 1, '2026-11-25 01:09:33.601602', NULL, '2026-11-25 01:09:41.885303', '2026-11-25 01:09:42.161117', '1970-01-01 00:00:00.275814', '24e44419823201fc1aaf53f2c173292d', '{}', 'scheduled d8cb5be0-9757-4f37-9eae-48ddf6b19da8 e5671491-5720-41e5-9cc6-1bf808820f57 2026-11-25 01:09:33.601602+00:00', '{}', '{}', '["auto-scheduled"]', 1, '9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', 'd8cb5be0-9757-4f37-9eae-48ddf6b19da8', NULL, '01a21040-5891-7845-9f26-1a157b7dc51a', 'Completed', NULL, NULL, '2026-11-25 01:09:42.161117', '{"id": "e5671491-5720-41e5-9cc6-1bf808820f57", "type": "SCHEDULE", "display_value": "IntervalSchedule"}', NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}');

INSERT INTO "flow_run" ("id", "created", "updated", "name", "state_type", "run_count", "expected_start_time", "next_scheduled_start_time", "start_time", "end_time", "total_run_time", "flow_version", "parameters", "idempotency_key", "context", "empirical_policy", "tags", "auto_scheduled", "flow_id", "deployment_id", "parent_task_run_id", "state_id", "state_name", "infrastructure_document_id", "work_queue_name", "state_timestamp", "created_by", "infrastructure_pid", "work_queue_id", "job_variables", "deployment_version", "labels") VALUES
    ('01a2103e-bfd7-7324-b033-1d84b7a27eab', '2026-11-25 01:07:57.545647', '2026-11-25 01:09:56.709000', 'quantum-mustang', 'COMPLETED', 1, '2026-11-25 01:09:53.601602', NULL, '2026-11-25 01:09:56.430882', '2026-11-25 01:09:56.674522', '1970-01-01 00:00:00.243640', '24e44419823201fc1aaf53f2c173292d', '{}', 'scheduled d8cb5be0-9757-4f37-9eae-48ddf6b19da8 e5671491-5720-41e5-9cc6-1bf808820f57 2026-11-25 01:09:53.601602+00:00', '{}', '{}', '["auto-scheduled"]', 1, '9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', 'd8cb5be0-9757-4f37-9eae-48ddf6b19da8', NULL, '01a21040-9142-7cb8-81a7-e72dd975a5a1', 'Completed', NULL, NULL, '2026-11-25 01:09:56.674522', '{"id": "e5671491-5720-41e5-9cc6-1bf808820f57", "type": "SCHEDULE", "display_value": "IntervalSchedule"}', NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('01a2103e-bfd7-74d0-bb0a-4df5455b3756', '2026-11-25 01:07:57.545675', '2026-11-25 01:10:18.244000', 'mottled-grebe', 'SCHEDULED', 0, '2026-11-25 01:10:13.601602', '2026-11-25 01:10:13.601602', NULL, NULL, '1970-01-01 00:00:00.000000', NULL, '{}', 'scheduled d8cb5be0-9757-4f37-9eae-48ddf6b19da8 e5671491-5720-41e5-9cc6-1bf808820f57 2026-11-25 01:10:13.601602+00:00', '{}', '{}', '["auto-scheduled"]', 1, '9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', 'd8cb5be0-9757-4f37-9eae-48ddf6b19da8', NULL, '01a21040-e57c-7f29-9347-acd34458594c', 'Late', NULL, NULL, '2026-11-25 01:10:18.236170', '{"id": "e5671491-5720-41e5-9cc6-1bf808820f57", "type": "SCHEDULE", "display_value": "IntervalSchedule"}', NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('01a2103e-bfd8-797a-bfb9-fc46a2483ab6', '2026-11-25 01:07:57.545704', '2026-11-25 01:10:38.611000', 'educational-anaconda', 'SCHEDULED', 0, '2026-11-25 01:10:33.601602', '2026-11-25 01:10:33.601602', NULL, NULL, '1970-01-01 00:00:00.000000', NULL, '{}', 'scheduled d8cb5be0-9757-4f37-9eae-48ddf6b19da8 e5671491-5720-41e5-9cc6-1bf808820f57 2026-11-25 01:10:33.601602+00:00', '{}', '{}', '["auto-scheduled"]', 1, '9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', 'd8cb5be0-9757-4f37-9eae-48ddf6b19da8', NULL, '01a21041-3473-72d1-8ac8-eaff52cc4ef3', 'Late', NULL, NULL, '2026-11-25 01:10:38.451582', '{"id": "e5671491-5720-41e5-9cc6-1bf808820f57", "type": "SCHEDULE", "display_value": "IntervalSchedule"}', NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('01a2103e-bfd8-73d6-a891-d0fece56b98d', '2026-11-25 01:07:57.545732', '2026-11-25 01:07:57.676000', 'electric-jacamar', 'SCHEDULED', 0, '2026-11-25 01:10:53.601602', '2026-11-25 01:10:53.601602', NULL, NULL, '1970-01-01 00:00:00.000000', NULL, '{}', 'scheduled d8cb5be0-9757-4f37-9eae-48ddf6b19da8 e5671491-5720-41e5-9cc6-1bf808820f57 2026-11-25 01:10:53.601602+00:00', '{}', '{}', '["auto-scheduled"]', 1, '9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', 'd8cb5be0-9757-4f37-9eae-48ddf6b19da8', NULL, '01a2103e-bfd8-752d-99fc-7f51a80b5895', 'Scheduled', NULL, NULL, NULL, '{"id": "e5671491-5720-41e5-9cc6-1bf808820f57", "type": "SCHEDULE", "display_value": "IntervalSchedule"}', NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('01a2103e-bfd8-70b8-833f-be2976c635ee', '2026-11-25 01:07:57.545760', '2026-11-25 01:07:57.676000', 'unyielding-mantis', 'SCHEDULED', 0, '2026-11-25 01:11:13.601602', '2026-11-25 01:11:13.601602', NULL, NULL, '1970-01-01 00:00:00.000000', NULL, '{}', 'scheduled d8cb5be0-9757-4f37-9eae-48ddf6b19da8 e5671491-5720-41e5-9cc6-1bf808820f57 2026-11-25 01:11:13.601602+00:00', '{}', '{}', '["auto-scheduled"]', 1, '9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', 'd8cb5be0-9757-4f37-9eae-48ddf6b19da8', NULL, '01a2103e-bfd8-7edd-84e1-f57a585a0cee', 'Scheduled', NULL, NULL, NULL, '{"id": "e5671491-5720-41e5-9cc6-1bf808820f57", "type": "SCHEDULE", "display_value": "IntervalSchedule"}', NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('01a2103e-bfd8-7ef7-b24e-372c972fce9f', '2026-11-25 01:07:57.545787', '2026-11-25 01:07:57.676000', 'evasive-wallaby', 'SCHEDULED', 0, '2026-11-25 01:11:33.601602', '2026-11-25 01:11:33.601602', NULL, NULL, '1970-01-01 00:00:00.000000', NULL, '{}', 'scheduled d8cb5be0-9757-4f37-9eae-48ddf6b19da8 e5671491-5720-41e5-9cc6-1bf808820f57 2026-11-25 01:11:33.601602+00:00', '{}', '{}', '["auto-scheduled"]', 1, '9c5e1220-1c99-49db-b3fd-4b2f8ae77c44', 'd8cb5be0-9757-4f37-9eae-48ddf6b19da8', NULL, '01a2103e-bfd8-70ab-9bc5-349ae7e86d9e', 'Scheduled', NULL, NULL, NULL, '{"id": "e5671491-5720-41e5-9cc6-1bf808820f57", "type": "SCHEDULE", "display_value": "IntervalSchedule"}', NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('e29a908b-ed6c-4b9d-b86e-de618f035e3d', '2026-11-25 01:09:09.089145', '2026-11-25 01:09:55.642000', 'mature-bloodhound', 'CANCELLED', 1, '2026-11-25 01:09:08.857171', NULL, '2026-11-25 01:09:35.529325', '2026-11-25 01:09:55.551328', '1970-01-01 00:00:13.411448', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '9839ecfd-52c6-4242-848e-abc1a1227461', 'aea7ad9b-5fc9-4d4e-80f6-1c4f7483b80c', NULL, '01a21040-8cdf-7742-afe1-06e3f6806d2f', 'Cancelled', NULL, NULL, '2026-11-25 01:09:55.551328', NULL, NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('380e0729-92db-48c2-833e-dba3fa8f7e04', '2026-11-25 01:09:16.612383', '2026-11-25 01:09:37.678000', 'spectral-manticore', 'CRASHED', 1, '2026-11-25 01:09:16.385975', NULL, '2026-11-25 01:09:36.923487', '2026-11-25 01:09:37.563075', '1970-01-01 00:00:00.639588', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '7b4928a2-d01c-4974-a083-e4b5375f22eb', '2db2fb4b-84d5-4329-9a6f-fdc82a19664c', NULL, '01a21040-469b-72c5-9759-e804dccaca29', 'Crashed', NULL, NULL, '2026-11-25 01:09:37.563075', NULL, NULL, NULL, '{}', '24e44419823201fc1aaf53f2c173292d', '{}'),
    ('5f1a2aa3-6a75-4042-99d8-419ecdf7a4a7', '2026-11-25 01:10:28.738026', '2026-11-25 01:10:28.830000', 'uppish-saluki', 'RUNNING', 1, '2026-11-25 01:10:28.737653', NULL, '2026-11-25 01:10:28.824199', NULL, '1970-01-01 00:00:00.000000', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '3dd3a962-d1c7-428d-9aea-a4ef428461d8', NULL, NULL, '01a21041-0ed8-7b56-93a6-478849ef158e', 'Running', NULL, NULL, '2026-11-25 01:10:28.824199', NULL, NULL, NULL, '{}', NULL, '{}'),
    ('4be9233c-44ba-435b-8ee9-def07ed76dec', '2026-11-25 01:10:44.158943', '2026-11-25 01:10:44.217000', 'eager-bird', 'PENDING', 0, '2026-11-25 01:10:44.153860', NULL, NULL, NULL, '1970-01-01 00:00:00.000000', '24e44419823201fc1aaf53f2c173292d', '{}', NULL, '{}', '{}', '[]', 0, '5ad2a274-8c18-488a-adfe-367ab18e5e92', NULL, NULL, '01a21041-4ab9-7b55-9e3a-b76e08196e39', 'Pending', NULL, NULL, '2026-11-25 01:10:44.153860', NULL, NULL, NULL, '{}', NULL, '{}');

INSERT INTO "flow_run_state" ("id", "created", "updated", "type", "timestamp", "name", "message", "state_details", "data", "flow_run_id", "result_artifact_id") VALUES
    ('01a2103d-cdc0-7f6a-906c-ea594d1c0942', '2026-11-25 01:06:55.572646', '2026-11-25 01:06:55.572673', 'PENDING', '2026-11-25 01:06:55.552615', 'Pending', NULL, '{}', NULL, '40be74f9-ea21-4098-a179-d41888b29391', NULL),
    ('01a2103d-cde9-7559-b709-f7c06003cba9', '2026-11-25 01:06:55.600940', '2026-11-25 01:06:55.600971', 'RUNNING', '2026-11-25 01:06:55.593207', 'Running', NULL, '{}', NULL, '40be74f9-ea21-4098-a179-d41888b29391', NULL),
    ('01a2103d-ced4-738e-a50b-c6cf5efc42e0', '2026-11-25 01:06:55.835475', '2026-11-25 01:06:55.835507', 'COMPLETED', '2026-11-25 01:06:55.828567', 'Completed', NULL, '{}', NULL, '40be74f9-ea21-4098-a179-d41888b29391', NULL),
    ('01a2103d-d299-7e42-954e-019394bf184b', '2026-11-25 01:06:56.821976', '2026-11-25 01:06:56.822022', 'PENDING', '2026-11-25 01:06:56.793159', 'Pending', NULL, '{}', NULL, '213fd469-1f32-4d00-9814-e72cef58dbc3', NULL),
    ('01a2103d-d2d2-7b72-b7c6-66ab39ab1dca', '2026-11-25 01:06:56.856940', '2026-11-25 01:06:56.856971', 'RUNNING', '2026-11-25 01:06:56.850774', 'Running', NULL, '{}', NULL, '213fd469-1f32-4d00-9814-e72cef58dbc3', NULL),
    ('01a2103d-d397-7fcd-962a-abc9c1b6d6af', '2026-11-25 01:06:57.084364', '2026-11-25 01:06:57.084415', 'COMPLETED', '2026-11-25 01:06:57.047235', 'Completed', NULL, '{}', NULL, '213fd469-1f32-4d00-9814-e72cef58dbc3', NULL),
    ('01a2103d-d78f-78cf-9fb1-f3b16e9ae9d7', '2026-11-25 01:06:58.089786', '2026-11-25 01:06:58.089841', 'PENDING', '2026-11-25 01:06:58.063593', 'Pending', NULL, '{}', NULL, '36cc1790-33a0-4542-aabb-3998c726f3f4', NULL),
    ('01a2103d-d7c8-7e65-ac60-0fab28b35708', '2026-11-25 01:06:58.144049', '2026-11-25 01:06:58.144106', 'RUNNING', '2026-11-25 01:06:58.120445', 'Running', NULL, '{}', NULL, '36cc1790-33a0-4542-aabb-3998c726f3f4', NULL),
    ('01a2103d-d8a8-7db1-9dd6-7153d671dc8f', '2026-11-25 01:06:58.400754', '2026-11-25 01:06:58.400826', 'COMPLETED', '2026-11-25 01:06:58.344069', 'Completed', NULL, '{}', NULL, '36cc1790-33a0-4542-aabb-3998c726f3f4', NULL),
    ('01a2103d-dcbe-78a4-99fb-72f2319a50de', '2026-11-25 01:06:59.446017', '2026-11-25 01:06:59.446071', 'PENDING', '2026-11-25 01:06:59.390406', 'Pending', NULL, '{}', NULL, '1a35af5a-903c-4b57-913b-21fcdf706a25', NULL),
    ('01a2103d-dd2f-77f4-883b-e52962380301', '2026-11-25 01:06:59.511685', '2026-11-25 01:06:59.511722', 'RUNNING', '2026-11-25 01:06:59.503429', 'Running', NULL, '{}', NULL, '1a35af5a-903c-4b57-913b-21fcdf706a25', NULL),
    ('01a2103d-e183-7f95-82b6-5754de0ea630', '2026-11-25 01:07:00.626417', '2026-11-25 01:07:00.626461', 'FAILED', '2026-11-25 01:07:00.611886', 'Failed', 'Flow run encountered an exception: LookupError: no such customer', '{}', NULL, '1a35af5a-903c-4b57-913b-21fcdf706a25', 'b7b9376f-cef5-4fd6-84ff-cf3c6e5b3d59'),
    ('01a2103d-e22d-7fd9-8d29-190926d3b7a5', '2026-11-25 01:07:00.789742', '2026-11-25 01:07:00.789784', 'PENDING', '2026-11-25 01:07:00.781072', 'Pending', NULL, '{}', NULL, 'ef73797e-f05e-408e-9b7b-2db7732b97a3', NULL),
    ('01a2103d-e257-786b-bcf9-f83b639f2552', '2026-11-25 01:07:00.831628', '2026-11-25 01:07:00.831665', 'RUNNING', '2026-11-25 01:07:00.823768', 'Running', NULL, '{}', NULL, 'ef73797e-f05e-408e-9b7b-2db7732b97a3', NULL),
    ('01a2103d-ea6a-7f32-9ad9-4096c7dc0ee2', '2026-11-25 01:07:02.930159', '2026-11-25 01:07:02.930221', 'FAILED', '2026-11-25 01:07:02.890929', 'TimedOut', 'Flow run exceeded timeout of 2.0 second(s)', '{}', NULL, 'ef73797e-f05e-408e-9b7b-2db7732b97a3', NULL),
    ('01a2103d-eb32-76c5-8e3b-f2e4f00b9291', '2026-11-25 01:07:03.099492', '2026-11-25 01:07:03.099533', 'PENDING', '2026-11-25 01:07:03.090391', 'Pending', NULL, '{}', NULL, '2bf7bf76-fb99-4ffd-8fe8-c35e6d229701', NULL),
    ('01a2103d-eb51-7e33-9cc6-06329e0bcc69', '2026-11-25 01:07:03.127501', '2026-11-25 01:07:03.127535', 'RUNNING', '2026-11-25 01:07:03.121412', 'Running', NULL, '{}', NULL, '2bf7bf76-fb99-4ffd-8fe8-c35e6d229701', NULL),
    ('01a2103d-efec-7045-b209-151237e47400', '2026-11-25 01:07:04.358100', '2026-11-25 01:07:04.358166', 'SCHEDULED', '2026-11-25 01:07:04.300512', 'AwaitingRetry', 'Flow run encountered an exception: ConnectionError: the mail server is away', '{}', NULL, '2bf7bf76-fb99-4ffd-8fe8-c35e6d229701', '84975c6b-bb5a-4513-91ad-82b9f062b97f'),
    ('01a2103d-f4b0-748f-b9d7-dda90260e2c9', '2026-11-25 01:07:05.594628', '2026-11-25 01:07:05.594698', 'RUNNING', '2026-11-25 01:07:05.520100', 'Running', NULL, '{}', NULL, '2bf7bf76-fb99-4ffd-8fe8-c35e6d229701', NULL),
    ('01a2103d-f63b-74fa-9a09-669edb8bea59', '2026-11-25 01:07:06.205516', '2026-11-25 01:07:06.205582', 'FAILED', '2026-11-25 01:07:05.915279', 'Failed', 'Flow run encountered an exception: ConnectionError: the mail server is away', '{}', NULL, '2bf7bf76-fb99-4ffd-8fe8-c35e6d229701', '694d47c3-6e14-406c-b7ac-1a56c6c89374');

INSERT INTO "flow_run_state" ("id", "created", "updated", "type", "timestamp", "name", "message", "state_details", "data", "flow_run_id", "result_artifact_id") VALUES
    ('01a2103d-fb35-7b4d-b553-e5692de8ed5f', '2026-11-25 01:07:07.270233', '2026-11-25 01:07:07.270301', 'PENDING', '2026-11-25 01:07:07.189518', 'Pending', NULL, '{}', NULL, '32c240cc-08a9-40d7-917d-12981e39e87d', NULL),
    ('01a2103d-fbe7-7d75-a9ce-34370b63859b', '2026-11-25 01:07:07.431248', '2026-11-25 01:07:07.431307', 'RUNNING', '2026-11-25 01:07:07.367157', 'Running', NULL, '{}', NULL, '32c240cc-08a9-40d7-917d-12981e39e87d', NULL),
    ('01a2103e-00f4-767b-8199-62d0804e95a1', '2026-11-25 01:07:08.706127', '2026-11-25 01:07:08.706185', 'SCHEDULED', '2026-11-25 01:07:08.660598', 'AwaitingRetry', 'Flow run encountered an exception: ConnectionError: the mail server is away', '{}', NULL, '32c240cc-08a9-40d7-917d-12981e39e87d', '4aa198e3-a580-4311-9706-aa5aaf3edfc6'),
    ('01a2103e-056b-7868-b418-498676a1844a', '2026-11-25 01:07:09.810890', '2026-11-25 01:07:09.810921', 'RUNNING', '2026-11-25 01:07:09.803446', 'Running', NULL, '{}', NULL, '32c240cc-08a9-40d7-917d-12981e39e87d', NULL),
    ('01a2103e-05a9-7061-8715-50ff48a6ff55', '2026-11-25 01:07:09.890092', '2026-11-25 01:07:09.890128', 'COMPLETED', '2026-11-25 01:07:09.865978', 'Completed', NULL, '{}', NULL, '32c240cc-08a9-40d7-917d-12981e39e87d', NULL),
    ('01a2103e-0e8f-7aec-af45-8af377352b26', '2026-11-25 01:07:12.150997', '2026-11-25 01:07:12.151031', 'PENDING', '2026-11-25 01:07:12.143641', 'Pending', NULL, '{}', NULL, '61a772ba-229d-4c9e-b66f-7f115a4cac20', NULL),
    ('01a2103e-0eb3-7a4b-b142-db90641db3ae', '2026-11-25 01:07:12.188649', '2026-11-25 01:07:12.188685', 'RUNNING', '2026-11-25 01:07:12.179526', 'Running', NULL, '{}', NULL, '61a772ba-229d-4c9e-b66f-7f115a4cac20', NULL),
    ('01a2103e-267d-77b8-83fa-585f7d84cbf5', '2026-11-25 01:07:18.318427', '2026-11-25 01:07:18.318498', 'COMPLETED', '2026-11-25 01:07:18.269139', 'Completed', NULL, '{}', NULL, '61a772ba-229d-4c9e-b66f-7f115a4cac20', NULL),
    ('01a2103e-2b08-77cf-9eed-377d6564cbda', '2026-11-25 01:07:19.441296', '2026-11-25 01:07:19.441363', 'PENDING', '2026-11-25 01:07:19.432394', 'Pending', NULL, '{}', NULL, '2f6670f9-871a-44d9-a8d4-92371a8c5dc8', NULL),
    ('01a2103e-2b35-7d12-af10-6722e95fb67a', '2026-11-25 01:07:19.484358', '2026-11-25 01:07:19.484401', 'RUNNING', '2026-11-25 01:07:19.477644', 'Running', NULL, '{}', NULL, '2f6670f9-871a-44d9-a8d4-92371a8c5dc8', NULL),
    ('01a2103e-2b94-7e58-ba21-2baeb91aab8d', '2026-11-25 01:07:19.578955', '2026-11-25 01:07:19.578991', 'COMPLETED', '2026-11-25 01:07:19.572501', 'Nothing to do', NULL, '{}', NULL, '2f6670f9-871a-44d9-a8d4-92371a8c5dc8', NULL),
    ('01a2103e-3006-7262-88cb-483e3b3f33f8', '2026-11-25 01:07:20.721445', '2026-11-25 01:07:20.721489', 'PENDING', '2026-11-25 01:07:20.710818', 'Pending', NULL, '{}', NULL, 'a2b280af-8abe-4bb0-a8b2-a6f21f4ae03a', NULL),
    ('01a2103e-3028-777d-99fd-ad0bd65b301f', '2026-11-25 01:07:20.751739', '2026-11-25 01:07:20.751780', 'RUNNING', '2026-11-25 01:07:20.744473', 'Running', NULL, '{}', NULL, 'a2b280af-8abe-4bb0-a8b2-a6f21f4ae03a', NULL),
    ('01a2103e-306e-70a1-a230-0885802433b7', '2026-11-25 01:07:20.821975', '2026-11-25 01:07:20.822013', 'FAILED', '2026-11-25 01:07:20.814574', 'Rejected', 'the bank said no', '{}', NULL, 'a2b280af-8abe-4bb0-a8b2-a6f21f4ae03a', NULL),
    ('01a2103e-35d2-7a57-8f03-24c468363717', '2026-11-25 01:07:22.202118', '2026-11-25 01:07:22.202155', 'PENDING', '2026-11-25 01:07:22.194627', 'Pending', NULL, '{}', NULL, 'ebc145d6-ef54-495c-b541-fdbea3bc7787', NULL),
    ('01a2103e-3667-79b6-b325-a77a8a4cc565', '2026-11-25 01:07:22.350436', '2026-11-25 01:07:22.350481', 'RUNNING', '2026-11-25 01:07:22.343065', 'Running', NULL, '{}', NULL, 'ebc145d6-ef54-495c-b541-fdbea3bc7787', NULL),
    ('01a2103e-3a94-7606-a87a-07db50f4ba61', '2026-11-25 01:07:23.446074', '2026-11-25 01:07:23.446128', 'PENDING', '2026-11-25 01:07:23.412590', 'Pending', NULL, '{}', NULL, '0ca71444-35bd-4bbf-9da8-59ef23b5a279', NULL),
    ('01a2103e-3b54-731b-b4be-672665c5ec73', '2026-11-25 01:07:23.618069', '2026-11-25 01:07:23.618129', 'RUNNING', '2026-11-25 01:07:23.604238', 'Running', NULL, '{}', NULL, '0ca71444-35bd-4bbf-9da8-59ef23b5a279', NULL),
    ('01a2103e-3e1b-7480-a713-5f9a6a80ec61', '2026-11-25 01:07:24.362193', '2026-11-25 01:07:24.362256', 'COMPLETED', '2026-11-25 01:07:24.315088', 'Completed', NULL, '{}', NULL, '0ca71444-35bd-4bbf-9da8-59ef23b5a279', NULL),
    ('01a2103e-427b-74d6-9e4f-907099ad0b64', '2026-11-25 01:07:25.443151', '2026-11-25 01:07:25.443191', 'PENDING', '2026-11-25 01:07:25.435287', 'Pending', NULL, '{}', NULL, '7783041f-6311-4356-aadc-4c5ed397997b', NULL);

INSERT INTO "flow_run_state" ("id", "created", "updated", "type", "timestamp", "name", "message", "state_details", "data", "flow_run_id", "result_artifact_id") VALUES
    ('01a2103e-42e5-7e52-99d3-218dc22bfbcc', '2026-11-25 01:07:25.547808', '2026-11-25 01:07:25.547842', 'RUNNING', '2026-11-25 01:07:25.541640', 'Running', NULL, '{}', NULL, '7783041f-6311-4356-aadc-4c5ed397997b', NULL),
    ('01a2103e-451a-7129-817a-5a5c7a6cc89d', '2026-11-25 01:07:26.140696', '2026-11-25 01:07:26.140741', 'COMPLETED', '2026-11-25 01:07:26.106246', 'Completed', NULL, '{}', NULL, '7783041f-6311-4356-aadc-4c5ed397997b', NULL),
    ('01a2103e-46fc-7a41-8b50-e0314d814805', '2026-11-25 01:07:26.618640', '2026-11-25 01:07:26.618689', 'COMPLETED', '2026-11-25 01:07:26.588638', 'Completed', NULL, '{}', NULL, 'ebc145d6-ef54-495c-b541-fdbea3bc7787', NULL),
    ('01a2103e-4bae-7116-bcc5-7a026b60755e', '2026-11-25 01:07:27.798041', '2026-11-25 01:07:27.798080', 'PENDING', '2026-11-25 01:07:27.790400', 'Pending', NULL, '{}', NULL, 'a5550b23-f1ff-4cf4-98a9-71dcc658d0c5', NULL),
    ('01a2103e-4c59-78e3-847b-684a4ea2535a', '2026-11-25 01:07:27.968138', '2026-11-25 01:07:27.968174', 'RUNNING', '2026-11-25 01:07:27.961227', 'Running', NULL, '{}', NULL, 'a5550b23-f1ff-4cf4-98a9-71dcc658d0c5', NULL),
    ('01a2103e-4ce5-76a7-b120-c4724d0d99de', '2026-11-25 01:07:28.108201', '2026-11-25 01:07:28.108233', 'PAUSED', '2026-11-25 01:07:28.101282', 'Paused', NULL, '{}', NULL, 'a5550b23-f1ff-4cf4-98a9-71dcc658d0c5', NULL),
    ('01a2103e-75f3-7cb1-ad11-67b307d7d8c3', '2026-11-25 01:07:38.669983', '2026-11-25 01:07:38.670037', 'PENDING', '2026-11-25 01:07:38.611750', 'Pending', NULL, '{}', NULL, '6c8213bd-ee05-4b5f-a1a2-5f2f5c4798c6', NULL),
    ('01a2103e-76bd-73dc-831a-2b2cf9a851f1', '2026-11-25 01:07:38.820527', '2026-11-25 01:07:38.820562', 'RUNNING', '2026-11-25 01:07:38.813792', 'Running', NULL, '{}', NULL, '6c8213bd-ee05-4b5f-a1a2-5f2f5c4798c6', NULL),
    ('01a2103e-bfd7-7580-ad34-06d90ec3990a', '2026-11-25 01:07:57.634452', '2026-11-25 01:07:57.634504', 'SCHEDULED', '2026-11-25 01:07:57.527546', 'Scheduled', 'Flow run scheduled', '{}', NULL, '01a2103e-bfd7-70d3-883d-46c155fefabe', NULL),
    ('01a2103e-bfd7-797e-897f-6c4bd055446f', '2026-11-25 01:07:57.634518', '2026-11-25 01:07:57.634529', 'SCHEDULED', '2026-11-25 01:07:57.527690', 'Scheduled', 'Flow run scheduled', '{}', NULL, '01a2103e-bfd7-77f5-81c5-edd0ed87f0a1', NULL),
    ('01a2103e-bfd7-7a50-bb64-1b57cd87d1a4', '2026-11-25 01:07:57.634538', '2026-11-25 01:07:57.634547', 'SCHEDULED', '2026-11-25 01:07:57.527760', 'Scheduled', 'Flow run scheduled', '{}', NULL, '01a2103e-bfd7-713f-8f23-67a2cd8ffd53', NULL),
    ('01a2103e-bfd7-7b30-8cf3-638a6fff96b4', '2026-11-25 01:07:57.634555', '2026-11-25 01:07:57.634564', 'SCHEDULED', '2026-11-25 01:07:57.527822', 'Scheduled', 'Flow run scheduled', '{}', NULL, '01a2103e-bfd7-716d-bb24-e8e0051464ea', NULL),
    ('01a2103e-bfd7-77f9-99d4-e757996dbe06', '2026-11-25 01:07:57.634573', '2026-11-25 01:07:57.634581', 'SCHEDULED', '2026-11-25 01:07:57.527890', 'Scheduled', 'Flow run scheduled', '{}', NULL, '01a2103e-bfd7-71a7-8328-a7104c1fba01', NULL),
    ('01a2103e-bfd7-7e23-afbb-07c61318b5b1', '2026-11-25 01:07:57.634589', '2026-11-25 01:07:57.634598', 'SCHEDULED', '2026-11-25 01:07:57.527955', 'Scheduled', 'Flow run scheduled', '{}', NULL, '01a2103e-bfd7-7324-b033-1d84b7a27eab', NULL),
    ('01a2103e-bfd8-7e32-8c85-7acd732ca2e6', '2026-11-25 01:07:57.634606', '2026-11-25 01:07:57.634614', 'SCHEDULED', '2026-11-25 01:07:57.528013', 'Scheduled', 'Flow run scheduled', '{}', NULL, '01a2103e-bfd7-74d0-bb0a-4df5455b3756', NULL),
    ('01a2103e-bfd8-74f7-a655-6343f29f3837', '2026-11-25 01:07:57.634624', '2026-11-25 01:07:57.634633', 'SCHEDULED', '2026-11-25 01:07:57.528069', 'Scheduled', 'Flow run scheduled', '{}', NULL, '01a2103e-bfd8-797a-bfb9-fc46a2483ab6', NULL),
    ('01a2103e-bfd8-752d-99fc-7f51a80b5895', '2026-11-25 01:07:57.634641', '2026-11-25 01:07:57.634649', 'SCHEDULED', '2026-11-25 01:07:57.528124', 'Scheduled', 'Flow run scheduled', '{}', NULL, '01a2103e-bfd8-73d6-a891-d0fece56b98d', NULL),
    ('01a2103e-bfd8-7edd-84e1-f57a585a0cee', '2026-11-25 01:07:57.634657', '2026-11-25 01:07:57.634665', 'SCHEDULED', '2026-11-25 01:07:57.528177', 'Scheduled', 'Flow run scheduled', '{}', NULL, '01a2103e-bfd8-70b8-833f-be2976c635ee', NULL),
    ('01a2103e-bfd8-70ab-9bc5-349ae7e86d9e', '2026-11-25 01:07:57.634673', '2026-11-25 01:07:57.634682', 'SCHEDULED', '2026-11-25 01:07:57.528236', 'Scheduled', 'Flow run scheduled', '{}', NULL, '01a2103e-bfd8-7ef7-b24e-372c972fce9f', NULL),
    ('01a2103e-eb84-737a-9183-abe74aba4537', '2026-11-25 01:08:08.754033', '2026-11-25 01:08:08.754091', 'PENDING', '2026-11-25 01:08:08.708135', 'Pending', NULL, '{}', NULL, '01a2103e-bfd7-70d3-883d-46c155fefabe', NULL);

INSERT INTO "flow_run_state" ("id", "created", "updated", "type", "timestamp", "name", "message", "state_details", "data", "flow_run_id", "result_artifact_id") VALUES
    ('01a2103e-ec02-7000-ba99-6999c69874ab', '2026-11-25 01:08:08.840934', '2026-11-25 01:08:08.840967', 'PENDING', '2026-11-25 01:08:08.834613', 'Submitting', NULL, '{}', NULL, '01a2103e-bfd7-70d3-883d-46c155fefabe', NULL),
    ('01a2103f-0b98-7d37-b592-013bcc8f1d47', '2026-11-25 01:08:16.927596', '2026-11-25 01:08:16.927627', 'RUNNING', '2026-11-25 01:08:16.920227', 'Running', NULL, '{}', NULL, '01a2103e-bfd7-70d3-883d-46c155fefabe', NULL),
    ('01a2103f-0cce-7dad-b7ee-84a5ef4584ac', '2026-11-25 01:08:17.255595', '2026-11-25 01:08:17.255631', 'COMPLETED', '2026-11-25 01:08:17.230217', 'Completed', NULL, '{}', NULL, '01a2103e-bfd7-70d3-883d-46c155fefabe', NULL),
    ('01a2103f-4816-7d59-b422-123bb88201a2', '2026-11-25 01:08:32.429558', '2026-11-25 01:08:32.429592', 'PENDING', '2026-11-25 01:08:32.406756', 'Pending', NULL, '{}', NULL, '01a2103e-bfd7-77f5-81c5-edd0ed87f0a1', NULL),
    ('01a2103f-4856-7c2c-a296-06ed0955865d', '2026-11-25 01:08:32.476941', '2026-11-25 01:08:32.476974', 'PENDING', '2026-11-25 01:08:32.470658', 'Submitting', NULL, '{}', NULL, '01a2103e-bfd7-77f5-81c5-edd0ed87f0a1', NULL),
    ('01a2103f-669e-7cfc-b3e2-7187ab65925d', '2026-11-25 01:08:40.362423', '2026-11-25 01:08:40.362500', 'RUNNING', '2026-11-25 01:08:40.222564', 'Running', NULL, '{}', NULL, '01a2103e-bfd7-77f5-81c5-edd0ed87f0a1', NULL),
    ('01a2103f-689a-7310-9e75-914fb78ef7b2', '2026-11-25 01:08:40.816322', '2026-11-25 01:08:40.816373', 'COMPLETED', '2026-11-25 01:08:40.730665', 'Completed', NULL, '{}', NULL, '01a2103e-bfd7-77f5-81c5-edd0ed87f0a1', NULL),
    ('01a2103f-883a-7595-a7f2-31928227dbf6', '2026-11-25 01:08:48.835028', '2026-11-25 01:08:48.835059', 'PENDING', '2026-11-25 01:08:48.826979', 'Pending', NULL, '{}', NULL, '01a2103e-bfd7-713f-8f23-67a2cd8ffd53', NULL),
    ('01a2103f-8852-7cba-869f-867ee05d3745', '2026-11-25 01:08:48.856327', '2026-11-25 01:08:48.856365', 'PENDING', '2026-11-25 01:08:48.850843', 'Submitting', NULL, '{}', NULL, '01a2103e-bfd7-713f-8f23-67a2cd8ffd53', NULL),
    ('01a2103f-a14a-7772-9bc9-661b28a7ab1e', '2026-11-25 01:08:55.318049', '2026-11-25 01:08:55.318103', 'RUNNING', '2026-11-25 01:08:55.242499', 'Running', NULL, '{}', NULL, '01a2103e-bfd7-713f-8f23-67a2cd8ffd53', NULL),
    ('01a2103f-a2de-7297-9e39-ef11d4392269', '2026-11-25 01:08:55.757990', '2026-11-25 01:08:55.758030', 'COMPLETED', '2026-11-25 01:08:55.646656', 'Completed', NULL, '{}', NULL, '01a2103e-bfd7-713f-8f23-67a2cd8ffd53', NULL),
    ('01a2103f-cef9-758e-ae50-d5a3a0d8ceb2', '2026-11-25 01:09:06.950654', '2026-11-25 01:09:06.950686', 'PENDING', '2026-11-25 01:09:06.937895', 'Pending', NULL, '{}', NULL, '01a2103e-bfd7-716d-bb24-e8e0051464ea', NULL),
    ('01a2103f-cf21-7765-b2f0-3e05bcfd1232', '2026-11-25 01:09:06.983184', '2026-11-25 01:09:06.983215', 'PENDING', '2026-11-25 01:09:06.977589', 'Submitting', NULL, '{}', NULL, '01a2103e-bfd7-716d-bb24-e8e0051464ea', NULL),
    ('01a2103f-d760-7cd6-9ea8-60c0c0cbefa1', '2026-11-25 01:09:09.095940', '2026-11-25 01:09:09.095976', 'SCHEDULED', '2026-11-25 01:09:09.088956', 'Scheduled', NULL, '{}', NULL, 'e29a908b-ed6c-4b9d-b86e-de618f035e3d', NULL),
    ('01a2103f-e84c-7d60-97a7-ac80fca85994', '2026-11-25 01:09:13.442325', '2026-11-25 01:09:13.442359', 'RUNNING', '2026-11-25 01:09:13.420277', 'Running', NULL, '{}', NULL, '01a2103e-bfd7-716d-bb24-e8e0051464ea', NULL),
    ('01a2103f-e926-7ec3-bc8f-8c5ad24668a5', '2026-11-25 01:09:13.646090', '2026-11-25 01:09:13.646122', 'SCHEDULED', '2026-11-25 01:09:13.638668', 'Late', NULL, '{}', NULL, 'e29a908b-ed6c-4b9d-b86e-de618f035e3d', NULL),
    ('01a2103f-e98a-73f9-bdda-f64d386eb740', '2026-11-25 01:09:13.744591', '2026-11-25 01:09:13.744623', 'COMPLETED', '2026-11-25 01:09:13.738443', 'Completed', NULL, '{}', NULL, '01a2103e-bfd7-716d-bb24-e8e0051464ea', NULL),
    ('01a2103f-f4c4-7a34-9710-eac88135e702', '2026-11-25 01:09:16.617967', '2026-11-25 01:09:16.618003', 'SCHEDULED', '2026-11-25 01:09:16.612190', 'Scheduled', NULL, '{}', NULL, '380e0729-92db-48c2-833e-dba3fa8f7e04', NULL),
    ('01a2103f-f5bc-7e0a-8afb-c620cc113309', '2026-11-25 01:09:16.951667', '2026-11-25 01:09:16.951719', 'PENDING', '2026-11-25 01:09:16.860270', 'Pending', NULL, '{}', NULL, 'e29a908b-ed6c-4b9d-b86e-de618f035e3d', NULL),
    ('01a2103f-f5be-7dc7-a198-cfa46b40a0b1', '2026-11-25 01:09:16.988966', '2026-11-25 01:09:16.989002', 'PENDING', '2026-11-25 01:09:16.862381', 'Pending', NULL, '{}', NULL, '380e0729-92db-48c2-833e-dba3fa8f7e04', NULL);

INSERT INTO "flow_run_state" ("id", "created", "updated", "type", "timestamp", "name", "message", "state_details", "data", "flow_run_id", "result_artifact_id") VALUES
    ('01a2103f-f637-7243-9e7b-29d0502f6685', '2026-11-25 01:09:16.999192', '2026-11-25 01:09:16.999224', 'PENDING', '2026-11-25 01:09:16.983149', 'Submitting', NULL, '{}', NULL, 'e29a908b-ed6c-4b9d-b86e-de618f035e3d', NULL),
    ('01a2103f-f650-7cdd-a9b9-01fd0db86335', '2026-11-25 01:09:17.018130', '2026-11-25 01:09:17.018171', 'PENDING', '2026-11-25 01:09:17.008526', 'Submitting', NULL, '{}', NULL, '380e0729-92db-48c2-833e-dba3fa8f7e04', NULL),
    ('01a21040-1cc2-70fc-ac54-6190f611f3b7', '2026-11-25 01:09:26.922018', '2026-11-25 01:09:26.922072', 'PENDING', '2026-11-25 01:09:26.850615', 'Pending', NULL, '{}', NULL, '01a2103e-bfd7-71a7-8328-a7104c1fba01', NULL),
    ('01a21040-1dbe-70a4-a26f-d389ff150d76', '2026-11-25 01:09:27.170088', '2026-11-25 01:09:27.170143', 'PENDING', '2026-11-25 01:09:27.102583', 'Submitting', NULL, '{}', NULL, '01a2103e-bfd7-71a7-8328-a7104c1fba01', NULL),
    ('01a21040-3ea9-7239-86ff-cee5a6ec09b9', '2026-11-25 01:09:35.565994', '2026-11-25 01:09:35.566047', 'RUNNING', '2026-11-25 01:09:35.529325', 'Running', NULL, '{}', NULL, 'e29a908b-ed6c-4b9d-b86e-de618f035e3d', NULL),
    ('01a21040-441b-7697-ab52-9971d5a5f538', '2026-11-25 01:09:36.982187', '2026-11-25 01:09:36.982261', 'RUNNING', '2026-11-25 01:09:36.923487', 'Running', NULL, '{}', NULL, '380e0729-92db-48c2-833e-dba3fa8f7e04', NULL),
    ('01a21040-469b-72c5-9759-e804dccaca29', '2026-11-25 01:09:37.657641', '2026-11-25 01:09:37.657703', 'CRASHED', '2026-11-25 01:09:37.563075', 'Crashed', 'Process exited with status code: -9. Process exited due to a SIGKILL signal. Typically caused by the operating system terminating the process for exceeding memory limits, or by manual cancellation.', '{}', NULL, '380e0729-92db-48c2-833e-dba3fa8f7e04', NULL),
    ('01a21040-577d-7f51-9144-13d75109e640', '2026-11-25 01:09:41.919576', '2026-11-25 01:09:41.919610', 'RUNNING', '2026-11-25 01:09:41.885303', 'Running', NULL, '{}', NULL, '01a2103e-bfd7-71a7-8328-a7104c1fba01', NULL),
    ('01a21040-5891-7845-9f26-1a157b7dc51a', '2026-11-25 01:09:42.173644', '2026-11-25 01:09:42.173677', 'COMPLETED', '2026-11-25 01:09:42.161117', 'Completed', NULL, '{}', NULL, '01a2103e-bfd7-71a7-8328-a7104c1fba01', NULL),
    ('01a21040-6e1e-746f-aa5e-9b820b2a743a', '2026-11-25 01:09:47.722114', '2026-11-25 01:09:47.722172', 'PENDING', '2026-11-25 01:09:47.678796', 'Pending', NULL, '{}', NULL, '01a2103e-bfd7-7324-b033-1d84b7a27eab', NULL),
    ('01a21040-6e76-7505-949e-172842d1ecd2', '2026-11-25 01:09:47.822126', '2026-11-25 01:09:47.822170', 'PENDING', '2026-11-25 01:09:47.766433', 'Submitting', NULL, '{}', NULL, '01a2103e-bfd7-7324-b033-1d84b7a27eab', NULL),
    ('01a21040-730c-7f95-8f22-5adbe8349a39', '2026-11-25 01:09:48.958062', '2026-11-25 01:09:48.958107', 'CANCELLING', '2026-11-25 01:09:48.940773', 'Cancelling', NULL, '{}', NULL, 'e29a908b-ed6c-4b9d-b86e-de618f035e3d', NULL),
    ('01a21040-8cdf-7742-afe1-06e3f6806d2f', '2026-11-25 01:09:55.625966', '2026-11-25 01:09:55.626020', 'CANCELLED', '2026-11-25 01:09:55.551328', 'Cancelled', 'Flow run was cancelled successfully.', '{}', NULL, 'e29a908b-ed6c-4b9d-b86e-de618f035e3d', NULL),
    ('01a21040-904e-762f-a1a4-ef4128e5f3a7', '2026-11-25 01:09:56.454230', '2026-11-25 01:09:56.454293', 'RUNNING', '2026-11-25 01:09:56.430882', 'Running', NULL, '{}', NULL, '01a2103e-bfd7-7324-b033-1d84b7a27eab', NULL),
    ('01a21040-9142-7cb8-81a7-e72dd975a5a1', '2026-11-25 01:09:56.706079', '2026-11-25 01:09:56.706127', 'COMPLETED', '2026-11-25 01:09:56.674522', 'Completed', NULL, '{}', NULL, '01a2103e-bfd7-7324-b033-1d84b7a27eab', NULL),
    ('01a21040-e57c-7f29-9347-acd34458594c', '2026-11-25 01:10:18.243806', '2026-11-25 01:10:18.243837', 'SCHEDULED', '2026-11-25 01:10:18.236170', 'Late', NULL, '{}', NULL, '01a2103e-bfd7-74d0-bb0a-4df5455b3756', NULL),
    ('01a21041-0e81-7ccf-8c67-4580939d905f', '2026-11-25 01:10:28.761990', '2026-11-25 01:10:28.762028', 'PENDING', '2026-11-25 01:10:28.737653', 'Pending', NULL, '{}', NULL, '5f1a2aa3-6a75-4042-99d8-419ecdf7a4a7', NULL),
    ('01a21041-0ed8-7b56-93a6-478849ef158e', '2026-11-25 01:10:28.829912', '2026-11-25 01:10:28.829943', 'RUNNING', '2026-11-25 01:10:28.824199', 'Running', NULL, '{}', NULL, '5f1a2aa3-6a75-4042-99d8-419ecdf7a4a7', NULL),
    ('01a21041-3473-72d1-8ac8-eaff52cc4ef3', '2026-11-25 01:10:38.598153', '2026-11-25 01:10:38.598233', 'SCHEDULED', '2026-11-25 01:10:38.451582', 'Late', NULL, '{}', NULL, '01a2103e-bfd8-797a-bfb9-fc46a2483ab6', NULL),
    ('01a21041-4ab9-7b55-9e3a-b76e08196e39', '2026-11-25 01:10:44.210125', '2026-11-25 01:10:44.210179', 'PENDING', '2026-11-25 01:10:44.153860', 'Pending', NULL, '{}', NULL, '4be9233c-44ba-435b-8ee9-def07ed76dec', NULL);

CREATE INDEX ix_flow__updated ON flow (updated);

CREATE INDEX ix_flow__created ON flow (created);

CREATE INDEX ix_flow_name_case_insensitive on flow (name COLLATE NOCASE);

CREATE INDEX ix_flow_run_state__type ON flow_run_state (type);

CREATE UNIQUE INDEX uq_flow_run_state__flow_run_id_timestamp_desc ON flow_run_state (flow_run_id, timestamp);

CREATE INDEX ix_flow_run_state__result_artifact_id ON flow_run_state (result_artifact_id);

CREATE INDEX ix_flow_run_state__updated ON flow_run_state (updated);

CREATE INDEX ix_flow_run_state__name ON flow_run_state (name);

CREATE INDEX ix_flow_run__flow_id ON flow_run (flow_id);

CREATE INDEX ix_flow_run__infrastructure_document_id ON flow_run (infrastructure_document_id);

CREATE INDEX ix_flow_run__start_time ON flow_run (start_time);

CREATE INDEX ix_flow_run__state_type ON flow_run (state_type);

CREATE INDEX ix_flow_run__expected_start_time_desc ON flow_run (expected_start_time);

CREATE INDEX ix_flow_run_name_case_insensitive ON flow_run (name);

CREATE INDEX ix_flow_run__name ON flow_run (name);

CREATE INDEX ix_flow_run__end_time_desc ON flow_run (end_time);

CREATE INDEX ix_flow_run__updated ON flow_run (updated);

CREATE INDEX ix_flow_run__flow_version ON flow_run (flow_version);

CREATE INDEX ix_flow_run__next_scheduled_start_time_asc ON flow_run (next_scheduled_start_time);

CREATE INDEX ix_flow_run__state_timestamp ON flow_run (state_timestamp);

CREATE INDEX ix_flow_run__parent_task_run_id ON flow_run (parent_task_run_id);

CREATE INDEX ix_flow_run__state_id ON flow_run (state_id);

CREATE UNIQUE INDEX uq_flow_run__flow_id_idempotency_key ON flow_run (flow_id, idempotency_key);

CREATE INDEX ix_flow_run__work_queue_id ON flow_run (work_queue_id);

CREATE INDEX ix_flow_run__state_name ON flow_run (state_name);

CREATE INDEX ix_flow_run__work_queue_name ON flow_run (work_queue_name);

CREATE INDEX ix_flow_run__deployment_version ON flow_run (deployment_version);

CREATE INDEX ix_flow_run__scheduler_deployment_id_auto_scheduled_next_schedu ON flow_run (deployment_id, auto_scheduled, next_scheduled_start_time) WHERE state_type = 'SCHEDULED';

CREATE INDEX ix_flow_run__schedule_id_scheduler
        ON flow_run (deployment_id, json_extract(created_by, '$.id'), next_scheduled_start_time)
        WHERE state_type = 'SCHEDULED' AND auto_scheduled = 1;

CREATE INDEX ix_flow_run__deployment_id
        ON flow_run (deployment_id)
        ;

CREATE INDEX ix_flow_run__state_type_coalesce_start_time
        ON flow_run (state_type, coalesce(start_time, expected_start_time))
        ;

CREATE INDEX ix_flow_run_state__type_name_timestamp ON flow_run_state (type, name, timestamp);

