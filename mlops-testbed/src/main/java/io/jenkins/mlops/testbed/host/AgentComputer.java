package io.jenkins.mlops.testbed.host;

import hudson.model.Computer;
import hudson.model.Slave;
import hudson.remoting.VirtualChannel;
import hudson.slaves.OfflineCause;
import io.jenkins.mlops.testbed.remoting.AgentChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The computer of an agent in this process; it can be cut off and connected again. */
public final class AgentComputer extends Computer {
    private volatile AgentChannel channel = new AgentChannel();

    public AgentComputer(Slave node) {
        super(node);
    }

    @Override
    public VirtualChannel getChannel() {
        return channel;
    }

    /** Cuts the connection, as when the machine dies. */
    public void disconnect(String why) {
        AgentChannel gone = channel;
        offlineCause = new OfflineCause.ByCLI(why);
        channel = null;
        if (gone != null) {
            gone.close();
        }
    }

    /** Connects the agent again. */
    public void reconnect() {
        channel = new AgentChannel();
        offlineCause = null;
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public Boolean isUnix() {
        return java.io.File.pathSeparatorChar != ';';
    }
}
