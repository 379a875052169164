package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.tracking.LoggedModel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads and writes what is known of the artifacts of runs and of logged models. */
final class ArtifactRows {
    private final String table;
    private final String column;
    private final long owner;

    private ArtifactRows(String table, String column, long owner) {
        this.table = table;
        this.column = column;
        this.owner = owner;
    }

    /** Those of a run or a logged model, by its id. */
    static ArtifactRows of(Sql sql, String ownerId) throws SQLException {
        return LoggedModel.isId(ownerId)
                ? new ArtifactRows("mlops_logged_model_artifact", "model_id", LoggedModelRows.idOf(sql, ownerId))
                : new ArtifactRows("mlops_run_artifact", "run_id", RunRows.idOf(sql, ownerId));
    }

    void keep(Transaction tx, VersionFile file, long now) throws SQLException {
        if (forget(tx, file.path()) == 0) {
            int count = tx.first("SELECT COUNT(*) FROM " + ofOwner(), row -> row.getInt(1), owner)
                    .orElse(0);
            Limits.range("The number of a run's artifacts", count + 1L, 1, Limits.FILES);
        }
        tx.update(
                "INSERT INTO " + table + " (" + column + ", path_hash, path, bytes, sha256, millis)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                owner,
                Ledger.sha256(file.path()),
                file.path(),
                file.bytes(),
                file.sha256(),
                now);
    }

    int forget(Transaction tx, String path) throws SQLException {
        return tx.update("DELETE FROM " + ofOwner() + " AND path_hash = ?", owner, Ledger.sha256(path));
    }

    Optional<VersionFile> one(Sql sql, String path) throws SQLException {
        return sql.first(select() + " AND path_hash = ?", ArtifactRows::file, owner, Ledger.sha256(path));
    }

    List<VersionFile> below(Sql sql, String folder) throws SQLException {
        if (folder.isEmpty()) {
            return sql.list(select() + " ORDER BY path LIMIT ?", ArtifactRows::file, owner, Limits.FILES);
        }
        return sql.list(
                select() + " AND (path = ? OR path LIKE ? ESCAPE '!') ORDER BY path LIMIT ?",
                ArtifactRows::file,
                owner,
                folder,
                folder.replaceAll("([!%_])", "!$1") + "/%",
                Limits.FILES);
    }

    private String ofOwner() {
        return table + " WHERE " + column + " = ?";
    }

    private String select() {
        return "SELECT path, bytes, sha256 FROM " + ofOwner();
    }

    private static VersionFile file(ResultSet row) throws SQLException {
        return new VersionFile(row.getString(1), row.getLong(2), row.getString(3));
    }
}
