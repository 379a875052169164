package io.jenkins.mlops.testbed.harness;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.testbed.host.Folders;
import io.jenkins.mlops.testbed.host.Host;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import org.htmlunit.WebClient;

/** The host of one test: a controller in a temporary home that goes away with the test. */
public final class TestHost {
    private static final Map<String, Callable<?>> TASKS = new ConcurrentHashMap<>();

    private static final ThreadLocal<File> NEXT_HOME = new ThreadLocal<>();

    private File home = NEXT_HOME.get();
    private boolean ownHome;
    private Host host;
    private ACLContext system;

    /** Makes something whose test host uses a home that stays. */
    static <T> T inHome(File folder, java.util.function.Supplier<T> maker) {
        NEXT_HOME.set(folder);
        try {
            return maker.get();
        } finally {
            NEXT_HOME.remove();
        }
    }

    public File home() {
        return home;
    }

    /** Starts; port 0 is any free one. */
    public void start(int port, String contextPath) throws Exception {
        if (home == null) {
            home = Files.createTempDirectory("jenkins-home").toFile();
            ownHome = true;
        }
        system = ACL.as2(ACL.SYSTEM2);
        host = Host.start(home, port, contextPath);
    }

    /** Stops, and deletes the home if it was made by {@link #start}. */
    public void stop() throws Exception {
        if (host == null) {
            return;
        }
        try {
            host.close();
        } finally {
            host = null;
            system.close();
            if (ownHome) {
                try {
                    Folders.delete(home.toPath());
                } catch (IOException e) {
                    // A process that the test left behind may still write; the system clears its temporary folder.
                    home.deleteOnExit();
                }
            }
        }
    }

    public Jenkins jenkins() {
        return host.jenkins();
    }

    public URL url() throws IOException {
        return host.url().toURL();
    }

    public int port() {
        return host.url().getPort();
    }

    /** Runs something in a request of a client, as its person. */
    @SuppressWarnings("unchecked")
    public <V> V executeOnServer(WebClient client, Callable<V> task) throws Exception {
        Object[] outcome = new Object[2];
        String id = java.util.UUID.randomUUID().toString();
        TASKS.put(id, () -> {
            try {
                outcome[0] = task.call();
            } catch (Exception | Error e) {
                outcome[1] = e;
            }
            return null;
        });
        client.getPage(host.url() + "testbedTask/run?id=" + id);
        if (outcome[1] instanceof Error e) {
            throw e;
        }
        if (outcome[1] instanceof Exception e) {
            throw e;
        }
        return (V) outcome[0];
    }

    static Callable<?> task(String id) {
        return TASKS.remove(id);
    }
}
