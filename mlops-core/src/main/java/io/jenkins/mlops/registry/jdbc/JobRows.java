package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Follows jobs that move and builds that go. */
final class JobRows {
    private JobRows() {}

    static void move(Transaction tx, String from, String to, String actor, long now) throws SQLException {
        tx.lockHead();
        record Job(long id, String name) {}
        List<Job> moved = tx.list(
                "SELECT id, name FROM mlops_job WHERE name = ? OR name LIKE ? ESCAPE '!'",
                row -> new Job(row.getLong(1), row.getString(2)),
                from,
                from.replaceAll("([!%_])", "!$1") + "/%");
        for (Job job : moved) {
            String name = to + job.name().substring(from.length());
            // A job of that name was here before and is gone: its history must not mix with the one that comes.
            rename(tx, name, name + " (until " + java.time.Instant.ofEpochMilli(now) + ")");
            rename(tx, job.name(), name);
        }
        tx.forgetJobs();
        tx.ledger("job.moved", "", actor, now, Map.of("from", from, "to", to, "jobs", moved.size()));
    }

    private static void rename(Transaction tx, String from, String to) throws SQLException {
        tx.update(
                "UPDATE mlops_job SET name = ?, name_hash = ? WHERE name_hash = ?",
                to,
                Ledger.sha256(to),
                Ledger.sha256(from));
    }

    static void gone(Transaction tx, BuildRef build, long now) throws SQLException {
        tx.lockHead();
        if (isGone(tx, build.job(), build.number())) {
            return;
        }
        tx.update(
                "INSERT INTO mlops_gone_build (job_id, build, millis) VALUES (?, ?, ?)",
                tx.jobId(build.job()),
                build.number(),
                now);
        tx.ledger("build.deleted", "", "system", now, Map.of("build", build.externalizableId()));
    }

    static boolean isGone(Sql sql, String job, int build) throws SQLException {
        return sql.first(
                        "SELECT 1 FROM mlops_gone_build g JOIN mlops_job j ON j.id = g.job_id"
                                + " WHERE j.name_hash = ? AND g.build = ?",
                        row -> 1,
                        Ledger.sha256(job),
                        build)
                .isPresent();
    }
}
