package io.jenkins.mlops.serving;

import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How to find out whether an endpoint is ready and answers sensibly.
 *
 * @param protocol protocol that the endpoint speaks
 * @param modelName name of the model within the endpoint; needed for {@link ServingProtocol#OPEN_INFERENCE_V2}, else it
 *     may be empty
 * @param readyPath path that answers 2xx when the service is ready; empty for the protocol's own
 * @param smokePath path that takes the smoke request; empty for the protocol's own
 * @param smokeRequest JSON text of a request whose answer is judged before the switch; empty for none
 * @param expectedFields what the smoke answer must contain: names of outputs for V2, dotted paths else
 * @param timeoutMillis time for one request, 1 ms to 10 minutes
 */
public record HealthCheck(
        ServingProtocol protocol,
        String modelName,
        String readyPath,
        String smokePath,
        String smokeRequest,
        List<String> expectedFields,
        long timeoutMillis)
        implements Serializable {
    public HealthCheck {
        if (protocol == null) {
            throw new IllegalArgumentException("the protocol of a health check is missing: v2, mlflow or http");
        }
        Checks.text("the name of the model", modelName, 255);
        if (protocol == ServingProtocol.OPEN_INFERENCE_V2 && modelName.isBlank()) {
            throw new IllegalArgumentException("the protocol v2 needs the name of the model in the endpoint");
        }
        path("the ready path", readyPath);
        path("the smoke path", smokePath);
        Checks.text("the smoke request", smokeRequest, ProbeRequest.MAX_BODY);
        if (protocol == ServingProtocol.HTTP && !smokeRequest.isEmpty() && smokePath.isEmpty()) {
            throw new IllegalArgumentException("the protocol http has no usual path for predictions: name the path"
                    + " that takes the smoke request");
        }
        expectedFields = Checks.texts("the expected fields", expectedFields, 256, 512);
        Checks.range("the timeout in ms", timeoutMillis, 1, 600_000);
    }

    /** Returns the check of a V2 endpoint with a timeout of 5 s. */
    public static HealthCheck v2(String modelName, String smokeRequest) {
        return new HealthCheck(
                ServingProtocol.OPEN_INFERENCE_V2, modelName, "", "", smokeRequest, new ArrayList<>(), 5_000);
    }

    /** Returns the check of an MLflow scoring server with a timeout of 5 s. */
    public static HealthCheck mlflow(String smokeRequest) {
        return new HealthCheck(ServingProtocol.MLFLOW, "", "", "", smokeRequest, new ArrayList<>(), 5_000);
    }

    /** Returns the check of a service that says on one path whether it is ready, with a timeout of 5 s. */
    public static HealthCheck http(String readyPath) {
        return new HealthCheck(ServingProtocol.HTTP, "", readyPath, "", "", new ArrayList<>(), 5_000);
    }

    /** Returns whether there is a smoke request to send. */
    public boolean hasSmoke() {
        return !smokeRequest.isEmpty();
    }

    /**
     * Returns the requests that must all be answered with 2xx by an endpoint that is ready.
     *
     * @param baseUrl address of the endpoint
     */
    public List<ProbeRequest> readiness(String baseUrl) {
        List<ProbeRequest> requests = new ArrayList<>();
        switch (protocol) {
            case OPEN_INFERENCE_V2 -> {
                requests.add(get(baseUrl, readyPath.isEmpty() ? "/v2/health/ready" : readyPath));
                requests.add(get(baseUrl, "/v2/models/" + encodedModel() + "/ready"));
            }
            case MLFLOW -> requests.add(get(baseUrl, readyPath.isEmpty() ? "/ping" : readyPath));
            case HTTP -> requests.add(get(baseUrl, readyPath.isEmpty() ? "/" : readyPath));
        }
        return requests;
    }

    /**
     * Returns the smoke request.
     *
     * @param baseUrl address of the endpoint
     * @throws IllegalStateException if there is none, see {@link #hasSmoke()}
     */
    public ProbeRequest smoke(String baseUrl) {
        if (!hasSmoke()) {
            throw new IllegalStateException("this health check has no smoke request");
        }
        String path = smokePath;
        if (path.isEmpty()) {
            path = protocol == ServingProtocol.MLFLOW ? "/invocations" : "/v2/models/" + encodedModel() + "/infer";
        }
        return ProbeRequest.post(join(baseUrl, path), smokeRequest, timeoutMillis);
    }

    private ProbeRequest get(String baseUrl, String path) {
        return ProbeRequest.get(join(baseUrl, path), timeoutMillis);
    }

    private String encodedModel() {
        return URLEncoder.encode(modelName, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String join(String baseUrl, String path) {
        return (baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl) + path;
    }

    private static void path(String what, String value) {
        Checks.text(what, value, 2048);
        // "//host" would leave the endpoint's origin.
        if (!value.isEmpty() && (!value.startsWith("/") || value.startsWith("//") || value.contains("\\"))) {
            throw new IllegalArgumentException(what + " must start with one '/'; found: " + Checks.quote(value));
        }
    }
}
