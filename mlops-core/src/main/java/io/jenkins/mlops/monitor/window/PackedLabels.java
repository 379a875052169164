package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Labels as they travel and are kept: packed, by a hash of their ids. Only an agent looks into them.
 *
 * @param bytes what {@code Labels} wrote; empty for none
 */
public record PackedLabels(byte[] bytes) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most bytes: a million labels take some 15 million. */
    public static final int BYTES = 64_000_000;

    /** No labels. */
    public static final PackedLabels NONE = new PackedLabels(new byte[0]);

    public PackedLabels {
        bytes = Objects.requireNonNull(bytes, "bytes").clone();
        Expect.that(bytes.length <= BYTES, "at most " + BYTES + " bytes of labels", "more");
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedLabels that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "labels in " + bytes.length + " bytes";
    }
}
