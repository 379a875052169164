package io.jenkins.plugins.mlops.monitor.hook;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Item;
import hudson.security.ACL;
import io.jenkins.mlops.webhook.WebhookFormat;
import io.jenkins.mlops.webhook.WebhookRequest;
import io.jenkins.mlops.webhook.WebhookSecret;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** A webhook that a job waits for: what kind it is, whose secret it must show, and which of its events are wanted. */
public abstract class Hook implements Describable<Hook>, ExtensionPoint {
    private final String credentialsId;

    /** @param credentialsId the id of a secret text that the sender knows, too */
    protected Hook(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
        if (this.credentialsId.isEmpty()) {
            throw new IllegalArgumentException("credentialsId: expected the id of a secret text, found none");
        }
    }

    public final String getCredentialsId() {
        return credentialsId;
    }

    /** Its part of the URL: {@code mlops-hooks/KIND/JOB}. */
    public abstract String kind();

    /** What it tells, and which of that is wanted. */
    protected abstract WebhookFormat format();

    /** Whether the request shows the secret; as a bearer token or as a signature of GitHub's kind by default. */
    protected boolean shows(String secret, WebhookRequest request, long nowMillis) {
        boolean bearer = WebhookSecret.bearer(secret, request);
        return WebhookSecret.hubSignature(secret, request) | bearer;
    }

    /** Whether the request is authentic; not if the job can use no such secret. */
    final boolean accepts(Item job, WebhookRequest request, long nowMillis) {
        StringCredentials found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItem(StringCredentials.class, job, ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(credentialsId));
        String secret = found == null ? "" : found.getSecret().getPlainText();
        return shows(secret, request, nowMillis) && !secret.isEmpty();
    }

    @Override
    public HookDescriptor getDescriptor() {
        return (HookDescriptor) Jenkins.get().getDescriptorOrDie(getClass());
    }
}
