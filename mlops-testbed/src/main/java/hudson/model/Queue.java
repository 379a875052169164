package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.init.InitMilestone;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.FoldableAction;
import hudson.model.queue.QueueTaskFuture;
import hudson.model.queue.ScheduleResult;
import hudson.model.queue.SubTask;
import hudson.security.ACL;
import io.jenkins.mlops.testbed.host.TaskFuture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.model.Jenkins;
import jenkins.model.queue.AsynchronousExecution;
import jenkins.util.Timer;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** What waits for an executor. */
@ExportedBean
public class Queue implements Saveable {
    private static final AtomicLong IDS = new AtomicLong();

    private final List<WaitingItem> waiting = new ArrayList<>();
    private final List<LeftItem> left = new ArrayList<>();

    public Queue(LoadBalancer loadBalancer) {}

    @Override
    public void save() {}

    /** Puts a task in the queue, or folds it into an equal item that waits already. */
    public @NonNull synchronized ScheduleResult schedule2(Task p, int quietPeriod, List<Action> actions) {
        for (WaitingItem item : waiting) {
            if (item.task.equals(p) && !shouldScheduleAnew(item, actions)) {
                for (Action a : actions) {
                    if (a instanceof FoldableAction f) {
                        f.foldIntoExisting(item, p, actions);
                    }
                }
                return ScheduleResult.existing(item);
            }
        }
        Calendar due = new GregorianCalendar();
        due.add(Calendar.SECOND, Math.max(0, quietPeriod));
        WaitingItem added = new WaitingItem(due, p, new ArrayList<>(actions));
        waiting.add(added);
        scheduleMaintenanceIn(Math.max(0, quietPeriod));
        return ScheduleResult.created(added);
    }

    private static boolean shouldScheduleAnew(Item item, List<Action> actions) {
        List<Action> own = new ArrayList<>(item.getActions());
        for (Action a : own) {
            if (a instanceof QueueAction q && q.shouldSchedule(actions)) {
                return true;
            }
        }
        for (Action a : actions) {
            if (a instanceof QueueAction q && q.shouldSchedule(own)) {
                return true;
            }
        }
        return false;
    }

    private void scheduleMaintenanceIn(int seconds) {
        Timer.get().schedule(this::maintain, seconds, TimeUnit.SECONDS);
    }

    public boolean cancel(Item item) {
        synchronized (this) {
            if (!waiting.remove(item)) {
                return false;
            }
            left.add(new LeftItem(item));
        }
        item.future.cancelled();
        return true;
    }

    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Exported(inline = true)
    public synchronized Item[] getItems() {
        return waiting.toArray(new Item[0]);
    }

    public synchronized Item getItem(long id) {
        for (Item i : waiting) {
            if (i.getId() == id) {
                return i;
            }
        }
        for (Item i : left) {
            if (i.getId() == id) {
                return i;
            }
        }
        return null;
    }

    public synchronized @CheckForNull Item getItem(Task t) {
        for (Item i : waiting) {
            if (i.task.equals(t)) {
                return i;
            }
        }
        return null;
    }

    public synchronized List<Item> getItems(Task t) {
        return new ArrayList<>(waiting.stream().filter(i -> i.task.equals(t)).toList());
    }

    public boolean contains(Task t) {
        return getItem(t) != null;
    }

    /** Hands what is due to idle executors. */
    public synchronized void maintain() {
        Jenkins j = Jenkins.getInstanceOrNull();
        if (j == null || j.isTerminating() || j.getInitLevel() != InitMilestone.COMPLETED) {
            return;
        }
        long now = System.currentTimeMillis();
        for (WaitingItem item : new ArrayList<>(waiting)) {
            item.why = item.timestamp.getTimeInMillis() > now ? "In the quiet period" : start(item);
        }
    }

    private String start(WaitingItem item) {
        CauseOfBlockage blocked = item.task.getCauseOfBlockage();
        if (blocked != null) {
            return blocked.getShortDescription();
        }
        Computer builtIn = Jenkins.get().toComputer();
        Executor free = item.task instanceof FlyweightTask && builtIn != null
                ? builtIn.oneOff()
                : idle(item.task.getAssignedLabel());
        if (free == null) {
            Label label = item.task.getAssignedLabel();
            return "Waiting for next available executor" + (label == null ? "" : " on ‘" + label.getName() + "’");
        }
        waiting.remove(item);
        LeftItem done = new LeftItem(item);
        left.add(done);
        if (left.size() > 100) {
            left.remove(0);
        }
        free.take(item, done);
        return null;
    }

    private static Executor idle(Label label) {
        for (Computer c : Jenkins.get().getComputers()) {
            Node node = c.getNode();
            boolean fits = node != null && (label == null ? node.getMode() == Node.Mode.NORMAL : label.contains(node));
            if (fits && c.isOnline()) {
                for (Executor e : c.getExecutors()) {
                    if (e.isIdle()) {
                        return e;
                    }
                }
            }
        }
        return null;
    }

    public void clear() {
        for (Item item : getItems()) {
            cancel(item);
        }
    }

    public Api getApi() {
        return new Api(this);
    }

    public static Queue getInstance() {
        return Jenkins.get().getQueue();
    }

    /** A thing that the queue can run. */
    public interface Task extends ModelObject, SubTask {
        @CheckForNull
        default CauseOfBlockage getCauseOfBlockage() {
            return null;
        }

        String getName();

        String getFullDisplayName();

        default void checkAbortPermission() {}

        @Override
        String getUrl();

        default boolean isConcurrentBuild() {
            return false;
        }

        @NonNull
        default Authentication getDefaultAuthentication2() {
            return ACL.SYSTEM2;
        }

        @NonNull
        default Authentication getDefaultAuthentication2(Queue.Item item) {
            return getDefaultAuthentication2();
        }
    }

    /** A task that needs no executor of its own. */
    public interface FlyweightTask extends Task {}

    /** What a task's execution is. */
    public interface Executable extends Runnable {
        @NonNull
        SubTask getParent();

        @Override
        void run() throws AsynchronousExecution;

        @Override
        String toString();
    }

    /** An action that has a say in whether two items are one. */
    public interface QueueAction extends Action {
        boolean shouldSchedule(List<Action> actions);
    }

    /** A task in the queue. */
    @ExportedBean(defaultVisibility = 999)
    public abstract static class Item extends Actionable {
        private final long id;
        private final long inQueueSince = System.currentTimeMillis();
        final TaskFuture<Executable> future;
        volatile String why;

        @Exported
        public final Task task;

        Item(Task task, List<Action> actions, long id, TaskFuture<Executable> future) {
            this.task = task;
            this.id = id;
            this.future = future;
            actions.forEach(this::addAction);
        }

        @Exported
        public long getId() {
            return id;
        }

        public @NonNull Task getTask() {
            return task;
        }

        @Exported
        public long getInQueueSince() {
            return inQueueSince;
        }

        public @NonNull QueueTaskFuture<Executable> getFuture() {
            return future;
        }

        TaskFuture<Executable> outcome() {
            return future;
        }

        public final List<Cause> getCauses() {
            CauseAction a = getAction(CauseAction.class);
            return a == null ? List.of() : a.getCauses();
        }

        @Exported
        public final String getWhy() {
            return why;
        }

        public String getUrl() {
            return "queue/item/" + id + '/';
        }

        @Override
        public String getDisplayName() {
            return task.getFullDisplayName();
        }

        @NonNull
        public Authentication authenticate2() {
            return task.getDefaultAuthentication2(this);
        }

        public Api getApi() throws AccessDeniedException {
            return new Api(this);
        }
    }

    /** An item that waits. */
    public static final class WaitingItem extends Item implements Comparable<WaitingItem> {
        @Exported
        public Calendar timestamp;

        public WaitingItem(Calendar timestamp, Task project, List<Action> actions) {
            super(project, actions, IDS.incrementAndGet(), new TaskFuture<>());
            this.timestamp = timestamp;
        }

        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public int compareTo(WaitingItem that) {
            int byTime = timestamp.compareTo(that.timestamp);
            return byTime != 0 ? byTime : Long.compare(getId(), that.getId());
        }
    }

    /** An item that runs, ran, or was cancelled. */
    public static final class LeftItem extends Item {
        private volatile Executable executable;
        private volatile boolean started;

        LeftItem(Item from) {
            super(from.task, from.getActions(), from.getId(), from.outcome());
        }

        void started(Executable e) {
            executable = e;
            started = true;
        }

        @CheckForNull
        @Exported
        public Executable getExecutable() {
            return executable;
        }

        @Exported
        public boolean isCancelled() {
            return !started && outcome().isCancelled();
        }
    }

    static Executable create(Task task) throws IOException {
        return task.createExecutable();
    }
}
