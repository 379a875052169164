package io.jenkins.mlops.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events that came lately, so that none is taken twice: bounded in number, kept as digests. Not safe for threads. */
public final class SeenEvents {
    /** How long an event is remembered, in milliseconds: longer than Alertmanager takes to repeat an alert by default. */
    public static final long KEPT_MILLIS = 7L * 24 * 3_600_000;

    /** The most events that are remembered; the oldest is forgotten for a new one. */
    public static final int MOST = 5_000;

    private final LinkedHashMap<String, Long> seen = new LinkedHashMap<>();

    /** Whether the event is new; it is remembered from now on. */
    public boolean add(String id, long nowMillis) {
        forget(nowMillis);
        String key = key(id);
        if (seen.containsKey(key)) {
            return false;
        }
        seen.put(key, nowMillis);
        if (seen.size() > MOST) {
            Iterator<String> oldest = seen.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    private void forget(long nowMillis) {
        Iterator<Map.Entry<String, Long>> oldest = seen.entrySet().iterator();
        while (oldest.hasNext() && oldest.next().getValue() < nowMillis - KEPT_MILLIS) {
            oldest.remove();
        }
    }

    /** What {@link #read} reads: a line for each event. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        seen.forEach((key, millis) -> lines.add(key + " " + millis));
        return lines;
    }

    /** The events of such lines; a line that was cut off is left out. */
    public static SeenEvents read(List<String> lines) {
        SeenEvents events = new SeenEvents();
        for (String line : lines) {
            if (line.matches("[0-9a-f]{64} \\d{1,15}") && events.seen.size() < MOST) {
                events.seen.put(line.substring(0, 64), Long.parseLong(line.substring(65)));
            }
        }
        return events;
    }

    private static String key(String id) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException x) {
            throw new IllegalStateException("every Java platform has SHA-256", x);
        }
    }
}
