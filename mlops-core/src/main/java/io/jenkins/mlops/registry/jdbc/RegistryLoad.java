package io.jenkins.mlops.registry.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.LedgerVerification;
import io.jenkins.mlops.registry.PolicyOrigin;
import io.jenkins.mlops.registry.PolicyRevision;
import io.jenkins.mlops.registry.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** Fills an empty database with rows from elsewhere. */
final class RegistryLoad {
    private static final int BATCH_ROWS = 500;
    private static final int BATCH_BYTES = 4 << 20;

    private final RegistryDatabase database;
    private final List<Table> tables;

    RegistryLoad(RegistryDatabase database, List<Table> tables) {
        this.database = database;
        this.tables = tables;
    }

    /** Where the rows come from; may be asked again when a connection broke. */
    interface Source {
        RegistryFile.Content readInto(RegistryFileReader.Sink sink) throws IOException;
    }

    void refuseUnlessEmpty() {
        database.read(sql -> {
            refuseUnlessEmpty(sql);
            return true;
        });
    }

    private static void refuseUnlessEmpty(Sql sql) throws SQLException {
        String found = found(sql);
        if (found != null) {
            throw new RegistryException.Conflict("Only an empty registry can be filled by an import, this one has "
                    + found + ". Nothing was imported; choose an empty database under Manage Jenkins, System, MLOps"
                    + " registry.");
        }
    }

    /** What keeps the registry from being empty; null when it is. */
    @CheckForNull
    private static String found(Sql sql) throws SQLException {
        if (sql.first("SELECT 1 FROM mlops_ledger WHERE kind <> 'policy.set' LIMIT 1", row -> 1)
                .isPresent()) {
            return "a history of its own";
        }
        if (sql.first("SELECT 1 FROM mlops_run LIMIT 1", row -> 1).isPresent()
                || sql.first("SELECT 1 FROM mlops_experiment WHERE id <> 0 LIMIT 1", row -> 1)
                        .isPresent()) {
            return "experiments or runs";
        }
        for (String model : sql.list("SELECT DISTINCT model FROM mlops_policy", row -> row.getString(1))) {
            for (PolicyRevision revision : PromotionRows.policyHistory(sql, model)) {
                if (revision.policy().origin() != PolicyOrigin.CONFIGURATION) {
                    return "a policy that " + revision.setBy() + " set";
                }
            }
        }
        return null;
    }

    /**
     * Makes the database number its rows above those that are to come. Outside the transaction that brings them, because
     * H2 ends a transaction here; where that fails afterwards, some numbers are never given.
     */
    void numberAfter(Map<String, Long> greatestIds) {
        try (Connection connection = database.connect();
                Sql sql = new Sql(connection);
                Statement statement = connection.createStatement()) {
            for (Table table : tables) {
                if (table.isNumbered()) {
                    long here = sql.first("SELECT MAX(id) FROM " + table.sqlName(), row -> row.getLong(1))
                            .orElse(0L);
                    long greatest = Math.max(here, greatestIds.getOrDefault(table.name(), 0L));
                    statement.execute(
                            "ALTER TABLE " + table.sqlName() + " ALTER COLUMN id RESTART WITH " + (greatest + 1));
                }
            }
        } catch (SQLException e) {
            throw database.unavailable("write to", e);
        }
    }

    RegistryFile.Content fill(Source source) throws IOException {
        try {
            return database.write(tx -> {
                tx.lockHead();
                refuseUnlessEmpty(tx);
                for (int i = tables.size() - 1; i >= 0; i--) {
                    if (!isHead(tables.get(i))) {
                        tx.update("DELETE FROM " + tables.get(i).sqlName());
                    }
                }
                RegistryFile.Content content = insert(tx, source);
                ListedRows.rebuild(tx);
                tx.forget();
                LedgerVerification ledger = LedgerRows.verify(tx);
                if (!ledger.intact()) {
                    throw new IllegalArgumentException(
                            "The file contradicts its own ledger: " + ledger.explanation() + ". Nothing was imported.");
                }
                return content;
            });
        } catch (RegistryException e) {
            throw RegistryFile.unfinished(e);
        }
    }

    private static boolean isHead(Table table) {
        return table.name().equals("ledger_head");
    }

    private static RegistryFile.Content insert(Transaction tx, Source source) throws SQLException {
        try (Batches batches = new Batches(tx)) {
            RegistryFile.Content content = source.readInto(batches);
            batches.flush();
            return content;
        } catch (RegistryFileReader.RowRefused e) {
            throw explained(e.getCause());
        } catch (SQLException e) {
            throw explained(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows that contradict each other are the file's fault; all else is the database's. */
    private static SQLException explained(SQLException refusal) {
        String state = String.valueOf(refusal.getSQLState());
        if (state.startsWith("23") || state.startsWith("22")) {
            throw new IllegalArgumentException(
                    "The file contradicts itself: " + refusal.getMessage() + ". Nothing was imported.", refusal);
        }
        return refusal;
    }

    /** Inserts rows of one table after the other, some at a time. */
    private static final class Batches implements RegistryFileReader.Sink, AutoCloseable {
        private final Transaction tx;

        @CheckForNull
        private Table table;

        @CheckForNull
        private PreparedStatement statement;

        private int waiting;
        private long bytes;

        Batches(Transaction tx) {
            this.tx = tx;
        }

        @Override
        public void row(Table of, JsonNode row, int length) throws SQLException {
            if (isHead(of)) {
                tx.update(
                        "UPDATE mlops_ledger_head SET seq = ?, hash = ? WHERE id = 1",
                        row.path("seq").asLong(),
                        row.path("hash").asText());
                return;
            }
            PreparedStatement insert = statement;
            if (insert == null || !of.equals(table)) {
                // A table's rows must be there before those that refer to them.
                flush();
                close();
                insert = tx.connection().prepareStatement(of.insert());
                statement = insert;
                table = of;
            }
            for (int i = 0; i < of.columns().size(); i++) {
                Table.Column column = of.columns().get(i);
                column.bind(insert, i + 1, row.get(column.name()));
            }
            insert.addBatch();
            waiting++;
            bytes += length;
            if (waiting == BATCH_ROWS || bytes > BATCH_BYTES) {
                flush();
            }
        }

        void flush() throws SQLException {
            PreparedStatement full = statement;
            if (full != null && waiting > 0) {
                full.executeBatch();
            }
            waiting = 0;
            bytes = 0;
        }

        @Override
        public void close() throws SQLException {
            PreparedStatement open = statement;
            statement = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
