package io.jenkins.plugins.checks.api;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;
import java.util.Optional;

/** A check: its name, how it stands and what it says. */
public class ChecksDetails {
    @CheckForNull
    private final String name;

    @CheckForNull
    private final String detailsURL;

    @CheckForNull
    private final ChecksOutput output;

    private final ChecksStatus status;
    private final ChecksConclusion conclusion;

    private ChecksDetails(ChecksDetailsBuilder builder) {
        name = builder.name;
        detailsURL = builder.detailsURL;
        output = builder.output;
        status = builder.status;
        conclusion = builder.conclusion;
    }

    public Optional<String> getName() {
        return Optional.ofNullable(name);
    }

    public ChecksStatus getStatus() {
        return status;
    }

    public Optional<String> getDetailsURL() {
        return Optional.ofNullable(detailsURL);
    }

    public ChecksConclusion getConclusion() {
        return conclusion;
    }

    public Optional<ChecksOutput> getOutput() {
        return Optional.ofNullable(output);
    }

    public static class ChecksDetailsBuilder {
        @CheckForNull
        private String name;

        @CheckForNull
        private String detailsURL;

        @CheckForNull
        private ChecksOutput output;

        private ChecksStatus status = ChecksStatus.NONE;
        private ChecksConclusion conclusion = ChecksConclusion.NONE;

        public ChecksDetailsBuilder() {}

        public ChecksDetailsBuilder withName(final String name) {
            this.name = Objects.requireNonNull(name);
            return this;
        }

        public ChecksDetailsBuilder withStatus(final ChecksStatus status) {
            this.status = Objects.requireNonNull(status);
            return this;
        }

        public ChecksDetailsBuilder withDetailsURL(final String detailsURL) {
            this.detailsURL = Objects.requireNonNull(detailsURL);
            return this;
        }

        public ChecksDetailsBuilder withConclusion(final ChecksConclusion conclusion) {
            this.conclusion = Objects.requireNonNull(conclusion);
            return this;
        }

        public ChecksDetailsBuilder withOutput(final ChecksOutput output) {
            this.output = Objects.requireNonNull(output);
            return this;
        }

        public ChecksDetails build() {
            return new ChecksDetails(this);
        }
    }
}
