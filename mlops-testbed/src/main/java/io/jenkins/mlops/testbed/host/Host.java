package io.jenkins.mlops.testbed.host;

import hudson.model.Hudson;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.testbed.web.WebServer;
import java.io.File;
import java.net.URI;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;

/** A controller in this process, with its pages if wanted. */
public final class Host implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Host.class.getName());

    private final Jenkins jenkins;
    private final WebServer web;

    private Host(Jenkins jenkins, WebServer web) {
        this.jenkins = jenkins;
        this.web = web;
    }

    /** Starts a controller without pages. */
    public static Host start(File home) throws Exception {
        return start(home, -1, "");
    }

    /**
     * Starts a controller.
     *
     * @param port for the pages on the loopback address; 0 for a free one, -1 for no pages
     * @param contextPath where Jenkins' root is, such as {@code /jenkins}, or empty
     */
    public static Host start(File home, int port, String contextPath) throws Exception {
        if (!Object.class.getModule().isOpen("java.util", Host.class.getModule())) {
            LOGGER.warning(
                    "Without --add-opens java.base/java.util=ALL-UNNAMED, as a controller is started with, sorted"
                            + " maps and other collections of saved builds can't be read again");
        }
        WebServer web = port < 0 ? null : WebServer.start(port, contextPath);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Hudson hudson = new Hudson(home, web == null ? null : web.servletContext());
            if (web != null) {
                JenkinsLocationConfiguration.get().setUrl(web.url().toString());
                web.open();
            }
            return new Host(hudson, web);
        } catch (Exception | Error e) {
            if (web != null) {
                web.close();
            }
            throw e;
        }
    }

    public Jenkins jenkins() {
        return jenkins;
    }

    /** The address of the pages, with a slash at the end. */
    public URI url() {
        if (web == null) {
            throw new IllegalStateException("This host was started without pages");
        }
        return web.url();
    }

    @Override
    public void close() throws Exception {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            if (web != null) {
                web.close();
            }
            jenkins.cleanUp();
        }
    }
}
