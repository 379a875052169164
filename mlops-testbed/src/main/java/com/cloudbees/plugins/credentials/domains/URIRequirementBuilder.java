package com.cloudbees.plugins.credentials.domains;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Collects what credentials are needed for, from a URI. */
public class URIRequirementBuilder {
    private final List<DomainRequirement> requirements = new ArrayList<>();

    private URIRequirementBuilder() {}

    @NonNull
    public static URIRequirementBuilder create() {
        return new URIRequirementBuilder();
    }

    @NonNull
    public static URIRequirementBuilder fromUri(@CheckForNull String uri) {
        return create().withUri(uri);
    }

    @NonNull
    public URIRequirementBuilder withUri(@CheckForNull String uri) {
        if (uri != null) {
            try {
                withHostname(new URI(uri).getHost());
            } catch (URISyntaxException e) {
                // An address that can't be read narrows nothing.
                requirements.clear();
            }
        }
        return this;
    }

    @NonNull
    public URIRequirementBuilder withHostname(@CheckForNull String hostname) {
        requirements.removeIf(HostnameRequirement.class::isInstance);
        if (hostname != null) {
            requirements.add(new HostnameRequirement(hostname));
        }
        return this;
    }

    @NonNull
    public List<DomainRequirement> build() {
        return new ArrayList<>(requirements);
    }
}
