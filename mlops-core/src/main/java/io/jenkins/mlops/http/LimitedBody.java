package io.jenkins.mlops.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Receives an answer's body up to a size, beyond which the connection is given up. */
public final class LimitedBody implements HttpResponse.BodySubscriber<LimitedBody.Received> {
    private final long most;
    private final boolean cut;
    private final Sink sink;
    private final CompletableFuture<Received> result = new CompletableFuture<>();

    private Flow.Subscription subscription;
    private long bytes;

    /** Takes an answer's bytes in order. */
    @FunctionalInterface
    public interface Sink {
        /** Takes all that remains in the buffer. */
        void accept(ByteBuffer bytes) throws IOException;
    }

    /**
     * What became of a body.
     *
     * @param bytes how many were handed on
     * @param truncated whether there were more
     */
    public record Received(long bytes, boolean truncated) {}

    /** Says that a body was longer than expected. */
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
        private final long limit;

        TooLongException(long limit) {
            super("the answer has more than " + limit + " bytes");
            this.limit = limit;
        }

        /** Most bytes that were expected. */
        public long limit() {
            return limit;
        }
    }

    private LimitedBody(long most, boolean cut, Sink sink) {
        this.most = most;
        this.cut = cut;
        this.sink = sink;
    }

    /** Fails with a {@link TooLongException} when there are more than {@code most} bytes. */
    public static LimitedBody refusing(long most, Sink sink) {
        return new LimitedBody(most, false, sink);
    }

    /** Keeps the first {@code most} bytes, and leaves the rest. */
    public static LimitedBody truncating(long most, Sink sink) {
        return new LimitedBody(most, true, sink);
    }

    /** Writes what comes to a stream, which it doesn't close. */
    public static Sink into(OutputStream out) {
        return buffer -> {
            byte[] copy = new byte[buffer.remaining()];
            buffer.get(copy);
            out.write(copy);
        };
    }

    @Override
    public CompletionStage<Received> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        try {
            for (ByteBuffer buffer : buffers) {
                if (result.isDone()) {
                    return; // what was under way when the connection was given up
                }
                take(buffer);
            }
        } catch (IOException e) {
            subscription.cancel();
            result.completeExceptionally(e);
        }
    }

    private void take(ByteBuffer buffer) throws IOException {
        long room = most - bytes;
        boolean tooLong = buffer.remaining() > room;
        if (tooLong && !cut) {
            throw new TooLongException(most);
        }
        if (tooLong) {
            buffer.limit(buffer.position() + (int) room);
        }
        bytes += buffer.remaining();
        sink.accept(buffer);
        if (tooLong) {
            subscription.cancel();
            result.complete(new Received(bytes, true));
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(new Received(bytes, false));
    }
}
