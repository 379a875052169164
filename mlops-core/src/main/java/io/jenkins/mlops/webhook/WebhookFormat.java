package io.jenkins.mlops.webhook;

import java.util.List;

/** What a kind of webhook tells, and which of it is asked for. */
@FunctionalInterface
public interface WebhookFormat {
    /** The most events that one request may carry. */
    int MAX_EVENTS = 1_000;

    /**
     * The events that are asked for; none if the request tells of other things.
     *
     * @throws WebhookException if the body is not of this format
     */
    List<WebhookEvent> events(WebhookRequest request) throws WebhookException;
}
