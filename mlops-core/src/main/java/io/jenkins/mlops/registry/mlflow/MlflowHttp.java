package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.http.ConnectFailure;
import io.jenkins.mlops.http.LimitedBody;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import io.jenkins.mlops.registry.mlflow.RemoteException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Calls one MLflow server: with deadlines, bounded answers, few retries, and credentials that never leave its origin.
 *
 * <p>A call has {@value #CALL_SECONDS} seconds, one that moves a file a second more for each {@value #BYTES_A_SECOND}
 * bytes. Calls that may be repeated without harm are repeated up to {@value #ATTEMPTS} times where time may heal the
 * failure: no answer, 429, 5xx; a {@code Retry-After} of at most {@value #LONGEST_PAUSE_MILLIS} ms is waited for, a
 * longer one is handed to the caller. A redirect is followed within the origin alone. While the breaker is open, calls
 * fail at once.
 */
final class MlflowHttp {
    static final int ATTEMPTS = 3;
    static final int CALL_SECONDS = 30;
    static final int BYTES_A_SECOND = 256 * 1024;
    static final long LONGEST_PAUSE_MILLIS = 5_000;

    private static final int MAX_ANSWER = 16_000_000;
    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> KEEPING_THE_VERB = Set.of(307, 308);
    private static final long[] PAUSES = {200, 1_000};

    private final ServerAddress address;
    private final Supplier<RemoteCredentials> credentials;
    private final Predicate<URI> allowed;
    private final Breaker breaker;
    private final Clock clock;
    private final Pauses pauses;
    private final Duration patience;
    private volatile String lastFailure = "";
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** Waits between two attempts. */
    interface Pauses {
        void pause(long millis) throws InterruptedException;
    }

    /**
     * @param credentials asked anew for every call, so that a changed secret is used at once
     * @param allowed whether an address may be called; asked for every call and every redirect
     * @param patience how long a call may take, files aside
     */
    MlflowHttp(
            ServerAddress address,
            Supplier<RemoteCredentials> credentials,
            Predicate<URI> allowed,
            Clock clock,
            Pauses pauses,
            Duration patience) {
        this.address = address;
        this.credentials = credentials;
        this.allowed = allowed;
        this.clock = clock;
        this.pauses = pauses;
        this.patience = patience;
        breaker = new Breaker(clock);
    }

    ServerAddress address() {
        return address;
    }

    /** An answer as text. */
    record Answer(int status, String type, String body) {}

    private record Call(
            String verb,
            URI target,
            @CheckForNull HttpRequest.BodyPublisher body,
            String bodyType,
            Duration patience,
            @CheckForNull OutputStream sink,
            long most,
            boolean repeatable) {}

    JsonNode get(String path, Map<String, String> query) throws IOException, InterruptedException {
        return json(exchange(call("GET", path, query, null, true)));
    }

    /** A change that may be made twice without harm, as when a tag is set. */
    JsonNode put(String verb, String path, Object body) throws IOException, InterruptedException {
        return json(exchange(call(verb, path, Map.of(), body, true)));
    }

    /** A change that makes something anew each time: never repeated from here. */
    JsonNode create(String path, Object body) throws IOException, InterruptedException {
        return json(exchange(call("POST", path, Map.of(), body, false)));
    }

    /** A text such as a version, whatever its type. */
    Answer text(String path) throws IOException, InterruptedException {
        return exchange(call("GET", path, Map.of(), null, true));
    }

    /** Asks once, without waiting for what may heal. */
    JsonNode probe(String path, Map<String, String> query) throws IOException, InterruptedException {
        return json(exchange(call("GET", path, query, null, false)));
    }

    /** Sends a file, once. */
    void upload(String path, HttpRequest.BodyPublisher body, long bytes) throws IOException, InterruptedException {
        Answer answer = exchange(new Call(
                "PUT",
                address.resolve(path, Map.of()),
                body,
                "application/octet-stream",
                patience(bytes),
                null,
                MAX_ANSWER,
                false));
        json(answer);
    }

    /** Receives a file of at most so many bytes. @return how many there were */
    long download(String path, OutputStream sink, long most) throws IOException, InterruptedException {
        Answer answer =
                exchange(new Call("GET", address.resolve(path, Map.of()), null, "", patience(most), sink, most, false));
        return Long.parseLong(answer.body());
    }

    private Duration patience(long bytes) {
        return patience.plusSeconds(bytes / BYTES_A_SECOND);
    }

    private Call call(
            String verb, String path, Map<String, String> query, @CheckForNull Object body, boolean repeatable) {
        HttpRequest.BodyPublisher publisher =
                body == null ? null : HttpRequest.BodyPublishers.ofString(Json.write(body), StandardCharsets.UTF_8);
        return new Call(
                verb,
                address.resolve(path, query),
                publisher,
                "application/json",
                patience,
                null,
                MAX_ANSWER,
                repeatable);
    }

    private Answer exchange(Call call) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            long wait = breaker.remainingMillis();
            if (wait > 0) {
                throw new RemoteException(
                        Kind.UNREACHABLE,
                        "The MLflow server " + address.base() + " failed several times in a row; it is left alone for "
                                + (wait + 999) / 1_000 + " s more. Last: " + lastFailure,
                        wait,
                        null);
            }
            try {
                Answer answer = attempt(call);
                breaker.succeeded();
                return answer;
            } catch (RemoteException e) {
                if (!e.heals()) {
                    breaker.succeeded();
                    throw e;
                }
                breaker.failed();
                lastFailure = String.valueOf(e.getMessage());
                long pause =
                        attempt <= PAUSES.length ? Math.max(PAUSES[attempt - 1], e.retryAfterMillis()) : Long.MAX_VALUE;
                if (!call.repeatable() || attempt == ATTEMPTS || pause > LONGEST_PAUSE_MILLIS) {
                    throw e;
                }
                pauses.pause(pause);
            }
        }
    }

    private Answer attempt(Call call) throws IOException, InterruptedException {
        URI target = call.target();
        for (int redirects = 0; ; redirects++) {
            HttpResponse<Answer> response = send(call, target);
            Answer answer = response.body();
            String location = response.headers().firstValue("location").orElse(null);
            if (!REDIRECTS.contains(answer.status()) || location == null) {
                Failures.refuse(answer, response.headers(), address.base(), clock);
                return answer;
            }
            URI next = ServerAddress.redirected(target, location);
            if (next == null || !ServerAddress.origin(next).equals(ServerAddress.origin(target))) {
                throw new RemoteException(
                        Kind.DENIED,
                        "The MLflow server " + address.base() + " redirects to "
                                + (next == null ? "an address that can't be read" : ServerAddress.origin(next))
                                + ", which is not followed with its credentials: configure the final address");
            }
            boolean keepsVerb = call.verb().equals("GET") || KEEPING_THE_VERB.contains(answer.status());
            if (!keepsVerb || redirects == MAX_REDIRECTS) {
                throw new RemoteException(
                        Kind.DENIED,
                        "The MLflow server " + address.base() + " redirects "
                                + (keepsVerb
                                        ? "again and again"
                                        : "a " + call.verb() + " (HTTP " + answer.status() + ")")
                                + ": configure the final address");
            }
            target = next;
        }
    }

    private HttpResponse<Answer> send(Call call, URI target) throws IOException, InterruptedException {
        if (!allowed.test(target)) {
            throw new RemoteException(
                    Kind.DENIED,
                    "The controller may not call " + ServerAddress.origin(target)
                            + ": an administrator has to add the host to the allowed hosts");
        }
        CompletableFuture<HttpResponse<Answer>> exchange =
                client.sendAsync(request(call, target), info -> body(info, call));
        try {
            return exchange.get(call.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RemoteException(
                    Kind.UNREACHABLE,
                    "The MLflow server " + address.base() + " did not answer " + call.verb() + " " + target.getPath()
                            + " within " + call.patience().toSeconds() + " s",
                    0,
                    e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new RemoteException(
                    Kind.UNREACHABLE,
                    "The MLflow server " + address.base() + " can't be reached: " + ConnectFailure.reason(cause),
                    0,
                    cause);
        } finally {
            exchange.cancel(true);
        }
    }

    private HttpRequest request(Call call, URI target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(call.patience())
                .header("Accept", "application/json, */*;q=0.5")
                .header("User-Agent", "Jenkins-MLOps");
        if (call.body() == null) {
            request.method(call.verb(), HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(call.verb(), call.body()).header("Content-Type", call.bodyType());
        }
        String authorization = credentials.get().header();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private static HttpResponse.BodySubscriber<Answer> body(HttpResponse.ResponseInfo info, Call call) {
        String type = info.headers().firstValue("content-type").orElse("");
        OutputStream sink = call.sink();
        if (sink != null && info.statusCode() == 200) {
            return HttpResponse.BodySubscribers.mapping(
                    LimitedBody.refusing(call.most(), LimitedBody.into(sink)),
                    received -> new Answer(info.statusCode(), type, String.valueOf(received.bytes())));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return HttpResponse.BodySubscribers.mapping(
                LimitedBody.refusing(MAX_ANSWER, LimitedBody.into(bytes)),
                received -> new Answer(info.statusCode(), type, bytes.toString(StandardCharsets.UTF_8)));
    }

    private JsonNode json(Answer answer) throws RemoteException {
        try {
            JsonNode tree = Json.tree(answer.body());
            if (tree.isObject()) {
                return tree;
            }
        } catch (JsonException e) {
            throw new RemoteException(Kind.UNREACHABLE, notMlflow(answer), 0, e);
        }
        throw new RemoteException(Kind.UNREACHABLE, notMlflow(answer));
    }

    private String notMlflow(Answer answer) {
        return "Expected a JSON object from the MLflow server " + address.base() + ", found "
                + (answer.type().isBlank() ? "something else" : answer.type())
                + ": is it an MLflow server, and no log-in page before it?";
    }
}
