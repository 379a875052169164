package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * An object of a bucket as it was when it was last read.
 *
 * @param path its key below the prefix
 * @param etag its entity tag: another one means other content
 * @param bytes its size
 * @param storedMillis when it was stored, by the store's clock, in milliseconds since 1970
 */
public record ReadObject(String path, String etag, long bytes, long storedMillis) implements Serializable {
    private static final long serialVersionUID = 1L;

    public ReadObject {
        Expect.name(path, "a path");
        Expect.text(etag, "an entity tag", Expect.NAME);
        Expect.notNegative(bytes, "a size");
        Expect.notNegative(storedMillis, "a time in milliseconds");
    }
}
