package io.jenkins.mlops.testbed.pipeline;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/**
 * A program as a file. Java serialisation, with what belongs to the host and not to the program (builds, jobs, nodes,
 * workspaces, the log) written as a name and looked up again.
 */
final class ProgramFile {
    private ProgramFile() {}

    static void write(Program program, File file) throws IOException {
        Path temporary = new File(file.getPath() + ".tmp").toPath();
        try (ObjectOutputStream out = new Writer(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
            out.writeObject(program);
        }
        Files.move(temporary, file.toPath(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static Program read(File file, ClassLoader scripts, FlowExecutionOwner owner) throws IOException {
        try (ObjectInputStream in =
                new Reader(new BufferedInputStream(Files.newInputStream(file.toPath())), scripts, owner)) {
            return (Program) in.readObject();
        } catch (ClassNotFoundException x) {
            throw new IOException("the program of " + owner + " needs a class that is no more there", x);
        }
    }

    private static final class Writer extends ObjectOutputStream {
        Writer(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object o) {
            if (o instanceof FilePath path) {
                return new Workspace(nodeOf(path), path.getRemote());
            } else if (o instanceof Run<?, ?> run) {
                return new Named(Kind.BUILD, run.getExternalizableId());
            } else if (o instanceof Job<?, ?> job) {
                return new Named(Kind.JOB, job.getFullName());
            } else if (o instanceof Computer computer) {
                return new Named(Kind.COMPUTER, computer.getName());
            } else if (o instanceof Node node) {
                return new Named(Kind.NODE, node.getNodeName());
            } else if (o instanceof TaskListener) {
                return new Named(Kind.LOG, "");
            }
            return o;
        }

        private static String nodeOf(FilePath path) {
            Computer computer = path.toComputer();
            return computer == null ? "" : computer.getName();
        }
    }

    private static final class Reader extends ObjectInputStream {
        private final ClassLoader scripts;
        private final FlowExecutionOwner owner;

        Reader(InputStream in, ClassLoader scripts, FlowExecutionOwner owner) throws IOException {
            super(in);
            this.scripts = scripts;
            this.owner = owner;
            enableResolveObject(true);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, scripts);
            } catch (ClassNotFoundException x) {
                return super.resolveClass(description);
            }
        }

        /** The classes of a script are compiled anew: their computed versions may differ, their fields do not. */
        @Override
        protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
            ObjectStreamClass read = super.readClassDescriptor();
            try {
                Class<?> local = Class.forName(read.getName(), false, scripts);
                ObjectStreamClass description = ObjectStreamClass.lookup(local);
                if (local.getClassLoader() instanceof groovy.lang.GroovyClassLoader && description != null) {
                    return description;
                }
            } catch (ClassNotFoundException x) {
                return read;
            }
            return read;
        }

        @Override
        protected Object resolveObject(Object o) throws IOException {
            if (o instanceof Workspace workspace) {
                Node node = node(workspace.node);
                FilePath path = node.createPath(workspace.path);
                if (path == null) {
                    throw new IOException("the agent " + workspace.node + " is offline");
                }
                return path;
            } else if (o instanceof Named named) {
                return switch (named.kind) {
                    case BUILD -> Run.fromExternalizableId(named.name);
                    case JOB -> Jenkins.get().getItemByFullName(named.name);
                    case NODE -> node(named.name);
                    case COMPUTER -> node(named.name).toComputer();
                    case LOG -> owner.getListener();
                };
            }
            return o;
        }

        private static Node node(String name) throws IOException {
            Node node = name.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(name);
            if (node == null) {
                throw new IOException("the agent " + name + " is no more there");
            }
            return node;
        }
    }

    private enum Kind {
        BUILD,
        JOB,
        NODE,
        COMPUTER,
        LOG
    }

    private record Named(Kind kind, String name) implements Serializable {}

    private record Workspace(String node, String path) implements Serializable {}
}
