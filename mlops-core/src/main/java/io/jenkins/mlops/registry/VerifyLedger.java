package io.jenkins.mlops.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The command that checks an exported ledger; it needs neither Jenkins nor a network. */
public final class VerifyLedger {
    private VerifyLedger() {}

    /** Runs {@link #run} and ends the process with its code. */
    public static void main(String[] arguments) {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        int code = run(List.of(arguments), out, err);
        System.out.print(out);
        System.err.print(err);
        System.exit(code);
    }

    /**
     * Checks a file for a command line: {@code FILE [HASH]}.
     *
     * @param out gets what was found
     * @param err gets what could not be done
     * @return 0 when all fits, 1 when not, 2 when the file can't be read
     */
    public static int run(List<String> arguments, StringBuilder out, StringBuilder err) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            err.append("usage: verify-ledger FILE [HASH]\n");
            return 2;
        }
        try {
            Path file = Path.of(arguments.get(0));
            if (!Files.isRegularFile(file)) {
                err.append("There is no file ").append(file).append('\n');
                return 2;
            }
            LedgerVerification found = LedgerFile.verify(file, arguments.size() > 1 ? arguments.get(1) : null);
            out.append(
                    found.intact()
                            ? "intact: " + found.explanation() + "\nhead: " + found.headHash() + "\n"
                            : "BROKEN at entry " + found.firstBroken() + ": " + found.explanation() + "\n");
            return found.intact() ? 0 : 1;
        } catch (IOException | InvalidPathException e) {
            err.append("The file can't be read: ").append(e).append('\n');
            return 2;
        }
    }
}
