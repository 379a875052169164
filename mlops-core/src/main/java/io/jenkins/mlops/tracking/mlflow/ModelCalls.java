package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.LedgerEntry;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.search.Lifecycle;
import io.jenkins.mlops.search.Operator;
import io.jenkins.mlops.search.Query;
import io.jenkins.mlops.search.Subject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Answers the calls on registered models and their aliases. */
final class ModelCalls {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int NEWEST = 200;
    private static final String PROMPT = "mlflow.prompt.is_prompt";

    private final ModelRegistry registry;

    ModelCalls(ModelRegistry registry) {
        this.registry = registry;
    }

    Reply create(Fields fields, Access access) {
        String name = fields.required("name");
        access.mayRegister();
        try {
            registry.model(ModelName.check(name));
            throw new MlflowException(
                    ErrorCode.RESOURCE_ALREADY_EXISTS, "Registered Model (name=" + name + ") already exists.");
        } catch (RegistryException.NotFound e) {
            RegisteredModel model = registry.createModel(name, fields.text("description", ""), access.user());
            RunCalls.tags(fields).forEach((key, value) -> registry.setModelTag(name, key, value, access.user()));
            return one(model.name(), access);
        }
    }

    Reply get(Fields fields, Access access) {
        return one(seen(fields.required("name"), access).name(), access);
    }

    private Reply one(String name, Access access) {
        return Reply.of(Wire.object().set("registered_model", written(registry.model(name), access)));
    }

    private JsonNode written(RegisteredModel model, Access access) {
        return RegistryWire.model(model, updated(model), latest(model, access));
    }

    /** When something about a model was last changed: the time of its newest entry in the ledger. */
    private long updated(RegisteredModel model) {
        List<LedgerEntry> entries =
                registry.ledger(model.name(), Page.Request.first(1)).items();
        return entries.isEmpty() ? model.createdMillis() : entries.get(0).millis();
    }

    /** The newest version in each stage, as far as the newest {@value #NEWEST} and the holders of aliases go. */
    private List<ModelVersion> latest(RegisteredModel model, Access access) {
        Map<Stage, ModelVersion> latest = new EnumMap<>(Stage.class);
        List<ModelVersion> versions = new ArrayList<>(newest(model));
        for (Stage stage : Stage.values()) {
            String alias = stage.alias();
            if (alias != null) {
                registry.byAlias(model.name(), alias).ifPresent(versions::add);
            }
        }
        versions.stream()
                .filter(access::sees)
                .forEach(version -> latest.putIfAbsent(Stage.of(version, model), version));
        return new ArrayList<>(latest.values());
    }

    private List<ModelVersion> newest(RegisteredModel model) {
        return model.latestVersion() == 0
                ? List.of()
                : registry.versions(VersionQuery.all().ofModel(model.name()), Page.Request.first(NEWEST))
                        .items();
    }

    Reply getLatestVersions(Fields fields, Access access) {
        RegisteredModel model = seen(fields.required("name"), access);
        List<Stage> stages = fields.texts("stages").stream().map(Stage::parse).toList();
        List<ModelVersion> found = latest(model, access);
        found.removeIf(version -> !stages.isEmpty() && !stages.contains(Stage.of(version, model)));
        ObjectNode node = Wire.object();
        Wire.list(node, "model_versions", found, (list, version) -> list.add(RegistryWire.version(version, model)));
        return Reply.of(node);
    }

    Reply search(Fields fields, Access access) {
        Query query = query(fields, Subject.MODEL);
        return Paged.of(
                        fields,
                        "registered_models",
                        Paged.limit(fields, USUAL, MOST),
                        page -> registry.searchModels(query, page),
                        model -> sees(model, access))
                .reply("registered_models", model -> written(model, access));
    }

    /**
     * What a search for models or versions asks. Clients of MLflow 3 ask for what is no prompt by a comparison of a tag
     * that models don't have; on MLflow's own server, too, that finds those without it.
     */
    static Query query(Fields fields, Subject subject) {
        Query asked = Query.parse(subject, fields.text("filter"), fields.texts("order_by"), Lifecycle.ACTIVE);
        List<Condition> conditions = new ArrayList<>();
        for (Condition condition : asked.conditions()) {
            boolean noPrompt = condition.field() == Field.TAG
                    && condition.key().equals(PROMPT)
                    && (condition.operator() == Operator.NE && condition.value().equals("true")
                            || condition.operator() == Operator.EQ
                                    && condition.value().equals("false"));
            conditions.add(noPrompt ? new Condition(Field.TAG, PROMPT, Operator.IS_NULL, List.of()) : condition);
        }
        return new Query(conditions, asked.order(), asked.lifecycle());
    }

    Reply update(Fields fields, Access access) {
        RegisteredModel model = changed(fields, access);
        String description = fields.text("description");
        if (description != null) {
            registry.describeModel(model.name(), description, access.user());
        }
        return one(model.name(), access);
    }

    Reply rename(Fields fields, Access access) {
        RegisteredModel model = changed(fields, access);
        throw MlflowException.denied("'" + model.name() + "' can't be renamed: its policy, its promotions and the"
                + " ledger name it. Register its versions under the other name");
    }

    Reply delete(Fields fields, Access access) {
        String model = changed(fields, access).name();
        List<ModelVersion> versions = new ArrayList<>();
        String token = null;
        do {
            Page<ModelVersion> page =
                    registry.versions(VersionQuery.all().ofModel(model), new Page.Request(MOST, token));
            versions.addAll(page.items());
            token = page.nextToken();
        } while (token != null);
        registry.deleteModel(model, access.user());
        versions.forEach(access::deleted);
        return Reply.empty();
    }

    Reply setTag(Fields fields, Access access) {
        RegisteredModel model = changed(fields, access);
        registry.setModelTag(model.name(), fields.required("key"), fields.text("value", ""), access.user());
        return Reply.empty();
    }

    Reply deleteTag(Fields fields, Access access) {
        RegisteredModel model = changed(fields, access);
        registry.setModelTag(model.name(), fields.required("key"), null, access.user());
        return Reply.empty();
    }

    Reply setAlias(Fields fields, Access access) {
        RegisteredModel model = seen(fields.required("name"), access);
        ModelVersion version = seen(model, fields.required("version"), access);
        promote(model, version, ModelName.checkAlias(fields.required("alias")), access);
        return Reply.empty();
    }

    /** Asks for an alias to be moved; returns when it has. */
    void promote(RegisteredModel model, ModelVersion version, String alias, Access access) {
        Integer holder = model.aliases().get(alias);
        if (holder != null && holder == version.number()) {
            return;
        }
        Promotion promotion = access.promote(version, alias);
        if (promotion.state().isApplied()) {
            return;
        }
        String what = "The alias '" + alias + "' of '" + model.name() + "' is moved by the model's promotion policy"
                + " alone, and was not moved. The promotion of version " + version.number() + ", " + promotion.id();
        String reason = promotion.reason().isEmpty() ? "" : ": " + promotion.reason();
        throw MlflowException.denied(
                promotion.state().isOpen()
                        ? what + ", was requested and waits for a decision at " + access.decidedAt(promotion)
                        : what + ", was " + promotion.state().name().toLowerCase(Locale.ROOT) + reason);
    }

    Reply getAlias(Fields fields, Access access) {
        RegisteredModel model = seen(fields.required("name"), access);
        String alias = fields.required("alias");
        Optional<ModelVersion> version = registry.byAlias(model.name(), alias);
        return Reply.of(Wire.object()
                .set(
                        "model_version",
                        RegistryWire.version(
                                version.filter(access::sees)
                                        .orElseThrow(() -> MlflowException.invalid(
                                                "Registered model alias " + alias + " not found.")),
                                model)));
    }

    Reply deleteAlias(Fields fields, Access access) {
        RegisteredModel model = seen(fields.required("name"), access);
        dropAlias(model, fields.required("alias"), access);
        return Reply.empty();
    }

    void dropAlias(RegisteredModel model, @CheckForNull String alias, Access access) {
        if (alias != null && model.aliases().containsKey(alias)) {
            access.mayDropAlias(model.name(), alias);
            registry.deleteAlias(model.name(), alias, access.user());
        }
    }

    private RegisteredModel changed(Fields fields, Access access) {
        RegisteredModel model = seen(fields.required("name"), access);
        access.mayChangeModels();
        return model;
    }

    /** The model, if the caller may see it; else it is not there for it. */
    RegisteredModel seen(String name, Access access) {
        try {
            RegisteredModel model = registry.model(name);
            if (sees(model, access)) {
                return model;
            }
        } catch (RegistryException.NotFound e) {
            throw absent(name);
        }
        throw absent(name);
    }

    private boolean sees(RegisteredModel model, Access access) {
        return access.seesAllModels() || newest(model).stream().anyMatch(access::sees);
    }

    private static MlflowException absent(String name) {
        return MlflowException.missing("Registered Model with name=" + name + " not found");
    }

    /** The version, if the caller may see it; else it is not there for it. */
    ModelVersion seen(RegisteredModel model, String number, Access access) {
        int wanted;
        try {
            wanted = Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw MlflowException.invalid("Model version must be an integer, got '" + number + "'");
        }
        try {
            ModelVersion version = registry.version(model.name(), wanted);
            if (access.sees(version)) {
                return version;
            }
        } catch (RegistryException.NotFound e) {
            throw absent(model, wanted);
        }
        throw absent(model, wanted);
    }

    private static MlflowException absent(RegisteredModel model, int version) {
        return MlflowException.missing("Model Version (name=" + model.name() + ", version=" + version + ") not found");
    }
}
