package io.jenkins.mlops.s3;

import java.io.IOException;

/** Says what an object store refused, or answered that is no answer of one. */
public final class S3Exception extends IOException {
    private static final long serialVersionUID = 1L;

    public S3Exception(String message) {
        super(message);
    }

    public S3Exception(String message, Throwable cause) {
        super(message, cause);
    }
}
