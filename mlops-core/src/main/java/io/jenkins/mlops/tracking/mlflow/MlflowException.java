package io.jenkins.mlops.tracking.mlflow;

import io.jenkins.mlops.registry.RegistryException;

/** A refusal in MLflow's terms; nothing was changed. */
public final class MlflowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public MlflowException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    private MlflowException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    static MlflowException invalid(String message) {
        return new MlflowException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }

    static MlflowException missing(String message) {
        return new MlflowException(ErrorCode.RESOURCE_DOES_NOT_EXIST, message);
    }

    /** Refused for want of a right. */
    public static MlflowException denied(String message) {
        return new MlflowException(ErrorCode.PERMISSION_DENIED, message);
    }

    /** The refusal that a failure means; one that is nobody's fault is an internal error without its words. */
    public static MlflowException of(RuntimeException failure) {
        if (failure instanceof MlflowException known) {
            return known;
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof RegistryException.NotFound) {
            return new MlflowException(ErrorCode.RESOURCE_DOES_NOT_EXIST, message, failure);
        }
        if (failure instanceof RegistryException.Conflict || failure instanceof IllegalArgumentException) {
            return new MlflowException(ErrorCode.INVALID_PARAMETER_VALUE, message, failure);
        }
        if (failure instanceof RegistryException.Forbidden) {
            return new MlflowException(ErrorCode.PERMISSION_DENIED, message, failure);
        }
        if (failure instanceof RegistryException.Unavailable) {
            return new MlflowException(ErrorCode.TEMPORARILY_UNAVAILABLE, message, failure);
        }
        return new MlflowException(ErrorCode.INTERNAL_ERROR, "Internal error; see the log of Jenkins", failure);
    }

    public ErrorCode code() {
        return code;
    }

    /** The answer's body. */
    public Reply reply() {
        return Reply.of(Wire.object().put("error_code", code.name()).put("message", getMessage()));
    }
}
