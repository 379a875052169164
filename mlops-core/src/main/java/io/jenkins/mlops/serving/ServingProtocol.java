package io.jenkins.mlops.serving;

import java.util.Locale;

/** How an endpoint is asked for its health and for predictions. */
public enum ServingProtocol {
    /** Open Inference Protocol, version 2, over REST. */
    OPEN_INFERENCE_V2("v2"),
    /** MLflow's scoring server: {@code /ping} and {@code /invocations}. */
    MLFLOW("mlflow"),
    /** Plain HTTP: one path that says whether the service is ready. */
    HTTP("http");

    private final String symbol;

    ServingProtocol(String symbol) {
        this.symbol = symbol;
    }

    /** Returns the name in a Jenkinsfile. */
    public String symbol() {
        return symbol;
    }

    /**
     * Returns the protocol of a name.
     *
     * @param symbol {@code v2}, {@code mlflow} or {@code http}, in any case
     * @throws IllegalArgumentException if there is no such protocol
     */
    public static ServingProtocol of(String symbol) {
        String wanted = symbol == null ? "" : symbol.strip().toLowerCase(Locale.ROOT);
        for (ServingProtocol protocol : values()) {
            if (protocol.symbol.equals(wanted)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException(
                "the protocol must be one of v2, mlflow, http; found: " + Checks.quote(symbol));
    }
}
