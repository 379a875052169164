package hudson.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.CmdLineParser;
import org.kohsuke.args4j.ParserProperties;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** A command that users run from elsewhere; a copy of the registered one is made for each run. */
public abstract class CLICommand implements ExtensionPoint, Cloneable {
    public transient PrintStream stdout;
    public transient PrintStream stderr;
    public transient InputStream stdin;
    public transient Locale locale;

    @CheckForNull
    private transient Charset encoding;

    @CheckForNull
    private transient Authentication transportAuth;

    public CLICommand() {}

    /** {@code foo-bar} for a class {@code FooBarCommand}. */
    public String getName() {
        String name = getClass().getName();
        name = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
        if (name.endsWith("Command")) {
            name = name.substring(0, name.length() - "Command".length());
        }
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ENGLISH);
    }

    public abstract String getShortDescription();

    public int main(List<String> args, Locale locale, InputStream stdin, PrintStream stdout, PrintStream stderr) {
        this.stdin = new BufferedInputStream(stdin);
        this.stdout = stdout;
        this.stderr = stderr;
        this.locale = locale;
        CmdLineParser parser = getCmdLineParser();
        SecurityContext context = SecurityContextHolder.getContext();
        Authentication before = context.getAuthentication();
        context.setAuthentication(getTransportAuthentication2());
        try {
            Jenkins.get().checkPermission(Jenkins.READ);
            parser.parseArgument(args.toArray(new String[0]));
            return run();
        } catch (Exception e) {
            return failed(e, parser);
        } finally {
            context.setAuthentication(before);
        }
    }

    private int failed(Exception e, CmdLineParser parser) {
        int code;
        if (e instanceof CmdLineException) {
            code = 2;
        } else if (e instanceof IllegalArgumentException) {
            code = 3;
        } else if (e instanceof IllegalStateException) {
            code = 4;
        } else if (e instanceof AbortException) {
            code = 5;
        } else if (e instanceof AccessDeniedException) {
            code = 6;
        } else {
            stderr.println();
            stderr.println("ERROR: Unexpected exception occurred while performing " + getName() + " command.");
            e.printStackTrace(stderr);
            return 1;
        }
        stderr.println();
        stderr.println("ERROR: " + e.getMessage());
        if (code == 2) {
            printUsage(stderr, parser);
        }
        return code;
    }

    protected CmdLineParser getCmdLineParser() {
        return new CmdLineParser(this, ParserProperties.defaults().withAtSyntax(false));
    }

    public Authentication getTransportAuthentication2() {
        Authentication given = transportAuth;
        return given == null ? Jenkins.ANONYMOUS2 : given;
    }

    public void setTransportAuth2(Authentication transportAuth) {
        this.transportAuth = transportAuth;
    }

    /** Does the work; the answer is the exit code. */
    protected abstract int run() throws Exception;

    protected void printUsage(PrintStream stderr, CmdLineParser p) {
        stderr.print("java -jar jenkins-cli.jar " + getName());
        p.printSingleLineUsage(stderr);
        stderr.println();
        printUsageSummary(stderr);
        p.printUsage(stderr);
    }

    protected void printUsageSummary(PrintStream stderr) {
        stderr.println(getShortDescription());
    }

    public void setClientCharset(@NonNull Charset encoding) {
        this.encoding = encoding;
    }

    protected @NonNull Charset getClientCharset() throws IOException, InterruptedException {
        Charset given = encoding;
        return given == null ? Charset.defaultCharset() : given;
    }

    protected CLICommand createClone() {
        try {
            return getClass().getDeclaredConstructor().newInstance();
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    public static ExtensionList<CLICommand> all() {
        return ExtensionList.lookup(CLICommand.class);
    }

    /** A fresh copy of the command of this name; null for none. */
    public static CLICommand clone(String name) {
        for (CLICommand command : all()) {
            if (name.equals(command.getName())) {
                return command.createClone();
            }
        }
        return null;
    }
}
