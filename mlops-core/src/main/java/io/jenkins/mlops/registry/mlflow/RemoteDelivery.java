package io.jenkins.mlops.registry.mlflow;

import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.mlflow.RemoteException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries out one task of the outbox: looks at the registry and at the server, and changes there what differs.
 *
 * <p>Nothing is ever deleted at the server but aliases and tags: models and versions that were deleted in the registry
 * get the tag {@link RemoteTags#DELETED}.
 */
final class RemoteDelivery {
    /** How many of a model's newest promotions are looked through for those of one version. */
    private static final int PROMOTIONS = 200;

    private final ModelRegistry registry;
    private final RemoteStore store;
    private final MlflowClient client;
    private final VersionUpload upload;
    private final RemoteAliases aliases;
    private final String jenkins;
    private final Consumer<String> joined;

    /**
     * @param jenkins who deploys, for people at the server: this controller's URL or name
     * @param joined is told of models that were there before
     */
    RemoteDelivery(
            ModelRegistry registry,
            RemoteStore store,
            MlflowClient client,
            VersionUpload upload,
            RemoteAliases aliases,
            String jenkins,
            Consumer<String> joined) {
        this.registry = registry;
        this.store = store;
        this.client = client;
        this.upload = upload;
        this.aliases = aliases;
        this.jenkins = jenkins;
        this.joined = joined;
    }

    void deliver(RemoteTask task) throws IOException, InterruptedException {
        switch (task.kind()) {
            case MODEL -> model(task.model());
            case VERSION -> version(task.model(), Integer.parseInt(task.subject()));
            case ALIAS -> alias(task.model(), task.subject());
            case UNTAG -> untag(task.model(), task.subject());
        }
    }

    // Models

    private void model(String name) throws IOException, InterruptedException {
        Optional<RegisteredModel> model = known(() -> registry.model(name));
        if (model.isPresent()) {
            bring(model.get());
        } else if (client.model(name).isPresent()) {
            client.setModelTag(name, RemoteTags.DELETED, "true");
        }
    }

    private interface Lookup<T> {
        T ask();
    }

    private static <T> Optional<T> known(Lookup<T> lookup) {
        try {
            return Optional.of(lookup.ask());
        } catch (RegistryException.NotFound e) {
            return Optional.empty();
        }
    }

    /** The model at the server as it is on record, made where it isn't there. */
    private RemoteModel bring(RegisteredModel model) throws IOException, InterruptedException {
        Optional<RemoteModel> there = client.model(model.name());
        if (there.isEmpty()) {
            client.createModel(model.name(), model.description(), model.tags(), jenkins);
            there = client.model(model.name());
        } else if (store.links(model.name()).isEmpty()) {
            joined.accept(model.name());
        }
        RemoteModel found = there.orElseThrow(() -> new RemoteException(
                Kind.UNREACHABLE, "The model '" + model.name() + "' was made at the MLflow server, and is not there"));
        if (!model.description().isEmpty() && !found.description().equals(model.description())) {
            client.describeModel(model.name(), model.description());
        }
        for (Map.Entry<String, String> tag : model.tags().entrySet()) {
            if (!tag.getValue().equals(found.tags().get(tag.getKey()))) {
                client.setModelTag(model.name(), tag.getKey(), tag.getValue());
            }
        }
        if (found.tags().containsKey(RemoteTags.DELETED)) {
            client.deleteModelTag(model.name(), RemoteTags.DELETED);
        }
        return found;
    }

    // Versions

    private void version(String model, int number) throws IOException, InterruptedException {
        Optional<ModelVersion> version = known(() -> registry.version(model, number));
        if (version.isEmpty()) {
            Optional<RemoteLink> link = store.link(model, number);
            if (link.isPresent()
                    && client.version(model, link.get().remoteNumber()).isPresent()) {
                client.setVersionTag(model, link.get().remoteNumber(), RemoteTags.DELETED, "true");
            }
            return;
        }
        Map<String, String> tags = tags(version.get());
        Optional<RemoteVersion> there = there(version.get());
        if (there.isEmpty()) {
            bring(version.get(), tags);
            return;
        }
        RemoteVersion found = there.get();
        String description = version.get().description();
        if (!description.isEmpty() && !description.equals(found.description())) {
            client.describeVersion(model, found.number(), description);
        }
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            if (!tag.getValue().equals(found.tags().get(tag.getKey()))) {
                client.setVersionTag(model, found.number(), tag.getKey(), tag.getValue());
            }
        }
    }

    private Map<String, String> tags(ModelVersion version) {
        List<Promotion> promotions = registry.promotionsOf(version.model(), Page.Request.first(PROMOTIONS))
                .items();
        return RemoteTags.of(version, promotions);
    }

    /** A version at the server, if it is linked and still there; a link that leads nowhere is forgotten. */
    private Optional<RemoteVersion> there(ModelVersion version) throws IOException, InterruptedException {
        Optional<RemoteLink> link = store.link(version.model(), version.number());
        if (link.isEmpty()) {
            link = imported(version);
        }
        if (link.isEmpty()) {
            return Optional.empty();
        }
        Optional<RemoteVersion> there =
                client.version(version.model(), link.get().remoteNumber());
        if (there.isEmpty()) {
            store.unlink(version.model(), version.number());
        }
        return there;
    }

    /** What was imported from there is linked, even if the import broke off before it noted that. */
    private Optional<RemoteLink> imported(ModelVersion version) {
        String number = version.tags().getOrDefault(RemoteTags.IMPORTED_VERSION, "");
        if (!client.address().base().equals(version.tags().get(RemoteTags.IMPORTED_FROM))
                || !number.matches("[1-9][0-9]{0,8}")) {
            return Optional.empty();
        }
        RemoteLink link = new RemoteLink(version.model(), version.number(), Integer.parseInt(number), "");
        store.link(link);
        return Optional.of(link);
    }

    private RemoteLink bring(ModelVersion version, Map<String, String> tags) throws IOException, InterruptedException {
        bring(registry.model(version.model()));
        RemoteLink link = upload.bring(version, tags);
        store.link(link);
        return link;
    }

    // Aliases

    private void alias(String name, String alias) throws IOException, InterruptedException {
        Optional<RegisteredModel> model = known(() -> registry.model(name));
        if (model.isPresent()) {
            write(model.get(), alias);
            for (String other : aliases.affected(alias, model.get().aliases().keySet())) {
                write(model.get(), other);
            }
        }
    }

    private void write(RegisteredModel model, String alias) throws IOException, InterruptedException {
        int number = model.aliases().getOrDefault(alias, 0);
        int remote = number == 0 ? 0 : remoteNumber(registry.version(model.name(), number));
        Optional<RemoteModel> there = client.model(model.name());
        if (there.isPresent()) {
            aliases.write(there.get(), alias, remote, model.aliases().keySet());
        } else if (number != 0) {
            throw new RemoteException(
                    Kind.UNREACHABLE, "The model '" + model.name() + "' vanished from the MLflow server meanwhile");
        }
    }

    private int remoteNumber(ModelVersion version) throws IOException, InterruptedException {
        Optional<RemoteVersion> there = there(version);
        return there.isPresent()
                ? there.get().number()
                : bring(version, tags(version)).remoteNumber();
    }

    // Tags

    private void untag(String model, String subject) throws IOException, InterruptedException {
        int slash = subject.indexOf('/');
        int number = Integer.parseInt(subject.substring(0, slash));
        String key = subject.substring(slash + 1);
        if (number == 0) {
            boolean set = known(() -> registry.model(model))
                    .map(found -> found.tags().containsKey(key))
                    .orElse(true);
            Optional<RemoteModel> there = set ? Optional.empty() : client.model(model);
            if (there.isPresent() && there.get().tags().containsKey(key)) {
                client.deleteModelTag(model, key);
            }
            return;
        }
        Optional<RemoteLink> link = store.link(model, number);
        boolean set = known(() -> registry.version(model, number))
                .map(found -> found.tags().containsKey(key))
                .orElse(true);
        if (link.isPresent() && !set) {
            Optional<RemoteVersion> there = client.version(model, link.get().remoteNumber());
            if (there.isPresent() && there.get().tags().containsKey(key)) {
                client.deleteVersionTag(model, link.get().remoteNumber(), key);
            }
        }
    }
}
