package io.jenkins.mlops.testbed.pipeline;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A running Pipeline: the threads of its script. All of them run on one Java thread at a time, the CPS thread, and are
 * written to the build's folder whenever all of them wait.
 */
public final class Program implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(Program.class.getName());
    private static final String FILE = "program.dat";

    private static final Map<FlowExecution, Program> LIVE = Collections.synchronizedMap(new WeakHashMap<>());
    private static final ThreadLocal<ProgramThread> CURRENT = new ThreadLocal<>();

    private static final AtomicInteger POOL_THREADS = new AtomicInteger();
    static final ExecutorService POOL = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "Pipeline #" + POOL_THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    @SuppressWarnings("rawtypes")
    private static final List<Class> CATEGORIES = categories();

    private final ConcurrentSkipListMap<Integer, ProgramThread> threads = new ConcurrentSkipListMap<>();
    private int lastThread;
    private int lastNode = 1;

    private transient CpsFlowExecution execution;
    private transient ScriptLoader loader;
    private transient Executor vm;
    private transient volatile boolean closed;
    private transient volatile boolean suspended;
    private transient ProgramEvents events;

    private Program(CpsFlowExecution execution, ScriptLoader loader, ProgramEvents events) {
        attach(execution, loader, events);
    }

    @SuppressWarnings("rawtypes")
    private static List<Class> categories() {
        List<Class> all = new ArrayList<>();
        all.add(SerializableIterators.class);
        all.addAll(Continuable.categories);
        return List.copyOf(all);
    }

    private void attach(CpsFlowExecution owner, ScriptLoader scripts, ProgramEvents listener) {
        execution = owner;
        loader = scripts;
        events = listener;
        vm = MoreExecutors.newSequentialExecutor(POOL);
        LIVE.put(owner, this);
    }

    /** The program of an execution that has not ended; null when it has, or when it was never read back. */
    @CheckForNull
    public static Program of(FlowExecution execution) {
        return LIVE.get(execution);
    }

    /** The thread of a script that this Java thread runs at the moment. */
    static ProgramThread current() {
        ProgramThread thread = CURRENT.get();
        if (thread == null) {
            throw new IllegalStateException("Steps can be called on the CPS thread only, not from another one");
        }
        return thread;
    }

    /** Compiles the script and begins to run it; {@code events} hears how it goes. */
    public static void start(CpsFlowExecution execution, ProgramEvents events) {
        Program program = new Program(execution, new ScriptLoader(execution), events);
        program.submit(() -> {
            ProgramThread main = new ProgramThread(program, ++program.lastThread, ContextVariables.NONE, null);
            main.enter(execution.getCurrentHeads().get(0));
            program.log("Start of Pipeline");
            try {
                main.run(program.loader.parse());
            } catch (Throwable t) {
                program.end(new Outcome(null, t));
                return;
            }
            program.threads.put(main.id, main);
        });
    }

    /** Reads back the program from {@code file} and lets its running steps go on; {@code events} hears how it goes. */
    public static void resume(CpsFlowExecution execution, File file, ProgramEvents events) {
        POOL.execute(() -> {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                ScriptLoader loader = new ScriptLoader(execution);
                loader.parse();
                Program program = ProgramFile.read(file, loader.classLoader(), execution.getOwner());
                program.attach(execution, loader, events);
                execution.getOwner().getListener().getLogger().println("Ready to run at " + new Date());
                program.threads.values().forEach(ProgramThread::resume);
                program.submit(() -> {});
            } catch (IOException | RuntimeException | LinkageError x) {
                events.ended(new IOException("Failed to load build state", x));
            }
        });
    }

    CpsFlowExecution execution() {
        return execution;
    }

    FlowExecutionOwner owner() {
        return execution.getOwner();
    }

    ScriptLoader loader() {
        return loader;
    }

    Run<?, ?> run() throws IOException {
        return (Run<?, ?>) owner().getExecutable();
    }

    ProgramEvents events() {
        return events;
    }

    @CheckForNull
    ProgramThread thread(int id) {
        return threads.get(id);
    }

    ProgramThread newThread(ContextVariables context, ProgramBody body) {
        ProgramThread thread = new ProgramThread(this, ++lastThread, context, body);
        threads.put(thread.id, thread);
        return thread;
    }

    String nextNodeId() {
        return String.valueOf(++lastNode);
    }

    void log(String text) {
        try {
            owner().getListener().getLogger().println("[Pipeline] " + text);
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "cannot log", x);
        }
    }

    /** Runs {@code task} on the CPS thread, then the script until all of its threads wait. */
    void submit(Runnable task) {
        vm.execute(() -> {
            if (closed) {
                return;
            }
            try (ACLContext ignored = ACL.as2(execution.getAuthentication2())) {
                task.run();
                runAll();
            } catch (Throwable t) {
                LOGGER.log(Level.WARNING, "the engine failed on " + execution, t);
                end(new Outcome(null, t));
            }
        });
    }

    /** Whether the calling Java thread is the one that runs the script now. */
    boolean isVmThread() {
        ProgramThread thread = CURRENT.get();
        return thread != null && thread.program == this;
    }

    private void runAll() throws IOException {
        boolean ran;
        do {
            ran = false;
            for (ProgramThread thread : threads.values()) {
                if (!closed && thread.isRunnable()) {
                    CURRENT.set(thread);
                    try {
                        thread.runChunk(CATEGORIES);
                    } finally {
                        CURRENT.remove();
                    }
                    ran = true;
                }
            }
        } while (ran && !closed);
        if (!closed) {
            save();
        }
    }

    private void save() throws IOException {
        ProgramFile.write(this, new File(owner().getRootDir(), FILE));
    }

    /** Writes the program as it is now; done when the future is. */
    ListenableFuture<Void> saveState() {
        SettableFuture<Void> done = SettableFuture.create();
        submit(() -> {
            try {
                save();
                done.set(null);
            } catch (IOException x) {
                done.setException(x);
            }
        });
        return done;
    }

    /** A thread has come to its end: the program's, when it is the main one. */
    void ended(ProgramThread thread, Outcome outcome) {
        threads.remove(thread.id);
        if (thread.body == null) {
            end(outcome);
        } else {
            thread.body.ended(thread, outcome);
        }
    }

    private void end(Outcome outcome) {
        if (!closed) {
            closed = true;
            LIVE.remove(execution);
            try {
                Files.deleteIfExists(new File(owner().getRootDir(), FILE).toPath());
            } catch (IOException x) {
                LOGGER.log(Level.WARNING, "cannot delete the program of an ended build", x);
            }
            events.ended(outcome.getAbnormal());
        }
    }

    /** The steps that run, outer ones first. */
    public List<StepExecution> executions(boolean innerMostOnly) {
        List<StepExecution> found = new ArrayList<>();
        for (ProgramThread thread : threads.values()) {
            StepExecution step = thread.stepExecution();
            if (step != null && !(innerMostOnly && hasBodies(thread))) {
                found.add(step);
            }
        }
        return found;
    }

    private boolean hasBodies(ProgramThread thread) {
        return threads.values().stream().anyMatch(other -> other.body != null && other.body.isOf(thread));
    }

    /** The innermost steps inside {@code body}. */
    List<ProgramThread> innermost(ProgramBody body) {
        List<ProgramThread> found = new ArrayList<>();
        for (ProgramThread thread : threads.values()) {
            if (thread.isIn(body) && !hasBodies(thread)) {
                found.add(thread);
            }
        }
        return found;
    }

    /** Stops all innermost steps with {@code cause}. */
    public void interrupt(Throwable cause) {
        submit(() -> threads.values().stream()
                .filter(thread -> !hasBodies(thread))
                .toList()
                .forEach(thread -> thread.stop(cause)));
    }

    /** The nodes at which the threads are. */
    public List<FlowNode> heads() {
        List<FlowNode> heads = new ArrayList<>();
        for (ProgramThread thread : threads.values()) {
            if (!hasBodies(thread)) {
                heads.add(thread.head());
            }
        }
        return heads;
    }

    /** Writes the program for the last time before the host goes down, and lets it run no more. */
    public void suspend() {
        SettableFuture<Void> done = SettableFuture.create();
        vm.execute(() -> {
            try {
                if (!closed) {
                    closed = true;
                    suspended = true;
                    LIVE.remove(execution);
                    save();
                }
            } catch (IOException x) {
                LOGGER.log(Level.WARNING, "cannot write " + execution, x);
            } finally {
                done.set(null);
            }
        });
        Futures.getUnchecked(done);
    }

    boolean isSuspended() {
        return suspended;
    }
}
