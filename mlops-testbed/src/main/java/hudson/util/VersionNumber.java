package hudson.util;

import edu.umd.cs.findbugs.annotations.NonNull;

/** A version such as 2.516.3. */
public class VersionNumber implements Comparable<VersionNumber> {
    private final String value;

    public VersionNumber(@NonNull String num) {
        value = num;
    }

    @Override
    public String toString() {
        return value;
    }

    public boolean isOlderThan(VersionNumber rhs) {
        return compareTo(rhs) < 0;
    }

    public boolean isNewerThan(VersionNumber rhs) {
        return compareTo(rhs) > 0;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof VersionNumber v && compareTo(v) == 0;
    }

    @Override
    public int hashCode() {
        return value.replaceAll("(\\.0)+$", "").hashCode();
    }

    @Override
    public int compareTo(VersionNumber o) {
        String[] a = value.split("[.-]");
        String[] b = o.value.split("[.-]");
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int c = part(i < a.length ? a[i] : "0", i < b.length ? b[i] : "0");
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }

    private static int part(String a, String b) {
        boolean numbers = a.matches("\\d+") && b.matches("\\d+");
        return numbers ? Long.compare(Long.parseLong(a), Long.parseLong(b)) : a.compareTo(b);
    }
}
