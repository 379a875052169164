package io.jenkins.mlops.registry.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Where an MLflow server is.
 *
 * @param base {@code http} or {@code https} URL without a slash at its end; a path where the server stands below one
 */
public record ServerAddress(String base) {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /** @throws IllegalArgumentException saying what is wrong with the URL; it quotes no password */
    public ServerAddress {
        String text = base == null ? "" : base.strip().replaceFirst("/+$", "");
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Expected the URL of an MLflow server, found one that can't be read", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "Expected an http or https URL such as https://mlflow.example.com, found '" + shown(text) + "'");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "Expected a URL without user and password; name them by credentials instead");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException(
                    "Expected the URL of a server without '?' and '#', found '" + shown(text) + "'");
        }
        base = text;
    }

    private static String shown(String text) {
        return text.contains("@") ? "..." : text.substring(0, Math.min(200, text.length()));
    }

    /** The address of a call; names and values are escaped, the path isn't. */
    URI resolve(String path, Map<String, String> query) {
        StringBuilder url = new StringBuilder(base).append(path);
        char next = '?';
        for (Map.Entry<String, String> field : query.entrySet()) {
            url.append(next).append(escaped(field.getKey())).append('=').append(escaped(field.getValue()));
            next = '&';
        }
        return URI.create(url.toString());
    }

    /** Text as one part of a path or a query. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (UNRESERVED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    /** Scheme, host and port, which credentials never leave. */
    static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** Where a redirect leads; null when that can't be read. */
    @CheckForNull
    static URI redirected(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
