-- The rows of a registry as the code of schema 1 wrote them: three versions, promotions in four states, one of them
-- waiting for two more approvals, policies with lists of rules, an endpoint, two runs with points of metrics.
INSERT INTO mlops_job (id, name, name_hash) VALUES
(1, 'team/train', 'b7dce1f1f82c6acfbf81c096186348a5be1e6487484ec8a8eda9698c7974dcdf');
ALTER TABLE mlops_job ALTER COLUMN id RESTART WITH 2;
INSERT INTO mlops_gone_build (job_id, build, millis) VALUES
(1, 3, 1700000020000);
INSERT INTO mlops_metric_name (id, name) VALUES
(2, 'auc'),
(1, 'loss'),
(4, 'odd/inf'),
(3, 'odd/nan');
ALTER TABLE mlops_metric_name ALTER COLUMN id RESTART WITH 5;
INSERT INTO mlops_model (id, name, search_name, description, created_millis, last_number) VALUES
(1, 'm', 'm', 'What it is for', 1700000002000, 3);
ALTER TABLE mlops_model ALTER COLUMN id RESTART WITH 2;
INSERT INTO mlops_model_tag (model_id, tag_key, tag_value) VALUES
(1, 'owner', 'ann');
INSERT INTO mlops_version (id, model_id, number, operation_key, digest, source, signature, run_id, job_id, build, build_url, build_ext, commit_json, description, authors_json, created_by, created_millis, status) VALUES
(1, 1, 1, 'v1', 'sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80', NULL, NULL, 'efe368b213d74febae08ca8800ca44bf', 1, 1, 'https://ci.example/job/team/job/train/1/', 'team/train#1', '{"repository":"https://git.example/r.git","branch":"main","commit":"0123456789abcdef","dirty":false,"author":"ann"}', 'from v1', '["ann"]', 'builder', 1700000002000, 'READY'),
(2, 1, 2, 'v2', 'sha256:a6812e838cac0c66f320887c00c4004dd64ce07449737834ff9d0b917ddc76a6', NULL, NULL, NULL, 1, 2, 'https://ci.example/job/team/job/train/2/', 'team/train#2', '{"repository":"https://git.example/r.git","branch":"main","commit":"0123456789abcdef","dirty":false,"author":"ann"}', 'from v2', '["ann"]', 'builder', 1700000003000, 'READY'),
(3, 1, 3, 'v3', 'sha256:66b0256ff92deddb611babf48fa1c598e67a45827bcdf225d5c53430b6929a44', NULL, NULL, NULL, 1, 3, 'https://ci.example/job/team/job/train/3/', 'team/train#3', '{"repository":"https://git.example/r.git","branch":"main","commit":"0123456789abcdef","dirty":false,"author":"ann"}', 'from v3', '["ann"]', 'builder', 1700000004000, 'READY');
ALTER TABLE mlops_version ALTER COLUMN id RESTART WITH 4;
INSERT INTO mlops_version_file (version_id, position, path, bytes, sha256) VALUES
(1, 0, 'meta/a.json', 2, '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'),
(1, 1, 'model.bin', 2, '3bfc269594ef649228e9a74bab00f042efc91d5acc6fbee31a382e80d42388fe'),
(2, 0, 'meta/a.json', 2, '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'),
(2, 1, 'model.bin', 2, 'fb04dcb6970e4c3d1873de51fd5a50d7bb46b3383113602665c350ec40b5f990'),
(3, 0, 'meta/a.json', 2, '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'),
(3, 1, 'model.bin', 2, 'e0d2747b9ab7abb6eb65e0373fa1b428a28bd6d8a2380106dcc080f58005ee14');
INSERT INTO mlops_version_data (version_id, position, digest) VALUES
(1, 0, 'sha256:3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7'),
(2, 0, 'sha256:3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7'),
(3, 0, 'sha256:3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7');
INSERT INTO mlops_version_metric (version_id, metric_id, model_id, metric_value) VALUES
(1, 1, 1, NULL),
(2, 1, 1, NULL),
(3, 1, 1, NULL),
(1, 2, 1, 0.91),
(2, 2, 1, 0.92),
(3, 2, 1, 0.93);
INSERT INTO mlops_version_tag (version_id, tag_key, tag_value, value_hash) VALUES
(1, 'stage', 'candidate', 'dda18a0e21ae47c53b4309434cbc02ae8bf764fa83a6defbb719431242722aa7'),
(2, 'stage', 'candidate', 'dda18a0e21ae47c53b4309434cbc02ae8bf764fa83a6defbb719431242722aa7'),
(3, 'stage', 'candidate', 'dda18a0e21ae47c53b4309434cbc02ae8bf764fa83a6defbb719431242722aa7');
INSERT INTO mlops_evaluation (id, operation_key, model, number, run_id, data_digest, metrics_json, document, document_hash, job_id, build, build_url, build_ext, created_millis) VALUES
(1, 'e1', 'm', 1, NULL, 'sha256:3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7', '{"auc":0.91}', '{"whole":true}', 'sha256:8b5cc4df7eec7d32a7814eca4af047ae33b2d52342667715682e19c25b0b9faa', 1, 1, NULL, 'team/train#1', 1700000004000);
ALTER TABLE mlops_evaluation ALTER COLUMN id RESTART WITH 2;
INSERT INTO mlops_build_metric (job_id, metric_id, build, metric_value, millis) VALUES
(1, 1, 1, NULL, 1700000002000),
(1, 2, 2, 0.92, 1700000003000),
(1, 1, 2, NULL, 1700000003000),
(1, 2, 3, 0.93, 1700000004000),
(1, 1, 3, NULL, 1700000004000),
(1, 2, 1, 0.91, 1700000004000);
INSERT INTO mlops_policy (id, model, revision, policy_json, set_by, millis) VALUES
(1, '', 1, '{"revision":1,"approvals":[{"count":2,"approvers":["group:managers"]},{"count":1,"approvers":["risk","user:rita"]}],"separationOfDuties":true,"expiryMillis":604800000,"inconclusiveMayBeApproved":false,"gatesJson":"[]","restoreAlias":false}', 'admin', 1700000010000),
(2, 'free', 2, '{"model":"free","revision":2,"approvals":[],"separationOfDuties":false,"expiryMillis":3600000,"inconclusiveMayBeApproved":true,"gatesJson":"[]","restoreAlias":true}', 'admin', 1700000011000);
ALTER TABLE mlops_policy ALTER COLUMN id RESTART WITH 3;
INSERT INTO mlops_promotion (id, promotion_id, operation_key, kind, model_id, number, alias, state, revision, requested_by, requested_millis, version_digest, verdict, evidence_hash, gate_report, policy_json, expires_millis, applied_millis, previous_number, reason, job_id, build, build_url, build_ext) VALUES
(1, 'bd46923b41ef40b2b38420e656cc080e', 'p1', 'PROMOTION', 1, 1, 'champion', 'VERIFIED', 4, 'requester', 1700000006000, 'sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80', 'PASS', 'sha256:ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e', '{"gates":[]}', '{"revision":0,"approvals":[],"separationOfDuties":true,"expiryMillis":604800000,"inconclusiveMayBeApproved":false,"gatesJson":"[]","restoreAlias":false}', 1700604806000, 1700000006000, 0, 'healthy', 1, 1, 'https://ci.example/job/team/job/train/1/', 'team/train#1'),
(2, '03e09eba54f1439ebe2f95f467a5806e', 'p2', 'PROMOTION', 1, 2, 'champion', 'APPLIED', 3, 'requester', 1700000008000, 'sha256:a6812e838cac0c66f320887c00c4004dd64ce07449737834ff9d0b917ddc76a6', 'PASS', 'sha256:ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e', '{"gates":[]}', '{"revision":0,"approvals":[],"separationOfDuties":true,"expiryMillis":604800000,"inconclusiveMayBeApproved":false,"gatesJson":"[]","restoreAlias":false}', 1700604808000, 1700000008000, 1, 'By policy, no approval is needed', 1, 2, 'https://ci.example/job/team/job/train/2/', 'team/train#2'),
(3, 'c28d85c8c02b4d50a269572b6c0469ca', 'p3', 'PROMOTION', 1, 3, 'champion', 'REJECTED', 2, 'requester', 1700000009000, 'sha256:66b0256ff92deddb611babf48fa1c598e67a45827bcdf225d5c53430b6929a44', 'FAIL', 'sha256:ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e', '{"gates":[]}', '{"revision":0,"approvals":[],"separationOfDuties":true,"expiryMillis":604800000,"inconclusiveMayBeApproved":false,"gatesJson":"[]","restoreAlias":false}', 1700604809000, 0, 0, 'The gates failed', 1, 3, 'https://ci.example/job/team/job/train/3/', 'team/train#3'),
(4, '90795f7c00474d94b91edd33be10d067', 'p4', 'PROMOTION', 1, 3, 'champion', 'AWAITING_APPROVAL', 3, 'requester', 1700000012000, 'sha256:66b0256ff92deddb611babf48fa1c598e67a45827bcdf225d5c53430b6929a44', 'PASS', 'sha256:ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e', '{"gates":[]}', '{"revision":1,"approvals":[{"count":2,"approvers":["group:managers"]},{"count":1,"approvers":["risk","user:rita"]}],"separationOfDuties":true,"expiryMillis":604800000,"inconclusiveMayBeApproved":false,"gatesJson":"[]","restoreAlias":false}', 1700604812000, 0, 0, 'please', 1, 3, 'https://ci.example/job/team/job/train/3/', 'team/train#3'),
(5, 'd757432f30584f81be4dc241e98f6b2c', 'o1', 'OVERRIDE', 1, 1, 'canary', 'APPLIED', 3, 'root', 1700000014000, 'sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80', 'INCONCLUSIVE', 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', NULL, '{"revision":1,"approvals":[{"count":2,"approvers":["group:managers"]},{"count":1,"approvers":["risk","user:rita"]}],"separationOfDuties":true,"expiryMillis":604800000,"inconclusiveMayBeApproved":false,"gatesJson":"[]","restoreAlias":false}', 1700604814000, 1700000014000, 0, 'Overridden by root: outage', NULL, NULL, NULL, NULL);
ALTER TABLE mlops_promotion ALTER COLUMN id RESTART WITH 6;
INSERT INTO mlops_decision (promotion_id, position, approve, user_id, groups_json, comment_text, millis) VALUES
(4, 0, true, 'mia', '["managers","risk"]', 'seen', 1700000013000);
INSERT INTO mlops_alias (model_id, alias, number) VALUES
(1, 'champion', 2),
(1, 'canary', 1);
INSERT INTO mlops_alias_change (id, model_id, alias, number, previous_number, promotion_id, changed_by, millis) VALUES
(1, 1, 'champion', 1, 0, 'bd46923b41ef40b2b38420e656cc080e', 'requester', 1700000006000),
(2, 1, 'champion', 2, 1, '03e09eba54f1439ebe2f95f467a5806e', 'requester', 1700000008000),
(3, 1, 'canary', 1, 0, 'd757432f30584f81be4dc241e98f6b2c', 'root', 1700000014000);
ALTER TABLE mlops_alias_change ALTER COLUMN id RESTART WITH 4;
INSERT INTO mlops_deployment (id, operation_key, endpoint, target, model_id, number, version_digest, alias, promotion_id, state, url, detail, message, replaced_by, requested_by, started_millis, changed_millis, job_id, build, build_url, build_ext) VALUES
(1, 'd1', 'iris', 'process', 1, 2, 'sha256:a6812e838cac0c66f320887c00c4004dd64ce07449737834ff9d0b917ddc76a6', 'champion', '03e09eba54f1439ebe2f95f467a5806e', 'SERVING', 'http://localhost:1/', '{"pid":1}', 'well', NULL, 'deployer', 1700000015000, 1700000017000, 1, 2, NULL, 'team/train#2');
ALTER TABLE mlops_deployment ALTER COLUMN id RESTART WITH 2;
INSERT INTO mlops_ledger (seq, millis, kind, model, actor, payload, previous_hash, hash) VALUES
(1, 1700000002000, 'model.created', 'm', 'builder', '{"description":""}', '0000000000000000000000000000000000000000000000000000000000000000', '074a496233157316c497c1d2fd10e0d06f0dfde532b0d92375a32eaa5b3bdbdb'),
(2, 1700000002000, 'version.registered', 'm', 'builder', '{"authors":["ann"],"build":"team/train#1","bytes":4,"commit":"0123456789abcdef","data":["sha256:3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7"],"digest":"sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80","dirty":false,"files":2,"metrics":{"auc":0.91,"loss":"NaN"},"run":"efe368b213d74febae08ca8800ca44bf","version":1}', '074a496233157316c497c1d2fd10e0d06f0dfde532b0d92375a32eaa5b3bdbdb', 'cee71d7f15f6fc3e634998019f6daf202ac6eb0eb439853f533390b18fba878b'),
(3, 1700000003000, 'version.registered', 'm', 'builder', '{"authors":["ann"],"build":"team/train#2","bytes":4,"commit":"0123456789abcdef","data":["sha256:3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7"],"digest":"sha256:a6812e838cac0c66f320887c00c4004dd64ce07449737834ff9d0b917ddc76a6","dirty":false,"files":2,"metrics":{"auc":0.92,"loss":"NaN"},"version":2}', 'cee71d7f15f6fc3e634998019f6daf202ac6eb0eb439853f533390b18fba878b', '61956b4cb566dcf3ae94f9527a37c0ff7f78568750cc674b69f4106a3a047646'),
(4, 1700000004000, 'version.registered', 'm', 'builder', '{"authors":["ann"],"build":"team/train#3","bytes":4,"commit":"0123456789abcdef","data":["sha256:3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7"],"digest":"sha256:66b0256ff92deddb611babf48fa1c598e67a45827bcdf225d5c53430b6929a44","dirty":false,"files":2,"metrics":{"auc":0.93,"loss":"NaN"},"version":3}', '61956b4cb566dcf3ae94f9527a37c0ff7f78568750cc674b69f4106a3a047646', 'e41a9fa25e5612b09f515cafc58a401145900e0dbb87fb25fd4827bbdac2774c'),
(5, 1700000005000, 'evaluation.recorded', 'm', 'system', '{"build":"team/train#1","data":"sha256:3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7","document":"sha256:3ad898b9154d3303d44f677be2beef3acc10827cf34ab279993213d6419ac8fd","hash":"sha256:8b5cc4df7eec7d32a7814eca4af047ae33b2d52342667715682e19c25b0b9faa","metrics":{"auc":0.91},"operation":"e1","version":1}', 'e41a9fa25e5612b09f515cafc58a401145900e0dbb87fb25fd4827bbdac2774c', '01a328b8e85013144af1370526327241acfc2bcd063883f873c722a9a507c4bd'),
(6, 1700000006000, 'promotion.requested', 'm', 'requester', '{"alias":"champion","build":"team/train#1","digest":"sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80","evidence":"sha256:ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e","gates":"sha256:2368fa0a5f4c8e3688ac2e38daac554db878abb5a6502785296db137f9b34c47","kind":"PROMOTION","policyRevision":0,"promotion":"bd46923b41ef40b2b38420e656cc080e","reason":"please","verdict":"PASS","version":1}', '01a328b8e85013144af1370526327241acfc2bcd063883f873c722a9a507c4bd', '9602db9efa117489b23911d68b84cdf29708c48c15b346179d83d03939aaf0b9'),
(7, 1700000006000, 'promotion.approved', 'm', 'system', '{"alias":"champion","digest":"sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80","from":"REQUESTED","promotion":"bd46923b41ef40b2b38420e656cc080e","reason":"By policy, no approval is needed","version":1}', '9602db9efa117489b23911d68b84cdf29708c48c15b346179d83d03939aaf0b9', '1731a246f64eacf00e1c2d50dcdc4e771f0a34039bce40b5636cb94ff2518e0f'),
(8, 1700000006000, 'alias.moved', 'm', 'requester', '{"alias":"champion","digest":"sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80","previous":0,"promotion":"bd46923b41ef40b2b38420e656cc080e","version":1}', '1731a246f64eacf00e1c2d50dcdc4e771f0a34039bce40b5636cb94ff2518e0f', '643eb84677aa48fbe22f2ad6c5f5c35bc12382da1a4eca239b1b255faca84a14'),
(9, 1700000006000, 'promotion.applied', 'm', 'requester', '{"alias":"champion","digest":"sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80","from":"APPROVED","promotion":"bd46923b41ef40b2b38420e656cc080e","reason":"By policy, no approval is needed","version":1}', '643eb84677aa48fbe22f2ad6c5f5c35bc12382da1a4eca239b1b255faca84a14', 'cde6378b8ba2945ff0823ecd66b928800f3ce455fd80fb3b0af8036325259590'),
(10, 1700000007000, 'promotion.verified', 'm', 'system', '{"alias":"champion","digest":"sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80","from":"APPLIED","promotion":"bd46923b41ef40b2b38420e656cc080e","reason":"healthy","version":1}', 'cde6378b8ba2945ff0823ecd66b928800f3ce455fd80fb3b0af8036325259590', '62248761af867a675001d6e9a9e7f2da0636c82cce0b05b7952d24f7e6c0b186'),
(11, 1700000008000, 'promotion.requested', 'm', 'requester', '{"alias":"champion","build":"team/train#2","digest":"sha256:a6812e838cac0c66f320887c00c4004dd64ce07449737834ff9d0b917ddc76a6","evidence":"sha256:ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e","gates":"sha256:2368fa0a5f4c8e3688ac2e38daac554db878abb5a6502785296db137f9b34c47","kind":"PROMOTION","policyRevision":0,"promotion":"03e09eba54f1439ebe2f95f467a5806e","reason":"please","verdict":"PASS","version":2}', '62248761af867a675001d6e9a9e7f2da0636c82cce0b05b7952d24f7e6c0b186', '1419687108b906d2579baae350888e12eaa986bc023cd0c125f15cb7402c6c9f'),
(12, 1700000008000, 'promotion.approved', 'm', 'system', '{"alias":"champion","digest":"sha256:a6812e838cac0c66f320887c00c4004dd64ce07449737834ff9d0b917ddc76a6","from":"REQUESTED","promotion":"03e09eba54f1439ebe2f95f467a5806e","reason":"By policy, no approval is needed","version":2}', '1419687108b906d2579baae350888e12eaa986bc023cd0c125f15cb7402c6c9f', '7e861c579942651599e51d54c3b86d3b6b40924500f91e20acd258561bddd0c7'),
(13, 1700000008000, 'alias.moved', 'm', 'requester', '{"alias":"champion","digest":"sha256:a6812e838cac0c66f320887c00c4004dd64ce07449737834ff9d0b917ddc76a6","previous":1,"promotion":"03e09eba54f1439ebe2f95f467a5806e","version":2}', '7e861c579942651599e51d54c3b86d3b6b40924500f91e20acd258561bddd0c7', 'e951be469576ec25fe88ce1d73a8718d22c84fa64ea61b5a37bb4e2ce02edb6b'),
(14, 1700000008000, 'promotion.applied', 'm', 'requester', '{"alias":"champion","digest":"sha256:a6812e838cac0c66f320887c00c4004dd64ce07449737834ff9d0b917ddc76a6","from":"APPROVED","promotion":"03e09eba54f1439ebe2f95f467a5806e","reason":"By policy, no approval is needed","version":2}', 'e951be469576ec25fe88ce1d73a8718d22c84fa64ea61b5a37bb4e2ce02edb6b', '55e924f7defd6c8a6cb17ee55ddf82b8817e8d269902ee3e942772bb83ad6307'),
(15, 1700000009000, 'promotion.requested', 'm', 'requester', '{"alias":"champion","build":"team/train#3","digest":"sha256:66b0256ff92deddb611babf48fa1c598e67a45827bcdf225d5c53430b6929a44","evidence":"sha256:ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e","gates":"sha256:2368fa0a5f4c8e3688ac2e38daac554db878abb5a6502785296db137f9b34c47","kind":"PROMOTION","policyRevision":0,"promotion":"c28d85c8c02b4d50a269572b6c0469ca","reason":"please","verdict":"FAIL","version":3}', '55e924f7defd6c8a6cb17ee55ddf82b8817e8d269902ee3e942772bb83ad6307', '4f37fc40632e24af27ea70e00defcfcbd1998826f1cd88265e08a37d7a97c811'),
(16, 1700000009000, 'promotion.rejected', 'm', 'system', '{"alias":"champion","digest":"sha256:66b0256ff92deddb611babf48fa1c598e67a45827bcdf225d5c53430b6929a44","from":"REQUESTED","promotion":"c28d85c8c02b4d50a269572b6c0469ca","reason":"The gates failed","version":3}', '4f37fc40632e24af27ea70e00defcfcbd1998826f1cd88265e08a37d7a97c811', '39e722f394b9d00057621ffc3d9697bc70092133a65faff4242d7727d4ad3472'),
(17, 1700000010000, 'policy.set', '', 'admin', '{"policy":"{\"revision\":1,\"approvals\":[{\"count\":2,\"approvers\":[\"group:managers\"]},{\"count\":1,\"approvers\":[\"risk\",\"user:rita\"]}],\"separationOfDuties\":true,\"expiryMillis\":604800000,\"inconclusiveMayBeApproved\":false,\"gatesJson\":\"[]\",\"restoreAlias\":false}","revision":1}', '39e722f394b9d00057621ffc3d9697bc70092133a65faff4242d7727d4ad3472', '36437c8acc369a83c581dce84a76a8d11da0c849af9065c7a2da18df57079dc8'),
(18, 1700000011000, 'policy.set', 'free', 'admin', '{"policy":"{\"model\":\"free\",\"revision\":2,\"approvals\":[],\"separationOfDuties\":false,\"expiryMillis\":3600000,\"inconclusiveMayBeApproved\":true,\"gatesJson\":\"[]\",\"restoreAlias\":true}","revision":2}', '36437c8acc369a83c581dce84a76a8d11da0c849af9065c7a2da18df57079dc8', '87aad09b0bd105723dde6e8e2fd7c3e0196fb91d62c2c3436cff7b65c656d372'),
(19, 1700000012000, 'promotion.requested', 'm', 'requester', '{"alias":"champion","build":"team/train#3","digest":"sha256:66b0256ff92deddb611babf48fa1c598e67a45827bcdf225d5c53430b6929a44","evidence":"sha256:ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e","gates":"sha256:2368fa0a5f4c8e3688ac2e38daac554db878abb5a6502785296db137f9b34c47","kind":"PROMOTION","policyRevision":1,"promotion":"90795f7c00474d94b91edd33be10d067","reason":"please","verdict":"PASS","version":3}', '87aad09b0bd105723dde6e8e2fd7c3e0196fb91d62c2c3436cff7b65c656d372', 'eb6bc331d4a0b3a9bb129d7c87f478ef3b46e67e8babc893c2186d6c5abd3044'),
(20, 1700000012000, 'promotion.awaiting-approval', 'm', 'system', '{"alias":"champion","digest":"sha256:66b0256ff92deddb611babf48fa1c598e67a45827bcdf225d5c53430b6929a44","from":"REQUESTED","promotion":"90795f7c00474d94b91edd33be10d067","reason":"please","version":3}', 'eb6bc331d4a0b3a9bb129d7c87f478ef3b46e67e8babc893c2186d6c5abd3044', '05b77bf59051f9b2255e21710fa7fefdcad53c66c3839a9fb2d078191ae0e505'),
(21, 1700000013000, 'promotion.decided', 'm', 'mia', '{"alias":"champion","approve":true,"comment":"seen","digest":"sha256:66b0256ff92deddb611babf48fa1c598e67a45827bcdf225d5c53430b6929a44","groups":["managers","risk"],"promotion":"90795f7c00474d94b91edd33be10d067","version":3}', '05b77bf59051f9b2255e21710fa7fefdcad53c66c3839a9fb2d078191ae0e505', 'e229ff54d7624a85a4488ffc180480ca62392edbda49ab73e31533698af5f46e'),
(22, 1700000014000, 'promotion.override', 'm', 'root', '{"alias":"canary","digest":"sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80","evidence":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","kind":"OVERRIDE","policyRevision":1,"promotion":"d757432f30584f81be4dc241e98f6b2c","reason":"outage","verdict":"INCONCLUSIVE","version":1}', 'e229ff54d7624a85a4488ffc180480ca62392edbda49ab73e31533698af5f46e', '9e6cf56d4ce9d8933545da8ef915ea0c851378ab1b0e2979f31a069f668798fc'),
(23, 1700000014000, 'promotion.approved', 'm', 'root', '{"alias":"canary","digest":"sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80","from":"REQUESTED","promotion":"d757432f30584f81be4dc241e98f6b2c","reason":"Overridden by root: outage","version":1}', '9e6cf56d4ce9d8933545da8ef915ea0c851378ab1b0e2979f31a069f668798fc', '7a52b60a0d3f5422aa0df18cc650bc265df5906d9bcd01ced20f32f0d229d3db'),
(24, 1700000014000, 'alias.moved', 'm', 'root', '{"alias":"canary","digest":"sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80","previous":0,"promotion":"d757432f30584f81be4dc241e98f6b2c","version":1}', '7a52b60a0d3f5422aa0df18cc650bc265df5906d9bcd01ced20f32f0d229d3db', 'ac7bb08f3365af9a2da54a2f905657d0b0e8867f71a8f8fff635fcce1e83930b'),
(25, 1700000014000, 'promotion.applied', 'm', 'root', '{"alias":"canary","digest":"sha256:f6dea021eebd1a3c7c6bfcbf0715317d79bab037b317d99eee346d9fc12e6e80","from":"APPROVED","promotion":"d757432f30584f81be4dc241e98f6b2c","reason":"Overridden by root: outage","version":1}', 'ac7bb08f3365af9a2da54a2f905657d0b0e8867f71a8f8fff635fcce1e83930b', 'bac4c32a5436404fcc11347979a6b987326de741626f3eef447f4c64078d030f'),
(26, 1700000015000, 'deployment.switching', 'm', 'deployer', '{"alias":"champion","digest":"sha256:a6812e838cac0c66f320887c00c4004dd64ce07449737834ff9d0b917ddc76a6","endpoint":"iris","operation":"d1","promotion":"03e09eba54f1439ebe2f95f467a5806e","target":"process","version":2}', 'bac4c32a5436404fcc11347979a6b987326de741626f3eef447f4c64078d030f', 'ee898325b476a0b32cdbec15e34131a4e88e2faf038cec5a8beddea3d0f141b0'),
(27, 1700000016000, 'deployment.noted', 'm', 'deployer', '{"alias":"champion","detail":"{\"pid\":1}","digest":"sha256:a6812e838cac0c66f320887c00c4004dd64ce07449737834ff9d0b917ddc76a6","endpoint":"iris","operation":"d1","target":"process","version":2}', 'ee898325b476a0b32cdbec15e34131a4e88e2faf038cec5a8beddea3d0f141b0', '68705567499e921216674d1479072d8424d68df51074c9682ce19551fca2cd9d'),
(28, 1700000017000, 'deployment.serving', 'm', 'deployer', '{"alias":"champion","digest":"sha256:a6812e838cac0c66f320887c00c4004dd64ce07449737834ff9d0b917ddc76a6","endpoint":"iris","from":"SWITCHING","message":"well","operation":"d1","target":"process","url":"http://localhost:1/","version":2}', '68705567499e921216674d1479072d8424d68df51074c9682ce19551fca2cd9d', 'e94ff174586c8fcd0ff75e28b27f331fc95bd87fb8ad60902801df4845a2d863'),
(29, 1700000018000, 'model.tagged', 'm', 'ann', '{"key":"owner","value":"ann"}', 'e94ff174586c8fcd0ff75e28b27f331fc95bd87fb8ad60902801df4845a2d863', 'cb20b6b30a210aa121010e719a06d48d79cec5b06e514a7e7e1f04d89544df38'),
(30, 1700000019000, 'model.described', 'm', 'ann', '{"description":"What it is for"}', 'cb20b6b30a210aa121010e719a06d48d79cec5b06e514a7e7e1f04d89544df38', '4958bf245c866faecd90391cec2443544c2c8a79421c059893f77e365207ad57'),
(31, 1700000020000, 'build.deleted', '', 'system', '{"build":"team/train#3"}', '4958bf245c866faecd90391cec2443544c2c8a79421c059893f77e365207ad57', 'e7ae433d1d05c622501fbfe637e39da05ed015af45bde375b5384b9d49715999');
DELETE FROM mlops_ledger_head;
INSERT INTO mlops_ledger_head (id, seq, hash) VALUES
(1, 31, 'e7ae433d1d05c622501fbfe637e39da05ed015af45bde375b5384b9d49715999');
DELETE FROM mlops_experiment;
INSERT INTO mlops_experiment (id, name, search_name, created_millis, deleted) VALUES
(0, 'Default', 'default', 0, false),
(1, 'team/train', 'team/train', 1700000001000, false);
ALTER TABLE mlops_experiment ALTER COLUMN id RESTART WITH 2;
INSERT INTO mlops_run (id, run_id, operation_key, experiment_id, name, user_id, status, start_millis, end_millis, environment_json, deleted, job_id, build, build_url, build_ext) VALUES
(1, 'efe368b213d74febae08ca8800ca44bf', 'run-1', 1, 'first', 'ann', 'FINISHED', 1700000001000, 1700000001000, NULL, false, 1, 1, 'https://ci.example/job/team/job/train/1/', 'team/train#1'),
(2, 'd3c71e9098474d39b221e78cc0e82411', 'run-2', 1, 'second', 'ann', 'RUNNING', 1700000001000, 0, NULL, false, 1, 2, NULL, 'team/train#2');
ALTER TABLE mlops_run ALTER COLUMN id RESTART WITH 3;
INSERT INTO mlops_run_param (run_id, param_key, param_value) VALUES
(1, 'depth', '4'),
(1, 'note', 'a ''quoted'' ümlaut');
INSERT INTO mlops_run_tag (run_id, tag_key, tag_value, value_hash) VALUES
(1, 'kind', 'nightly', '2a3b62b53ddb9f167b63d22202a360811ba78df015021f704d01ee9abad4169c'),
(1, 'stage', 'dev', 'ef260e9aa3c673af240d17a2660480361a8e081d1ffeca2a5ed0e3219fc18567');
INSERT INTO mlops_run_input (run_id, position, name, digest, context, input_json) VALUES
(1, 1, 'wine', 'sha256:3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7', 'training', '{"name":"wine","digest":"sha256:3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7","context":"training","sourceType":"local","source":"data/wine.csv"}');
INSERT INTO mlops_run_metric (run_id, metric_id, metric_value, step, millis) VALUES
(1, 1, 0.005, 199, 1700000001199),
(1, 2, 0.9400000000000001, 4, 1700000001004),
(1, 3, NULL, 0, 1700000001000),
(1, 4, CAST('-Infinity' AS DOUBLE PRECISION), -3, 1700000001000),
(2, 1, 0.5, 1, 1700000001000);
INSERT INTO mlops_metric_point (run_id, metric_id, step, millis, metric_value) VALUES
(1, 1, 0, 1700000001000, 1.0),
(1, 1, 1, 1700000001001, 0.5),
(1, 1, 2, 1700000001002, 0.3333333333333333),
(1, 1, 3, 1700000001003, 0.25),
(1, 1, 4, 1700000001004, 0.2),
(1, 1, 5, 1700000001005, 0.16666666666666666),
(1, 1, 6, 1700000001006, 0.14285714285714285),
(1, 1, 7, 1700000001007, 0.125),
(1, 1, 8, 1700000001008, 0.1111111111111111),
(1, 1, 9, 1700000001009, 0.1),
(1, 1, 10, 1700000001010, 0.09090909090909091),
(1, 1, 11, 1700000001011, 0.08333333333333333),
(1, 1, 12, 1700000001012, 0.07692307692307693),
(1, 1, 13, 1700000001013, 0.07142857142857142),
(1, 1, 14, 1700000001014, 0.06666666666666667),
(1, 1, 15, 1700000001015, 0.0625),
(1, 1, 16, 1700000001016, 0.058823529411764705),
(1, 1, 17, 1700000001017, 0.05555555555555555),
(1, 1, 18, 1700000001018, 0.05263157894736842),
(1, 1, 19, 1700000001019, 0.05),
(1, 1, 20, 1700000001020, 0.047619047619047616),
(1, 1, 21, 1700000001021, 0.045454545454545456),
(1, 1, 22, 1700000001022, 0.043478260869565216),
(1, 1, 23, 1700000001023, 0.041666666666666664),
(1, 1, 24, 1700000001024, 0.04),
(1, 1, 25, 1700000001025, 0.038461538461538464),
(1, 1, 26, 1700000001026, 0.037037037037037035),
(1, 1, 27, 1700000001027, 0.03571428571428571),
(1, 1, 28, 1700000001028, 0.034482758620689655),
(1, 1, 29, 1700000001029, 0.03333333333333333),
(1, 1, 30, 1700000001030, 0.03225806451612903),
(1, 1, 31, 1700000001031, 0.03125),
(1, 1, 32, 1700000001032, 0.030303030303030304),
(1, 1, 33, 1700000001033, 0.029411764705882353),
(1, 1, 34, 1700000001034, 0.02857142857142857),
(1, 1, 35, 1700000001035, 0.027777777777777776),
(1, 1, 36, 1700000001036, 0.02702702702702703),
(1, 1, 37, 1700000001037, 0.02631578947368421),
(1, 1, 38, 1700000001038, 0.02564102564102564),
(1, 1, 39, 1700000001039, 0.025),
(1, 1, 40, 1700000001040, 0.024390243902439025),
(1, 1, 41, 1700000001041, 0.023809523809523808),
(1, 1, 42, 1700000001042, 0.023255813953488372),
(1, 1, 43, 1700000001043, 0.022727272727272728),
(1, 1, 44, 1700000001044, 0.022222222222222223),
(1, 1, 45, 1700000001045, 0.021739130434782608),
(1, 1, 46, 1700000001046, 0.02127659574468085),
(1, 1, 47, 1700000001047, 0.020833333333333332),
(1, 1, 48, 1700000001048, 0.02040816326530612),
(1, 1, 49, 1700000001049, 0.02),
(1, 1, 50, 1700000001050, 0.0196078431372549),
(1, 1, 51, 1700000001051, 0.019230769230769232),
(1, 1, 52, 1700000001052, 0.018867924528301886),
(1, 1, 53, 1700000001053, 0.018518518518518517),
(1, 1, 54, 1700000001054, 0.01818181818181818),
(1, 1, 55, 1700000001055, 0.017857142857142856),
(1, 1, 56, 1700000001056, 0.017543859649122806),
(1, 1, 57, 1700000001057, 0.017241379310344827),
(1, 1, 58, 1700000001058, 0.01694915254237288),
(1, 1, 59, 1700000001059, 0.016666666666666666),
(1, 1, 60, 1700000001060, 0.01639344262295082),
(1, 1, 61, 1700000001061, 0.016129032258064516),
(1, 1, 62, 1700000001062, 0.015873015873015872),
(1, 1, 63, 1700000001063, 0.015625),
(1, 1, 64, 1700000001064, 0.015384615384615385),
(1, 1, 65, 1700000001065, 0.015151515151515152),
(1, 1, 66, 1700000001066, 0.014925373134328358),
(1, 1, 67, 1700000001067, 0.014705882352941176),
(1, 1, 68, 1700000001068, 0.014492753623188406),
(1, 1, 69, 1700000001069, 0.014285714285714285),
(1, 1, 70, 1700000001070, 0.014084507042253521),
(1, 1, 71, 1700000001071, 0.013888888888888888),
(1, 1, 72, 1700000001072, 0.0136986301369863),
(1, 1, 73, 1700000001073, 0.013513513513513514),
(1, 1, 74, 1700000001074, 0.013333333333333334),
(1, 1, 75, 1700000001075, 0.013157894736842105),
(1, 1, 76, 1700000001076, 0.012987012987012988),
(1, 1, 77, 1700000001077, 0.01282051282051282),
(1, 1, 78, 1700000001078, 0.012658227848101266),
(1, 1, 79, 1700000001079, 0.0125),
(1, 1, 80, 1700000001080, 0.012345679012345678),
(1, 1, 81, 1700000001081, 0.012195121951219513),
(1, 1, 82, 1700000001082, 0.012048192771084338),
(1, 1, 83, 1700000001083, 0.011904761904761904),
(1, 1, 84, 1700000001084, 0.011764705882352941),
(1, 1, 85, 1700000001085, 0.011627906976744186),
(1, 1, 86, 1700000001086, 0.011494252873563218),
(1, 1, 87, 1700000001087, 0.011363636363636364),
(1, 1, 88, 1700000001088, 0.011235955056179775),
(1, 1, 89, 1700000001089, 0.011111111111111112),
(1, 1, 90, 1700000001090, 0.01098901098901099),
(1, 1, 91, 1700000001091, 0.010869565217391304),
(1, 1, 92, 1700000001092, 0.010752688172043012),
(1, 1, 93, 1700000001093, 0.010638297872340425),
(1, 1, 94, 1700000001094, 0.010526315789473684),
(1, 1, 95, 1700000001095, 0.010416666666666666),
(1, 1, 96, 1700000001096, 0.010309278350515464),
(1, 1, 97, 1700000001097, 0.01020408163265306),
(1, 1, 98, 1700000001098, 0.010101010101010102),
(1, 1, 99, 1700000001099, 0.01),
(1, 1, 100, 1700000001100, 0.009900990099009901),
(1, 1, 101, 1700000001101, 0.00980392156862745),
(1, 1, 102, 1700000001102, 0.009708737864077669),
(1, 1, 103, 1700000001103, 0.009615384615384616),
(1, 1, 104, 1700000001104, 0.009523809523809525),
(1, 1, 105, 1700000001105, 0.009433962264150943),
(1, 1, 106, 1700000001106, 0.009345794392523364),
(1, 1, 107, 1700000001107, 0.009259259259259259),
(1, 1, 108, 1700000001108, 0.009174311926605505),
(1, 1, 109, 1700000001109, 0.00909090909090909),
(1, 1, 110, 1700000001110, 0.009009009009009009),
(1, 1, 111, 1700000001111, 0.008928571428571428),
(1, 1, 112, 1700000001112, 0.008849557522123894),
(1, 1, 113, 1700000001113, 0.008771929824561403),
(1, 1, 114, 1700000001114, 0.008695652173913044),
(1, 1, 115, 1700000001115, 0.008620689655172414),
(1, 1, 116, 1700000001116, 0.008547008547008548),
(1, 1, 117, 1700000001117, 0.00847457627118644),
(1, 1, 118, 1700000001118, 0.008403361344537815),
(1, 1, 119, 1700000001119, 0.008333333333333333),
(1, 1, 120, 1700000001120, 0.008264462809917356),
(1, 1, 121, 1700000001121, 0.00819672131147541),
(1, 1, 122, 1700000001122, 0.008130081300813009),
(1, 1, 123, 1700000001123, 0.008064516129032258),
(1, 1, 124, 1700000001124, 0.008),
(1, 1, 125, 1700000001125, 0.007936507936507936),
(1, 1, 126, 1700000001126, 0.007874015748031496),
(1, 1, 127, 1700000001127, 0.0078125),
(1, 1, 128, 1700000001128, 0.007751937984496124),
(1, 1, 129, 1700000001129, 0.007692307692307693),
(1, 1, 130, 1700000001130, 0.007633587786259542),
(1, 1, 131, 1700000001131, 0.007575757575757576),
(1, 1, 132, 1700000001132, 0.007518796992481203),
(1, 1, 133, 1700000001133, 0.007462686567164179),
(1, 1, 134, 1700000001134, 0.007407407407407408),
(1, 1, 135, 1700000001135, 0.007352941176470588),
(1, 1, 136, 1700000001136, 0.0072992700729927005),
(1, 1, 137, 1700000001137, 0.007246376811594203),
(1, 1, 138, 1700000001138, 0.007194244604316547),
(1, 1, 139, 1700000001139, 0.007142857142857143),
(1, 1, 140, 1700000001140, 0.0070921985815602835),
(1, 1, 141, 1700000001141, 0.007042253521126761),
(1, 1, 142, 1700000001142, 0.006993006993006993),
(1, 1, 143, 1700000001143, 0.006944444444444444),
(1, 1, 144, 1700000001144, 0.006896551724137931),
(1, 1, 145, 1700000001145, 0.00684931506849315),
(1, 1, 146, 1700000001146, 0.006802721088435374),
(1, 1, 147, 1700000001147, 0.006756756756756757),
(1, 1, 148, 1700000001148, 0.006711409395973154),
(1, 1, 149, 1700000001149, 0.006666666666666667),
(1, 1, 150, 1700000001150, 0.006622516556291391),
(1, 1, 151, 1700000001151, 0.006578947368421052),
(1, 1, 152, 1700000001152, 0.006535947712418301),
(1, 1, 153, 1700000001153, 0.006493506493506494),
(1, 1, 154, 1700000001154, 0.0064516129032258064),
(1, 1, 155, 1700000001155, 0.00641025641025641),
(1, 1, 156, 1700000001156, 0.006369426751592357),
(1, 1, 157, 1700000001157, 0.006329113924050633),
(1, 1, 158, 1700000001158, 0.006289308176100629),
(1, 1, 159, 1700000001159, 0.00625),
(1, 1, 160, 1700000001160, 0.006211180124223602),
(1, 1, 161, 1700000001161, 0.006172839506172839),
(1, 1, 162, 1700000001162, 0.006134969325153374),
(1, 1, 163, 1700000001163, 0.006097560975609756),
(1, 1, 164, 1700000001164, 0.006060606060606061),
(1, 1, 165, 1700000001165, 0.006024096385542169),
(1, 1, 166, 1700000001166, 0.005988023952095809),
(1, 1, 167, 1700000001167, 0.005952380952380952),
(1, 1, 168, 1700000001168, 0.005917159763313609),
(1, 1, 169, 1700000001169, 0.0058823529411764705),
(1, 1, 170, 1700000001170, 0.005847953216374269),
(1, 1, 171, 1700000001171, 0.005813953488372093),
(1, 1, 172, 1700000001172, 0.005780346820809248),
(1, 1, 173, 1700000001173, 0.005747126436781609),
(1, 1, 174, 1700000001174, 0.005714285714285714),
(1, 1, 175, 1700000001175, 0.005681818181818182),
(1, 1, 176, 1700000001176, 0.005649717514124294),
(1, 1, 177, 1700000001177, 0.0056179775280898875),
(1, 1, 178, 1700000001178, 0.00558659217877095),
(1, 1, 179, 1700000001179, 0.005555555555555556),
(1, 1, 180, 1700000001180, 0.0055248618784530384),
(1, 1, 181, 1700000001181, 0.005494505494505495),
(1, 1, 182, 1700000001182, 0.00546448087431694),
(1, 1, 183, 1700000001183, 0.005434782608695652),
(1, 1, 184, 1700000001184, 0.005405405405405406),
(1, 1, 185, 1700000001185, 0.005376344086021506),
(1, 1, 186, 1700000001186, 0.0053475935828877),
(1, 1, 187, 1700000001187, 0.005319148936170213),
(1, 1, 188, 1700000001188, 0.005291005291005291),
(1, 1, 189, 1700000001189, 0.005263157894736842),
(1, 1, 190, 1700000001190, 0.005235602094240838),
(1, 1, 191, 1700000001191, 0.005208333333333333),
(1, 1, 192, 1700000001192, 0.0051813471502590676),
(1, 1, 193, 1700000001193, 0.005154639175257732),
(1, 1, 194, 1700000001194, 0.005128205128205128),
(1, 1, 195, 1700000001195, 0.00510204081632653),
(1, 1, 196, 1700000001196, 0.005076142131979695),
(1, 1, 197, 1700000001197, 0.005050505050505051),
(1, 1, 198, 1700000001198, 0.005025125628140704),
(1, 1, 199, 1700000001199, 0.005),
(1, 2, 0, 1700000001000, 0.9),
(1, 2, 1, 1700000001001, 0.91),
(1, 2, 2, 1700000001002, 0.92),
(1, 2, 3, 1700000001003, 0.93),
(1, 2, 4, 1700000001004, 0.9400000000000001),
(1, 3, 0, 1700000001000, CAST('NaN' AS DOUBLE PRECISION)),
(1, 4, -3, 1700000001000, CAST('-Infinity' AS DOUBLE PRECISION)),
(2, 1, 1, 1700000001000, 0.5);
