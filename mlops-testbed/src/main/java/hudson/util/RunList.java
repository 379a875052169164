package hudson.util;

import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Builds, newest first; read one by one as they are asked for. */
public class RunList<R extends Run> extends AbstractList<R> {
    private Iterable<R> base;

    public RunList() {
        base = List.of();
    }

    @SuppressWarnings("unchecked")
    public RunList(Job j) {
        base = j.getBuilds();
    }

    private RunList(Iterable<R> base) {
        this.base = base;
    }

    @SuppressWarnings("unchecked")
    public static <J extends Job<J, R>, R extends Run<J, R>> RunList<R> fromJobs(Iterable<? extends J> jobs) {
        List<R> all = new ArrayList<>();
        jobs.forEach(j -> all.addAll(j.getBuilds()));
        all.sort(Comparator.comparingLong((R r) -> r.getTimeInMillis()).reversed());
        return new RunList<>((Iterable<R>) all);
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

    public R getFirstBuild() {
        R last = null;
        for (R r : this) {
            last = r;
        }
        return last;
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

    public RunList<R> completedOnly() {
        return filter(r -> !r.isBuilding());
    }

    public RunList<R> failureOnly() {
        return filter(r -> r.getResult() != Result.SUCCESS);
    }
}
