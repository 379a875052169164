-- What is known of the files that clients of MLflow's API log to runs; the files are on disk.
CREATE TABLE mlops_run_artifact (
    run_id BIGINT NOT NULL REFERENCES mlops_run (id),
    path_hash VARCHAR(64) NOT NULL,
    path VARCHAR(2000) NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    millis BIGINT NOT NULL,
    PRIMARY KEY (run_id, path_hash)
);

-- A registered model that was deleted; its versions stay in the ledger, and their numbers stay taken.
ALTER TABLE mlops_model ADD COLUMN deleted BOOLEAN DEFAULT FALSE NOT NULL;
