-- An approved promotion waits until the change window opens that its policy asks for.
ALTER TABLE mlops_promotion ADD COLUMN apply_millis BIGINT DEFAULT 0 NOT NULL;
