package hudson.slaves;

import hudson.model.Descriptor;
import hudson.model.Slave;
import java.io.IOException;

/** An agent that is there all the time. */
public final class DumbSlave extends Slave {
    private static final long serialVersionUID = 1L;

    public DumbSlave(String name, String remoteFS, ComputerLauncher launcher)
            throws Descriptor.FormException, IOException {
        super(name, remoteFS, launcher);
    }
}
