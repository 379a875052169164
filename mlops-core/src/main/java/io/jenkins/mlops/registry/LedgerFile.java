package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ledger as a file of JSON Lines, to be kept elsewhere and checked without Jenkins.
 *
 * <p>Each line is an entry with the fields of {@link LedgerEntry}, oldest first; the last line is the head:
 *
 * <pre>{"head":{"entries":12,"hash":"..."}}</pre>
 *
 * A file without it was cut off. A file whose tail was removed and whose head was rewritten to fit shows only against a
 * hash that was noted elsewhere: an anchor (see {@link #verify}).
 */
public final class LedgerFile {
    private static final int CHUNK = 1_000;

    private LedgerFile() {}

    /**
     * Writes the ledger as it stands now, in pieces, without keeping a transaction open.
     *
     * @return what was written: the number of entries and the head's hash
     */
    public static LedgerVerification write(ModelRegistry registry, Appendable out) throws IOException {
        List<LedgerEntry> last = registry.ledger(null, Page.Request.first(1)).items();
        long entries = last.isEmpty() ? 0 : last.get(0).seq();
        String head = Ledger.GENESIS;
        long written = 0;
        while (written < entries) {
            List<LedgerEntry> chunk = registry.ledgerAfter(written, (int) Math.min(CHUNK, entries - written));
            if (chunk.isEmpty()) {
                break; // entries are missing: the file says so itself, by its head
            }
            for (LedgerEntry entry : chunk) {
                out.append(Json.write(entry)).append('\n');
                head = entry.hash();
                written = entry.seq();
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("entries", entries);
        values.put("hash", last.isEmpty() ? Ledger.GENESIS : last.get(0).hash());
        out.append(Json.write(Map.of("head", values))).append('\n');
        return new LedgerVerification(true, entries, 0, entries + " entries written", head);
    }

    /** As {@link #verify(Reader, String)}, of a file in UTF-8. */
    public static LedgerVerification verify(Path file, @CheckForNull String anchor) throws IOException {
        try (Reader in = new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT))) {
            return verify(in, anchor);
        } catch (CharacterCodingException e) {
            return new LedgerVerification(false, 0, 1, "The file is not UTF-8: it is damaged, or no ledger", "");
        }
    }

    /**
     * Reads a file's lines from the first to the last and names the first entry that doesn't fit.
     *
     * @param anchor the hash of an entry or head that was noted elsewhere before; the ledger must have it. Null for none
     */
    public static LedgerVerification verify(Reader in, @CheckForNull String anchor) throws IOException {
        BufferedReader lines = new BufferedReader(in);
        Chain chain = new Chain(anchor == null ? null : anchor.strip());
        String line = lines.readLine();
        while (line != null) {
            LedgerVerification ended = chain.read(line);
            if (ended != null) {
                String more = lines.readLine();
                while (more != null && more.isBlank()) {
                    more = lines.readLine();
                }
                return more == null || !ended.intact()
                        ? ended
                        : chain.broken("The file goes on after its head: entries were slipped in behind it");
            }
            line = lines.readLine();
        }
        return chain.broken("The file ends after entry " + chain.entries
                + " without a head: it was cut off. Export the ledger again");
    }

    private static final class Chain {
        @CheckForNull
        private final String anchor;

        private String previous = Ledger.GENESIS;
        private long entries;
        private boolean anchored;

        Chain(@CheckForNull String anchor) {
            this.anchor = anchor;
            anchored = anchor == null || Ledger.GENESIS.equals(anchor);
        }

        /** Takes a line in; an answer ends the reading. */
        @CheckForNull
        LedgerVerification read(String line) {
            LedgerEntry entry;
            try {
                var tree = Json.tree(line);
                if (tree.has("head")) {
                    return head(
                            tree.path("head").path("entries").asLong(-1),
                            tree.path("head").path("hash").asText());
                }
                entry = Json.convert(tree, LedgerEntry.class);
            } catch (JsonException e) {
                return broken("Line " + (entries + 1) + " is no entry of a ledger: " + e.getMessage());
            }
            String fault = incomplete(entry) ? "Entry " + (entries + 1) + " lacks a field" : fault(entry);
            if (fault != null) {
                return broken(fault);
            }
            entries++;
            previous = entry.hash();
            anchored |= previous.equals(anchor);
            return null;
        }

        private static boolean incomplete(LedgerEntry entry) {
            return entry.kind() == null
                    || entry.model() == null
                    || entry.actor() == null
                    || entry.payload() == null
                    || entry.previousHash() == null
                    || entry.hash() == null;
        }

        @CheckForNull
        private String fault(LedgerEntry entry) {
            return Ledger.fault(entry, entries + 1, previous);
        }

        private LedgerVerification head(long told, String hash) {
            if (told != entries || !hash.equals(previous)) {
                return broken("The head tells of " + told + " entries up to the hash " + hash + ", the file has "
                        + entries + " up to " + previous
                        + (told > entries ? ": its tail is missing" : ": it was put together from others"));
            }
            if (!anchored) {
                return broken("No entry has the hash " + anchor + " that was noted before: the ledger was rewritten,"
                        + " or cut off before that entry");
            }
            return new LedgerVerification(true, entries, 0, entries + " entries fit together", previous);
        }

        LedgerVerification broken(String why) {
            return new LedgerVerification(false, entries, entries + 1, why, previous);
        }
    }
}
