package io.jenkins.mlops.registry.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.LedgerEntry;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the file that {@link RegistryFile} describes, line by line, and believes nothing of it. */
final class RegistryFileReader {
    /** Longest line, in bytes; a JSON text that is longer is not read anyway. */
    private static final int LONGEST_LINE = 4 * Json.MAX_CHARACTERS;

    private static final int BUFFER = 64 << 10;

    private final RegistryDatabase database;
    private final Path file;

    RegistryFileReader(RegistryDatabase database, Path file) {
        this.database = database;
        this.file = file;
    }

    /** What becomes of the rows. */
    interface Sink {
        void row(Table table, JsonNode row, int bytes) throws SQLException;
    }

    RegistryFile.Content check() throws IOException {
        return pass(tables(), (table, row, bytes) -> {}).content();
    }

    RegistryFile.Content load() throws IOException {
        List<Table> tables = tables();
        Pass seen = pass(tables, (table, row, bytes) -> {});
        RegistryLoad load = new RegistryLoad(database, tables);
        load.refuseUnlessEmpty();
        load.numberAfter(seen.greatestIds);
        return load.fill(sink -> pass(tables, sink).content());
    }

    private List<Table> tables() {
        return database.read(sql -> Table.all(sql.connection()));
    }

    private Pass pass(List<Table> tables, Sink sink) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            Pass pass = new Pass(tables, sink);
            for (byte[] line = line(in, 1); line.length > 0; line = line(in, pass.lines + 1)) {
                pass.read(line);
            }
            pass.finish();
            return pass;
        } catch (SQLException e) {
            throw new RowRefused(e);
        }
    }

    /** The database's refusal of a row, on its way to whoever holds the transaction. */
    static final class RowRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RowRefused(SQLException cause) {
            super(cause);
        }

        @Override
        public synchronized SQLException getCause() {
            return (SQLException) super.getCause();
        }
    }

    /** The next line with its end, an empty one at the end of the file. */
    private static byte[] line(InputStream in, long number) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
            if (line.size() > LONGEST_LINE) {
                throw damaged(number, "is longer than " + LONGEST_LINE + " bytes");
            }
        }
        return line.toByteArray();
    }

    static IllegalArgumentException damaged(long line, String what) {
        return new IllegalArgumentException("The file is no whole export of a registry: line " + line + " " + what
                + ". Nothing was imported; export the registry again.");
    }

    private static final class Pass {
        final Map<String, Long> greatestIds = new TreeMap<>();

        private final Map<String, Table> known = new LinkedHashMap<>();
        private final Map<String, Table> expected = new LinkedHashMap<>();
        private final Map<String, Set<String>> columns = new LinkedHashMap<>();
        private final Map<String, Long> counts = new TreeMap<>();
        private final List<String> order = new ArrayList<>();
        private final Sink sink;
        private final MessageDigest digest = RegistryFile.sha256();
        private String previous = Ledger.GENESIS;
        private long entries;

        @CheckForNull
        private JsonNode head;

        @CheckForNull
        private RegistryFile.Content content;

        private int place;
        private long rows;
        private long lines;

        Pass(List<Table> tables, Sink sink) {
            tables.forEach(table -> known.put(table.name(), table));
            this.sink = sink;
        }

        RegistryFile.Content content() {
            if (content == null) {
                throw new IllegalStateException("The file was not read to its end");
            }
            return content;
        }

        void read(byte[] line) throws SQLException {
            lines++;
            JsonNode tree = tree(line);
            if (content != null) {
                throw damaged(lines, "stands after the file's end");
            }
            String name = tree.fieldNames().next();
            JsonNode value = tree.get(name);
            if (lines == 1) {
                begin(name, value);
            } else if (name.equals(RegistryFile.END)) {
                end(value);
                return;
            } else {
                row(name, value, line.length);
            }
            digest.update(line);
        }

        private JsonNode tree(byte[] line) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(line))
                        .toString();
                JsonNode tree = Json.tree(text);
                if (tree.isObject() && tree.size() == 1) {
                    return tree;
                }
                throw damaged(lines, "is not one row");
            } catch (CharacterCodingException e) {
                throw damaged(lines, "is not UTF-8");
            } catch (JsonException e) {
                throw damaged(lines, "can't be read (" + e.getMessage() + ")");
            }
        }

        private void begin(String name, JsonNode value) {
            if (!name.equals(RegistryFile.HEAD)
                    || !value.path("format").isInt()
                    || !value.path("schema").isInt()) {
                throw damaged(1, "does not say what the file is");
            }
            int format = value.path("format").asInt();
            int schema = value.path("schema").asInt();
            if (format > RegistryFile.FORMAT || schema > SchemaVersions.NEWEST) {
                throw new IllegalArgumentException("The export has format " + format + " and schema " + schema
                        + ", this version of the plugin reads up to " + RegistryFile.FORMAT + " and "
                        + SchemaVersions.NEWEST + ". Nothing was imported; install the newer plugin here, too.");
            }
            value.path("tables").forEach(this::expect);
        }

        private void expect(JsonNode table) {
            String name = table.path("name").asText();
            Table here = known.get(name);
            Set<String> given = new TreeSet<>();
            table.path("columns").forEach(column -> given.add(column.asText()));
            Set<String> there = new TreeSet<>();
            if (here != null) {
                here.columns().forEach(column -> there.add(column.name()));
            }
            if (here == null || !there.containsAll(given)) {
                given.removeAll(there);
                throw damaged(
                        1,
                        "names " + (here == null ? "a table" : "columns " + given + " of") + " '" + name
                                + "', which no registry has");
            }
            expected.put(name, here.only(given));
            columns.put(name, given);
            order.add(name);
        }

        private void row(String name, JsonNode row, int bytes) throws SQLException {
            Table table = expected.get(name);
            int next = order.indexOf(name);
            if (table == null || !row.isObject() || next < place) {
                throw damaged(lines, "is no row of a table whose turn it is");
            }
            place = next;
            for (Table.Column column : table.columns()) {
                JsonNode value = row.get(column.name());
                if (value != null && !(column.takes(value) && isReadable(column, value))) {
                    throw damaged(lines, "has a value in '" + column.name() + "' that can't stand there");
                }
            }
            row.fieldNames().forEachRemaining(column -> {
                if (!columns.get(name).contains(column)) {
                    throw damaged(lines, "has a column '" + column + "' that the first line does not name");
                }
            });
            if (table.isNumbered()) {
                greatestIds.merge(name, row.path("id").asLong(), Math::max);
            }
            if (name.equals("ledger")) {
                entry(row);
            } else if (name.equals("ledger_head")) {
                head = row;
            }
            sink.row(table, row, bytes);
            counts.merge(name, 1L, Long::sum);
            rows++;
        }

        private static boolean isReadable(Table.Column column, JsonNode value) {
            if (column.kind() != Table.Kind.BYTES) {
                return true;
            }
            try {
                Base64.getDecoder().decode(value.asText());
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private void entry(JsonNode row) {
            LedgerEntry entry = new LedgerEntry(
                    row.path("seq").asLong(),
                    row.path("millis").asLong(),
                    row.path("kind").asText(),
                    row.path("model").asText(),
                    row.path("actor").asText(),
                    row.path("payload").asText(),
                    row.path("previous_hash").asText(),
                    row.path("hash").asText());
            String fault = Ledger.fault(entry, entries + 1, previous);
            if (fault != null) {
                throw new IllegalArgumentException(
                        "The ledger in the file is broken: line " + lines + ": " + fault + ". Nothing was imported.");
            }
            entries++;
            previous = entry.hash();
        }

        private void end(JsonNode told) {
            String sha256 = HexFormat.of().formatHex(digest.digest());
            if (told.path("rows").asLong(-1) != rows
                    || !told.path("sha256").asText().equals(sha256)) {
                throw damaged(
                        lines,
                        "tells of " + told.path("rows").asText() + " rows with the SHA-256 "
                                + told.path("sha256").asText() + ", found " + rows + " with " + sha256
                                + ": the file was changed");
            }
            if (head == null
                    || head.path("seq").asLong(-1) != entries
                    || !head.path("hash").asText().equals(previous)) {
                throw new IllegalArgumentException("The ledger in the file has " + entries + " entries up to the hash "
                        + previous + ", its head says " + head + ". Nothing was imported.");
            }
            content = new RegistryFile.Content(rows, counts, sha256);
        }

        void finish() {
            if (content == null) {
                throw damaged(lines, "is the last one, without an end: the file was cut off");
            }
        }
    }
}
