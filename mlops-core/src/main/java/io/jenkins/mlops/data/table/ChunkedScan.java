package io.jenkins.mlops.data.table;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.zip.ZipException;

/**
 * Parses the chunks of a text file on several threads and puts errors into their place in the file.
 *
 * <p>The error reported is the first one in the file, whichever thread came upon one first: a chunk is only given out
 * while no earlier one has failed, and those given out are finished.
 */
final class ChunkedScan {
    private final String fileName;
    private final ChunkSource source;
    private final long firstLine;
    private final long maxRows;
    private final List<ChunkParser.Counts> counts = new ArrayList<>();
    private long totalRows;
    private int failedChunk = Integer.MAX_VALUE;

    @CheckForNull
    private ChunkError failure;

    /**
     * Prepares a scan.
     *
     * @param firstLine the line number at which the first chunk starts, from 1
     */
    ChunkedScan(String fileName, ChunkSource source, long firstLine, long maxRows) {
        this.fileName = fileName;
        this.source = source;
        this.firstLine = firstLine;
        this.maxRows = maxRows;
    }

    /** Makes what one thread needs. */
    interface Worker {
        ChunkParser parser();

        /** The sink for the chunk of this number. */
        CellSink sinkFor(int chunk);
    }

    /** Parses everything; returns the number of rows. */
    long run(int threads, Supplier<Worker> workers) throws IOException {
        if (threads == 1) {
            work(workers.get());
        } else {
            ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
                Thread thread = new Thread(task, "table-reader");
                thread.setDaemon(true);
                return thread;
            });
            try {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    Worker worker = workers.get();
                    running.add(pool.submit(() -> {
                        work(worker);
                        return null;
                    }));
                }
                await(running);
            } finally {
                pool.shutdownNow();
            }
        }
        return result();
    }

    private synchronized long result() throws DataException {
        if (failure != null) {
            throw placed(failure);
        }
        return totalRows;
    }

    private void await(List<Future<?>> running) throws IOException {
        IOException first = null;
        try {
            for (Future<?> future : running) {
                try {
                    future.get();
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof IOException io) {
                        first = first == null ? io : first;
                    } else if (e.getCause() instanceof Error error) {
                        throw error;
                    } else {
                        throw new IllegalStateException(e.getCause());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Reading " + fileName + " was interrupted.");
        }
        if (first != null) {
            throw first;
        }
    }

    private void work(Worker worker) throws IOException {
        boolean done = false;
        try {
            workUndisturbed(worker);
            done = true;
        } finally {
            if (!done) {
                stop();
            }
        }
    }

    private void workUndisturbed(Worker worker) throws IOException {
        Chunk chunk = new Chunk();
        ChunkParser parser = worker.parser();
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedIOException("Reading " + fileName + " was interrupted.");
            }
            if (stopped()) {
                return;
            }
            try {
                if (!source.next(chunk)) {
                    return;
                }
                done(chunk.number, parser.parse(chunk, worker.sinkFor(chunk.number)));
            } catch (ChunkError e) {
                fail(chunk.number, e);
            } catch (EOFException | ZipException e) {
                throw new DataException(
                        fileName + ": expected a whole gzip file, found one that is truncated or damaged ("
                                + e.getMessage() + "). Write it again.",
                        e);
            }
        }
    }

    private synchronized boolean stopped() {
        return failedChunk != Integer.MAX_VALUE;
    }

    private synchronized void stop() {
        failedChunk = Math.min(failedChunk, Integer.MAX_VALUE - 1);
    }

    private synchronized void fail(int chunk, ChunkError error) {
        if (chunk < failedChunk) {
            failedChunk = chunk;
            failure = error;
        }
    }

    private synchronized void done(int chunk, ChunkParser.Counts counted) throws ChunkError {
        while (counts.size() <= chunk) {
            counts.add(null);
        }
        counts.set(chunk, counted);
        totalRows += counted.rows();
        if (totalRows > maxRows) {
            throw new ChunkError(0, null, "expected at most " + maxRows + " rows (limit maxRows), found more.");
        }
    }

    private synchronized DataException placed(ChunkError error) {
        long line = firstLine + error.line();
        for (int i = 0; i < failedChunk; i++) {
            line += counts.get(i).lines();
        }
        String column = error.column() == null ? "" : ", column \"" + error.column() + "\"";
        return new DataException(fileName + ", line " + line + column + ": " + error.getMessage());
    }
}
