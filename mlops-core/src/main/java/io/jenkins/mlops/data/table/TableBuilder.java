package io.jenkins.mlops.data.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Builds a table of the chunks of a file.
 *
 * <p>The dictionaries of texts grow in the order of the file while other threads parse on; all else waits until the
 * number of rows is known, so that every column is copied once.
 */
final class TableBuilder {
    private final List<ColumnRequest> requests;
    private final long maxTextBytes;
    private final TextDictionary[] dictionaries;
    private final List<TableSink> chunks = new ArrayList<>();
    private final InFileOrder<TableSink> order = new InFileOrder<>(this::take);
    private long textBytes;

    TableBuilder(List<ColumnRequest> requests, long maxTextBytes) {
        this.requests = requests;
        this.maxTextBytes = maxTextBytes;
        this.dictionaries = new TextDictionary[requests.size()];
        for (int i = 0; i < dictionaries.length; i++) {
            dictionaries[i] = new TextDictionary();
        }
    }

    /** The sinks of one thread; each is made as large as the one before turned out to be. */
    TableReader.ChunkSinks sinks() {
        return new TableReader.ChunkSinks() {
            private int rows;

            @Override
            public CellSink sinkFor(int chunk) {
                return new TableSink(requests, rows + (rows >> 5), maxTextBytes, done -> {
                    rows = done.rows();
                    order.add(chunk, done);
                });
            }
        };
    }

    private void take(TableSink chunk) throws BadCellException {
        chunks.add(chunk);
        for (int i = 0; i < dictionaries.length; i++) {
            if (chunk.block(i) instanceof TextBlock block) {
                textBytes += block.settle(dictionaries[i]);
            }
        }
        if (textBytes > maxTextBytes) {
            throw TextBlock.tooMuchText(maxTextBytes);
        }
    }

    /** The table; to be called once, when all chunks are done. */
    Table build() {
        int rows = 0;
        for (TableSink chunk : chunks) {
            rows = Math.addExact(rows, chunk.rows());
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < dictionaries.length; i++) {
            String name = requests.get(i).name();
            if (requests.get(i).kind() == ColumnRequest.Kind.TEXT) {
                columns.add(TextBlock.join(name, take(i, TextBlock[]::new), dictionaries[i], rows));
            } else {
                columns.add(NumberBlock.join(name, take(i, NumberBlock[]::new), rows));
            }
        }
        return new Table(columns);
    }

    @SuppressWarnings("unchecked") // the request that made the blocks makes the array
    private <B extends ColumnBlock> B[] take(int column, IntFunction<B[]> array) {
        B[] blocks = array.apply(chunks.size());
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = (B) chunks.get(i).takeBlock(column);
        }
        return blocks;
    }
}
