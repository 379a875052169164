package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionStatus;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The changes of models and versions, each with its ledger entry, inside one transaction. */
final class VersionChanges {
    private VersionChanges() {}

    static ModelVersion register(Transaction tx, Registration registration, long now) throws SQLException {
        tx.lockHead();
        Optional<ModelVersion> before = VersionRows.byOperation(tx, registration.operationKey());
        if (before.isPresent()) {
            return sameOperation(before.get(), registration);
        }
        ModelRows.Head head = ModelRows.ensure(tx, registration.model(), "", registration.createdBy(), now);
        ModelVersion version = version(registration, head.name(), head.lastNumber() + 1, now);
        tx.update("UPDATE mlops_model SET last_number = ? WHERE id = ?", version.number(), head.id());
        VersionRows.insert(tx, head.id(), registration.operationKey(), version);
        EvaluationRows.headline(tx, version.build(), version.metrics(), now);
        tx.ledger("version.registered", version.model(), version.createdBy(), now, payload(version));
        return version;
    }

    private static ModelVersion version(Registration registration, String model, int number, long createdMillis) {
        return new ModelVersion(
                model,
                number,
                registration.digest(),
                registration.files(),
                registration.source(),
                registration.signatureJson(),
                registration.runId(),
                registration.build(),
                registration.commit(),
                registration.dataDigests(),
                registration.metrics(),
                registration.tags(),
                registration.description(),
                registration.authors(),
                registration.createdBy(),
                createdMillis,
                VersionStatus.READY);
    }

    static ModelVersion restore(Transaction tx, Registration registration, int number, long createdMillis, long now)
            throws SQLException {
        tx.lockHead();
        ModelRows.Head head = ModelRows.ensure(tx, registration.model(), "", registration.createdBy(), now);
        Optional<ModelVersion> there =
                VersionRows.list(tx, "WHERE v.model_id = ? AND v.number = ?", head.id(), number).stream()
                        .findFirst();
        if (there.isPresent()) {
            if (there.get().status() == VersionStatus.DELETED
                    || !there.get().digest().equals(registration.digest())) {
                throw new RegistryException.Conflict("Version " + number + " of '" + head.name()
                        + (there.get().status() == VersionStatus.DELETED
                                ? "' was deleted"
                                : "' is another one, with the digest "
                                        + there.get().digest())
                        + "; it is not put back");
            }
            return there.get();
        }
        ModelVersion version = version(registration, head.name(), number, createdMillis);
        if (number > head.lastNumber()) {
            tx.update("UPDATE mlops_model SET last_number = ? WHERE id = ?", number, head.id());
        }
        VersionRows.insert(tx, head.id(), registration.operationKey(), version);
        EvaluationRows.headline(tx, version.build(), version.metrics(), createdMillis);
        Map<String, Object> payload = payload(version);
        payload.put("restored", true);
        tx.ledger("version.registered", version.model(), version.createdBy(), now, payload);
        return version;
    }

    private static ModelVersion sameOperation(ModelVersion before, Registration registration) {
        if (!before.model().equals(registration.model()) || !before.digest().equals(registration.digest())) {
            throw new RegistryException.Conflict("The operation " + registration.operationKey()
                    + " already registered version " + before.number() + " of '" + before.model() + "' with the digest "
                    + before.digest() + "; another version needs another key");
        }
        return before;
    }

    private static Map<String, Object> payload(ModelVersion version) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("version", version.number());
        payload.put("digest", version.digest());
        payload.put("files", version.files().size());
        payload.put("bytes", version.bytes());
        payload.put("source", version.source());
        String signature = version.signatureJson();
        payload.put("signature", signature == null ? null : Ledger.sha256(signature));
        payload.put("run", version.runId());
        payload.put("build", BuildRef.idOf(version.build()));
        CodeRef commit = version.commit();
        payload.put("commit", commit == null ? null : commit.commit());
        payload.put("dirty", commit == null ? null : commit.dirty());
        payload.put("data", version.dataDigests());
        payload.put("metrics", version.metrics());
        payload.put("authors", version.authors());
        return payload;
    }

    static void describeModel(Transaction tx, String model, String text, String actor, long now) throws SQLException {
        long id = ModelRows.require(tx, model).id();
        tx.update("UPDATE mlops_model SET description = ? WHERE id = ?", text, id);
        tx.ledger("model.described", model, actor, now, Map.of("description", text));
    }

    static void describe(Transaction tx, String model, int number, String text, String actor, long now)
            throws SQLException {
        long id = VersionRows.idOf(tx, model, number);
        tx.update("UPDATE mlops_version SET description = ? WHERE id = ?", text, id);
        VersionTexts.changed(tx, id);
        tx.ledger("version.described", model, actor, now, Map.of("version", number, "description", text));
    }

    static void tagModel(Transaction tx, String model, String key, @CheckForNull String value, String actor, long now)
            throws SQLException {
        long id = ModelRows.require(tx, model).id();
        tx.update("DELETE FROM mlops_model_tag WHERE model_id = ? AND tag_key = ?", id, key);
        if (value != null) {
            tx.update("INSERT INTO mlops_model_tag (model_id, tag_key, tag_value) VALUES (?, ?, ?)", id, key, value);
        }
        tx.ledger("model.tagged", model, actor, now, tagged(null, key, value));
    }

    static void tag(
            Transaction tx, String model, int number, String key, @CheckForNull String value, String actor, long now)
            throws SQLException {
        tx.lockHead(); // a tag may be what keeps the version from being deleted
        long id = VersionRows.idOf(tx, model, number);
        tx.update("DELETE FROM mlops_version_tag WHERE version_id = ? AND tag_key = ?", id, key);
        if (value != null) {
            tx.update(
                    "INSERT INTO mlops_version_tag (version_id, tag_key, tag_value, value_hash)"
                            + " VALUES (?, ?, ?, ?)",
                    id,
                    key,
                    value,
                    Ledger.sha256(value));
        }
        VersionTexts.changed(tx, id);
        tx.ledger("version.tagged", model, actor, now, tagged(number, key, value));
    }

    private static Map<String, Object> tagged(@CheckForNull Integer version, String key, @CheckForNull String value) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("version", version);
        payload.put("key", key);
        payload.put("value", value);
        return payload;
    }

    static void delete(Transaction tx, String model, int number, String actor, long now) throws SQLException {
        delete(tx, model, number, actor, null, now);
    }

    /** @param reason for the ledger; null where a person or a program deletes it */
    static void delete(Transaction tx, String model, int number, String actor, @CheckForNull String reason, long now)
            throws SQLException {
        tx.lockHead();
        ModelRows.Head head = ModelRows.require(tx, model);
        ModelVersion version = VersionRows.require(tx, model, number);
        for (String alias : tx.list(
                "SELECT alias FROM mlops_alias WHERE model_id = ? AND number = ?",
                row -> row.getString(1),
                head.id(),
                number)) {
            throw new RegistryException.Conflict(
                    "Version " + number + " of '" + model + "' holds the alias '" + alias + "'; move the alias first");
        }
        for (Deployment use : DeploymentRows.list(
                tx,
                "WHERE d.model_id = ? AND d.number = ? AND d.state IN ('SERVING', 'SWITCHING')",
                head.id(),
                number)) {
            throw new RegistryException.Conflict("Version " + number + " of '" + model + "' serves at '"
                    + use.endpoint() + "'; deploy another one there first");
        }
        tx.update("UPDATE mlops_version SET status = 'DELETED' WHERE model_id = ? AND number = ?", head.id(), number);
        VersionCounts.removed(tx, head.id(), number);
        new PromotionUpkeep(tx, now).versionGone(head.id(), number, actor);
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("version", number);
        payload.put("digest", version.digest());
        if (reason != null) {
            payload.put("reason", reason);
        }
        tx.ledger("version.deleted", model, actor, now, payload);
    }

    static void deleteModel(Transaction tx, String model, String actor, long now) throws SQLException {
        tx.lockHead();
        ModelRows.Head head = ModelRows.require(tx, model);
        for (int number : tx.list(
                "SELECT number FROM mlops_version WHERE model_id = ? AND status <> 'DELETED' ORDER BY number",
                row -> row.getInt(1),
                head.id())) {
            delete(tx, model, number, actor, now);
        }
        tx.update("DELETE FROM mlops_model_tag WHERE model_id = ?", head.id());
        tx.update("UPDATE mlops_model SET deleted = TRUE WHERE id = ?", head.id());
        tx.ledger("model.deleted", model, actor, now, Map.of("lastVersion", head.lastNumber()));
    }
}
