-- What MLflow's clients see beside what the suite keeps anyway.

ALTER TABLE mlops_experiment ADD COLUMN updated_millis BIGINT DEFAULT 0 NOT NULL;
UPDATE mlops_experiment SET updated_millis = created_millis;

-- Tokens that the code of one run logs with, by their SHA-256 alone.
CREATE TABLE mlops_run_token (
    hash VARCHAR(64) NOT NULL PRIMARY KEY,
    run_id BIGINT NOT NULL REFERENCES mlops_run (id),
    user_id VARCHAR(2000) NOT NULL,
    may_register BOOLEAN NOT NULL,
    may_promote BOOLEAN NOT NULL,
    millis BIGINT NOT NULL
);

CREATE INDEX mlops_run_token_run ON mlops_run_token (run_id);
