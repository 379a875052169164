package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds the versions that nothing has ever come of, and deletes them. */
final class UnservedRows {
    private static final String UNSERVED = "v.status <> 'DELETED'"
            + " AND NOT EXISTS (SELECT 1 FROM mlops_alias a WHERE a.model_id = v.model_id AND a.number = v.number)"
            + " AND NOT EXISTS (SELECT 1 FROM mlops_alias_change c"
            + " WHERE c.model_id = v.model_id AND c.number = v.number)"
            + " AND NOT EXISTS (SELECT 1 FROM mlops_deployment d WHERE d.model_id = v.model_id AND d.number = v.number)"
            + " AND NOT EXISTS (SELECT 1 FROM mlops_promotion p WHERE p.model_id = v.model_id AND p.number = v.number"
            + " AND p.state IN ('REQUESTED', 'AWAITING_APPROVAL', 'APPROVED', 'APPLIED', 'VERIFIED'))";

    private UnservedRows() {}

    static Page<ModelVersion> page(Sql sql, String model, Page.Request page) throws SQLException {
        Optional<ModelRows.Head> head = ModelRows.find(sql, model);
        if (head.isEmpty()) {
            return new Page<>(List.of(), null);
        }
        List<ModelVersion> found = VersionRows.list(
                sql,
                "WHERE v.model_id = ? AND v.number > ? AND " + UNSERVED + " ORDER BY v.number LIMIT ?",
                head.get().id(),
                Paging.number(page.token(), 0),
                page.limit() + 1);
        return Paging.of(found, page.limit(), version -> String.valueOf(version.number()));
    }

    static void delete(Transaction tx, String model, int number, String actor, String reason, long now)
            throws SQLException {
        tx.lockHead();
        long id = VersionRows.idOf(tx, model, number);
        if (tx.first("SELECT 1 FROM mlops_version v WHERE v.id = ? AND " + UNSERVED, row -> 1, id)
                .isEmpty()) {
            throw new RegistryException.Conflict(
                    "Version " + number + " of '" + model + "' stays: it has served, or a promotion of it is open");
        }
        VersionChanges.delete(tx, model, number, actor, reason, now);
    }
}
