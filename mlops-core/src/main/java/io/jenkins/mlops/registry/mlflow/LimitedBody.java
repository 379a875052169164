package io.jenkins.mlops.registry.mlflow;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Receives an answer's body into a stream, and ends the exchange when there is more of it than expected. */
final class LimitedBody implements HttpResponse.BodySubscriber<Long> {
    private final OutputStream sink;
    private final long most;
    private final CompletableFuture<Long> received = new CompletableFuture<>();

    private Flow.Subscription subscription;
    private long bytes;

    LimitedBody(OutputStream sink, long most) {
        this.sink = sink;
        this.most = most;
    }

    @Override
    public CompletionStage<Long> getBody() {
        return received;
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
                bytes += buffer.remaining();
                if (bytes > most) {
                    throw new IOException("the answer has more than " + most + " bytes");
                }
                byte[] copy = new byte[buffer.remaining()];
                buffer.get(copy);
                sink.write(copy);
            }
        } catch (IOException e) {
            subscription.cancel();
            received.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        received.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        received.complete(bytes);
    }
}
