package io.jenkins.mlops.monitor.bucket;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.s3.S3Bucket;
import java.io.Serializable;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * How a bucket is reached.
 *
 * @param endpoint where the store is, such as {@code https://minio.example.org:9000}; empty for AWS in the region
 * @param region the region that requests are signed for
 * @param credentialsId the id of a user name with password: access key id and secret access key; empty for a public
 *     bucket
 */
public record BucketAccess(String endpoint, String region, String credentialsId) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,50}");

    /** The region that stores other than AWS know, and AWS' first. */
    public static final String DEFAULT_REGION = "us-east-1";

    /** A public bucket of AWS. */
    public static final BucketAccess PUBLIC = new BucketAccess("", DEFAULT_REGION, "");

    /** @throws IllegalArgumentException saying what was expected and found */
    public BucketAccess {
        Expect.text(endpoint, "an endpoint", Expect.NAME);
        checkRegion(region);
        Expect.text(credentialsId, "the id of credentials", Expect.NAME);
        if (!endpoint.isEmpty()) {
            S3Bucket.checkEndpoint(URI.create(endpoint));
        }
    }

    /** Where requests are sent. */
    public String address() {
        return address(endpoint, region);
    }

    /** Where requests are sent: to the endpoint, or to AWS in the region when it is empty. */
    public static String address(String endpoint, String region) {
        return endpoint.isEmpty() ? "https://s3." + region + ".amazonaws.com" : endpoint;
    }

    /**
     * Refuses what is no region.
     *
     * @throws IllegalArgumentException saying what was expected and found
     */
    public static String checkRegion(@CheckForNull String region) {
        Expect.that(region != null && REGION.matcher(region).matches(), "a region such as eu-central-1", region);
        return region;
    }
}
