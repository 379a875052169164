package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.plan.RetrainingManners;
import io.jenkins.mlops.monitor.retraining.RetrainingPolicy.Route;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** With which manners a monitor retrains, beyond cool-down and number of builds. */
public final class MannersSpec implements Describable<MannersSpec>, Serializable {
    private static final long serialVersionUID = 1L;

    private ArrayList<String> quietHours = new ArrayList<>();
    private String timeZone = "";
    private double minutesPerWeek = 0;
    private String onInfo = "";
    private String onWarning = "";
    private String onCritical = "";

    @DataBoundConstructor
    public MannersSpec() {}

    public List<String> getQuietHours() {
        return Collections.unmodifiableList(quietHours);
    }

    @Restricted(NoExternalUse.class) // config.jelly
    public String getQuietHoursLines() {
        return Lines.text(quietHours);
    }

    /** When nothing is retrained by itself, such as {@code 22:00-06:00}, {@code 09:00-17:00 Mon-Fri} or {@code Sat,Sun}. */
    @DataBoundSetter
    public void setQuietHours(@CheckForNull List<String> quietHours) {
        this.quietHours = Lines.of(quietHours);
    }

    public String getTimeZone() {
        return timeZone;
    }

    /** Whose clock the quiet hours are by, such as {@code Europe/Vienna}. */
    @DataBoundSetter
    public void setTimeZone(@CheckForNull String timeZone) {
        this.timeZone = Util.fixNull(timeZone).trim();
    }

    public double getMinutesPerWeek() {
        return minutesPerWeek;
    }

    /** How many minutes of builds within seven days; 0 for any number. */
    @DataBoundSetter
    public void setMinutesPerWeek(double minutesPerWeek) {
        this.minutesPerWeek = minutesPerWeek;
    }

    public String getOnInfo() {
        return onInfo;
    }

    /** What follows an info signal: {@code note}, {@code suggest} or {@code automatic}; empty for {@code note}. */
    @DataBoundSetter
    public void setOnInfo(@CheckForNull String onInfo) {
        this.onInfo = Util.fixNull(onInfo).trim();
    }

    public String getOnWarning() {
        return onWarning;
    }

    /** What follows a warning; empty for {@code suggest}, unless retraining is off. */
    @DataBoundSetter
    public void setOnWarning(@CheckForNull String onWarning) {
        this.onWarning = Util.fixNull(onWarning).trim();
    }

    public String getOnCritical() {
        return onCritical;
    }

    /** What follows a critical signal; empty for what retraining says. */
    @DataBoundSetter
    public void setOnCritical(@CheckForNull String onCritical) {
        this.onCritical = Util.fixNull(onCritical).trim();
    }

    /** @throws IllegalArgumentException saying which option was expected to be what */
    RetrainingManners plan() {
        Map<Severity, Route> routes = new EnumMap<>(Severity.class);
        route(routes, Severity.INFO, "onInfo", onInfo);
        route(routes, Severity.WARNING, "onWarning", onWarning);
        route(routes, Severity.CRITICAL, "onCritical", onCritical);
        return new RetrainingManners(routes, minutesPerWeek, quietHours, timeZone);
    }

    private static void route(Map<Severity, Route> routes, Severity severity, String what, String route) {
        if (!route.isEmpty()) {
            try {
                routes.put(severity, Route.valueOf(route.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException x) {
                throw new IllegalArgumentException(
                        what + ": expected note, suggest or automatic, found '" + route + "'", x);
            }
        }
    }

    /** Describes it. */
    @Extension
    @Symbol("manners")
    public static final class DescriptorImpl extends Descriptor<MannersSpec> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MannersSpec_displayName();
        }
    }
}
