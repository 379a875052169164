package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.comparison.ComparedValue;
import io.jenkins.mlops.comparison.VersionComparison;
import io.jenkins.mlops.comparison.VersionFacts;
import io.jenkins.mlops.evaluation.Curve;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionListing;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.lineage.CurveView;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineChart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The page that sets two versions of a model side by side: metrics, curves, parameters, data, code, environment. */
public final class ComparePage extends MlopsPage {
    private static final int CHOICES = 100;

    private final ModelPage model;

    @CheckForNull
    private VersionFacts from;

    @CheckForNull
    private VersionFacts to;

    private String missing = "";

    ComparePage(ModelPage model) {
        this.model = model;
    }

    @Override
    void admit() {
        model.admit();
        ModelVersion newest =
                catalog().versions(VersionListing.newest(model.getName(), reader().jobs(catalog()), 1)).items().stream()
                        .findFirst()
                        .orElse(null);
        Integer wanted = asked("to");
        to = wanted == null && newest != null ? facts(newest.number()) : wanted == null ? null : facts(wanted);
        if (to != null) {
            int other = to.version().number();
            Integer base = asked("from");
            from = base != null
                    ? facts(base)
                    : model.championOther(other).map(this::facts).orElse(null);
        }
    }

    @CheckForNull
    private static Integer asked(String name) {
        String text = parameter(name);
        return text == null ? null : (Integer) VersionPage.wholeNumber(text);
    }

    @CheckForNull
    private VersionFacts facts(int number) {
        try {
            ModelVersion version = registry().version(model.getName(), number);
            if (reader().sees(version)) {
                return Evidence.facts(version);
            }
        } catch (RegistryException.NotFound e) {
            // Said below, in the same words as for one that may not be seen.
        }
        missing = Messages.ComparePage_missing(String.valueOf(number));
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ComparePage_displayName();
    }

    @Override
    public String getTitle() {
        return Messages.ComparePage_title(model.getName());
    }

    public String getUrl() {
        return model.getUrl() + "compare/";
    }

    /** Which of the versions asked for is not there; empty if both are. */
    public String getMissing() {
        return missing;
    }

    /** Whether there are two versions to compare. */
    public boolean isPaired() {
        return from != null && to != null;
    }

    public String getFrom() {
        return from == null ? "" : String.valueOf(from.version().number());
    }

    public String getTo() {
        return to == null ? "" : String.valueOf(to.version().number());
    }

    /** The newest versions, to choose from. */
    public List<String> getChoices() {
        Set<String> numbers = new LinkedHashSet<>();
        catalog()
                .versions(VersionListing.newest(model.getName(), reader().jobs(catalog()), CHOICES))
                .items()
                .forEach(version -> numbers.add(String.valueOf(version.number())));
        for (String shown : List.of(getFrom(), getTo())) {
            if (!shown.isEmpty()) {
                numbers.add(shown);
            }
        }
        return new ArrayList<>(numbers);
    }

    public VersionRow getFromRow() {
        return new VersionRow(sides().from(), List.of(), List.of());
    }

    public VersionRow getToRow() {
        return new VersionRow(sides().to(), List.of(), List.of());
    }

    /** The comparison the other way round. */
    public String getTurned() {
        return getUrl() + "?from=" + getTo() + "&to=" + getFrom();
    }

    private VersionComparison sides() {
        VersionFacts before = from;
        VersionFacts after = to;
        if (before == null || after == null) {
            throw new IllegalStateException("no pair to compare");
        }
        return VersionComparison.of(before, after);
    }

    public List<MetricDifferenceView> getMetrics() {
        return sides().metrics().stream().map(MetricDifferenceView::new).toList();
    }

    // Curves

    /** The curves that either has, both lines in one drawing. */
    public List<Overlay> getCurves() {
        Map<String, Curve> before = curves(from);
        Map<String, Curve> after = curves(to);
        Set<String> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        List<Overlay> overlays = new ArrayList<>();
        for (String name : names) {
            Curve any = after.containsKey(name) ? after.get(name) : before.get(name);
            String title = CurveView.title(name);
            LineChart.Builder chart = LineChart.of(title, Messages.ComparePage_curve(title, any.yAxis(), any.xAxis()))
                    .size(380, 340)
                    .axes(any.xAxis(), any.yAxis())
                    .unitSquare();
            if (!name.equals("pr")) {
                chart.reference("", 0, 0, 1, 1);
            }
            draw(chart, before.get(name), fromText());
            draw(chart, after.get(name), toText());
            overlays.add(new Overlay(title, chart.build()));
        }
        return overlays;
    }

    private static Map<String, Curve> curves(@CheckForNull VersionFacts facts) {
        EvaluationReport report = facts == null ? null : facts.evaluation();
        Map<String, Curve> curves = new LinkedHashMap<>();
        if (report != null) {
            report.curves().forEach(curve -> curves.putIfAbsent(curve.name(), curve));
        }
        return curves;
    }

    private static void draw(LineChart.Builder chart, @CheckForNull Curve curve, String name) {
        // An absent curve still takes its place, so that each version keeps its colour.
        chart.line(
                name,
                curve == null ? new double[0] : array(curve.x()),
                curve == null ? new double[0] : array(curve.y()),
                null);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    public String getFromText() {
        return fromText();
    }

    public String getToText() {
        return toText();
    }

    private String fromText() {
        return Messages.LineageText_version(getFrom());
    }

    private String toText() {
        return Messages.LineageText_version(getTo());
    }

    /** One kind of curve of both versions. */
    public record Overlay(String title, LineChart chart) {
        public String getTitle() {
            return title;
        }

        public LineChart getChart() {
            return chart;
        }
    }

    // What differs beside the numbers

    public List<Group> getGroups() {
        VersionComparison sides = sides();
        List<Group> groups = new ArrayList<>();
        groups.add(new Group(Messages.ComparePage_params(), sides.params()));
        groups.add(new Group(Messages.ComparePage_environment(), environment()));
        groups.add(new Group(Messages.ComparePage_tags(), sides.tags()));
        groups.add(new Group(Messages.ComparePage_files(), sides.files()));
        groups.removeIf(group -> group.values.isEmpty());
        return groups;
    }

    private List<ComparedValue> environment() {
        Map<String, String> before = environment(from);
        Map<String, String> after = environment(to);
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .map(name -> new ComparedValue(name, before.get(name), after.get(name)))
                .toList();
    }

    private static Map<String, String> environment(@CheckForNull VersionFacts facts) {
        TrackedRun run = facts == null ? null : facts.run();
        Environment environment = run == null ? null : run.environment();
        Map<String, String> values = new TreeMap<>();
        if (environment != null) {
            values.putAll(environment.packages());
            values.put("(os)", environment.os() + " " + environment.architecture());
            if (environment.pythonVersion() != null) {
                values.put("(python)", environment.pythonVersion());
            }
            if (environment.container() != null) {
                values.put("(container)", environment.container());
            }
        }
        return values;
    }

    public String getData() {
        VersionComparison sides = sides();
        if (sides.sameData()) {
            return Messages.ComparePage_sameData();
        }
        return sides.from().dataDigests().isEmpty() && sides.to().dataDigests().isEmpty()
                ? Messages.ComparePage_unknownData()
                : "";
    }

    public List<String> getDataOnlyFrom() {
        return sides().dataOnlyFrom();
    }

    public List<String> getDataOnlyTo() {
        return sides().dataOnlyTo();
    }

    /** What is to be said of the code; the command that shows the difference stands in {@link #getCodeDiff}. */
    public String getCode() {
        VersionComparison sides = sides();
        if (sides.sameCode()) {
            return Messages.ComparePage_sameCode();
        }
        return sides.codeDiff() == null ? Messages.ComparePage_unknownCode() : "";
    }

    @CheckForNull
    public String getCodeDiff() {
        return sides().codeDiff();
    }

    /** Values of one kind: those that differ, and how many don't. */
    public static final class Group {
        private static final int MOST = 200;

        private final String title;
        private final List<ComparedValue> values;

        Group(String title, List<ComparedValue> values) {
            this.title = title;
            this.values = new ArrayList<>(values);
        }

        public String getTitle() {
            return title;
        }

        public List<Row> getRows() {
            return VersionComparison.changed(values).stream()
                    .limit(MOST)
                    .map(Row::new)
                    .toList();
        }

        public String getSame() {
            int changed = VersionComparison.changed(values).size();
            return Messages.ComparePage_same(values.size() - changed, Math.max(0, changed - MOST));
        }
    }

    /** A value that differs. */
    public record Row(ComparedValue value) {
        public String getName() {
            return value.name();
        }

        public String getFrom() {
            return value.from() == null ? "" : value.from();
        }

        public String getTo() {
            return value.to() == null ? "" : value.to();
        }
    }
}
