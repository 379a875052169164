package io.jenkins.mlops.data.parquet;

import java.util.ArrayList;
import java.util.List;

/**
 * What the footer of a file says: its schema and where its columns stand.
 *
 * @param leaves the leaves of the schema
 * @param rowGroups the row groups, each with as many columns as there are leaves
 * @param rows how many rows there are
 * @param encrypted whether the file is encrypted
 */
record Footer(List<Leaf> leaves, List<RowGroup> rowGroups, long rows, boolean encrypted) {

    static Footer parse(byte[] data, int length, int maxColumns) throws DamagedException {
        ThriftReader in = new ThriftReader(data, 0, length);
        List<Leaf> leaves = new ArrayList<>();
        List<RowGroup> groups = new ArrayList<>();
        long rows = -1;
        boolean encrypted = false;
        in.begin();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case 2:
                    leaves = SchemaReader.read(in, maxColumns);
                    break;
                case 3:
                    rows = in.integer();
                    break;
                case 4:
                    for (int n = in.list(); n > 0; n--) {
                        groups.add(rowGroup(in, maxColumns));
                    }
                    break;
                case 8:
                    encrypted = true;
                    in.skip();
                    break;
                default:
                    in.skip();
            }
        }
        Footer footer = new Footer(leaves, groups, rows, encrypted);
        footer.check();
        return footer;
    }

    private void check() throws DamagedException {
        long sum = 0;
        for (RowGroup group : rowGroups) {
            if (group.rows() < 0 || (group.columns().size() != leaves.size() && !encrypted)) {
                throw new DamagedException(
                        "a row group has " + group.columns().size() + " columns, the schema " + leaves.size());
            }
            sum += group.rows();
        }
        if (sum != rows) {
            throw new DamagedException("its row groups have " + sum + " rows together, its footer says " + rows);
        }
    }

    private static RowGroup rowGroup(ThriftReader in, int maxColumns) throws DamagedException {
        List<ColumnChunk> columns = new ArrayList<>();
        long rows = -1;
        in.begin();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            if (field == 1) {
                int n = in.list();
                if (n > maxColumns) {
                    throw new DamagedException("a row group has " + n + " columns");
                }
                for (; n > 0; n--) {
                    columns.add(columnChunk(in));
                }
            } else if (field == 3) {
                rows = in.integer();
            } else {
                in.skip();
            }
        }
        return new RowGroup(rows, columns);
    }

    private static ColumnChunk columnChunk(ThriftReader in) throws DamagedException {
        ColumnChunk chunk = new ColumnChunk(0, 0, 0, 0, true);
        boolean external = false;
        in.begin();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            if (field == 3) {
                chunk = metadata(in);
            } else {
                external |= field == 1 || field == 8;
                in.skip();
            }
        }
        return external ? new ColumnChunk(chunk.codec(), chunk.values(), 0, 0, true) : chunk;
    }

    private static ColumnChunk metadata(ThriftReader in) throws DamagedException {
        int codec = 0;
        long values = 0;
        long bytes = 0;
        long data = -1;
        long dictionary = -1;
        in.begin();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case 4:
                    codec = in.int32();
                    break;
                case 5:
                    values = in.integer();
                    break;
                case 7:
                    bytes = in.integer();
                    break;
                case 9:
                    data = in.integer();
                    break;
                case 11:
                    dictionary = in.integer();
                    break;
                default:
                    in.skip();
            }
        }
        // Some writers give 0 where there is no dictionary.
        long start = dictionary > 0 && dictionary < data ? dictionary : data;
        return new ColumnChunk(codec, values, start, bytes, false);
    }
}
