package io.jenkins.mlops.s3;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/** A real S3 server that checks signatures, over its memory store, on a loopback port. */
public final class S3Server implements AutoCloseable {
    /** Who may read. */
    public static final AccessKey KEY = new AccessKey("reader", "a secret/with+odd=characters");

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final BlobStoreContext store;
    private final S3Proxy server;

    public S3Server() throws Exception {
        store = ContextBuilder.newBuilder("transient")
                .credentials("x", "x")
                .overrides(new Properties())
                .build(BlobStoreContext.class);
        server = S3Proxy.builder()
                .blobStore(store.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY.id(), KEY.secret())
                .build();
        server.start();
        blobs().createContainerInLocation(null, "data");
    }

    /** What is in it. */
    public BlobStore blobs() {
        return store.getBlobStore();
    }

    /** Stores a text in the bucket {@code data}. */
    public void put(String key, String text) {
        blobs().putBlob("data", blobs().blobBuilder(key).payload(text).build());
    }

    /** Stores bytes in the bucket {@code data}. */
    public void put(String key, byte[] bytes) {
        blobs().putBlob("data", blobs().blobBuilder(key).payload(bytes).build());
    }

    public void remove(String key) {
        blobs().removeBlob("data", key);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** A bucket of it, asked by {@code key}. */
    public S3Bucket bucket(AccessKey key, String name) {
        return new S3Bucket(endpoint(), "us-east-1", name, key, Clock.systemUTC(), DEADLINE);
    }

    @Override
    public void close() throws Exception {
        server.stop();
        store.close();
    }
}
