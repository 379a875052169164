package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Deployment;
import java.net.URI;
import java.net.URISyntaxException;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A deployment: what the build did, and whether the endpoint still serves it. */
@ExportedBean(defaultVisibility = 999)
public final class EndpointView {
    private final EndpointFact fact;

    @CheckForNull
    private final Deployment now;

    private final boolean asked;

    EndpointView(EndpointFact fact, RegistryAnswers answers) {
        this.fact = fact;
        this.now = answers.serving(fact.getName());
        this.asked = answers.problem().isEmpty();
    }

    @Exported
    public String getName() {
        return fact.getName();
    }

    @Exported
    public String getModel() {
        return fact.getModel();
    }

    /** The version that the build deployed. */
    @Exported
    public int getVersion() {
        return fact.getVersion();
    }

    /** Where it answers, or empty. */
    @Exported
    public String getUrl() {
        return fact.getUrl();
    }

    /** How the rollout ended. */
    @Exported
    public String getState() {
        return fact.getState();
    }

    /** Whether the endpoint serves this version now; null if the registry was not reached. */
    @Exported
    @CheckForNull
    public Boolean getServing() {
        return asked ? (Boolean) isSame() : null;
    }

    private boolean isSame() {
        return now != null && now.model().equals(fact.getModel()) && now.version() == fact.getVersion();
    }

    /** The URL if a link may lead there: what a step returned could as well be a script. */
    @CheckForNull
    public String getLink() {
        return link(fact.getUrl());
    }

    @CheckForNull
    static String link(@CheckForNull String url) {
        if (url == null) {
            return null;
        }
        try {
            String scheme = new URI(url).getScheme();
            return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme) ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** What the endpoint serves now, in words; empty if the registry was not reached. */
    public String getNow() {
        if (!asked) {
            return "";
        }
        if (now == null) {
            return Messages.EndpointView_nothing();
        }
        if (isSame()) {
            return Messages.EndpointView_same();
        }
        return now.model().equals(fact.getModel())
                ? Messages.EndpointView_version(String.valueOf(now.version()))
                : Messages.EndpointView_model();
    }

    public Badge getBadge() {
        return Badge.of(fact.getState());
    }
}
