package io.jenkins.mlops.monitor.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Where an endpoint's metrics are, and how they are fetched: no redirect, {@value #MOST} bytes, a deadline for the whole.
 *
 * @param url an http(s) URL
 * @param rules which metrics are kept of what comes
 * @param timeoutMillis time for the whole exchange
 */
public record MetricsAddress(String url, EndpointRules rules, long timeoutMillis) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most bytes of a scrape. */
    public static final int MOST = 16 << 20;

    /** @throws IllegalArgumentException when that is no http(s) URL */
    public MetricsAddress {
        URI address = URI.create(url);
        boolean http = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        if (!http || address.getHost() == null) {
            throw new IllegalArgumentException("Expected metrics at an http(s) URL, found '" + url + "'.");
        }
    }

    /** As {@link #fetch(Predicate, String, long)}, without a token. */
    public Scrape fetch(Predicate<URI> allowed, long nowMillis) throws IOException, InterruptedException {
        return fetch(allowed, "", nowMillis);
    }

    /**
     * Fetches them from here; what the rules don't ask for is dropped at once.
     *
     * @param allowed tells whether an address may be asked
     * @param token sent as bearer token; empty for none. No message of a failure tells it.
     * @param nowMillis what time it is
     * @throws IOException saying why they didn't come
     */
    public Scrape fetch(Predicate<URI> allowed, String token, long nowMillis) throws IOException, InterruptedException {
        URI address = URI.create(url);
        if (!allowed.test(address)) {
            throw new IOException("The address of the metrics, " + address.getHost()
                    + ", isn't allowed from the controller: an administrator adds it, or name the agent by label.");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofMillis(timeoutMillis))
                .header("Accept", "text/plain;version=0.0.4;q=1,*/*;q=0.1")
                .GET();
        String secret = token.strip();
        if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            // The client would name the value that it refuses.
            throw new IOException("The secret for the metrics at " + url
                    + " can't be sent as a bearer token: expected visible ASCII characters, found another one.");
        }
        if (!secret.isEmpty()) {
            request.header("Authorization", "Bearer " + secret);
        }
        // The deadline is for the body, too, which a request's own timeout leaves out.
        CompletableFuture<HttpResponse<InputStream>> answer =
                Client.INSTANCE.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        CompletableFuture<String> exchange = answer.thenApplyAsync(MetricsAddress::body);
        try {
            return rules.relevant(PrometheusText.parse(exchange.get(timeoutMillis, TimeUnit.MILLISECONDS), nowMillis));
        } catch (TimeoutException e) {
            throw new IOException("The metrics at " + url + " didn't come within " + timeoutMillis + " ms.", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(
                    "The metrics at " + url + " didn't come: "
                            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
                    e);
        } finally {
            exchange.cancel(true);
            answer.thenAccept(MetricsAddress::close);
            answer.cancel(true);
        }
    }

    private static String body(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new IllegalStateException("answered with status " + response.statusCode() + ".");
            }
            byte[] bytes = in.readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw new IllegalStateException("more than " + MOST + " bytes.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Ends the reading of a body that comes too slowly. */
    private static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            // It is of no more use anyway.
            return;
        }
    }

    /** Made on first use, and one for all: a client holds a thread for its life. */
    private static final class Client {
        static final HttpClient INSTANCE = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }
}
