package io.jenkins.mlops.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;

/** A real HTTP server on a loopback port that answers as a test says. */
public final class LoopbackServer implements AutoCloseable {
    static {
        // Else an answer waits for the acknowledgement of its headers, 40 ms on Linux.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What it does with a request. */
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer http;

    public LoopbackServer(Answer answer) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        http.createContext("/", exchange -> {
            try {
                answer.to(exchange);
            } finally {
                exchange.close();
            }
        });
        http.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
