package io.jenkins.mlops.json;

/** Says which text is not the JSON or YAML that was expected, where, and why. */
public class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
