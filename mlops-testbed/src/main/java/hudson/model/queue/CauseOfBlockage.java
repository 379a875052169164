package hudson.model.queue;

/** Why a task can't run yet. */
public abstract class CauseOfBlockage {
    public abstract String getShortDescription();

    @Override
    public String toString() {
        return getShortDescription();
    }
}
