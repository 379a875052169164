package io.jenkins.plugins.checks.api;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;
import java.util.Optional;

/** What a check says: a title, a summary and a longer text, in Markdown. */
public class ChecksOutput {
    @CheckForNull
    private final String title;

    @CheckForNull
    private final String summary;

    @CheckForNull
    private final String text;

    private ChecksOutput(@CheckForNull String title, @CheckForNull String summary, @CheckForNull String text) {
        this.title = title;
        this.summary = summary;
        this.text = text;
    }

    public Optional<String> getTitle() {
        return Optional.ofNullable(title);
    }

    public Optional<String> getSummary() {
        return Optional.ofNullable(summary);
    }

    public Optional<String> getText() {
        return Optional.ofNullable(text);
    }

    public static class ChecksOutputBuilder {
        @CheckForNull
        private String title;

        @CheckForNull
        private String summary;

        @CheckForNull
        private String text;

        public ChecksOutputBuilder() {}

        public ChecksOutputBuilder withTitle(final String title) {
            this.title = Objects.requireNonNull(title);
            return this;
        }

        public ChecksOutputBuilder withSummary(final String summary) {
            this.summary = Objects.requireNonNull(summary);
            return this;
        }

        public ChecksOutputBuilder withText(final String text) {
            this.text = Objects.requireNonNull(text);
            return this;
        }

        public ChecksOutput build() {
            return new ChecksOutput(title, summary, text);
        }
    }
}
