package io.jenkins.mlops.registry.mlflow;

import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.mlflow.RemoteException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares a model at the server with the record: aliases that were moved there, versions that others registered.
 *
 * <p>What waits in the outbox is no drift: the record is read before the server, the outbox after it, so a change that
 * is made meanwhile is in one of both.
 */
final class RemoteLook {
    private static final int MOST_VERSIONS = 10_000;

    private final ModelRegistry registry;
    private final RemoteStore store;
    private final MlflowClient client;
    private final RemoteAliases aliases;

    RemoteLook(ModelRegistry registry, RemoteStore store, MlflowClient client, RemoteAliases aliases) {
        this.registry = registry;
        this.store = store;
        this.client = client;
        this.aliases = aliases;
    }

    /**
     * Looks at one model; one that the registry doesn't have is left alone.
     *
     * @param how by what it is looked at, for the ledger
     * @return what was found that is new
     */
    List<Drift> look(String name, String how) throws IOException, InterruptedException {
        RegisteredModel model;
        try {
            model = registry.model(name);
        } catch (RegistryException.NotFound e) {
            return List.of();
        }
        Optional<RemoteModel> there = client.model(name);
        while (store.collect() > 0) {
            // until the outbox has everything that is on record
        }
        Set<String> waiting = subjects(name, false);
        List<Drift> found = new ArrayList<>();
        if (there.isEmpty()) {
            if (waiting.isEmpty() && !store.links(name).isEmpty()) {
                found.add(new Drift(name, "", 0, 0, 0));
            }
        } else {
            compare(model, there.get(), waiting, found);
            outside(model, there.get());
        }
        List<Drift> standing = new ArrayList<>(found);
        // What is about to be put back has not ended yet.
        store.drifts(name).stream()
                .filter(drift -> waiting.contains(drift.alias()))
                .forEach(standing::add);
        List<Drift> news = store.noteDrift(name, standing, how);
        if (!found.isEmpty() && registry.policy(name).restoreAlias()) {
            // Also what was found before, as its policy may be newer; but not what the server refused to take back.
            Set<String> refused = subjects(name, true);
            found.stream()
                    .filter(drift -> !refused.contains(drift.alias()))
                    .forEach(drift -> store.restore(drift, "system"));
        }
        return news;
    }

    /** The aliases that are about to be written, or were refused; {@code *} for what else waits. */
    private Set<String> subjects(String name, boolean refused) {
        Set<String> subjects = new HashSet<>();
        for (RemoteTask task : store.tasks(name, Integer.MAX_VALUE)) {
            if (task.refused() == refused) {
                subjects.add(task.kind() == RemoteTask.Kind.ALIAS ? task.subject() : "*");
            }
        }
        return subjects;
    }

    private void compare(RegisteredModel model, RemoteModel there, Set<String> waiting, List<Drift> found) {
        Map<Integer, Integer> numbers = new HashMap<>();
        store.links(model.name()).forEach(link -> numbers.put(link.number(), link.remoteNumber()));
        Set<String> ours = model.aliases().keySet();
        Map<String, Integer> pointing = aliases.read(there, ours);
        Set<String> all = new TreeSet<>(ours);
        all.addAll(pointing.keySet());
        for (String alias : all) {
            int number = model.aliases().getOrDefault(alias, 0);
            Integer expected = number == 0 ? Integer.valueOf(0) : numbers.get(number);
            int actual = pointing.getOrDefault(alias, 0);
            if (expected != null && expected != actual && !waiting.contains(alias)) {
                found.add(new Drift(model.name(), alias, expected, actual, 0));
            }
        }
    }

    /** Asks for all versions only where there are some that are not known: numbers are given in order. */
    private void outside(RegisteredModel model, RemoteModel there) throws IOException, InterruptedException {
        Set<Integer> linked = new HashSet<>();
        store.links(model.name()).forEach(link -> linked.add(link.remoteNumber()));
        Set<Integer> known = new HashSet<>(linked);
        store.outside(model.name(), MOST_VERSIONS).forEach(version -> known.add(version.remoteNumber()));
        boolean news = known.size() < there.newest()
                || there.latest().stream().anyMatch(version -> !known.contains(version.number()))
                || there.aliases().values().stream().anyMatch(number -> !known.contains(number));
        if (!news) {
            return;
        }
        List<OutsideVersion> outside = new ArrayList<>();
        String token = null;
        do {
            Page<RemoteVersion> page = client.versions(model.name(), token);
            for (RemoteVersion version : page.items()) {
                if (!linked.contains(version.number()) && !isOurs(version)) {
                    outside.add(OutsideVersion.of(version));
                }
            }
            token = page.nextToken();
        } while (token != null && outside.size() < MOST_VERSIONS);
        store.noteOutside(model.name(), outside);
    }

    /** One that was made from here, before a crash kept that from being noted; it is linked now. */
    private boolean isOurs(RemoteVersion version) {
        String number = version.tags().getOrDefault(RemoteTags.VERSION, "");
        if (!number.matches("[1-9][0-9]{0,8}")) {
            return false;
        }
        try {
            ModelVersion ours = registry.version(version.model(), Integer.parseInt(number));
            boolean same = RemoteTags.operation(ours).equals(version.tags().get(RemoteTags.OPERATION));
            if (same && store.link(ours.model(), ours.number()).isEmpty()) {
                store.link(new RemoteLink(ours.model(), ours.number(), version.number(), version.runId()));
            }
            return same;
        } catch (RegistryException.NotFound e) {
            return false;
        }
    }

    /**
     * Looks at all models that both have, with one call for each {@code 200} where nothing differs.
     *
     * @return what was found that is new
     */
    List<Drift> lookAtAll(String how) throws IOException, InterruptedException {
        Set<String> wanted = new TreeSet<>();
        Set<String> missing = new TreeSet<>(store.linkedModels());
        store.drifts(null).forEach(drift -> wanted.add(drift.model()));
        String token = null;
        do {
            Page<RemoteModel> page = client.models(token);
            for (RemoteModel there : page.items()) {
                missing.remove(there.name());
                if (differs(there)) {
                    wanted.add(there.name());
                }
            }
            token = page.nextToken();
        } while (token != null);
        wanted.addAll(missing);
        List<Drift> news = new ArrayList<>();
        for (String name : wanted) {
            try {
                news.addAll(look(name, how));
            } catch (RemoteException e) {
                if (e.kind() != Kind.REFUSED && e.kind() != Kind.MISSING) {
                    throw e;
                }
            }
        }
        return news;
    }

    /** Whether a closer look is needed. */
    private boolean differs(RemoteModel there) {
        try {
            RegisteredModel model = registry.model(there.name());
            List<Drift> found = new ArrayList<>();
            compare(model, there, Set.of(), found);
            Set<Integer> known = new HashSet<>();
            store.links(model.name()).forEach(link -> known.add(link.remoteNumber()));
            store.outside(model.name(), MOST_VERSIONS).forEach(version -> known.add(version.remoteNumber()));
            return !found.isEmpty()
                    || there.newest() > 0 && !known.contains(there.newest())
                    || there.aliases().values().stream().anyMatch(number -> !known.contains(number));
        } catch (RegistryException.NotFound | IllegalArgumentException e) {
            return false; // a model that the registry doesn't have, or can't have under this name
        }
    }
}
