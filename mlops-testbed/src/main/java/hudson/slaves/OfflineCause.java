package hudson.slaves;

import java.util.Date;

/** Why a computer is offline. */
public abstract class OfflineCause {
    protected final long timestamp = System.currentTimeMillis();

    public final Date getTime() {
        return new Date(timestamp);
    }

    /** Taken offline by a person or a program, with a text. */
    public static class ByCLI extends OfflineCause {
        public final String message;

        public ByCLI(String message) {
            this.message = message;
        }

        @Override
        public String toString() {
            return message;
        }
    }
}
