package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The arithmetic of the ledger: how an entry is hashed and chained to the one before.
 *
 * <p>The hash of an entry is the SHA-256 of the UTF-8 bytes of this canonical JSON object ({@link CanonicalJson}):
 *
 * <pre>{"actor":...,"kind":...,"millis":...,"model":...,"payload":"...","previous":"...","seq":...}</pre>
 *
 * where {@code payload} is the payload's text as a string and {@code previous} the hash of entry {@code seq - 1}. An
 * edit, an insertion, a deletion in the middle or an exchange of entries breaks the chain at the first entry touched.
 * What a chain alone can't show is a cut tail; that is what the head, kept in a row of its own and in every exported
 * head, is for. Whoever can write the whole database can also write a consistent chain and a head: note the head's
 * hash elsewhere (a build's log, a mail, another system) to notice that, too.
 */
public final class Ledger {
    /** The hash before the first entry. */
    public static final String GENESIS = "0".repeat(64);

    private Ledger() {}

    /** The hash of an entry with these fields. */
    public static String hash(
            long seq, long millis, String kind, String model, String actor, String payload, String previousHash) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("actor", actor);
        fields.put("kind", kind);
        fields.put("millis", millis);
        fields.put("model", model);
        fields.put("payload", payload);
        fields.put("previous", previousHash);
        fields.put("seq", seq);
        return sha256(CanonicalJson.write(fields));
    }

    /** Whether an entry's own hash fits its fields. */
    public static boolean isIntact(LedgerEntry entry) {
        return entry.hash()
                .equals(hash(
                        entry.seq(),
                        entry.millis(),
                        entry.kind(),
                        entry.model(),
                        entry.actor(),
                        entry.payload(),
                        entry.previousHash()));
    }

    /**
     * Why an entry doesn't follow those before it; null when it does.
     *
     * @param expected the number that the entry must have
     * @param previous the hash of the entry before; {@link #GENESIS} for the first
     */
    @CheckForNull
    public static String fault(LedgerEntry entry, long expected, String previous) {
        if (entry.seq() != expected) {
            return "Entry " + expected + " is missing; the next one there is " + entry.seq();
        }
        if (!entry.previousHash().equals(previous)) {
            return "Entry " + expected + " follows the hash " + entry.previousHash() + ", the entry before has "
                    + previous;
        }
        return isIntact(entry)
                ? null
                : "Entry " + expected + " (" + entry.kind()
                        + ") does not fit its own hash: it was changed after it was written";
    }

    /** SHA-256 of a text's UTF-8 bytes, 64 lower-case hexadecimal digits. */
    public static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
