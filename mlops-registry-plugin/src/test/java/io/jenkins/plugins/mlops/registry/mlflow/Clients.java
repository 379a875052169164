package io.jenkins.plugins.mlops.registry.mlflow;

import hudson.model.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jvnet.hudson.test.JenkinsRule;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** Clients of MLflow's API, as a user with an API token or with a bearer token. */
final class Clients {
    /** One for each controller: the next one may get the port of the last, whose connections are dead. */
    private static final Map<JenkinsRule, HttpClient> HTTP = Collections.synchronizedMap(new WeakHashMap<>());

    private Clients() {}

    static String host(JenkinsRule j) {
        try {
            return j.getURL() + "mlops";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** MLflow's own client, logged in by an API token. */
    static MlflowClient of(JenkinsRule j, String user) {
        return new MlflowClient(new BasicMlflowHostCreds(host(j), user, j.createApiToken(User.getById(user, true))));
    }

    /** MLflow's own client with a bearer token. */
    static MlflowClient bearer(JenkinsRule j, String token) {
        return new MlflowClient(new BasicMlflowHostCreds(host(j), token));
    }

    static String basic(JenkinsRule j, String user) {
        String pair = user + ":" + j.createApiToken(User.getById(user, true));
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** A request below {@code mlops/}, sent as it is. @param authorization empty for none */
    static HttpResponse<String> send(JenkinsRule j, String authorization, String verb, String path, String body)
            throws IOException, InterruptedException {
        return send(HTTP.computeIfAbsent(j, rule -> HttpClient.newHttpClient()), j, authorization, verb, path, body);
    }

    /** As {@link #send}, over a connection of its own: a server may close one whose address it could not read. */
    static HttpResponse<String> sendAlone(JenkinsRule j, String authorization, String verb, String path, String body)
            throws IOException, InterruptedException {
        return send(HttpClient.newHttpClient(), j, authorization, verb, path, body);
    }

    private static HttpResponse<String> send(
            HttpClient client, JenkinsRule j, String authorization, String verb, String path, String body)
            throws IOException, InterruptedException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(new URI(host(j) + "/" + path))
                    .method(
                            verb,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json");
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
