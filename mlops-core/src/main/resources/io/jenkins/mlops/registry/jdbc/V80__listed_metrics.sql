-- What lists of versions are sorted by stands in an index with all that they are cut by, and what is searched for in
-- them in one narrow row for each version.

-- The version's job (0: none), and whether lists sort by the value: it is a number, and the version was not deleted.
ALTER TABLE mlops_version_metric ADD COLUMN job_id BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE mlops_version_metric ADD COLUMN listed BOOLEAN DEFAULT FALSE NOT NULL;

DROP INDEX mlops_version_metric_value;
DROP INDEX mlops_version_metric_model;

UPDATE mlops_version_metric SET
    job_id = COALESCE((SELECT v.job_id FROM mlops_version v WHERE v.id = mlops_version_metric.version_id), 0),
    listed = metric_value IS NOT NULL
        AND (SELECT v.status FROM mlops_version v WHERE v.id = mlops_version_metric.version_id) <> 'DELETED';

CREATE INDEX mlops_version_metric_value ON mlops_version_metric (metric_id, listed, metric_value, version_id, job_id);
CREATE INDEX mlops_version_metric_model
    ON mlops_version_metric (model_id, metric_id, listed, metric_value, version_id, job_id);

-- How many listed values there are. No foreign keys: H2 would keep one more index for each.
CREATE TABLE mlops_model_metric (
    model_id BIGINT NOT NULL,
    metric_id BIGINT NOT NULL,
    job_id BIGINT NOT NULL,
    versions INTEGER NOT NULL,
    PRIMARY KEY (model_id, metric_id, job_id)
);

INSERT INTO mlops_model_metric (model_id, metric_id, job_id, versions)
SELECT model_id, metric_id, job_id, COUNT(*)
FROM mlops_version_metric
WHERE listed = TRUE
GROUP BY model_id, metric_id, job_id;

-- The orders that versions are asked in.
CREATE INDEX mlops_version_model ON mlops_version (model_id, id, status);
CREATE INDEX mlops_version_number ON mlops_version (number, id, status);
CREATE INDEX mlops_version_created ON mlops_version (created_millis, id, status);
CREATE INDEX mlops_version_model_created ON mlops_version (model_id, created_millis, id, status);

-- The creator, the description and the values of tags, in lower case, a line each.
CREATE TABLE mlops_version_text (
    version_id BIGINT NOT NULL PRIMARY KEY,
    words VARCHAR(100000) NOT NULL
);

INSERT INTO mlops_version_text (version_id, words)
SELECT v.id, SUBSTRING(LOWER(v.created_by || '
' || v.description || '
' || COALESCE((SELECT STRING_AGG(t.tag_value, '
') FROM mlops_version_tag t WHERE t.version_id = v.id), '')) FROM 1 FOR 100000)
FROM mlops_version v;
