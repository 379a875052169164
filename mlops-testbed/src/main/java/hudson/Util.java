package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small helpers of the whole system. */
public class Util {
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z0-9_]+|\\{[A-Za-z0-9_.]+\\}|\\$)");

    private Util() {}

    public static @CheckForNull String fixEmpty(@CheckForNull String s) {
        return s == null || s.isEmpty() ? null : s;
    }

    public static @CheckForNull String fixEmptyAndTrim(@CheckForNull String s) {
        return s == null ? null : fixEmpty(s.trim());
    }

    public static @NonNull String fixNull(@CheckForNull String s) {
        return fixNull(s, "");
    }

    public static @NonNull <T> T fixNull(@CheckForNull T s, @NonNull T defaultValue) {
        return s != null ? s : defaultValue;
    }

    public static @NonNull <T> List<T> filter(@NonNull Iterable<?> base, @NonNull Class<T> type) {
        List<T> r = new ArrayList<>();
        for (Object i : base) {
            if (type.isInstance(i)) {
                r.add(type.cast(i));
            }
        }
        return r;
    }

    @Nullable
    public static String replaceMacro(@CheckForNull String s, @NonNull Map<String, String> properties) {
        if (s == null) {
            return null;
        }
        Matcher m = VARIABLE.matcher(s);
        StringBuilder b = new StringBuilder();
        while (m.find()) {
            String key = m.group(1);
            String value = key.equals("$")
                    ? "$"
                    : properties.get(key.startsWith("{") ? key.substring(1, key.length() - 1) : key);
            m.appendReplacement(b, Matcher.quoteReplacement(value == null ? m.group() : value));
        }
        return m.appendTail(b).toString();
    }

    @NonNull
    public static String getDigestOf(@NonNull InputStream source) throws IOException {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[8192];
            for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
                md5.update(buffer, 0, n);
            }
            return toHexString(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("MD5 not installed", e);
        }
    }

    @NonNull
    public static String getDigestOf(@NonNull String text) {
        try {
            return getDigestOf(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new Error(e);
        }
    }

    public static String getHexOfSHA256DigestOf(byte[] input) {
        try {
            return toHexString(MessageDigest.getInstance("SHA-256").digest(input));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 not installed", e);
        }
    }

    @NonNull
    public static String toHexString(@NonNull byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @NonNull
    public static byte[] fromHexString(@NonNull String data) {
        return HexFormat.of().parseHex(data);
    }

    @NonNull
    public static String getTimeSpanString(long duration) {
        long[] units = {365L * 24 * 3600_000, 30L * 24 * 3600_000, 24L * 3600_000, 3600_000, 60_000, 1000};
        String[] names = {" yr", " mo", " day", " hr", " min", " sec"};
        for (int i = 0; i < units.length; i++) {
            long n = duration / units[i];
            if (n > 0) {
                long rest = i + 1 < units.length ? duration % units[i] / units[i + 1] : 0;
                String first = n + names[i] + (i == 2 && n > 1 ? "s" : "");
                return rest > 0 && n < 10 ? first + " " + rest + names[i + 1] : first;
            }
        }
        return duration + " ms";
    }

    @NonNull
    public static String rawEncode(@NonNull String s) {
        StringBuilder out = new StringBuilder();
        for (byte b : s.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "!@$&*()-_=+':;,./~".indexOf(c) >= 0 && c != '/')) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    @Nullable
    public static String escape(@CheckForNull String text) {
        if (text == null) {
            return null;
        }
        StringBuilder buf = new StringBuilder(text.length() + 64);
        for (int i = 0; i < text.length(); i++) {
            char ch = text.charAt(i);
            switch (ch) {
                case '\n' -> buf.append("<br>\n");
                case '<' -> buf.append("&lt;");
                case '>' -> buf.append("&gt;");
                case '&' -> buf.append("&amp;");
                case '"' -> buf.append("&quot;");
                case '\'' -> buf.append("&#039;");
                default -> buf.append(ch);
            }
        }
        return buf.toString();
    }

    public static boolean isSafeToRedirectTo(@NonNull String uri) {
        return !uri.contains("://") && !uri.startsWith("//") && !uri.startsWith("\\");
    }
}
