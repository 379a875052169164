package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.RootAction;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.management.Badge;
import jenkins.model.Jenkins;

/**
 * The link to the promotions that wait, in Jenkins' own header, with their number.
 *
 * <p>That header is on every page, so what waits is looked up every few seconds at the most, and a registry that can't
 * be reached is left alone for a while.
 */
@Extension
public final class InboxLink implements RootAction {
    private static final Logger LOGGER = Logger.getLogger(InboxLink.class.getName());
    private static final long FRESH = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST = 1_000;

    private record Waiting(Promotion promotion, ModelVersion version) {}

    private final Object lock = new Object();

    @CheckForNull
    private List<Waiting> waiting;

    private long lookedAt;

    static InboxLink get() {
        return ExtensionList.lookupSingleton(InboxLink.class);
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return RegistryConnection.get().hasRecords() && Jenkins.get().hasPermission(MlopsPermissions.APPROVE)
                ? "symbol-file-tray"
                : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.InboxPage_displayName();
    }

    @CheckForNull
    @Override
    public Badge getBadge() {
        return badge(awaited(new Reader()));
    }

    /** In the header rather than in its menu as long as something waits for the reader. */
    @Override
    public boolean isPrimaryAction() {
        return awaited(new Reader()) > 0;
    }

    /** The number of what waits; null for nothing. */
    @CheckForNull
    static Badge badge(int awaited) {
        return awaited == 0
                ? null
                : new Badge(String.valueOf(awaited), Messages.InboxLink_badge(awaited), Badge.Severity.WARNING);
    }

    @Override
    public String getUrlName() {
        return "mlops/inbox";
    }

    /** How many promotions wait for a reader. */
    int awaited(Reader reader) {
        if (!reader.may(MlopsPermissions.APPROVE) || reader.id().isEmpty()) {
            return 0;
        }
        return (int) waiting().stream()
                .filter(one -> reader.awaited(one.promotion(), one.version()))
                .count();
    }

    /** Looks again when next asked. */
    void forget() {
        synchronized (lock) {
            waiting = null;
        }
    }

    private List<Waiting> waiting() {
        synchronized (lock) {
            long now = System.nanoTime();
            if (waiting == null || now - lookedAt > FRESH) {
                lookedAt = now;
                waiting = look();
            }
            return new ArrayList<>(waiting);
        }
    }

    private static List<Waiting> look() {
        if (!RegistryConnection.get().hasRecords()) {
            return List.of();
        }
        try {
            List<Waiting> found = new ArrayList<>();
            for (Promotion promotion :
                    MlopsPage.registry().pending().stream().limit(MOST).toList()) {
                found.add(new Waiting(promotion, MlopsPage.registry().version(promotion.model(), promotion.version())));
            }
            return found;
        } catch (RegistryException e) {
            LOGGER.log(Level.FINE, e, () -> "What waits for a decision is not known");
            return List.of();
        }
    }

    /** Looks again as soon as a promotion has changed. */
    @Extension
    public static final class Follower implements PromotionListener {
        @Override
        public void onChanged(Promotion promotion) {
            get().forget();
        }
    }
}
