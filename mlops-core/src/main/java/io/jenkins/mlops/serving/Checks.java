package io.jenkins.mlops.serving;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks of values that come from Jenkinsfiles and agents, shared by the records of this package. */
final class Checks {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,255}");
    static final int TEXT = 8 * 1024;

    private Checks() {}

    /** Returns a name that is also a safe file name: no separator, no leading dot, no {@code ..}. */
    static String name(String what, @CheckForNull String value) {
        if (value == null || !NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " must be 1 to 128 letters, digits, '.', '_' or '-', and start"
                    + " with a letter or a digit; found: " + quote(value));
        }
        return value;
    }

    /** Returns the text, which may be empty but holds at most {@code max} characters and no NUL. */
    static String text(String what, @CheckForNull String value, int max) {
        if (value == null) {
            throw new IllegalArgumentException(what + " is missing");
        }
        if (value.length() > max) {
            throw new IllegalArgumentException(
                    what + " may hold at most " + max + " characters; found " + value.length());
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " holds a NUL character; remove it");
        }
        return value;
    }

    static long range(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " must lie between " + min + " and " + max + "; found " + value);
        }
        return value;
    }

    static List<String> texts(String what, @CheckForNull List<String> values, int maxSize, int maxLength) {
        if (values == null) {
            throw new IllegalArgumentException(what + " is missing");
        }
        if (values.size() > maxSize) {
            throw new IllegalArgumentException(
                    what + " may have at most " + maxSize + " entries; found " + values.size());
        }
        List<String> copy = new ArrayList<>(values.size());
        for (String value : values) {
            copy.add(text("an entry of " + what, value, maxLength));
        }
        return Collections.unmodifiableList(copy);
    }

    static Map<String, String> variables(String what, @CheckForNull Map<String, String> values) {
        if (values == null) {
            throw new IllegalArgumentException(what + " is missing");
        }
        range("the number of entries of " + what, values.size(), 0, 256);
        Map<String, String> copy = new TreeMap<>();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (entry.getKey() == null || !VARIABLE.matcher(entry.getKey()).matches()) {
                throw new IllegalArgumentException("the name of an environment variable must be letters, digits and"
                        + " '_', not starting with a digit; found: " + quote(entry.getKey()));
            }
            copy.put(entry.getKey(), text("the variable " + entry.getKey(), entry.getValue(), 32 * 1024));
        }
        return Collections.unmodifiableMap(copy);
    }

    /** Returns an absolute http or https address without user information and fragment. */
    static URI address(String what, @CheckForNull String value) {
        URI uri;
        try {
            uri = new URI(text(what, value, TEXT));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(what + " must be an http or https URL; found: " + quote(value), e);
        }
        String scheme = uri.getScheme();
        if (!("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    what + " must be an http or https URL with a host; found: " + quote(value));
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(what + " must hold no user, password or fragment: pass secrets as"
                    + " credentials; found one in the URL of host " + uri.getHost());
        }
        return uri;
    }

    /** Shows a value in a message: on one line, printable, clipped. */
    static String quote(@CheckForNull String value) {
        return value == null ? "nothing" : "'" + clip(value.replaceAll("\\p{C}", "?"), 120) + "'";
    }

    static String clip(String value, int max) {
        return value.length() <= max ? value : value.substring(0, max) + "... (" + value.length() + " characters)";
    }
}
