package io.jenkins.plugins.mlops.registry.promotion;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionFile;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.SystemProperties;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Compares large archived files with their digests in the background, then applies the promotion or voids it.
 *
 * <p>Nothing is kept here: what is APPROVED and due is found again by {@link PromotionClock} after a restart, and
 * checking or applying twice changes nothing.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class FileChecks {
    /** The system property with the bytes of a version that are still read while the user waits; 64 MiB. */
    static final String AT_ONCE_BYTES = FileChecks.class.getName() + ".atOnceBytes";

    private static final Logger LOGGER = Logger.getLogger(FileChecks.class.getName());
    private static final int AT_ONCE_DEFAULT = 64 << 20;

    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    /** Works in the order in which it was asked. */
    final ThreadPoolExecutor thread;

    public FileChecks() {
        // One thread: the disk is what is waited for.
        thread = new ThreadPoolExecutor(
                1,
                1,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "MLOps file checks"));
        thread.allowCoreThreadTimeOut(true);
    }

    static FileChecks get() {
        return ExtensionList.lookupSingleton(FileChecks.class);
    }

    /** Whether a version's files are so large that nobody should wait while they are read. */
    static boolean takesLong(ModelVersion version) {
        int atOnce = SystemProperties.getInteger(AT_ONCE_BYTES, AT_ONCE_DEFAULT);
        return version.files().stream().mapToLong(VersionFile::bytes).sum() > atOnce;
    }

    /** Checks the files of an open promotion, soon. */
    void start(Promotion promotion) {
        if (!underWay.add(promotion.id())) {
            return;
        }
        try {
            thread.execute(() -> check(promotion.id()));
        } catch (RejectedExecutionException x) {
            underWay.remove(promotion.id());
            LOGGER.log(Level.FINE, x, () -> "Jenkins ends; promotion " + promotion.id() + " is looked at again later");
        }
    }

    private void check(String promotionId) {
        // Taken out first: a decision that comes from here on is checked again.
        underWay.remove(promotionId);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            PromotionDesk.checkFiles(promotionId);
        } catch (IOException | RegistryException x) {
            LOGGER.log(Level.WARNING, x, () -> "The files of promotion " + promotionId + " could not be checked yet");
        }
    }

    void stop() {
        thread.shutdownNow();
    }

    /** Lets go of the thread before the class loader of this plugin goes away. */
    @Terminator
    @Restricted(NoExternalUse.class) // called by Jenkins
    public static void shutDown() {
        get().stop();
    }
}
