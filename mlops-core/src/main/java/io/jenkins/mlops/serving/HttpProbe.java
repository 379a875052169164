package io.jenkins.mlops.serving;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.http.ConnectFailure;
import io.jenkins.mlops.http.LimitedBody;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Sends single HTTP requests with tight limits: a deadline for the whole exchange, {@value #MAX_BODY} bytes of body, and
 * no redirect to another origin.
 *
 * <p>A redirect within the origin is followed up to {@value #MAX_REDIRECTS} times for a {@code GET}, never for a {@code
 * POST}. Failures are results, not exceptions.
 */
public final class HttpProbe {
    /** Most bytes of an answer that are kept. */
    public static final int MAX_BODY = 64 * 1024;

    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Predicate<URI> allowed;

    /** Creates a probe that may ask any http or https address. */
    public HttpProbe() {
        this(address -> true);
    }

    /**
     * Creates a probe that asks allowed addresses only.
     *
     * @param allowed tells whether an address may be asked; asked again for every redirect
     */
    public HttpProbe(Predicate<URI> allowed) {
        this.allowed = allowed;
    }

    /** Sends the request and waits for the answer, at most as long as the request says. */
    public ProbeResult probe(ProbeRequest request) throws InterruptedException {
        return probe(request, Map.of());
    }

    /**
     * Sends the request with secret headers, which are in no record and no message.
     *
     * @param secretHeaders headers such as {@code Authorization}
     */
    public ProbeResult probe(ProbeRequest request, Map<String, String> secretHeaders) throws InterruptedException {
        long begin = System.nanoTime();
        URI target = URI.create(request.url());
        for (int redirects = 0; ; redirects++) {
            if (!allowed.test(target)) {
                return failed(
                        begin, "the address " + origin(target) + " isn't allowed; ask an administrator to add it");
            }
            long left = request.timeoutMillis() - elapsed(begin);
            if (left <= 0) {
                return failed(begin, timeoutMessage(request));
            }
            HttpRequest built;
            try {
                built = build(request, target, secretHeaders, left);
            } catch (IllegalArgumentException e) {
                return failed(begin, request + " couldn't be sent: " + e.getMessage());
            }
            CompletableFuture<HttpResponse<Body>> exchange = Client.INSTANCE.sendAsync(built, info -> body());
            HttpResponse<Body> response;
            try {
                response = exchange.get(left, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return failed(begin, timeoutMessage(request));
            } catch (ExecutionException e) {
                return failed(begin, describe(request, target, e.getCause()));
            } finally {
                exchange.cancel(true);
            }
            if (response.statusCode() < 100 || response.statusCode() > 599) {
                return failed(
                        begin,
                        request + " was answered with status " + response.statusCode()
                                + ", which HTTP doesn't have: something else than a web server listens there");
            }
            String location = response.headers().firstValue("location").orElse(null);
            if (!REDIRECTS.contains(response.statusCode()) || location == null) {
                Body body = response.body();
                return new ProbeResult(response.statusCode(), body.text(), body.truncated(), elapsed(begin), "");
            }
            URI next = resolve(target, location);
            if (next == null || !origin(next).equals(origin(target))) {
                return failed(
                        begin,
                        request + " was redirected to another origin (" + (next == null ? "no URL" : origin(next))
                                + "), which isn't followed: name the final address");
            }
            if (request.method().equals("POST") || redirects >= MAX_REDIRECTS) {
                return failed(
                        begin,
                        request + " was redirected (HTTP " + response.statusCode()
                                + "), which isn't followed " + (redirects >= MAX_REDIRECTS ? "so often" : "for a POST")
                                + ": name the final address");
            }
            target = next;
        }
    }

    private static HttpRequest build(ProbeRequest request, URI target, Map<String, String> secret, long millis) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target)
                .timeout(Duration.ofMillis(millis))
                .header("Accept", "application/json, text/plain;q=0.9, */*;q=0.1");
        if (request.body() == null) {
            builder.GET();
        } else {
            builder.header("Content-Type", "application/json");
            builder.POST(HttpRequest.BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8));
        }
        request.headers().forEach(builder::setHeader);
        for (Map.Entry<String, String> header : secret.entrySet()) {
            try {
                builder.setHeader(header.getKey(), header.getValue());
            } catch (IllegalArgumentException e) {
                // The message of the JDK quotes the value.
                throw new IllegalArgumentException("the value of the secret header " + header.getKey()
                        + " holds characters that HTTP doesn't allow");
            }
        }
        return builder.build();
    }

    private static String describe(ProbeRequest request, URI target, @CheckForNull Throwable failure) {
        if (failure instanceof java.net.http.HttpConnectTimeoutException
                || failure instanceof java.net.http.HttpTimeoutException) {
            return timeoutMessage(request);
        }
        if (failure instanceof ConnectException) {
            return "nothing answers at " + origin(target) + " (connection refused or host unknown)";
        }
        return Checks.clip(
                request + " failed: " + (failure == null ? "unknown" : ConnectFailure.reason(failure)), 2_000);
    }

    private static String timeoutMessage(ProbeRequest request) {
        return request + " wasn't answered within " + request.timeoutMillis() + " ms";
    }

    private static ProbeResult failed(long begin, String error) {
        return new ProbeResult(0, "", false, elapsed(begin), Checks.clip(error, 4_000));
    }

    private static long elapsed(long begin) {
        return Math.max(0, (System.nanoTime() - begin) / 1_000_000);
    }

    @CheckForNull
    private static URI resolve(URI base, String location) {
        try {
            URI next = base.resolve(location);
            boolean http = "http".equalsIgnoreCase(next.getScheme()) || "https".equalsIgnoreCase(next.getScheme());
            return http && next.getHost() != null ? next : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns scheme, host and port, in lower case, with the scheme's usual port filled in. */
    static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(java.util.Locale.ROOT);
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(address.getHost()).toLowerCase(java.util.Locale.ROOT) + ":" + port;
    }

    /** Made on first use, and one for all: a client holds a thread for its life. */
    private static final class Client {
        static final HttpClient INSTANCE = HttpClient.newBuilder()
                // An attempt to upgrade to HTTP/2 upsets small servers.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
    }

    /** What was kept of a body. */
    private record Body(String text, boolean truncated) {}

    private static HttpResponse.BodySubscriber<Body> body() {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        return HttpResponse.BodySubscribers.mapping(
                LimitedBody.truncating(MAX_BODY, LimitedBody.into(kept)),
                received -> new Body(kept.toString(StandardCharsets.UTF_8), received.truncated()));
    }
}
