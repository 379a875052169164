package hudson.util;

import hudson.model.Run;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Builds, newest first; read one by one as they are asked for. */
public class RunList<R extends Run> extends AbstractList<R> {
    private Iterable<R> base;

    private RunList(Iterable<R> base) {
        this.base = base;
    }

    @SuppressWarnings("unchecked")
    public static <R extends Run> RunList<R> fromRuns(Collection<? extends R> runs) {
        return new RunList<>((Iterable<R>) (Iterable<?>) runs);
    }

    @Override
    public Iterator<R> iterator() {
        return base.iterator();
    }

    @Override
    public int size() {
        int n = 0;
        for (Iterator<R> it = iterator(); it.hasNext(); it.next()) {
            n++;
        }
        return n;
    }

    @Override
    public boolean isEmpty() {
        return !iterator().hasNext();
    }

    @Override
    public R get(int index) {
        int n = 0;
        for (R r : this) {
            if (n++ == index) {
                return r;
            }
        }
        throw new IndexOutOfBoundsException(index);
    }

    public R getLastBuild() {
        Iterator<R> it = iterator();
        return it.hasNext() ? it.next() : null;
    }

    public RunList<R> filter(Predicate<R> predicate) {
        Iterable<R> all = base;
        base = () ->
                StreamSupport.stream(all.spliterator(), false).filter(predicate).iterator();
        return this;
    }

    public RunList<R> limit(final int n) {
        Iterable<R> all = base;
        base = () -> StreamSupport.stream(all.spliterator(), false).limit(n).iterator();
        return this;
    }
}
