package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which objects of a bucket were read, beside the positions in them: it says which need not be fetched again.
 *
 * @param forgottenMillis objects that were stored by then, in milliseconds since 1970, and are not in {@code objects}
 *     have been read as well; 0 for none
 * @param objects those remembered
 */
public record BucketState(long forgottenMillis, List<ReadObject> objects) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Logs that are not in a bucket, or not read yet. */
    public static final BucketState NONE = new BucketState(0, List.of());

    public BucketState {
        Expect.notNegative(forgottenMillis, "a time in milliseconds");
        objects = Expect.list(objects, "objects", ReadingState.FILES);
        Set<String> paths = new HashSet<>();
        for (ReadObject object : objects) {
            Expect.that(paths.add(object.path()), "each object once", object.path());
        }
    }
}
