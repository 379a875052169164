package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.DatasetInput;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes what a run logs besides metrics: parameters once, tags over, inputs in addition. */
final class RunWrites {
    /** Most parameters, tags and metric series of one run. */
    static final int MAX_KEYS = 10_000;

    private RunWrites() {}

    static void params(Transaction tx, long run, String runId, Map<String, String> params) throws SQLException {
        if (params.isEmpty()) {
            return;
        }
        Map<String, String> known = new HashMap<>();
        List<Object> values = new ArrayList<>(List.of(run));
        values.addAll(params.keySet());
        tx.list(
                "SELECT param_key, param_value FROM mlops_run_param WHERE run_id = ? AND param_key IN ("
                        + Sql.marks(params.size()) + ")",
                row -> known.put(row.getString(1), row.getString(2)),
                values.toArray());
        List<Object[]> rows = new ArrayList<>();
        for (Map.Entry<String, String> param : params.entrySet()) {
            String before = known.get(param.getKey());
            if (before == null) {
                rows.add(new Object[] {run, param.getKey(), param.getValue()});
            } else if (!before.equals(param.getValue())) {
                throw new RegistryException.Conflict("The parameter '" + param.getKey() + "' of the run " + runId
                        + " is '" + before + "' already and can't become '" + param.getValue()
                        + "'; parameters are written once. Use a tag, or another run");
            }
        }
        tx.batch("INSERT INTO mlops_run_param (run_id, param_key, param_value) VALUES (?, ?, ?)", rows);
        if (!rows.isEmpty()) {
            bounded(tx, "mlops_run_param", run, runId, "parameters");
        }
    }

    static void tags(Transaction tx, long run, Map<String, String> tags) throws SQLException {
        if (tags.isEmpty()) {
            return;
        }
        List<Object[]> old = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        tags.forEach((key, value) -> {
            old.add(new Object[] {run, key});
            rows.add(new Object[] {run, key, value, Ledger.sha256(value)});
        });
        tx.batch("DELETE FROM mlops_run_tag WHERE run_id = ? AND tag_key = ?", old);
        tx.batch("INSERT INTO mlops_run_tag (run_id, tag_key, tag_value, value_hash) VALUES (?, ?, ?, ?)", rows);
        bounded(tx, "mlops_run_tag", run, String.valueOf(run), "tags");
    }

    static void inputs(Transaction tx, long run, List<DatasetInput> inputs) throws SQLException {
        int position = tx.first(
                        "SELECT MAX(position) FROM mlops_run_input WHERE run_id = ?", row -> row.getInt(1) + 1, run)
                .orElse(0);
        for (DatasetInput input : inputs) {
            boolean known = tx.first(
                            "SELECT 1 FROM mlops_run_input WHERE run_id = ? AND name = ? AND digest = ?"
                                    + " AND context = ?",
                            row -> 1,
                            run,
                            input.name(),
                            input.digest(),
                            input.context())
                    .isPresent();
            if (!known) {
                Limits.range("The number of a run's inputs", position, 0, Limits.ENTRIES);
                tx.update(
                        "INSERT INTO mlops_run_input (run_id, position, name, digest, context, input_json)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        run,
                        position++,
                        input.name(),
                        input.digest(),
                        input.context(),
                        Json.write(input));
            }
        }
    }

    private static void bounded(Transaction tx, String table, long run, String runId, String what) throws SQLException {
        bounded(
                tx.first("SELECT COUNT(*) FROM " + table + " WHERE run_id = ?", row -> row.getInt(1), run)
                        .orElse(0),
                runId,
                what);
    }

    static void bounded(int count, String runId, String what) {
        if (count > MAX_KEYS) {
            throw new IllegalArgumentException("The run " + runId + " would have " + count + " " + what + ", at most "
                    + MAX_KEYS + " are kept. Log a series under one key with steps, or write a file");
        }
    }
}
