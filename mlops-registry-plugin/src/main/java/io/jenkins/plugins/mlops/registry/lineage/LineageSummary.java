package io.jenkins.plugins.mlops.registry.lineage;

import java.util.List;

/** The few lines on a build's own page; reads no document, and asks the registry only how open promotions stand. */
public final class LineageSummary {
    private static final int MOST_METRICS = 3;

    private final LineageAction action;
    private final RegistryAnswers answers;

    LineageSummary(LineageAction action, RegistryAnswers answers) {
        this.action = action;
        this.answers = answers;
    }

    public List<Line> getEvaluations() {
        return action.getEvaluations().stream()
                .map(fact -> new Line(
                        fact.getName(),
                        EvaluationView.headline(fact.getHeadline(), MOST_METRICS),
                        Badge.of(fact.getVerdict()),
                        null))
                .toList();
    }

    public List<VersionFact> getVersions() {
        return action.getVersions();
    }

    public List<Line> getPromotions() {
        return action.getPromotions().stream()
                .map(fact -> new Line(
                        fact.getModel() + " " + Messages.LineagePage_version(String.valueOf(fact.getVersion())),
                        fact.getAlias(),
                        Badge.of(new PromotionView(fact, answers).getState()),
                        null))
                .toList();
    }

    public List<Line> getEndpoints() {
        return action.getEndpoints().stream()
                .map(fact -> new Line(
                        fact.getName(), fact.getUrl(), Badge.of(fact.getState()), EndpointView.link(fact.getUrl())))
                .toList();
    }

    /** Runs, where there is nothing further to tell. */
    public List<Line> getRuns() {
        boolean further =
                !action.getEvaluations().isEmpty() || !action.getVersions().isEmpty();
        return further
                ? List.of()
                : action.getRuns().stream()
                        .map(fact -> new Line(fact.getName(), fact.getExperiment(), Badge.of(fact.getStatus()), null))
                        .toList();
    }

    /** One line. */
    public static final class Line {
        private final String name;
        private final String detail;
        private final Badge badge;
        private final String link;

        Line(String name, String detail, Badge badge, String link) {
            this.name = name;
            this.detail = detail;
            this.badge = badge;
            this.link = link;
        }

        public String getName() {
            return name;
        }

        public String getDetail() {
            return detail;
        }

        public Badge getBadge() {
            return badge;
        }

        /** Where the detail leads; null if nowhere. */
        public String getLink() {
            return link;
        }
    }
}
