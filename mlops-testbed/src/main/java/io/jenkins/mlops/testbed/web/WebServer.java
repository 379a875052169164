package io.jenkins.mlops.testbed.web;

import jakarta.servlet.ServletContext;
import java.net.URI;
import org.eclipse.jetty.ee9.servlet.ServletContextHandler;
import org.eclipse.jetty.ee9.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty on a loopback port. */
public final class WebServer implements AutoCloseable {
    private final Server server;
    private final ServletContextHandler handler;
    private final HostServlet servlet;
    private final URI url;

    private WebServer(Server server, ServletContextHandler handler, HostServlet servlet, URI url) {
        this.server = server;
        this.handler = handler;
        this.servlet = servlet;
        this.url = url;
    }

    /** Starts a server that says "starting" until {@link #open()}. */
    public static WebServer start(int port, String contextPath) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(20, 2);
        threads.setDaemon(true);
        threads.setName("web");
        Server server = new Server(threads);
        HttpConfiguration config = new HttpConfiguration();
        // Experiment and model names may hold an encoded slash.
        config.setUriCompliance(UriCompliance.LEGACY);
        config.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(config));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler(ServletContextHandler.SESSIONS);
        handler.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
        handler.setClassLoader(Thread.currentThread().getContextClassLoader());
        HostServlet servlet = new HostServlet();
        ServletHolder holder = new ServletHolder(servlet);
        handler.addServlet(holder, "/*");
        handler.getSessionHandler().getSessionCookieConfig().setName("JSESSIONID.testbed");
        handler.getSessionHandler().setHttpOnly(true);
        server.setHandler(handler);
        server.setStopTimeout(0);
        server.start();
        URI url = URI.create("http://localhost:" + connector.getLocalPort() + contextPath + "/");
        return new WebServer(server, handler, servlet, url);
    }

    public ServletContext servletContext() {
        return handler.getServletContext();
    }

    public URI url() {
        return url;
    }

    /** Begins to answer. */
    public void open() {
        servlet.open();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
