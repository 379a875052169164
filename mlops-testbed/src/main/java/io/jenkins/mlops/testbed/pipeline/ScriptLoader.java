package io.jenkins.mlops.testbed.pipeline;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.NonCPS;
import com.cloudbees.groovy.cps.SandboxCpsTransformer;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import groovy.lang.Binding;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;

/** Compiles the script of one build into what groovy-cps can run. */
final class ScriptLoader {
    private static final Pattern DECLARATIVE = Pattern.compile("^\\s*pipeline\\s*\\{", Pattern.MULTILINE);

    private final CpsFlowExecution execution;
    private final GroovyShell shell;
    private int loaded;

    ScriptLoader(CpsFlowExecution execution) {
        this.execution = execution;
        ImportCustomizer imports = new ImportCustomizer();
        imports.addStarImports(NonCPS.class.getPackage().getName(), "hudson.model", "jenkins.model");
        CpsTransformer transformer = execution.isSandbox() ? new SandboxCpsTransformer() : new CpsTransformer();
        transformer.setConfiguration(new TransformerConfiguration().withClosureType(PipelineClosure.class));
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        configuration.addCompilationCustomizers(imports);
        ClassLoader parent = ScriptLoader.class.getClassLoader();
        if (DECLARATIVE.matcher(execution.getScript()).find()) {
            configuration.addCompilationCustomizers(new DeclarativeParser());
            parent = Interpreter.LOADER;
        }
        configuration.addCompilationCustomizers(transformer);
        shell = new GroovyShell(parent, new Binding(), configuration);
    }

    /** Declarative's interpreter, compiled once; it is trusted and runs outside the sandbox. */
    private static final class Interpreter {
        static final GroovyClassLoader LOADER = compile();

        private static GroovyClassLoader compile() {
            CpsTransformer trusted = new CpsTransformer();
            trusted.setConfiguration(new TransformerConfiguration().withClosureType(PipelineClosure.class));
            CompilerConfiguration configuration = new CompilerConfiguration();
            configuration.addCompilationCustomizers(trusted);
            GroovyClassLoader loader = new GroovyClassLoader(ScriptLoader.class.getClassLoader(), configuration);
            String name = DeclarativeParser.INTERPRETER + ".groovy";
            try (InputStream in = ScriptLoader.class.getResourceAsStream(name)) {
                loader.parseClass(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
            } catch (IOException x) {
                throw new UncheckedIOException(x);
            }
            return loader;
        }
    }

    /** The build's own script; those that it has loaded before are there again, too. */
    Script parse() throws IOException {
        Script script = parse(execution.getScript(), "WorkflowScript");
        for (File file = next(); file.exists(); file = next()) {
            loaded++;
            parse(Files.readString(file.toPath()), "Script" + loaded);
        }
        return script;
    }

    /** Another script beside the build's own, which is kept for the time after a restart. */
    Script load(String text) throws IOException {
        Files.writeString(next().toPath(), text);
        loaded++;
        return parse(text, "Script" + loaded);
    }

    private File next() throws IOException {
        return new File(execution.getOwner().getRootDir(), "Script" + (loaded + 1) + ".groovy");
    }

    private Script parse(String text, String name) {
        return shell.parse(new GroovyCodeSource(text, name, "/groovy/shell"));
    }

    ClassLoader classLoader() {
        return shell.getClassLoader();
    }

    /** Runs a chunk of the script under the rules that hold for it. */
    <T> T guard(Supplier<T> chunk) {
        if (!execution.isSandbox()) {
            return chunk.get();
        }
        Sandbox sandbox = new Sandbox(SandboxRules.get());
        sandbox.register();
        try {
            return chunk.get();
        } finally {
            sandbox.unregister();
        }
    }
}
