package hudson;

import hudson.model.Saveable;
import java.io.Closeable;
import java.io.IOException;

/** Puts off saving until a series of changes is done. */
public class BulkChange implements Closeable {
    private static final ThreadLocal<BulkChange> INSCOPE = new ThreadLocal<>();
    private final Saveable saveable;
    private final BulkChange parent;
    private boolean completed;

    public BulkChange(Saveable saveable) {
        this.saveable = saveable;
        this.parent = INSCOPE.get();
        INSCOPE.set(this);
    }

    public void commit() throws IOException {
        if (!completed) {
            completed = true;
            INSCOPE.set(parent);
            saveable.save();
        }
    }

    @Override
    public void close() {
        abort();
    }

    public void abort() {
        if (!completed) {
            completed = true;
            INSCOPE.set(parent);
        }
    }

    public static boolean contains(Saveable s) {
        for (BulkChange b = INSCOPE.get(); b != null; b = b.parent) {
            if (b.saveable == s) {
                return true;
            }
        }
        return false;
    }
}
