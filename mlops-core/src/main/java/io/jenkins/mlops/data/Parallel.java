package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works on a growing heap of tasks with several threads; the first error ends all. */
final class Parallel<T, R> {
    /** Does one task. */
    interface Work<T, R> {
        void on(T task, Out<T, R> out) throws IOException;
    }

    /** Takes what a task brings forth. */
    interface Out<T, R> {
        void task(T task);

        void result(R result);
    }

    private final Work<T, R> work;
    private final Deque<T> tasks = new ArrayDeque<>();
    private int busy;

    Parallel(Work<T, R> work) {
        this.work = work;
    }

    /** Works until no task is left; results come in any order. */
    List<R> run(T first, int threads) throws IOException {
        tasks.add(first);
        List<List<R>> parts = new ArrayList<>();
        onThreads(threads, "dataset-walk", () -> {
            List<R> own = new ArrayList<>();
            synchronized (parts) {
                parts.add(own);
            }
            loop(own);
        });
        List<R> all = new ArrayList<>();
        parts.forEach(all::addAll);
        return all;
    }

    private void loop(List<R> results) throws IOException {
        List<T> fresh = new ArrayList<>();
        Out<T, R> out = new Out<>() {
            @Override
            public void task(T task) {
                fresh.add(task);
            }

            @Override
            public void result(R result) {
                results.add(result);
            }
        };
        T task = take();
        while (task != null) {
            boolean done = false;
            try {
                work.on(task, out);
                done = true;
            } finally {
                finished(done ? fresh : List.of(), done);
                fresh.clear();
            }
            task = take();
        }
    }

    @CheckForNull
    private synchronized T take() throws InterruptedIOException {
        while (tasks.isEmpty() && busy > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        T task = tasks.pollLast();
        if (task != null) {
            busy++;
        }
        return task;
    }

    private synchronized void finished(List<T> fresh, boolean done) {
        busy--;
        if (done) {
            tasks.addAll(fresh);
        } else {
            tasks.clear();
        }
        notifyAll();
    }

    /** What a thread does. */
    interface Body {
        void run() throws IOException;
    }

    static InterruptedIOException interrupted(@CheckForNull Exception cause) {
        InterruptedIOException interrupted = new InterruptedIOException("Reading the dataset was interrupted.");
        interrupted.initCause(cause);
        return interrupted;
    }

    /** Ends a loop of work when its thread was interrupted. */
    static void requireNotInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(null);
        }
    }

    /** Runs the same body on several threads and waits for all; throws the first error. */
    static void onThreads(int threads, String name, Body body) throws IOException {
        if (threads == 1) {
            body.run();
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    body.run();
                    return null;
                }));
            }
            await(running, pool);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void await(List<Future<?>> running, ExecutorService pool) throws IOException {
        IOException first = null;
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException e) {
                if (first == null) {
                    pool.shutdownNow();
                }
                if (e.getCause() instanceof Error error) {
                    throw error;
                } else if (e.getCause() instanceof RuntimeException error) {
                    throw error;
                }
                // The first error interrupts the other threads: theirs only says so.
                IOException error = (IOException) e.getCause();
                first = first == null || first instanceof InterruptedIOException ? error : first;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw interrupted(e);
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
