package io.jenkins.plugins.mlops.registry.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.LedgerFile;
import io.jenkins.mlops.registry.LedgerVerification;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.Page;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Option;

/** The command {@code mlops-ledger}: shows, exports and verifies the ledger. */
@Extension
public final class MlopsLedgerCommand extends RegistryCommand {
    @Option(name = "--export", usage = "write the whole ledger as JSON Lines, oldest first, its head last")
    private boolean export = false;

    @Option(name = "--verify", usage = "read the whole ledger and name the first entry that doesn't fit; exits with 1")
    private boolean verify = false;

    @Option(name = "--verify-file", usage = "verify an exported ledger from the standard input")
    private boolean verifyFile = false;

    @Option(
            name = "--anchor",
            metaVar = "HASH",
            usage = "with --verify-file: the hash of a head that was noted before, which the file must have")
    @CheckForNull
    private String anchor;

    @Option(name = "--model", metaVar = "NAME", usage = "show only entries about this model")
    @CheckForNull
    private String model;

    @Option(name = "-n", metaVar = "COUNT", usage = "show this many of the newest entries; default: 20")
    private int count = 20;

    @Override
    public String getShortDescription() {
        return Messages.MlopsLedgerCommand_shortDescription();
    }

    @Override
    void checkPermission() {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
    }

    @Override
    int work(ModelRegistry registry) throws IOException {
        if (Stream.of(export, verify, verifyFile).filter(chosen -> chosen).count() > 1) {
            throw new IllegalArgumentException("expected one of --export, --verify and --verify-file, found several");
        }
        if (export) {
            Writer out = new OutputStreamWriter(stdout, StandardCharsets.UTF_8);
            LedgerFile.write(registry, out);
            out.flush();
            return 0;
        }
        if (verify) {
            return told(registry.verifyLedger());
        }
        if (verifyFile) {
            return told(LedgerFile.verify(new InputStreamReader(stdin, StandardCharsets.UTF_8), anchor));
        }
        registry.ledger(model, Page.Request.first(count)).items().forEach(entry -> stdout.println(Json.write(entry)));
        return 0;
    }

    private int told(LedgerVerification found) {
        if (found.intact()) {
            stdout.println("intact: " + found.explanation());
            stdout.println("head: " + found.headHash());
            return 0;
        }
        stdout.println("BROKEN at entry " + found.firstBroken() + ": " + found.explanation());
        return 1;
    }
}
