package io.jenkins.plugins.mlops.registry.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.mlflow.Drift;
import io.jenkins.mlops.registry.mlflow.MlflowClient;
import io.jenkins.mlops.registry.mlflow.RemoteImport;
import io.jenkins.mlops.registry.mlflow.RemoteMirror;
import io.jenkins.mlops.registry.mlflow.RemoteState;
import io.jenkins.mlops.registry.mlflow.RemoteStore;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.ImportedFiles;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.VirtualFile;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Keeps the configured MLflow server in step, on a thread of its own: whenever something happens, and once a minute.
 *
 * <p>Files go from where builds archived them to the server; no agent is asked and none is shown a credential.
 */
@Extension
public final class RemoteRegistry implements PromotionListener {
    private static final Logger LOGGER = Logger.getLogger(RemoteRegistry.class.getName());
    private static final long MOST_IMPORTED_BYTES = 64L << 30;
    private static final int REMEMBERED = 50;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, new NamingThreadFactory(new DaemonThreadFactory(), "MLOps MLflow server"));
    private final AtomicBoolean planned = new AtomicBoolean();

    /** What became of imports, by model and number; the newest few. */
    private final Map<String, String> imports = new LinkedHashMap<>();

    @CheckForNull
    private Open open;

    private record Open(ModelRegistry registry, String settings, MlflowClient client, RemoteMirror mirror) {}

    public static RemoteRegistry get() {
        return ExtensionList.lookupSingleton(RemoteRegistry.class);
    }

    /** Whether a server is configured. */
    public boolean isConfigured() {
        return !RemoteConfiguration.get().getUrl().isEmpty();
    }

    /** How the registry and the configured server stand to each other; empty before the first contact. */
    public Optional<RemoteState> state() {
        String url = RemoteConfiguration.get().getUrl();
        return url.isEmpty() || !RegistryConnection.get().hasRecords()
                ? Optional.empty()
                : store().state().filter(state -> state.server().equals(url));
    }

    /** What is kept about the server. */
    public RemoteStore store() {
        return RegistryConnection.get().remote();
    }

    @Override
    public void onChanged(Promotion promotion) {
        soon();
    }

    /** Has the work done that is due, soon. */
    public void soon() {
        if (isConfigured() && planned.compareAndSet(false, true)) {
            submit(() -> {
                planned.set(false);
                work();
            });
        }
    }

    private void submit(Runnable work) {
        try {
            thread.execute(() -> {
                try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                    work.run();
                } catch (RuntimeException x) {
                    LOGGER.log(Level.WARNING, x, () -> "The MLflow server is not in step");
                }
            });
        } catch (RejectedExecutionException x) {
            LOGGER.log(Level.FINE, "Jenkins ends", x);
        }
    }

    /** Waits until what was handed over before is done. */
    @Restricted(NoExternalUse.class) // tests
    public boolean await(long seconds) throws InterruptedException {
        try {
            thread.submit(() -> {}).get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException x) {
            LOGGER.log(Level.WARNING, "Not done in time", x);
            return false;
        }
    }

    private void work() {
        // Before that, builds are not there yet: their files would be taken for gone.
        if (!isConfigured()
                || Jenkins.get().getInitLevel() != InitMilestone.COMPLETED
                || !RegistryConnection.get().hasRecords()) {
            return;
        }
        try {
            for (Drift drift : open().mirror().run()) {
                LOGGER.log(Level.WARNING, "{0}", drift.display());
            }
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        } catch (RegistryException x) {
            LOGGER.log(Level.WARNING, x, () -> "The MLflow server is not in step");
            if (state().isPresent()) {
                store().failing(String.valueOf(x.getMessage()));
            }
        }
    }

    private synchronized Open open() {
        RemoteConfiguration settings = RemoteConfiguration.get();
        ModelRegistry registry = RegistryConnection.get().registry();
        String text = settings.getUrl() + "\n" + settings.getCredentialsId() + "\n" + settings.getExperiment() + "\n"
                + settings.isEverything() + "\n" + settings.getPollMinutes();
        Open known = open;
        if (known != null && known.registry() == registry && known.settings().equals(text)) {
            return known;
        }
        MlflowClient client = RemoteConfiguration.client(settings.getUrl(), settings.getCredentialsId());
        String root = Jenkins.get().getRootUrl();
        RemoteMirror mirror = new RemoteMirror(
                registry,
                store(),
                client,
                RemoteRegistry::content,
                new RemoteMirror.Options(
                        settings.controller(),
                        root == null ? "Jenkins" : root,
                        settings.getExperiment(),
                        settings.isEverything(),
                        TimeUnit.MINUTES.toMillis(settings.getPollMinutes())),
                Clock.systemUTC());
        Open made = new Open(registry, text, client, mirror);
        open = made;
        return made;
    }

    private static InputStream content(ModelVersion version, VersionFile file) throws IOException {
        VirtualFile archived;
        try {
            archived = ArchivedModel.open(version).child(file.path());
        } catch (AbortException x) {
            NoSuchFileException gone = new NoSuchFileException(file.path(), null, x.getMessage());
            gone.initCause(x);
            throw gone;
        }
        if (!archived.isFile()) {
            throw new NoSuchFileException(file.path());
        }
        return archived.open();
    }

    /** Puts an alias back at the server as it is on record, soon. The caller has checked the permission. */
    public void restore(String model, String alias, String actor) {
        Drift drift = store().drifts(model).stream()
                .filter(candidate -> candidate.alias().equals(alias))
                .findFirst()
                .orElseThrow(() -> new RegistryException.NotFound("Nothing of '" + model
                        + "' stands otherwise at the MLflow server under the alias '" + alias + "'"));
        store().restore(drift, actor);
        look(model);
    }

    /** Looks at a model at the server, soon; twice, because the first look may bring changes about. */
    public void look(String model) {
        if (isConfigured()) {
            submit(() -> {
                open().mirror().ask(model);
                work();
                open().mirror().ask(model);
                work();
            });
        }
    }

    /**
     * Registers a version that others registered at the server, in the background. The caller has checked the permission.
     *
     * @param remoteNumber its number there
     */
    public void bring(String model, int remoteNumber, String actor) {
        if (!isConfigured()) {
            throw new RegistryException.Conflict("No MLflow server is configured");
        }
        String key = model + " " + remoteNumber;
        note(key, "under way");
        submit(() -> note(key, brought(model, remoteNumber, actor)));
    }

    private String brought(String model, int remoteNumber, String actor) {
        try {
            ModelVersion version = new RemoteImport(
                            RegistryConnection.get().registry(),
                            store(),
                            open().client(),
                            ImportedFiles.folder(),
                            MOST_IMPORTED_BYTES)
                    .bring(model, remoteNumber, actor);
            return "is version " + version.number();
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
            return "Jenkins ended meanwhile";
        } catch (IOException | RegistryException | IllegalArgumentException x) {
            LOGGER.log(Level.WARNING, x, () -> "Version " + remoteNumber + " of '" + model + "' is not imported");
            return "failed: " + x.getMessage();
        }
    }

    private void note(String key, String outcome) {
        synchronized (imports) {
            imports.remove(key);
            imports.put(key, outcome);
            if (imports.size() > REMEMBERED) {
                imports.remove(imports.keySet().iterator().next());
            }
        }
    }

    /** What became of imports since Jenkins started, the newest few: by the model's name and the number there. */
    public Map<String, String> imports() {
        synchronized (imports) {
            return new LinkedHashMap<>(imports);
        }
    }

    /** The drifts of all models, at most so many. */
    public List<Drift> drifts(int most) {
        return store().drifts(null).stream().limit(most).toList();
    }

    /** Lets go of the thread before the class loader of this plugin goes away. */
    @Terminator
    @Restricted(NoExternalUse.class) // called by Jenkins
    public static void shutDown() {
        get().thread.shutdownNow();
    }
}
