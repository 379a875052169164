package io.jenkins.plugins.mlops.monitor.hook;

import hudson.model.Cause;
import io.jenkins.mlops.webhook.WebhookEvent;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;

/** Says which event a webhook told of. Its texts come from the sender and are never more than texts. */
public final class HookCause extends Cause {
    private final String id;
    private final String kind;
    private final String summary;
    private final TreeMap<String, String> attributes;

    HookCause(String kind, WebhookEvent event) {
        this.id = event.id();
        this.kind = kind;
        this.summary = event.summary();
        this.attributes = new TreeMap<>(event.attributes());
    }

    /** Tells events apart. */
    String id() {
        return id;
    }

    /** {@code alertmanager}, {@code mlflow}, {@code s3}, {@code cloudevents} or {@code json}. */
    @Exported(visibility = 3)
    public String getKind() {
        return kind;
    }

    /** What the event says of itself, by name. */
    @Exported(visibility = 3)
    public Map<String, String> getAttributes() {
        return Collections.unmodifiableMap(attributes);
    }

    @Override
    public String getShortDescription() {
        return "Webhook (" + kind + "): " + summary;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HookCause that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
