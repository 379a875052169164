package io.jenkins.mlops.registry.mlflow;

import io.jenkins.mlops.registry.mlflow.RemoteException.Kind;
import java.io.IOException;
import java.util.Map;

/**
 * What an MLflow server offers, found by asking it: by its version, and by what it answers to calls that change nothing.
 *
 * @param version its version; {@code 1.x} for those that don't tell theirs
 * @param aliases whether it knows aliases (2.3 and later); else stages are used
 * @param artifacts whether it takes and hands out files itself ({@code mlflow server --serve-artifacts})
 * @param webhooks whether it can send webhooks (3.3 and later, with a database)
 */
public record Capabilities(String version, boolean aliases, boolean artifacts, boolean webhooks) {
    private static final String PROBE = "mlops-capability-probe";

    static Capabilities detect(MlflowHttp http) throws IOException, InterruptedException {
        String version = version(http);
        boolean aliases =
                offered(http, MlflowClient.API + "registered-models/alias", Map.of("name", PROBE, "alias", PROBE));
        boolean artifacts = offered(http, MlflowClient.ARTIFACTS, Map.of("path", PROBE));
        boolean webhooks = offered(http, MlflowClient.API + "webhooks", Map.of("max_results", "1"));
        return new Capabilities(version, aliases, artifacts, webhooks);
    }

    /** Servers of 1.x don't know the address; proxies may answer it with a page. */
    private static String version(MlflowHttp http) throws IOException, InterruptedException {
        try {
            String text = http.text("/version").body().strip();
            return text.matches("[0-9][0-9A-Za-z.+-]{0,40}") ? text : "1.x";
        } catch (RemoteException e) {
            if (e.kind() == Kind.NOT_OFFERED || e.kind() == Kind.MISSING) {
                return "1.x";
            }
            throw e;
        }
    }

    private static boolean offered(MlflowHttp http, String path, Map<String, String> query)
            throws IOException, InterruptedException {
        try {
            http.probe(path, query);
            return true;
        } catch (RemoteException e) {
            return switch (e.kind()) {
                // A JSON error is an answer: the call is known, what was asked for is not there.
                case MISSING, REFUSED, EXISTS -> true;
                case NOT_OFFERED -> false;
                case OVERLOADED -> {
                    if (isSwitchedOff(e, path)) {
                        yield false;
                    }
                    throw e;
                }
                case UNREACHABLE, DENIED -> throw e;
            };
        }
    }

    /** A server that takes no files says so with 503; one whose store can't keep webhooks, with 500 or 501. */
    private static boolean isSwitchedOff(RemoteException e, String path) {
        return path.endsWith("/webhooks") || String.valueOf(e.getMessage()).contains("serve-artifacts");
    }

    /** One line for people. */
    public String display() {
        return "MLflow " + version + ", " + (aliases ? "aliases" : "stages instead of aliases") + ", "
                + (artifacts ? "takes files" : "takes no files") + ", "
                + (webhooks ? "sends webhooks" : "sends no webhooks");
    }
}
