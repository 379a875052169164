package io.jenkins.mlops.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
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

    /** Takes an answer's bytes in order. */
    @FunctionalInterface
    public interface Sink {
        /** Takes all that remains in the buffer. */
        void accept(ByteBuffer bytes);
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
    public Answer send(HttpRequest request, Sink sink) throws IOException, InterruptedException {
        String what = request.method() + " " + place(request.uri());
        CompletableFuture<HttpResponse<Long>> exchange =
                Client.INSTANCE.sendAsync(request, info -> new Limited(info.statusCode() == 200 ? sink : bytes -> {}));
        try {
            HttpResponse<Long> response = exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.headers(), response.body());
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
            if (inner instanceof TooLongException tooLong) {
                return new IOException(what + " was answered with more than " + tooLong.limit + " bytes", cause);
            }
        }
        if (cause instanceof ConnectException) {
            return new IOException(what + " failed: nothing answers there (connection refused or host unknown)", cause);
        }
        String text =
                String.valueOf(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        return new IOException(what + " failed: " + text.replaceAll("\\p{C}", "?"), cause);
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

    private static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
        private final long limit;

        TooLongException(long limit) {
            this.limit = limit;
        }
    }

    private final class Limited implements HttpResponse.BodySubscriber<Long> {
        private final CompletableFuture<Long> result = new CompletableFuture<>();
        private final Sink sink;
        private long length;
        private Flow.Subscription subscription;

        Limited(Sink sink) {
            this.sink = sink;
        }

        @Override
        public CompletionStage<Long> getBody() {
            return result;
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                length += buffer.remaining();
                if (length > maxBytes) {
                    subscription.cancel();
                    result.completeExceptionally(new TooLongException(maxBytes));
                    return;
                }
                sink.accept(buffer);
            }
        }

        @Override
        public void onError(Throwable failure) {
            result.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            result.complete(length);
        }
    }
}
