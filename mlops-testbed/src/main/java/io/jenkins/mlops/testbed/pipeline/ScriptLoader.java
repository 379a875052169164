package io.jenkins.mlops.testbed.pipeline;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.NonCPS;
import com.cloudbees.groovy.cps.SandboxCpsTransformer;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import com.cloudbees.groovy.cps.impl.CpsClosure;
import groovy.lang.Binding;
import groovy.lang.GroovyCodeSource;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.util.function.Supplier;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;

/** Compiles the script of one build into what groovy-cps can run. */
final class ScriptLoader {
    private final CpsFlowExecution execution;
    private final GroovyShell shell;

    ScriptLoader(CpsFlowExecution execution) {
        this.execution = execution;
        ImportCustomizer imports = new ImportCustomizer();
        imports.addStarImports(NonCPS.class.getPackage().getName(), "hudson.model", "jenkins.model");
        CpsTransformer transformer = execution.isSandbox() ? new SandboxCpsTransformer() : new CpsTransformer();
        transformer.setConfiguration(new TransformerConfiguration().withClosureType(CpsClosure.class));
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        configuration.addCompilationCustomizers(imports, transformer);
        shell = new GroovyShell(ScriptLoader.class.getClassLoader(), new Binding(), configuration);
    }

    Script parse() {
        return shell.parse(new GroovyCodeSource(execution.getScript(), "WorkflowScript", "/groovy/shell"));
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
