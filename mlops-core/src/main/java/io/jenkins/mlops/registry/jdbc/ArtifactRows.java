package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.VersionFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads and writes what is known of runs' artifacts. */
final class ArtifactRows {
    private static final String SELECT = "SELECT path, bytes, sha256 FROM mlops_run_artifact WHERE run_id = ?";

    private ArtifactRows() {}

    static void keep(Transaction tx, long run, VersionFile file, long now) throws SQLException {
        if (forget(tx, run, file.path()) == 0) {
            int count = tx.first("SELECT COUNT(*) FROM mlops_run_artifact WHERE run_id = ?", row -> row.getInt(1), run)
                    .orElse(0);
            Limits.range("The number of a run's artifacts", count + 1L, 1, Limits.FILES);
        }
        tx.update(
                "INSERT INTO mlops_run_artifact (run_id, path_hash, path, bytes, sha256, millis)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                run,
                Ledger.sha256(file.path()),
                file.path(),
                file.bytes(),
                file.sha256(),
                now);
    }

    static int forget(Transaction tx, long run, String path) throws SQLException {
        return tx.update("DELETE FROM mlops_run_artifact WHERE run_id = ? AND path_hash = ?", run, Ledger.sha256(path));
    }

    static Optional<VersionFile> one(Sql sql, long run, String path) throws SQLException {
        return sql.first(SELECT + " AND path_hash = ?", ArtifactRows::file, run, Ledger.sha256(path));
    }

    static List<VersionFile> below(Sql sql, long run, String folder) throws SQLException {
        if (folder.isEmpty()) {
            return sql.list(SELECT + " ORDER BY path LIMIT ?", ArtifactRows::file, run, Limits.FILES);
        }
        return sql.list(
                SELECT + " AND (path = ? OR path LIKE ? ESCAPE '!') ORDER BY path LIMIT ?",
                ArtifactRows::file,
                run,
                folder,
                folder.replaceAll("([!%_])", "!$1") + "/%",
                Limits.FILES);
    }

    private static VersionFile file(ResultSet row) throws SQLException {
        return new VersionFile(row.getString(1), row.getLong(2), row.getString(3));
    }
}
