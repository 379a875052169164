-- What pages list is counted, sorted and cut without reading the versions that they don't show.

-- How many versions a model has from each job (0: from none), and the newest of them; those that were deleted are left
-- out, and so is a job of which no version is left.
CREATE TABLE mlops_model_job (
    model_id BIGINT NOT NULL REFERENCES mlops_model (id),
    job_id BIGINT NOT NULL,
    versions INTEGER NOT NULL,
    newest_number INTEGER NOT NULL,
    newest_id BIGINT NOT NULL,
    PRIMARY KEY (model_id, job_id)
);

CREATE INDEX mlops_model_job_job ON mlops_model_job (job_id, model_id);

INSERT INTO mlops_model_job (model_id, job_id, versions, newest_number, newest_id)
SELECT c.model_id, c.job_id, c.versions, c.newest_number, v.id
FROM (
    SELECT model_id, COALESCE(job_id, 0) AS job_id, COUNT(*) AS versions, MAX(number) AS newest_number
    FROM mlops_version
    WHERE status <> 'DELETED'
    GROUP BY model_id, COALESCE(job_id, 0)
) c
JOIN mlops_version v ON v.model_id = c.model_id AND v.number = c.newest_number;

-- The newest version that was not deleted; 0 for none.
ALTER TABLE mlops_model ADD COLUMN newest_id BIGINT DEFAULT 0 NOT NULL;

UPDATE mlops_model SET newest_id = COALESCE((
    SELECT v.id FROM mlops_version v
    WHERE v.model_id = mlops_model.id
        AND v.number = (SELECT MAX(c.newest_number) FROM mlops_model_job c WHERE c.model_id = mlops_model.id)
), 0);

CREATE INDEX mlops_model_newest ON mlops_model (newest_id, name);

-- All that a list of versions is cut by, so that what it passes over is read from the index alone.
CREATE INDEX mlops_version_listed ON mlops_version (model_id, number, status, job_id);

-- The newest of what came from a digest first.
DROP INDEX mlops_version_digest;
DROP INDEX mlops_version_file_sha256;
DROP INDEX mlops_version_data_digest;
CREATE INDEX mlops_version_digest ON mlops_version (digest, id);
CREATE INDEX mlops_version_file_sha256 ON mlops_version_file (sha256, version_id);
CREATE INDEX mlops_version_data_digest ON mlops_version_data (digest, version_id);
