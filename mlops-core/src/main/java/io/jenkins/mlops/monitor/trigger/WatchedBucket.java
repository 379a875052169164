package io.jenkins.mlops.monitor.trigger;

import io.jenkins.mlops.s3.S3Bucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The objects of a bucket under a prefix, watched by their keys, entity tags and sizes. */
public final class WatchedBucket {
    private final S3Bucket bucket;
    private final String prefix;

    public WatchedBucket(S3Bucket bucket, String prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Looks: one request per thousand objects. */
    public DataState look() throws IOException, InterruptedException {
        MessageDigest digest = WatchedFiles.sha256();
        long[] counts = new long[2];
        bucket.list(prefix, object -> {
            digest.update((object.key() + "\0" + object.etag() + "\0" + object.bytes() + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            counts[0]++;
            counts[1] += object.bytes();
        });
        return new DataState("listing:" + HexFormat.of().formatHex(digest.digest()), counts[0], counts[1], -1, "");
    }
}
