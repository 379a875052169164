package io.jenkins.plugins.mlops.registry;

import hudson.AbortException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The hosts that the controller itself may call for a build, as an administrator lists them.
 *
 * <p>A Jenkinsfile names URLs, and the controller stands where its author may not: without a list, it could be made to
 * ask any address of its own network. An entry is {@code host}, {@code host:port} or {@code *.domain}.
 */
public final class AllowedHosts implements Predicate<URI> {
    private final List<String> entries = new ArrayList<>();

    AllowedHosts(String lines) {
        for (String line : lines.split("[\\s,]+")) {
            if (!line.isBlank()) {
                entries.add(line.trim().toLowerCase(Locale.ROOT));
            }
        }
    }

    @Override
    public boolean test(URI address) {
        if (address.getHost() == null || !List.of("http", "https").contains(scheme(address))) {
            return false;
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        int port = address.getPort() >= 0 ? address.getPort() : scheme(address).equals("https") ? 443 : 80;
        return entries.stream()
                .anyMatch(entry -> entry.equals(host)
                        || entry.equals(host + ":" + port)
                        || entry.startsWith("*.") && host.endsWith(entry.substring(1)));
    }

    private static String scheme(URI address) {
        return address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    }

    /**
     * Refuses an address that is not on the list.
     *
     * @throws AbortException naming the address and where the list is
     */
    public void check(String address) throws AbortException {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException x) {
            AbortException refused = new AbortException("Expected an http or https URL, found '" + address + "'.");
            refused.initCause(x);
            throw refused;
        }
        if (!test(uri)) {
            throw new AbortException("The controller may not call " + uri.getScheme() + "://" + uri.getAuthority()
                    + ": an administrator has to add the host to 'Allowed hosts' under Manage Jenkins, System,"
                    + " MLOps registry.");
        }
    }
}
