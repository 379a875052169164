package hudson.util;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.Util;
import io.jenkins.mlops.testbed.persistence.SecretKey;
import java.io.Serializable;

/** A text that is kept encrypted. */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;
    private final @NonNull String value;

    private Secret(String value) {
        this.value = value;
    }

    @Override
    @Deprecated
    public String toString() {
        return value;
    }

    public @NonNull String getPlainText() {
        return value;
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof Secret s && value.equals(s.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    public String getEncryptedValue() {
        return SecretKey.encrypt(value);
    }

    public static @CheckForNull Secret decrypt(@CheckForNull String data) {
        String plain = SecretKey.decrypt(data);
        return plain == null ? null : new Secret(plain);
    }

    public static @NonNull Secret fromString(@CheckForNull String data) {
        String given = Util.fixNull(data);
        Secret s = decrypt(given);
        return s != null ? s : new Secret(given);
    }

    public static @NonNull String toString(@Nullable Secret s) {
        return s == null ? "" : s.value;
    }
}
