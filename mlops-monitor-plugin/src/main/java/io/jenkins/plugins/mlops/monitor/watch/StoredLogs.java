package io.jenkins.plugins.mlops.monitor.watch;

import io.jenkins.mlops.monitor.bucket.BucketAccess;
import io.jenkins.mlops.monitor.bucket.BucketLimits;
import io.jenkins.mlops.monitor.bucket.BucketLocation;
import io.jenkins.mlops.monitor.bucket.BucketLogs;
import io.jenkins.mlops.s3.AccessKey;
import io.jenkins.mlops.s3.S3Bucket;
import java.io.File;
import java.io.Serializable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * The logs of a monitor in a bucket, with the credentials to fetch them: on their way to the agent that reads them, kept
 * nowhere.
 *
 * @param folder the name of the folder for fetched objects below the agent's root
 * @param logs the place, as {@code s3://bucket/prefix}
 * @param access how the store is reached
 * @param keyId access key id; empty for none
 * @param secret secret access key
 */
record StoredLogs(String folder, String logs, BucketAccess access, String keyId, String secret)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String FETCHED = "mlops-fetched";

    /** Opens the bucket on this machine. */
    BucketLogs open(File root) {
        BucketLocation location = BucketLocation.of(logs);
        AccessKey key = keyId.isEmpty() ? null : new AccessKey(keyId, secret);
        S3Bucket bucket = new S3Bucket(
                URI.create(access.address()), access.region(), location.bucket(), key, Clock.systemUTC(), DEADLINE);
        return new BucketLogs(bucket, location, root.toPath().resolve(FETCHED).resolve(folder), BucketLimits.DEFAULT);
    }

    /** Without the secret: remoting logs the calls that fail. */
    @Override
    public String toString() {
        return logs;
    }
}
