package io.jenkins.plugins.mlops.registry.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.Extension;
import io.jenkins.mlops.evaluation.TextTable;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.plugins.mlops.registry.Visibility;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * The command {@code mlops-promote}: asks for a promotion, decides on one, or lists what waits; as the user who runs it,
 * who needs the same permissions as on the pages.
 */
@Extension
@SuppressFBWarnings(
        value = "URF_UNREAD_FIELD",
        justification = "Options are written by reflection, which the check misses")
public final class MlopsPromoteCommand extends RegistryCommand {
    @Argument(index = 0, metaVar = "MODEL", usage = "ask for a version of this model to be promoted")
    @CheckForNull
    private String model;

    @Argument(index = 1, metaVar = "VERSION", usage = "the version's number")
    private int version = 0;

    @Option(name = "--alias", metaVar = "ALIAS", usage = "the alias to move; default: champion")
    private String alias = "champion";

    @Option(name = "--reason", metaVar = "TEXT", usage = "why, for those who decide and for the ledger")
    private String reason = "";

    @Option(name = "--approve", metaVar = "ID", usage = "approve the promotion with this id")
    @CheckForNull
    private String approve;

    @Option(name = "--reject", metaVar = "ID", usage = "reject the promotion with this id")
    @CheckForNull
    private String reject;

    @Option(name = "--withdraw", metaVar = "ID", usage = "take the request with this id back")
    @CheckForNull
    private String withdraw;

    @Option(name = "--list", usage = "list the promotions that wait for a decision")
    private boolean list = false;

    @Override
    public String getShortDescription() {
        return Messages.MlopsPromoteCommand_shortDescription();
    }

    /** What is asked for decides which permission is needed; the desk asks for it. */
    @Override
    void checkPermission() {
        Jenkins.get().checkPermission(Jenkins.READ);
    }

    @Override
    int work(ModelRegistry registry) throws IOException {
        long asked = Arrays.asList(model, approve, reject, withdraw, list ? "list" : null).stream()
                .filter(Objects::nonNull)
                .count();
        if (asked != 1) {
            throw new IllegalArgumentException("expected one of MODEL VERSION, --approve ID, --reject ID,"
                    + " --withdraw ID and --list, found " + (asked == 0 ? "none" : "several"));
        }
        if (list) {
            list(registry);
            return 0;
        }
        Promotion promotion = promotion();
        stdout.println(promotion.id() + " " + promotion.state() + ": " + promotion.model() + " version "
                + promotion.version() + " to '" + promotion.alias() + "'"
                + (promotion.reason().isEmpty() ? "" : ", " + promotion.reason()));
        return 0;
    }

    private Promotion promotion() throws IOException {
        String approved = approve;
        if (approved != null) {
            return PromotionDesk.decide(approved, true, reason, 0);
        }
        String rejected = reject;
        if (rejected != null) {
            return PromotionDesk.decide(rejected, false, reason, 0);
        }
        String withdrawn = withdraw;
        if (withdrawn != null) {
            return PromotionDesk.withdraw(withdrawn, reason);
        }
        if (version < 1) {
            throw new IllegalArgumentException("expected the number of a version beside the model, found none");
        }
        return PromotionDesk.request(model, version, alias, reason);
    }

    private void list(ModelRegistry registry) {
        TextTable table = new TextTable("id", "model", ">version", "alias", "asked by", ">approvals missing");
        List<Promotion> visible = new ArrayList<>(registry.pending());
        visible.removeIf(promotion -> !Visibility.of(promotion));
        for (Promotion promotion : visible) {
            table.row(
                    promotion.id(),
                    promotion.model(),
                    String.valueOf(promotion.version()),
                    promotion.alias(),
                    promotion.requestedBy(),
                    String.valueOf(promotion.approvalsMissing()));
        }
        table.lines().forEach(stdout::println);
    }
}
