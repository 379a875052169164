package io.jenkins.mlops.testbed.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What other class files can see of a class.
 *
 * @param name internal name
 * @param access access flags; those of the {@code InnerClasses} attribute for a nested class
 * @param superName internal name of the superclass
 * @param interfaces internal names of the direct interfaces
 * @param members fields and methods by name and descriptor
 */
record ClassShape(String name, int access, String superName, List<String> interfaces, Map<String, Member> members) {
    /**
     * A field or method.
     *
     * @param access access flags
     * @param exceptions internal names of the declared exceptions
     */
    record Member(String key, int access, Set<String> exceptions) {
        boolean accessible() {
            return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0
                    && (access & Opcodes.ACC_SYNTHETIC) == 0;
        }

        boolean isAbstract() {
            return (access & Opcodes.ACC_ABSTRACT) != 0;
        }

        boolean isConstructor() {
            return key.startsWith("<init>");
        }
    }

    boolean accessible() {
        return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0 && (access & Opcodes.ACC_SYNTHETIC) == 0;
    }

    boolean isInterface() {
        return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    static ClassShape of(byte[] bytes) {
        Reader r = new Reader();
        new ClassReader(bytes).accept(r, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new ClassShape(r.name, r.access, r.superName, r.interfaces, r.members);
    }

    private static final class Reader extends ClassVisitor {
        private String name;
        private int access;
        private String superName;
        private List<String> interfaces;
        private final Map<String, Member> members = new LinkedHashMap<>();

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int flags, String className, String signature, String parent, String[] faces) {
            name = className;
            access = flags;
            superName = parent;
            interfaces = new ArrayList<>(List.of(faces));
        }

        @Override
        public void visitInnerClass(String inner, String outer, String simple, int flags) {
            if (inner.equals(name)) {
                // A class without a simple name is anonymous: nobody can name it.
                access = simple == null ? flags & ~(Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED) : flags;
            }
        }

        @Override
        public FieldVisitor visitField(int flags, String field, String descriptor, String signature, Object value) {
            members.put(field + ":" + descriptor, new Member(field + ":" + descriptor, flags, Set.of()));
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int flags, String method, String descriptor, String signature, String[] exceptions) {
            Set<String> thrown = exceptions == null ? Set.of() : new TreeSet<>(List.of(exceptions));
            members.put(method + descriptor, new Member(method + descriptor, flags, thrown));
            return null;
        }
    }
}
