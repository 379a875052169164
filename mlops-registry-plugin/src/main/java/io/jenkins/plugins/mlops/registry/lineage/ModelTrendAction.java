package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.TrendPoint;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The headline metrics of a job's builds over time: a chart on the job's page, and a page of its own.
 *
 * <p>All of it comes from the registry's index; no build is loaded, because a job may have thousands.
 */
@ExportedBean(defaultVisibility = 999)
public final class ModelTrendAction implements Action, StaplerProxy {
    private static final Logger LOGGER = Logger.getLogger(ModelTrendAction.class.getName());
    private static final int CHARTS_ON_JOB = 4;
    private static final int BUILDS_ON_JOB = 50;
    private static final int BUILDS_ON_PAGE = 200;
    private static final int VERSIONS = 20;

    private final Job<?, ?> job;
    private final Supplier<ModelRegistry> registry;
    private List<String> names;

    ModelTrendAction(Job<?, ?> job, Supplier<ModelRegistry> registry) {
        this.job = job;
        this.registry = registry;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    private List<String> names() {
        if (names == null) {
            names = List.of();
            try {
                names = new ArrayList<>(registry.get().headlineMetricNames(job.getFullName()));
                names.sort(Comparator.comparingInt(MetricView::place));
            } catch (RegistryException e) {
                LOGGER.log(Level.WARNING, () -> "No trend for " + job.getFullName() + ": " + e.getMessage());
            }
        }
        return names;
    }

    /** Whether any build has a headline metric; nothing is shown otherwise. */
    public boolean isPresent() {
        return !names().isEmpty();
    }

    /** The newest builds of the first metrics, for the job's own page. */
    public List<MetricTrend> getShortTrends() {
        return trends(CHARTS_ON_JOB, BUILDS_ON_JOB);
    }

    /** The newest builds of every metric. */
    @Exported(name = "metrics", inline = true)
    public List<MetricTrend> getTrends() {
        return trends(Integer.MAX_VALUE, BUILDS_ON_PAGE);
    }

    /** The models that the job's newest versions are of. */
    public List<Model> getModels() {
        try {
            return registry
                    .get()
                    .versions(VersionQuery.all().ofJob(job.getFullName()), Page.Request.first(VERSIONS))
                    .items()
                    .stream()
                    .map(ModelVersion::model)
                    .distinct()
                    .map(Model::new)
                    .toList();
        } catch (RegistryException e) {
            LOGGER.log(Level.WARNING, () -> "No models of " + job.getFullName() + ": " + e.getMessage());
            return List.of();
        }
    }

    /** A model with its page. */
    public record Model(String name) {
        public String getName() {
            return name;
        }

        /** Where its page is, from the root of Jenkins. */
        public String getPath() {
            return "mlops/model/" + Util.rawEncode(name) + "/";
        }
    }

    private List<MetricTrend> trends(int most, int builds) {
        List<MetricTrend> trends = new ArrayList<>();
        try {
            for (String name : names().subList(0, Math.min(most, names().size()))) {
                List<TrendPoint> points =
                        new ArrayList<>(registry.get().headlineMetrics(job.getFullName(), name, 1, builds));
                points.sort(Comparator.comparingInt(TrendPoint::build));
                if (!points.isEmpty()) {
                    trends.add(new MetricTrend(name, points));
                }
            }
        } catch (RegistryException e) {
            LOGGER.log(Level.WARNING, () -> "No trend for " + job.getFullName() + ": " + e.getMessage());
        }
        return Collections.unmodifiableList(trends);
    }

    /** How many metrics the job's own page leaves to this one. */
    public int getHidden() {
        return Math.max(0, names().size() - CHARTS_ON_JOB);
    }

    /** The trends as a table: a row per build, the newest first. */
    public Table getTable() {
        return new Table(getTrends(), job.getBuildDir());
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public Object getTarget() {
        job.checkPermission(Item.READ);
        return this;
    }

    @Override
    @CheckForNull
    public String getIconFileName() {
        return isPresent() ? "symbol-analytics" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ModelTrendAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "mlops-trend";
    }

    /** Gives every job its trend. */
    @Extension
    @Restricted(NoExternalUse.class) // found by Jenkins
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<ModelTrendAction> actionType() {
            return ModelTrendAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job target) {
            // Asked for very often, so the registry is left alone until somebody looks.
            return RegistryConnection.get().hasRecords()
                    ? List.of(new ModelTrendAction(
                            target, () -> RegistryConnection.get().registry()))
                    : List.of();
        }
    }

    /** The trends by build. */
    public static final class Table {
        private final List<String> metrics;
        private final List<Row> rows = new ArrayList<>();

        Table(List<MetricTrend> trends, File builds) {
            metrics = trends.stream().map(MetricTrend::getName).toList();
            TreeMap<Integer, Row> byBuild = new TreeMap<>(Comparator.reverseOrder());
            for (int i = 0; i < trends.size(); i++) {
                for (MetricTrend.Point point : trends.get(i).getPoints()) {
                    Row row = byBuild.computeIfAbsent(
                            point.getBuild(), build -> new Row(build, point.getMillis(), metrics.size(), builds));
                    row.cells.set(i, NumberText.metric(point.getValue() == null ? Double.NaN : point.getValue()));
                }
            }
            rows.addAll(byBuild.values());
        }

        public List<String> getMetrics() {
            return metrics;
        }

        public List<Row> getRows() {
            return Collections.unmodifiableList(rows);
        }
    }

    /** One build's line in the table. */
    public static final class Row {
        private final int build;
        private final long millis;
        private final List<String> cells;
        private final File folder;

        Row(int build, long millis, int metrics, File builds) {
            this.build = build;
            this.millis = millis;
            this.cells = new ArrayList<>(Collections.nCopies(metrics, ""));
            this.folder = new File(builds, String.valueOf(build));
        }

        public int getBuild() {
            return build;
        }

        public String getTime() {
            return NumberText.time(millis);
        }

        public List<String> getCells() {
            return Collections.unmodifiableList(cells);
        }

        /** Whether the build is still there, told by its folder. */
        public boolean isKept() {
            return folder.isDirectory();
        }
    }
}
