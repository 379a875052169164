package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.ModelSummary;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/** The answer to "which version held an alias at a moment of the past". */
public final class ServedAt {
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

    private final String model;
    private final Reader reader;

    ServedAt(String model, Reader reader) {
        this.model = model;
        this.reader = reader;
    }

    /** The aliases that can be asked about. */
    public List<String> getAliases() {
        return MlopsPage.catalog().aliasesEver(model).stream()
                .filter(alias -> reader.seesAll()
                        || MlopsPage.registry().aliasHistory(model, alias).stream()
                                .anyMatch(change -> reader.sees(model, change.version())))
                .toList();
    }

    /** The alias that is asked about. */
    public String getAlias() {
        String asked = MlopsPage.parameter("alias");
        List<String> known = getAliases();
        if (asked != null && known.contains(asked)) {
            return asked;
        }
        String leading = ModelSummary.leadingAlias(
                Map.copyOf(known.stream().collect(java.util.stream.Collectors.toMap(alias -> alias, alias -> 0))));
        return leading == null ? "" : leading;
    }

    public boolean isAsked() {
        return MlopsPage.parameter("at") != null;
    }

    @CheckForNull
    private Long millis() {
        String at = MlopsPage.parameter("at");
        if (at == null) {
            return null;
        }
        try {
            return at.endsWith("Z")
                    ? Instant.parse(at).toEpochMilli()
                    : LocalDateTime.parse(at)
                            .atZone(ZoneId.systemDefault())
                            .toInstant()
                            .toEpochMilli();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** What stands in the form: the moment asked for, else now; in the controller's time zone. */
    public String getAt() {
        Long millis = millis();
        return FIELD.format(Instant.ofEpochMilli(millis == null ? System.currentTimeMillis() : millis)
                .atZone(ZoneId.systemDefault()));
    }

    /** The controller's time zone, in which the form is read. */
    public String getZone() {
        return ZoneId.systemDefault().getId();
    }

    /** Why there is no answer; empty if there is one. */
    public String getProblem() {
        return isAsked() && millis() == null ? Messages.ServedAt_unreadable() : "";
    }

    public String getTime() {
        Long millis = millis();
        return millis == null ? "" : NumberText.time(millis);
    }

    /** The version that held the alias; null if none did, or if it may not be seen. */
    @CheckForNull
    public VersionRow getVersion() {
        Long millis = millis();
        if (millis == null || getAlias().isEmpty()) {
            return null;
        }
        return MlopsPage.registry()
                .servedAt(model, getAlias(), millis)
                .filter(reader::sees)
                .map(version -> new VersionRow(version, List.of(), List.of()))
                .orElse(null);
    }

    /** The promotion that had brought it there; null if it is not known. */
    @CheckForNull
    public PromotionCard getPromotion() {
        Long millis = millis();
        if (millis == null || getAlias().isEmpty()) {
            return null;
        }
        for (AliasChange change : MlopsPage.registry().aliasHistory(model, getAlias())) {
            if (change.millis() <= millis) {
                return change.promotionId() == null ? null : card(change.promotionId());
            }
        }
        return null;
    }

    @CheckForNull
    private PromotionCard card(String id) {
        try {
            Promotion promotion = MlopsPage.registry().promotion(id);
            ModelVersion version = MlopsPage.registry().version(promotion.model(), promotion.version());
            return reader.sees(version)
                    ? new PromotionCard(promotion, version, reader, System.currentTimeMillis())
                    : null;
        } catch (RegistryException.NotFound e) {
            return null;
        }
    }
}
