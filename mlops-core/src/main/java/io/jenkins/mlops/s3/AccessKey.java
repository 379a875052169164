package io.jenkins.mlops.s3;

/**
 * A key pair of an object store; its text shows the id alone.
 *
 * @param id access key id
 * @param secret secret access key
 */
public record AccessKey(String id, String secret) {
    public AccessKey {
        if (id == null || id.isBlank() || secret == null || secret.isEmpty()) {
            throw new IllegalArgumentException("expected an access key id with its secret, found one of them empty");
        }
    }

    @Override
    public String toString() {
        return "access key " + id;
    }
}
