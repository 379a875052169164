package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The checks that the records of this package share: values may come from agents, which are not trusted. */
final class Checks {
    static final int MAX_NAME = 4096;
    private static final String PREFIX = "sha256:";

    private Checks() {}

    static void require(boolean holds, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("Expected " + expected + ", found " + shown(found) + ".");
        }
    }

    static String text(@CheckForNull String value, String what, int maxLength) {
        require(value != null && value.length() <= maxLength, what + " of at most " + maxLength + " characters", value);
        return value;
    }

    static String name(@CheckForNull String value, String what) {
        require(value != null && !value.isEmpty(), what, value);
        return text(value, what, MAX_NAME);
    }

    static void sha256(@CheckForNull String digest) {
        boolean holds = digest != null && digest.length() == PREFIX.length() + 64 && digest.startsWith(PREFIX);
        for (int i = PREFIX.length(); holds && i < digest.length(); i++) {
            char c = digest.charAt(i);
            holds = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
        }
        require(holds, "a digest sha256:<64 lower-case hexadecimal digits>", digest);
    }

    static <T> List<T> list(@CheckForNull List<T> values, String what, int max) {
        if (values == null) {
            throw new IllegalArgumentException("Expected " + what + ", found none.");
        }
        require(values.size() <= max, "at most " + max + " " + what, values.size());
        List<T> copy = new ArrayList<>(values);
        require(!copy.contains(null), what + " without a null", "one");
        return Collections.unmodifiableList(copy);
    }

    private static String shown(@CheckForNull Object found) {
        String text = String.valueOf(found);
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
