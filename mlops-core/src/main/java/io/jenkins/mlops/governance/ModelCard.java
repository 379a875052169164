package io.jenkins.mlops.governance;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.comparison.VersionFacts;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.SliceReport;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.DecisionRecord;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.mlops.tracking.TrackedRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A version's model card, after Mitchell et al., "Model Cards for Model Reporting" (2019): what the registry knows,
 * under that paper's headings, with the descriptions of model and version as the part that people write.
 *
 * @param model the model that it is a version of; its aliases as far as the reader may see them
 * @param facts the version with its evaluation and run
 * @param promotions its promotions, the newest first
 * @param serving what serves it now
 */
public record ModelCard(
        RegisteredModel model, VersionFacts facts, List<Promotion> promotions, List<Deployment> serving) {
    private static final int MOST_SLICES = 100;

    public ModelCard {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(facts, "facts");
        promotions = List.copyOf(promotions);
        serving = List.copyOf(serving);
    }

    private ModelVersion version() {
        return facts.version();
    }

    private List<String> aliases() {
        return model.aliases().entrySet().stream()
                .filter(alias -> alias.getValue() == version().number())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The card as a document of GitHub-flavoured Markdown, in which no name or text can become markup. */
    public String markdown() {
        MarkdownText text = new MarkdownText();
        text.title(version().model() + " version " + version().number());
        text.paragraph(model.description());
        if (!version().description().equals(model.description())) {
            text.paragraph(version().description());
        }
        details(text);
        training(text);
        evaluation(text);
        approvals(text);
        return text.toString();
    }

    private void details(MarkdownText text) {
        text.heading("Model details");
        text.item("Version", version().number() + " of " + version().model());
        text.item("Digest", version().digest());
        text.item(
                "Registered",
                time(version().createdMillis()) + " by " + version().createdBy());
        text.item("Authors", String.join(", ", version().authors()));
        text.item("Aliases", String.join(", ", aliases()));
        text.item(
                "Serves",
                String.join(", ", serving.stream().map(Deployment::endpoint).toList()));
        text.item("Size", version().files().size() + " files, " + version().bytes() + " bytes");
        model.tags().forEach(text::item);
        version().tags().forEach(text::item);
        text.block("Signature", version().signatureJson());
    }

    private void training(MarkdownText text) {
        text.heading("Training");
        BuildRef build = version().build();
        text.item("Build", build == null ? "" : build.displayName());
        CodeRef code = version().commit();
        if (code != null) {
            text.item("Repository", code.repository());
            text.item("Commit", code.commit() + (code.dirty() ? " with local changes" : ""));
        }
        TrackedRun run = facts.run();
        Map<String, String> names = new LinkedHashMap<>();
        if (run != null) {
            text.item("Run", run.id());
            for (DatasetInput input : run.inputs()) {
                names.put(input.digest(), input.name());
            }
        }
        version().dataDigests().forEach(digest -> names.putIfAbsent(digest, "data"));
        names.forEach((digest, name) -> text.item("Data: " + name, digest));
        if (run != null) {
            run.params().forEach((name, value) -> text.item("Parameter: " + name, value));
            environment(text, run.environment());
        }
    }

    private static void environment(MarkdownText text, @CheckForNull Environment environment) {
        if (environment != null) {
            text.item("System", environment.os() + " " + environment.architecture());
            text.item("Python", environment.pythonVersion());
            text.item("Container", environment.container());
            text.item(
                    "Packages",
                    environment.packages().isEmpty()
                            ? ""
                            : environment.packages().size() + " recorded");
        }
    }

    private void evaluation(MarkdownText text) {
        text.heading("Evaluation");
        EvaluationReport report = facts.evaluation();
        if (report == null) {
            if (version().metrics().isEmpty()) {
                text.paragraph("Nothing is recorded.");
            }
            version().metrics().forEach((name, value) -> text.item(name, number(value)));
            return;
        }
        text.item("Kind", report.task().displayName());
        text.item("Rows", String.valueOf(report.rows()));
        text.item("Data", report.description());
        String interval = Math.round(report.level() * 100) + " % interval";
        text.table("Metric", "Value", interval);
        report.metrics().forEach((name, value) -> text.row(name, number(value.value()), interval(value)));
        if (!report.slices().isEmpty()) {
            text.heading("Factors");
            text.table("Slice", "Rows", "Metric", "Value", interval);
            report.slices().stream().limit(MOST_SLICES).forEach(slice -> slice(text, slice));
        }
        if (!report.warnings().isEmpty()) {
            text.heading("Caveats");
            report.warnings().forEach(text::bullet);
        }
    }

    private static void slice(MarkdownText text, SliceReport slice) {
        slice.metrics()
                .forEach((name, value) -> text.row(
                        slice.column() + " = " + slice.value(),
                        String.valueOf(slice.rows()),
                        name,
                        number(value.value()),
                        interval(value)));
    }

    private void approvals(MarkdownText text) {
        text.heading("Promotions");
        if (promotions.isEmpty()) {
            text.paragraph("None.");
        }
        for (Promotion promotion : promotions) {
            text.bullet(promotion.alias() + ": " + promotion.state().name().toLowerCase(Locale.ROOT)
                    + ", requested by " + promotion.requestedBy() + " on " + time(promotion.requestedMillis())
                    + ", gates " + promotion.verdict().name());
            for (DecisionRecord decision : promotion.decisions()) {
                text.bullet((decision.approve() ? "approved" : "rejected") + " by " + decision.userId() + " on "
                        + time(decision.millis())
                        + (decision.comment().isEmpty() ? "" : ": " + decision.comment()));
            }
        }
    }

    /** The card as it goes into a JSON document. */
    public Map<String, Object> document() {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("modelDescription", model.description());
        card.put("modelTags", model.tags());
        card.put("aliases", aliases());
        card.put("version", version());
        card.put("evaluation", facts.evaluation());
        card.put("run", facts.run());
        card.put("promotions", promotions);
        card.put("serving", serving.stream().map(Deployment::endpoint).toList());
        return card;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static String number(double value) {
        return Double.toString(value);
    }

    private static String interval(MetricValue value) {
        return value.hasInterval()
                ? number(value.lower()) + " \u2013 " + number(value.upper()) + " (" + value.interval() + ")"
                : "";
    }
}
