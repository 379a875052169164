package io.jenkins.plugins.mlops.registry.notice;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.json.Json;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.credentials.GlobalCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Posts notices to a URL, whose host is on the administrator's list of allowed hosts.
 *
 * <p>The body is {@code {"text": ...}}, which chat services take, or that with the promotion's fields for programs. With
 * a secret, the header {@code X-MLOps-Signature} is {@code v1=} and the hexadecimal HMAC-SHA256 of
 * {@code TIMESTAMP.DELIVERY.BODY} under it, {@code X-MLOps-Timestamp} (epoch seconds, of this attempt) and
 * {@code X-MLOps-Delivery} being the other two. Redirects are not followed.
 */
public final class WebhookNotifier extends PromotionNotifier {
    /** Chat: {@code text} alone, with the characters escaped that chat services read as mark-up. */
    public static final String CHAT = "chat";
    /** Programs: all fields. */
    public static final String JSON = "json";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final String url;

    @CheckForNull
    private String credentialsId;

    private String format = JSON;

    @DataBoundConstructor
    public WebhookNotifier(String url) {
        this.url = Util.fixNull(url).trim();
    }

    public String getUrl() {
        return url;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The id of a secret text that deliveries are signed with; null for none. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getFormat() {
        return format;
    }

    /** {@value #JSON} or {@value #CHAT}. */
    @DataBoundSetter
    public void setFormat(@CheckForNull String format) {
        String given = Util.fixEmptyAndTrim(format);
        if (given != null && !List.of(JSON, CHAT).contains(given)) {
            throw new IllegalArgumentException("format: expected json or chat, found '" + given + "'");
        }
        this.format = given == null ? JSON : given;
    }

    @Override
    public String destination() {
        try {
            URI address = URI.create(url);
            return "the webhook at " + address.getHost();
        } catch (IllegalArgumentException x) {
            return "a webhook whose URL can't be read";
        }
    }

    @Override
    public void deliver(PromotionNotice notice, String deliveryId) throws IOException {
        try {
            RegistryConfiguration.get().allowedHosts().check(url);
        } catch (AbortException x) {
            throw new Refused(x.getMessage(), x);
        }
        String body = body(notice, deliveryId);
        String timestamp = String.valueOf(System.currentTimeMillis() / 1_000);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(ANSWER)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Jenkins-MLOps")
                .header("X-MLOps-Event", notice.event())
                .header("X-MLOps-Delivery", deliveryId)
                .header("X-MLOps-Timestamp", timestamp)
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (credentialsId != null) {
            request.header("X-MLOps-Signature", signature(secret(), timestamp, deliveryId, body));
        }
        int status = status(request.build());
        if (status == 408 || status == 429 || status >= 500) {
            throw new IOException(destination() + " answered " + status);
        }
        if (status < 200 || status >= 300) {
            throw new Refused(destination() + " answered " + status);
        }
    }

    private static int status(HttpRequest request) throws IOException {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
            throw new Refused("Jenkins ends", x);
        }
    }

    private String body(PromotionNotice notice, String deliveryId) {
        if (format.equals(CHAT)) {
            return Json.write(Map.of("text", escaped(notice.text())));
        }
        Map<String, Object> body = new LinkedHashMap<>(notice.json());
        body.put("delivery", deliveryId);
        return Json.write(body);
    }

    /** Text without the mark-up that would call for everybody in a channel, or show another link than it leads to. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private String secret() throws Refused {
        return GlobalCredentials.find(StringCredentials.class, credentialsId)
                .map(found -> found.getSecret().getPlainText())
                .filter(secret -> !secret.isEmpty())
                .orElseThrow(() -> new Refused("Expected a secret text of the id '" + credentialsId
                        + "' among the global credentials, found none or an empty one"));
    }

    /** The signature of a delivery under a secret. */
    static String signature(String secret, String timestamp, String deliveryId, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signed = mac.doFinal((timestamp + "." + deliveryId + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1=" + HexFormat.of().formatHex(signed);
        } catch (NoSuchAlgorithmException | InvalidKeyException x) {
            throw new IllegalStateException("every Java platform has HmacSHA256", x);
        }
    }

    /** Describes the webhook. */
    @Extension
    @Symbol("webhook")
    public static final class DescriptorImpl extends Descriptor<PromotionNotifier> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.WebhookNotifier_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckUrl(@QueryParameter String value) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return FormValidation.ok();
            }
            try {
                RegistryConfiguration.get()
                        .allowedHosts()
                        .check(Util.fixNull(value).trim());
                return FormValidation.ok();
            } catch (AbortException x) {
                return FormValidation.error(x.getMessage());
            }
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillFormatItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.WebhookNotifier_json(), JSON),
                    new ListBoxModel.Option(Messages.WebhookNotifier_chat(), CHAT));
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return GlobalCredentials.choices(credentialsId, List.of(StringCredentials.class));
        }
    }
}
