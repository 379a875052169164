package io.jenkins.mlops.testbed.pipeline;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import hudson.ExtensionList;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.StepListener;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Calls steps by their names: what a script's unknown methods come to. */
final class StepCaller {
    private static final Logger LOGGER = Logger.getLogger(StepCaller.class.getName());

    private StepCaller() {}

    /** Runs a step, or writes down a describable by its symbol. Does not return when the step has to wait. */
    static Object call(String name, Object arguments) {
        ProgramThread thread = Program.current();
        StepDescriptor descriptor = StepDescriptor.byFunctionName(name);
        if (descriptor != null) {
            return callStep(thread, descriptor, StepArguments.of(arguments, descriptor));
        }
        if (SymbolLookup.get().findDescriptor(Describable.class, name) != null) {
            StepArguments parsed =
                    StepArguments.parse(arguments, false, UninstantiatedDescribable.ANONYMOUS_KEY, false);
            return new UninstantiatedDescribable(name, null, parsed.named());
        }
        throw new NoSuchMethodError("No such DSL method '" + name + "' found among steps " + functions()
                + " or symbols " + symbols() + " or globals " + PipelineScript.GLOBALS + "; this host has no '" + name
                + "', which may be a step of a plugin that a controller has");
    }

    private static TreeSet<String> functions() {
        TreeSet<String> names = new TreeSet<>();
        StepDescriptor.all().forEach(descriptor -> names.add(descriptor.getFunctionName()));
        return names;
    }

    private static TreeSet<String> symbols() {
        TreeSet<String> names = new TreeSet<>();
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            names.addAll(SymbolLookup.getSymbolValue(descriptor));
        }
        return names;
    }

    private static Object callStep(ProgramThread thread, StepDescriptor descriptor, StepArguments arguments) {
        String name = descriptor.getFunctionName();
        boolean block = arguments.body() != null
                || descriptor instanceof LoadStep.DescriptorImpl
                || arguments.named().values().stream().anyMatch(Closure.class::isInstance);
        if (!block && descriptor.takesImplicitBlockArgument()) {
            throw new IllegalStateException(name + " step must be called with a body");
        }
        FlowExecution execution = thread.program.execution();
        String id = thread.program.nextNodeId();
        FlowNode node = block
                ? new StepNodes.Start(execution, id, name, false, thread.head())
                : new StepNodes.Atom(execution, id, name, thread.head());
        thread.enter(node);
        thread.program.log(name);
        RunningStep running = new RunningStep(thread, name, node, arguments.body());
        ProgramStepContext context = new ProgramStepContext(running, thread);
        thread.begin(running);
        boolean ended;
        try {
            descriptor.checkContextAvailability(context);
            Step step = instantiate(descriptor, arguments.named(), context.get(TaskListener.class));
            notifyListeners(step, context);
            if (running.outcome() == null) {
                StepExecution started = step.start(context);
                running.setExecution(started);
                ended = started.start();
            } else {
                ended = true;
            }
        } catch (Exception | LinkageError x) {
            running.complete(new Outcome(null, x));
            ended = true;
        }
        if (!ended) {
            Continuable.suspend(name);
            throw new AssertionError("a suspended script does not come here");
        }
        thread.begin(null);
        if (running.outcome() == null) {
            running.complete(new Outcome(
                    null,
                    new AssertionError("Step " + name + " claimed to have ended synchronously, but didn't set the"
                            + " result via StepContext.onSuccess/onFailure")));
        }
        leave(running);
        Outcome outcome = running.outcome();
        if (outcome.isFailure()) {
            throw StepCaller.<RuntimeException>unchecked(outcome.getAbnormal());
        }
        return outcome.getNormal();
    }

    private static Step instantiate(StepDescriptor descriptor, Map<String, Object> named, TaskListener listener)
            throws Exception {
        Method method = descriptor.getClass().getMethod("newInstance", Map.class);
        if (method.getDeclaringClass() != StepDescriptor.class) {
            return descriptor.newInstance(named);
        }
        return (Step) new DescribableModel<>(descriptor.clazz).instantiate(named, listener);
    }

    private static void notifyListeners(Step step, ProgramStepContext context) {
        for (StepListener listener : ExtensionList.lookup(StepListener.class)) {
            try {
                listener.notifyOfNewStep(step, context);
            } catch (RuntimeException x) {
                LOGGER.log(Level.WARNING, "a step listener failed", x);
            }
        }
    }

    /** Closes the node of a step that has ended. */
    static void leave(RunningStep running) {
        ProgramThread thread = running.thread;
        try {
            FlowNode node = running.node();
            if (node instanceof StepNodes.Start start) {
                node = new StepNodes.End(
                        thread.program.execution(), thread.program.nextNodeId(), start, running.beforeEnd());
                thread.enter(node);
                thread.program.log("// " + running.function);
            }
            Outcome outcome = running.outcome();
            if (outcome != null && outcome.isFailure()) {
                node.addAction(new ErrorAction(outcome.getAbnormal()));
            }
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable t) throws T {
        throw (T) t;
    }
}
