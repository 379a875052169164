package io.jenkins.mlops.monitor.bucket;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where logs are in an object store, as people write it: {@code s3://bucket/prefix}.
 *
 * @param bucket the bucket's name
 * @param prefix what the keys begin with: empty for all of the bucket, else with {@code /} at its end, so that
 *     {@code logs} doesn't mean {@code logs-of-others}
 */
public record BucketLocation(String bucket, String prefix) {
    private static final String SCHEME = "s3://";
    private static final Pattern TEXT = Pattern.compile("s3://([A-Za-z0-9][A-Za-z0-9._-]{1,254})(?:/(.*))?");
    private static final int MOST = 900;

    /** Whether a text means a place in an object store. */
    public static boolean is(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * Reads such a text.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static BucketLocation of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected s3://bucket/prefix, found '" + text + "'");
        }
        String prefix = matcher.group(2) == null ? "" : matcher.group(2);
        if (prefix.length() > MOST) {
            throw new IllegalArgumentException(
                    "expected a prefix of at most " + MOST + " characters, found " + prefix.length());
        }
        return new BucketLocation(matcher.group(1), prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    }

    @Override
    public String toString() {
        return SCHEME + bucket + "/" + prefix;
    }
}
