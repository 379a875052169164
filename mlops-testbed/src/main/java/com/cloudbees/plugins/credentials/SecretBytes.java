package com.cloudbees.plugins.credentials;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.mlops.testbed.persistence.SecretKey;
import java.io.Serializable;
import java.util.Base64;

/** Bytes that are kept encrypted. */
public class SecretBytes implements Serializable {
    private static final long serialVersionUID = 1L;
    private final byte[] plain;

    private SecretBytes(byte[] plain) {
        this.plain = plain;
    }

    @NonNull
    public byte[] getPlainData() {
        return plain.clone();
    }

    public static SecretBytes fromRawBytes(byte[] data) {
        return new SecretBytes(data.clone());
    }

    /** Reads what {@link #toString()} has written; other text is taken for plain bytes in Base64. */
    public static SecretBytes fromString(String data) {
        String decrypted = SecretKey.decrypt(data);
        return new SecretBytes(Base64.getDecoder().decode(decrypted == null ? data : decrypted));
    }

    @Override
    public String toString() {
        return SecretKey.encrypt(Base64.getEncoder().encodeToString(plain));
    }
}
