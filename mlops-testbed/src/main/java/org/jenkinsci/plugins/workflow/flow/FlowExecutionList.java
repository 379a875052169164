package org.jenkinsci.plugins.workflow.flow;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.mlops.testbed.pipeline.Program;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;

/** The executions that run, kept so that they go on after a restart. */
@Extension
public class FlowExecutionList implements Iterable<FlowExecution> {
    private static final Logger LOGGER = Logger.getLogger(FlowExecutionList.class.getName());

    private final List<FlowExecutionOwner> owners = new ArrayList<>();
    private volatile boolean resumptionComplete;

    public FlowExecutionList() {}

    @Override
    public Iterator<FlowExecution> iterator() {
        List<FlowExecution> executions = new ArrayList<>();
        for (FlowExecutionOwner owner : snapshot()) {
            FlowExecution execution = owner.getOrNull();
            if (execution != null) {
                executions.add(execution);
            }
        }
        return executions.iterator();
    }

    private synchronized List<FlowExecutionOwner> snapshot() {
        return List.copyOf(owners);
    }

    public synchronized void register(@NonNull FlowExecutionOwner self) {
        if (!owners.contains(self)) {
            owners.add(self);
        }
        save();
    }

    public synchronized void unregister(@NonNull FlowExecutionOwner self) {
        owners.remove(self);
        save();
    }

    private void save() {
        try {
            file().write(new ArrayList<>(owners));
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "cannot save the list of running Pipelines", x);
        }
    }

    private static XmlFile file() {
        return new XmlFile(
                Run.XSTREAM2, new File(Jenkins.get().getRootDir(), FlowExecutionList.class.getName() + ".xml"));
    }

    public static FlowExecutionList get() {
        return ExtensionList.lookupSingleton(FlowExecutionList.class);
    }

    @SuppressWarnings("unchecked")
    private void resumeAll() {
        try {
            if (file().exists()) {
                List<FlowExecutionOwner> saved = (List<FlowExecutionOwner>) file().read();
                synchronized (this) {
                    saved.stream().filter(owner -> !owners.contains(owner)).forEach(owners::add);
                }
            }
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "cannot read the list of running Pipelines", x);
        }
        for (FlowExecutionOwner owner : snapshot()) {
            FlowExecution execution = owner.getOrNull();
            if (execution == null || execution.isComplete()) {
                unregister(owner);
            } else if (execution instanceof CpsFlowExecution cps && Program.of(execution) == null) {
                resume(owner, cps);
            }
        }
        resumptionComplete = true;
    }

    private static void resume(FlowExecutionOwner owner, CpsFlowExecution execution) {
        try {
            owner.getListener().getLogger().println("Resuming build at " + new Date() + " after Jenkins restart");
            execution.loadProgramAsync(new File(owner.getRootDir(), "program.dat"));
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "cannot resume " + owner, x);
        }
    }

    private void suspendAll() {
        for (FlowExecution execution : this) {
            Program program = Program.of(execution);
            if (program != null) {
                program.suspend();
            }
        }
    }

    /** Reads the running Pipelines back when all jobs are there, and writes them when Jenkins goes down. */
    @Extension
    public static class ItemListenerImpl extends ItemListener {
        @Override
        public void onLoaded() {
            FlowExecutionList.get().resumeAll();
        }

        @Override
        public void onBeforeShutdown() {
            FlowExecutionList.get().suspendAll();
        }
    }
}
