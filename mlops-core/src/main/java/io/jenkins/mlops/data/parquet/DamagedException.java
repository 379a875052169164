package io.jenkins.mlops.data.parquet;

/** Bytes that are not what the format says; whoever knows the file and the place turns it into a full message. */
final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
        super(message);
    }
}
