package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.LedgerEntry;
import io.jenkins.mlops.registry.LedgerVerification;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the ledger, page by page or from end to end. */
final class LedgerRows {
    private static final String SELECT =
            "SELECT seq, millis, kind, model, actor, payload, previous_hash, hash FROM mlops_ledger ";
    private static final int CHUNK = 1_000;

    private LedgerRows() {}

    static Page<LedgerEntry> page(Sql sql, @CheckForNull String model, Page.Request page) throws SQLException {
        long before = Paging.number(page.token(), Long.MAX_VALUE);
        List<LedgerEntry> found = model == null
                ? sql.list(
                        SELECT + "WHERE seq < ? ORDER BY seq DESC LIMIT ?", LedgerRows::row, before, page.limit() + 1)
                : sql.list(
                        SELECT + "WHERE model = ? AND seq < ? ORDER BY model DESC, seq DESC LIMIT ?",
                        LedgerRows::row,
                        ModelName.check(model),
                        before,
                        page.limit() + 1);
        return Paging.of(found, page.limit(), entry -> String.valueOf(entry.seq()));
    }

    /** The entries after one, oldest first. */
    static List<LedgerEntry> after(Sql sql, long seq, int limit) throws SQLException {
        return sql.list(SELECT + "WHERE seq > ? ORDER BY seq LIMIT ?", LedgerRows::row, seq, limit);
    }

    private static LedgerEntry row(ResultSet row) throws SQLException {
        return new LedgerEntry(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
    }

    /** Reads the entries up to the head as it stands now, then compares the tables with what the ledger says. */
    static LedgerVerification verify(Sql sql) throws SQLException {
        record Head(long seq, String hash) {}
        Head head = sql.first(
                        "SELECT seq, hash FROM mlops_ledger_head WHERE id = 1",
                        row -> new Head(row.getLong(1), row.getString(2)))
                .orElse(null);
        if (head == null) {
            return new LedgerVerification(false, 0, 1, "The ledger's head is missing", Ledger.GENESIS);
        }
        Told told = new Told();
        String previous = Ledger.GENESIS;
        long expected = 1;
        while (true) {
            // Entries beyond the head are asked for, too: one that was slipped in behind it must show.
            List<LedgerEntry> chunk =
                    sql.list(SELECT + "WHERE seq >= ? ORDER BY seq LIMIT ?", LedgerRows::row, expected, CHUNK);
            for (LedgerEntry entry : chunk) {
                String fault = Ledger.fault(entry, expected, previous);
                if (fault != null) {
                    return new LedgerVerification(false, expected - 1, expected, fault, previous);
                }
                if (entry.seq() == head.seq() && !entry.hash().equals(head.hash())) {
                    return new LedgerVerification(
                            false,
                            expected,
                            expected,
                            "Entry " + expected + " has the hash " + entry.hash() + ", the head says " + head.hash(),
                            entry.hash());
                }
                told.listen(entry);
                previous = entry.hash();
                expected++;
            }
            if (chunk.size() < CHUNK) {
                break;
            }
        }
        return closing(sql, head.seq(), expected - 1, previous, told);
    }

    private static LedgerVerification closing(Sql sql, long headSeq, long entries, String hash, Told told)
            throws SQLException {
        if (entries < headSeq) {
            return new LedgerVerification(
                    false,
                    entries,
                    entries + 1,
                    "The ledger ends at entry " + entries + ", the head says " + headSeq + ": its tail is missing",
                    hash);
        }
        long now = sql.first("SELECT seq FROM mlops_ledger_head WHERE id = 1", row -> row.getLong(1))
                .orElse(0L);
        if (entries > now) {
            return new LedgerVerification(
                    false,
                    entries,
                    now + 1,
                    "The ledger goes on to entry " + entries + ", the head says " + now
                            + ": entries were slipped in behind it",
                    hash);
        }
        if (now == headSeq && entries == headSeq) {
            // Only a registry that stood still meanwhile can be compared with what the ledger tells.
            String difference = told.difference(sql);
            if (difference != null) {
                return new LedgerVerification(false, entries, told.blamed, difference, hash);
            }
        }
        return new LedgerVerification(true, entries, 0, entries + " entries fit together", hash);
    }

    /** What the ledger says about versions and aliases, to be compared with their tables. */
    private static final class Told {
        private final Map<String, String> digests = new HashMap<>();
        private final Map<String, Integer> aliases = new HashMap<>();
        private final Map<String, Long> entries = new HashMap<>();
        private long blamed;

        void listen(LedgerEntry entry) {
            switch (entry.kind()) {
                case "version.registered" -> {
                    var payload = Json.tree(entry.payload());
                    String key = entry.model() + "\0" + payload.path("version").asInt();
                    digests.put(key, payload.path("digest").asText());
                    entries.put(key, entry.seq());
                }
                case "alias.moved", "alias.removed" -> {
                    var payload = Json.tree(entry.payload());
                    String key = entry.model() + "\0\0" + payload.path("alias").asText();
                    aliases.put(
                            key,
                            entry.kind().equals("alias.removed")
                                    ? 0
                                    : payload.path("version").asInt());
                    entries.put(key, entry.seq());
                }
                default -> {
                    // Other kinds have no table that is compared.
                }
            }
        }

        @CheckForNull
        String difference(Sql sql) throws SQLException {
            Map<String, String> kept = new HashMap<>();
            sql.list(
                    "SELECT m.name, v.number, v.digest FROM mlops_version v JOIN mlops_model m ON m.id = v.model_id",
                    row -> kept.put(row.getString(1) + "\0" + row.getInt(2), row.getString(3)));
            for (Map.Entry<String, String> version : digests.entrySet()) {
                if (!version.getValue().equals(kept.remove(version.getKey()))) {
                    return differs(version.getKey(), "a version with the digest " + version.getValue());
                }
            }
            if (!kept.isEmpty()) {
                return "The table has a version that the ledger never saw: "
                        + kept.keySet().iterator().next().replace("\0", " version ");
            }
            Map<String, Integer> pointing = new HashMap<>();
            sql.list(
                    "SELECT m.name, a.alias, a.number FROM mlops_alias a JOIN mlops_model m ON m.id = a.model_id",
                    row -> pointing.put(row.getString(1) + "\0\0" + row.getString(2), row.getInt(3)));
            for (Map.Entry<String, Integer> alias : aliases.entrySet()) {
                Integer target = pointing.remove(alias.getKey());
                if (alias.getValue() != (target == null ? 0 : target)) {
                    return differs(alias.getKey(), "an alias at version " + alias.getValue());
                }
            }
            return pointing.isEmpty()
                    ? null
                    : "The table has an alias that the ledger never saw: "
                            + pointing.keySet().iterator().next().replace("\0\0", " alias ");
        }

        private String differs(String key, String told) {
            blamed = entries.get(key);
            return "Entry " + blamed + " tells of " + told + " for '" + key.replace("\0", " ")
                    + "', the table says otherwise: it was changed past the registry";
        }
    }
}
