package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.CanonicalJson;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The writer's connection: statements, the ledger's head and the ids of names that are met again and again.
 *
 * <p>It lives as long as the connection. What it remembers is forgotten when a write is rolled back, because the rows
 * behind it may have gone with it.
 */
public final class Transaction extends Sql {
    private final Map<String, Long> jobs = new HashMap<>();
    private final Map<String, Long> metricNames = new HashMap<>();

    @CheckForNull
    private Set<Long> searched;

    private boolean headKnown;
    private boolean headChanged;
    private long headSeq;
    private String headHash = Ledger.GENESIS;

    Transaction(Connection connection) {
        super(connection);
    }

    /** Appends an entry to the ledger, in the same transaction as the change that it tells of. */
    public void ledger(String kind, String model, String actor, long millis, Map<String, ?> payload)
            throws SQLException {
        lockHead();
        long seq = headSeq + 1;
        String text = CanonicalJson.write(payload);
        String hash = Ledger.hash(seq, millis, kind, model, actor, text, headHash);
        update(
                "INSERT INTO mlops_ledger (seq, millis, kind, model, actor, payload, previous_hash, hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                seq,
                millis,
                kind,
                model,
                actor,
                text,
                headHash,
                hash);
        headSeq = seq;
        headHash = hash;
        headChanged = true;
    }

    /**
     * Locks the ledger's head: from here to the end of the transaction no other controller on the same database
     * changes the registry, so what is read after it stays true.
     */
    void lockHead() throws SQLException {
        if (!headKnown) {
            first("SELECT seq, hash FROM mlops_ledger_head WHERE id = 1 FOR UPDATE", row -> {
                headSeq = row.getLong(1);
                headHash = row.getString(2);
                return true;
            });
            headKnown = true;
        }
    }

    /** Writes the head, once for all entries of the transaction. */
    void beforeCommit() throws SQLException {
        if (headChanged) {
            update("UPDATE mlops_ledger_head SET seq = ?, hash = ? WHERE id = 1", headSeq, headHash);
            headChanged = false;
        }
    }

    /** Begins anew after a commit: another controller may append before the next one. */
    void afterCommit() {
        headKnown = false;
        headChanged = false;
        searched = null;
    }

    /** The ledger's head as it was, to come back to when one write of several is rolled back. */
    Runnable rememberHead() {
        long seq = headSeq;
        String hash = headHash;
        boolean changed = headChanged;
        boolean known = headKnown;
        return () -> {
            headSeq = seq;
            headHash = hash;
            headChanged = changed;
            headKnown = known;
            jobs.clear();
            metricNames.clear();
            searched = null;
        };
    }

    /** The id of a job, which is noted when it is met for the first time. */
    long jobId(String name) throws SQLException {
        Long known = jobs.get(name);
        if (known == null) {
            String hash = Ledger.sha256(name);
            var found = first("SELECT id FROM mlops_job WHERE name_hash = ?", row -> row.getLong(1), hash);
            known = found.isPresent()
                    ? found.get()
                    : insert("INSERT INTO mlops_job (name, name_hash) VALUES (?, ?)", name, hash);
            remember(jobs, name, known);
        }
        return known;
    }

    /** The columns {@code job_id, build, build_url, build_ext} of a build; nulls for none. */
    Object[] build(@CheckForNull BuildRef build) throws SQLException {
        return build == null
                ? new Object[] {null, null, null, null}
                : new Object[] {jobId(build.job()), build.number(), build.url(), build.externalizableId()};
    }

    /** Looks up in one go what {@link #metricId} is about to be asked. */
    void expectMetrics(Collection<String> names) throws SQLException {
        Set<String> unknown = new HashSet<>(names);
        unknown.removeAll(metricNames.keySet());
        if (unknown.size() > 1) {
            list(
                            "SELECT name, id FROM mlops_metric_name WHERE name IN (" + Sql.marks(unknown.size()) + ")",
                            row -> Map.entry(row.getString(1), row.getLong(2)),
                            unknown.toArray())
                    .forEach(found -> remember(metricNames, found.getKey(), found.getValue()));
        }
    }

    /** The id of a metric's name, which is noted when it is met for the first time. */
    long metricId(String name) throws SQLException {
        Long known = metricNames.get(name);
        if (known == null) {
            var found = first("SELECT id FROM mlops_metric_name WHERE name = ?", row -> row.getLong(1), name);
            known = found.isPresent() ? found.get() : insert("INSERT INTO mlops_metric_name (name) VALUES (?)", name);
            remember(metricNames, name, known);
        }
        return known;
    }

    /** The ids of the metrics that runs are searched by; they stay the same to the end of the transaction. */
    Set<Long> searchedMetrics() throws SQLException {
        Set<Long> known = searched;
        if (known == null) {
            lockHead();
            known = new HashSet<>(list("SELECT metric_id FROM mlops_searched_metric", row -> row.getLong(1)));
            searched = known;
        }
        return known;
    }

    /** Forgets what was remembered of tables that have been filled anew. */
    void forget() {
        afterCommit();
        jobs.clear();
        metricNames.clear();
    }

    void forgetSearched() {
        searched = null;
    }

    void forgetJobs() {
        jobs.clear();
    }

    private static void remember(Map<String, Long> ids, String name, long id) {
        if (ids.size() >= 10_000) {
            ids.clear();
        }
        ids.put(name, id);
    }
}
