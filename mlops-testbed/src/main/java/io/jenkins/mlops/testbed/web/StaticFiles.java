package io.jenkins.mlops.testbed.web;

import io.jenkins.mlops.testbed.host.Extensions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;

/** Serves the testbed's own files, the plugins' web files and adjuncts. */
final class StaticFiles {
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "html", "text/html;charset=UTF-8",
            "json", "application/json",
            "woff2", "font/woff2");

    private StaticFiles() {}

    static boolean serve(RequestImpl req, ResponseImpl rsp) throws IOException {
        if (!req.getMethod().equals("GET") && !req.getMethod().equals("HEAD")) {
            return false;
        }
        // Jenkins puts a hash of the start into the path, so that browsers can keep files for long.
        String path = req.getRestOfPath().replaceFirst("^/static/[0-9a-f]{8}/", "/static/");
        if (path.contains("..") || path.contains("//")) {
            return false;
        }
        if (path.startsWith("/static/plugin/")) {
            path = path.substring("/static".length());
        }
        if (path.startsWith("/static/adjuncts/")) {
            path = path.substring("/static".length());
        }
        String resource = null;
        if (path.startsWith("/static/")) {
            resource = "io/jenkins/mlops/testbed/static" + path.substring("/static".length());
        } else if (path.startsWith("/adjuncts/")) {
            // The first token is a hash, as with static files.
            resource = path.replaceFirst("^/adjuncts/[^/]+/", "");
        } else if (path.startsWith("/plugin/")) {
            return plugin(path.substring("/plugin/".length()), rsp);
        }
        if (resource == null || !known(resource)) {
            return false;
        }
        URL found = Extensions.loader().getResource(resource);
        if (found == null) {
            return false;
        }
        send(found, resource, rsp);
        return true;
    }

    private static boolean known(String path) {
        return TYPES.containsKey(path.substring(path.lastIndexOf('.') + 1));
    }

    /** A plugin's web files stand in {@code src/main/webapp} of the project that its classes come from. */
    private static boolean plugin(String path, ResponseImpl rsp) throws IOException {
        int slash = path.indexOf('/');
        if (!known(path) || slash <= 0) {
            return false;
        }
        Enumeration<URL> indexes = Extensions.loader().getResources("META-INF/annotations/hudson.Extension");
        while (indexes.hasMoreElements()) {
            Path found = inProject(indexes.nextElement(), path.substring(0, slash), path.substring(slash + 1));
            if (found != null) {
                send(found.toUri().toURL(), path, rsp);
                return true;
            }
        }
        return false;
    }

    /** Goes up from a folder or jar of classes to the project that has the file. */
    private static Path inProject(URL index, String plugin, String file) {
        String place = index.toString().replaceFirst("^jar:", "").replaceFirst("!.*$", "");
        if (!place.startsWith("file:")) {
            return null;
        }
        for (Path p = Path.of(URI.create(place)); p != null; p = p.getParent()) {
            Path web = p.resolve("src/main/webapp").resolve(file);
            if (p.toString().contains(plugin) && Files.isRegularFile(web)) {
                return web;
            }
            if (Files.exists(p.resolve("pom.xml"))) {
                return null;
            }
        }
        return null;
    }

    private static void send(URL url, String name, ResponseImpl rsp) throws IOException {
        rsp.setContentType(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        rsp.setHeader("Cache-Control", "no-cache");
        try (InputStream in = url.openStream()) {
            in.transferTo(rsp.getOutputStream());
        }
    }
}
