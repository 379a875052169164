package io.jenkins.mlops.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A fast 64-bit hash for sketches: well mixed, not cryptographic, the same on every machine. */
final class Hash64 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long K = 0x9E3779B97F4A7C15L;

    private Hash64() {}

    static long of(byte[] b, int from, int to) {
        long hash = (to - from) * K;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            hash = mix(hash ^ (long) LONGS.get(b, i));
        }
        long tail = 0;
        for (; i < to; i++) {
            tail = tail << 8 | b[i] & 0xFF;
        }
        return mix(mix(hash ^ tail));
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood, 2014). */
    private static long mix(long x) {
        long z = x + K;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
