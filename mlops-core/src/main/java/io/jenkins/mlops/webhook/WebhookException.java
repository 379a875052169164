package io.jenkins.mlops.webhook;

/** Says why a webhook's body can't be taken, to a sender who has shown the secret. */
public final class WebhookException extends Exception {
    private static final long serialVersionUID = 1L;

    public WebhookException(String message) {
        super(message);
    }

    public WebhookException(String message, Throwable cause) {
        super(message, cause);
    }
}
