package io.jenkins.mlops.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one HTTP request and takes the answer within limits: a deadline for the whole exchange, body included, and a
 * size beyond which the connection is given up. Redirects are not followed.
 */
public final class BoundedExchange {
    private final long maxBytes;
    private final Duration deadline;

    /**
     * @param maxBytes most bytes of an answer's body; what is longer is an error
     * @param deadline how long the whole exchange may take
     */
    public BoundedExchange(long maxBytes, Duration deadline) {
        if (maxBytes < 0 || deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException(
                    "expected a size from 0 and a deadline above 0, found " + maxBytes + " and " + deadline);
        }
        this.maxBytes = maxBytes;
        this.deadline = deadline;
    }

    /**
     * An answer without its body.
     *
     * @param status HTTP status
     * @param headers its headers
     * @param bytes how long the body was
     */
    public record Answer(int status, HttpHeaders headers, long bytes) {
        /** The first value of a header; null if there is none. */
        @CheckForNull
        public String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

    /**
     * Sends the request.
     *
     * @param sink takes the body of an answer with status 200; that of any other is read and dropped
     * @throws IOException naming the address without its query, when nothing answers, the deadline passes or the answer
     *     is too long
     */
    public Answer send(HttpRequest request, LimitedBody.Sink sink) throws IOException, InterruptedException {
        String what = request.method() + " " + place(request.uri());
        CompletableFuture<HttpResponse<LimitedBody.Received>> exchange = Client.INSTANCE.sendAsync(
                request, info -> LimitedBody.refusing(maxBytes, info.statusCode() == 200 ? sink : bytes -> {}));
        try {
            HttpResponse<LimitedBody.Received> response = exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(), response.headers(), response.body().bytes());
        } catch (TimeoutException x) {
            throw new IOException(what + " was not answered within " + deadline.toMillis() + " ms", x);
        } catch (ExecutionException x) {
            throw failure(what, x.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private static IOException failure(String what, Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof LimitedBody.TooLongException tooLong) {
                return new IOException(what + " was answered with more than " + tooLong.limit() + " bytes", cause);
            }
        }
        return new IOException(what + " failed: " + ConnectFailure.reason(cause), cause);
    }

    /** An address without user, query and fragment, where secrets may stand. */
    public static String place(URI address) {
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return origin(address) + path;
    }

    /** Scheme, host and port, in lower case, with the scheme's usual port filled in. */
    public static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(address.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** Made on first use, and one for all: a client holds a thread for its life. */
    private static final class Client {
        static final HttpClient INSTANCE = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
    }
}
