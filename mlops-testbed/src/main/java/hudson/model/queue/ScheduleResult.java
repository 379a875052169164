package hudson.model.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Queue;

/** What became of a wish to schedule. */
public abstract class ScheduleResult {
    public boolean isCreated() {
        return false;
    }

    public boolean isRefused() {
        return false;
    }

    public @CheckForNull Queue.Item getItem() {
        return null;
    }

    public static Created created(@NonNull Queue.WaitingItem i) {
        return new Created(i);
    }

    public static Existing existing(@NonNull Queue.Item i) {
        return new Existing(i);
    }

    /** A new item. */
    public static final class Created extends ScheduleResult {
        private final Queue.WaitingItem item;

        private Created(Queue.WaitingItem item) {
            this.item = item;
        }

        @Override
        public boolean isCreated() {
            return true;
        }

        @Override
        public @NonNull Queue.Item getItem() {
            return item;
        }
    }

    /** An item that waited already. */
    public static final class Existing extends ScheduleResult {
        private final Queue.Item item;

        private Existing(Queue.Item item) {
            this.item = item;
        }

        @Override
        public @NonNull Queue.Item getItem() {
            return item;
        }
    }
}
