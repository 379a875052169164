package hudson.triggers;

import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.TimerTask;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A timer task whose failure doesn't end the timer. */
public abstract class SafeTimerTask extends TimerTask {
    @Override
    public final void run() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            doRun();
        } catch (Throwable t) {
            Logger.getLogger(SafeTimerTask.class.getName()).log(Level.SEVERE, "Timer task " + this + " failed", t);
        }
    }

    protected abstract void doRun() throws Exception;
}
