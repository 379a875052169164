package io.jenkins.mlops.registry.mlflow;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.jdbc.RegistryDatabase;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Tries the mirror on real MLflow servers, whose URLs are the arguments: registers, moves aliases there and back, drifts,
 * imports. Prints one line for each thing tried; ends with 1 if one went wrong. Leaves models named {@code trial-...}.
 */
public final class RealServerTrial {
    private static final PrintStream OUT = System.out;
    private static int failures;

    private RealServerTrial() {}

    public static void main(String[] urls) throws Exception {
        for (String url : urls) {
            Path directory = Files.createTempDirectory("trial");
            try (MirrorFixture fixture = new MirrorFixture(RegistryDatabase.openEmbedded(directory), url)) {
                fixture.clock.millis.set(System.currentTimeMillis());
                fixture.run();
                OUT.println("== " + url + ": " + fixture.client.detect().display());
                tryOut(fixture, "trial-" + System.currentTimeMillis() + " it's", directory);
            } catch (Exception e) {
                failures++;
                e.printStackTrace(OUT);
            }
        }
        System.exit(failures == 0 ? 0 : 1);
    }

    private static void check(String what, Object expected, Object found) {
        boolean well = expected.equals(found);
        failures += well ? 0 : 1;
        OUT.println((well ? "ok    " : "WRONG ") + what + (well ? "" : ": expected " + expected + ", found " + found));
    }

    private static int holder(MirrorFixture fixture, String name, String alias) throws Exception {
        RemoteAliases aliases = new RemoteAliases(fixture.client, fixture.client.capabilities());
        return aliases.read(
                        fixture.client.model(name).orElseThrow(),
                        fixture.registry.model(name).aliases().keySet())
                .getOrDefault(alias, 0);
    }

    private static void tryOut(MirrorFixture fixture, String name, Path directory) throws Exception {
        ModelVersion one = fixture.register(name, name + " one");
        fixture.promote(one, "champion");
        fixture.promote(one, "shadow");
        fixture.run();
        check(
                "nothing waits " + fixture.store.tasks(null, 5),
                0,
                fixture.store.tasks(null, 5).size());
        check("no failure", "", fixture.store.state().orElseThrow().failure());
        check("the champion", 1, holder(fixture, name, "champion"));
        check("the shadow", 1, holder(fixture, name, "shadow"));
        RemoteVersion there = fixture.client.version(name, 1).orElseThrow();
        check("the version's tag", "1", there.tags().get(RemoteTags.VERSION));
        check("its description", one.description(), there.description());
        check(
                "its files",
                2,
                fixture.client
                        .files()
                        .list(RemoteFiles.path(fixture.client.downloadUri(name, 1)), 10)
                        .size());

        ModelVersion two = fixture.register(name, name + " two");
        fixture.promote(two, "champion");
        fixture.registry.setTag(name, 1, "team", null, "ada");
        fixture.registry.describeModel(name, "described", "ada");
        fixture.registry.deleteAlias(name, "shadow", "ada");
        fixture.run();
        check("the next champion", 2, holder(fixture, name, "champion"));
        check("the shadow is gone", 0, holder(fixture, name, "shadow"));
        check(
                "a tag is gone",
                false,
                fixture.client.version(name, 1).orElseThrow().tags().containsKey("team"));
        check(
                "the model's description",
                "described",
                fixture.client.model(name).orElseThrow().description());
        check("no drift", 0, fixture.poll().size());

        if (fixture.client.capabilities().aliases()) {
            fixture.client.setAlias(name, "champion", 1);
        } else {
            fixture.client.moveToStage(name, 1, "Production");
        }
        check("drift is found", 1, fixture.poll().size());
        fixture.registry.setPolicy(
                PromotionPolicy.byDefault().withModel(name, 0).withRestoreAlias(true), "admin");
        fixture.poll();
        check("and put back", 2, holder(fixture, name, "champion"));
        fixture.poll();
        check("and ended", 0, fixture.store.drifts(null).size());

        RemoteVersion theirs = fixture.client.createVersion(name, there.source(), null, "theirs", Map.of());
        fixture.poll();
        check(
                "a version from outside is found",
                1,
                fixture.store.outside(name, 5).size());
        ModelVersion imported = new RemoteImport(
                        fixture.registry, fixture.store, fixture.client, directory.resolve("imported"), 1_000_000)
                .bring(name, theirs.number(), "bob");
        check("and imported, byte for byte", one.digest(), imported.digest());
        fixture.store.unlink(name, 1);
        fixture.store.enqueue(new RemoteTask.About(name, RemoteTask.Kind.VERSION, "1"));
        fixture.run();
        check(
                "what was made before a crash is found again",
                there.number(),
                fixture.store.link(name, 1).orElseThrow().remoteNumber());
        fixture.poll();
        check("the ledger is whole", true, fixture.registry.verifyLedger().intact());
        check("nothing waits", 0, fixture.store.tasks(null, 5).size());
    }
}
