package io.jenkins.mlops.webhook;

/** A token bucket: so many at once, and so many a minute. */
public final class RateLimit {
    private final int perMinute;
    private double tokens;
    private long lastMillis;

    /**
     * @param perMinute how many a minute, and how many at once; at least 1
     * @param nowMillis what time it is, in milliseconds of any clock that does not go back much
     */
    public RateLimit(int perMinute, long nowMillis) {
        if (perMinute < 1) {
            throw new IllegalArgumentException("expected a limit from 1 a minute, found " + perMinute);
        }
        this.perMinute = perMinute;
        this.tokens = perMinute;
        this.lastMillis = nowMillis;
    }

    /** Whether one more may come. */
    public synchronized boolean tryTake(long nowMillis) {
        // After a clock that was put back nothing is added until it has caught up with the new time.
        long passed = Math.max(0, nowMillis - lastMillis);
        tokens = Math.min(perMinute, tokens + passed * (perMinute / 60_000.0));
        lastMillis = nowMillis;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
