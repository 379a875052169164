package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelListing;
import io.jenkins.mlops.registry.ModelSummary;
import io.jenkins.mlops.registry.retention.RetentionTotal;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import io.jenkins.plugins.mlops.registry.retention.RetentionConfiguration;
import io.jenkins.plugins.mlops.registry.retention.RetentionSweep;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;

/** The page {@code <jenkins>/mlops/sweep/}: by which rule versions of each model go, and how many at the next sweep. */
public final class SweepPage extends MlopsPage {
    private static final int LIMIT = 25;

    @CheckForNull
    private Listing<ModelSummary> listing;

    @Override
    public String getDisplayName() {
        return Messages.SweepPage_displayName();
    }

    /** Whether any rule is set. */
    public boolean isRuled() {
        return !RetentionConfiguration.get().getRules().isEmpty();
    }

    /** Whether the reader may change the rules. */
    public boolean isConfigurable() {
        return reader().may(Jenkins.ADMINISTER);
    }

    public String getSearch() {
        String search = parameter("search");
        return search == null ? "" : search.substring(0, Math.min(search.length(), 250));
    }

    private Listing<ModelSummary> listing() {
        if (listing == null) {
            listing = isStarted()
                    ? catalog()
                            .models(new ModelListing(
                                    getSearch(),
                                    reader().jobs(catalog()),
                                    ModelListing.Order.NAME,
                                    false,
                                    Pager.offset(parameter("page"), LIMIT),
                                    LIMIT))
                    : new Listing<>(List.of(), 0, 0, LIMIT);
        }
        return listing;
    }

    public List<Row> getRows() {
        Set<String> jobs = reader().jobs(catalog());
        return listing().items().stream()
                .map(model -> new Row(
                        model.name(),
                        new RetentionRuleView(model.name()),
                        RetentionSweep.preview(model.name(), jobs).total()))
                .toList();
    }

    /** Whether there is no model although none was searched for. */
    public boolean isNothing() {
        return listing().total() == 0 && getSearch().isEmpty();
    }

    public String getUrl() {
        return Links.sweep();
    }

    public Pager getPager() {
        return new Pager(listing(), getUrl(), Map.of("search", getSearch()), "");
    }

    /** A model, its rule and what goes. */
    public record Row(String name, RetentionRuleView rule, RetentionTotal total) {
        public String getName() {
            return name;
        }

        public String getUrl() {
            return Links.model(name) + "retention/";
        }

        public RetentionRuleView getRule() {
            return rule;
        }

        /** How many versions go, with a sign where more follow later. */
        public String getVersions() {
            return NumberText.count(total.versions()) + (total.more() ? "+" : "");
        }

        public boolean isGoing() {
            return total.versions() > 0;
        }

        public String getFiles() {
            return total.versions() == 0 ? "" : NumberText.bytes(total.bytes());
        }
    }
}
