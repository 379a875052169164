package io.jenkins.mlops.tracking.mlflow;

/** MLflow's names for what went wrong, with the HTTP status that goes with each. */
public enum ErrorCode {
    INVALID_PARAMETER_VALUE(400),
    /** Status 400, not 409: MLflow's clients expect it so. */
    RESOURCE_ALREADY_EXISTS(400),
    BAD_REQUEST(400),
    UNAUTHENTICATED(401),
    PERMISSION_DENIED(403),
    RESOURCE_DOES_NOT_EXIST(404),
    INTERNAL_ERROR(500),
    NOT_IMPLEMENTED(501),
    TEMPORARILY_UNAVAILABLE(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
