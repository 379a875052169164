package io.jenkins.mlops.testbed.web;

import io.jenkins.mlops.testbed.host.Extensions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
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

    /** A plugin's web files stand in {@code src/main/webapp}, which a build copies to {@code webapp/NAME}. */
    private static boolean plugin(String path, ResponseImpl rsp) throws IOException {
        if (!known(path)) {
            return false;
        }
        int slash = path.indexOf('/');
        URL found = Extensions.loader().getResource("webapp/" + path);
        if (found == null && slash > 0) {
            Enumeration<URL> roots = Extensions.loader().getResources("");
            while (found == null && roots.hasMoreElements()) {
                found = inSources(roots.nextElement(), path.substring(0, slash), path.substring(slash + 1));
            }
        }
        if (found == null) {
            return false;
        }
        send(found, path, rsp);
        return true;
    }

    /** Looks beside a folder of compiled classes for the plugin's sources. */
    private static URL inSources(URL root, String plugin, String file) throws IOException {
        if (!root.getProtocol().equals("file")) {
            return null;
        }
        try {
            for (java.nio.file.Path p = java.nio.file.Path.of(root.toURI()); p != null; p = p.getParent()) {
                java.nio.file.Path web = p.resolve("src/main/webapp").resolve(file);
                if (java.nio.file.Files.isRegularFile(web)
                        && p.getFileName().toString().contains(plugin)) {
                    return web.toUri().toURL();
                }
                if (java.nio.file.Files.exists(p.resolve("testbed-pom.xml"))) {
                    return null;
                }
            }
            return null;
        } catch (java.net.URISyntaxException e) {
            return null;
        }
    }

    private static void send(URL url, String name, ResponseImpl rsp) throws IOException {
        rsp.setContentType(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        rsp.setHeader("Cache-Control", "no-cache");
        try (InputStream in = url.openStream()) {
            in.transferTo(rsp.getOutputStream());
        }
    }
}
