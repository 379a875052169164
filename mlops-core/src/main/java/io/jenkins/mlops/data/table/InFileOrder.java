package io.jenkins.mlops.data.table;

import java.util.HashMap;
import java.util.Map;

/**
 * Takes what threads made of the chunks of a file, in any order, and passes it on in the order of the file.
 *
 * @param <T> what is made of a chunk
 */
public final class InFileOrder<T> {
    /**
     * Takes one chunk's outcome; never called by two threads at a time.
     *
     * @param <T> what is made of a chunk
     */
    public interface Next<T> {
        /** Takes the outcome of the next chunk. */
        void take(T outcome) throws BadCellException;
    }

    private final Next<T> next;
    private final Map<Integer, T> waiting = new HashMap<>();
    private int expected;

    public InFileOrder(Next<T> next) {
        this.next = next;
    }

    /** Takes the outcome of a chunk, and passes on all that were waiting for it. */
    public synchronized void add(int chunk, T outcome) throws BadCellException {
        waiting.put(chunk, outcome);
        T ready = waiting.remove(expected);
        while (ready != null) {
            expected++;
            next.take(ready);
            ready = waiting.remove(expected);
        }
    }
}
