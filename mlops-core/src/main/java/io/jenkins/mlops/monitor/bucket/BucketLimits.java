package io.jenkins.mlops.monitor.bucket;

import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.window.ReadingState;
import java.io.Serializable;

/**
 * What a look at a bucket may take.
 *
 * @param objects the most objects that one look reads; further ones wait for the next
 * @param bytes the most bytes of them, and of one object
 * @param keptBytes how many bytes of objects that were read are kept on the machine, to be joined with labels
 * @param remembered how many objects are remembered one by one; older ones are known by the time until which all were
 *     read
 */
public record BucketLimits(int objects, long bytes, long keptBytes, int remembered) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 2,000 objects and 4 GiB a look, 4 GiB kept, 4,000 objects remembered. */
    public static final BucketLimits DEFAULT = new BucketLimits(2_000, 4L << 30, 4L << 30, 4_000);

    public BucketLimits {
        int most = ReadingState.FILES / 2;
        Expect.that(objects >= 1 && objects <= most, "1 to " + most + " objects", objects);
        Expect.that(remembered >= 0 && remembered <= most, "0 to " + most + " objects", remembered);
        Expect.that(bytes >= 1, "1 byte or more", bytes);
        Expect.notNegative(keptBytes, "bytes to keep");
    }
}
