package hudson.model;

/** A secret that lets programs start a job. */
public final class BuildAuthorizationToken {
    private final String token;

    public BuildAuthorizationToken(String token) {
        this.token = token;
    }

    public String getToken() {
        return token;
    }
}
