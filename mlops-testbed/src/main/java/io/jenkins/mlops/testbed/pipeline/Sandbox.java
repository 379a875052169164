package io.jenkins.mlops.testbed.pipeline;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.runtime.GStringImpl;
import org.codehaus.groovy.runtime.MetaClassHelper;
import org.codehaus.groovy.runtime.ScriptBytecodeAdapter;
import org.codehaus.groovy.syntax.Types;
import org.jenkinsci.plugins.scriptsecurity.sandbox.RejectedAccessException;
import org.kohsuke.groovy.sandbox.GroovyInterceptor;
import org.kohsuke.groovy.sandbox.impl.Checker;

/** Stands between a sandboxed script and everything that it calls, reads or makes, and refuses what is not allowed. */
final class Sandbox extends GroovyInterceptor {
    private static final Set<String> NUMBER_MATH = Set.of(
            "plus",
            "minus",
            "multiply",
            "div",
            "compareTo",
            "or",
            "and",
            "xor",
            "intdiv",
            "mod",
            "leftShift",
            "rightShift",
            "rightShiftUnsigned");
    private static final Object[] NONE = {};

    private final SandboxRules rules;

    Sandbox(SandboxRules rules) {
        this.rules = rules;
    }

    @Override
    public Object onMethodCall(Invoker invoker, Object receiver, String method, Object... args) throws Throwable {
        if (receiver instanceof PipelineScript && SandboxRules.STEPS.contains(method)) {
            return super.onMethodCall(invoker, receiver, method, args);
        }
        Method found = Members.method(receiver.getClass(), method, args);
        if (found != null) {
            demand(found);
            return super.onMethodCall(invoker, receiver, method, args);
        }
        if (receiver instanceof Number && NUMBER_MATH.contains(method)) {
            return super.onMethodCall(invoker, receiver, method, args);
        }
        Method added = addedMethod(receiver, method, args);
        if (added != null) {
            demand(added);
            return super.onMethodCall(invoker, receiver, method, args);
        }
        if (receiver instanceof Map<?, ?> map && map.get(method) instanceof Closure<?> closure) {
            return onMethodCall(invoker, closure, "call", args);
        }
        if (receiver instanceof PipelineScript) {
            return super.onMethodCall(invoker, receiver, method, args);
        }
        throw new MissingMethodException(method, receiver.getClass(), args);
    }

    /** The method that Groovy adds to the receiver's class: an allowed one, if there is one. */
    private Method addedMethod(Object receiver, String method, Object... args) {
        Object[] all = new Object[args.length + 1];
        all[0] = receiver;
        System.arraycopy(args, 0, all, 1, args.length);
        Method refused = null;
        for (Class<?> home : Members.GROOVY_METHODS) {
            Method candidate = Members.staticMethod(home, method, all);
            if (candidate != null && rules.permits(candidate)) {
                return candidate;
            } else if (refused == null) {
                refused = candidate;
            }
        }
        return refused;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Object onStaticCall(Invoker invoker, Class receiver, String method, Object... args) throws Throwable {
        if (receiver == ScriptBytecodeAdapter.class && method.equals("asType")) {
            // A cast that groovy-cps has made a call of; strings with variables in them are made so, too.
            return Checker.checkedCast((Class<?>) args[1], args[0], true, true, false);
        }
        Method found = Members.staticMethod(receiver, method, args);
        if (found == null) {
            throw new RejectedAccessException("No such static method found: staticMethod " + receiver.getName() + " "
                    + method + Members.typeNames(args));
        }
        demand(found);
        return super.onStaticCall(invoker, receiver, method, args);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Object onNewInstance(Invoker invoker, Class receiver, Object... args) throws Throwable {
        if (receiver == GStringImpl.class) {
            return super.onNewInstance(invoker, receiver, args);
        }
        Constructor<?> found = Members.constructor(receiver, args);
        if (found == null) {
            throw new RejectedAccessException(
                    "No such constructor found: new " + receiver.getName() + Members.typeNames(args));
        }
        demand(found);
        if (found.getParameterCount() == 0 && args.length == 1 && args[0] instanceof Map<?, ?> properties) {
            Object made = super.onNewInstance(invoker, receiver);
            for (Map.Entry<?, ?> property : properties.entrySet()) {
                Checker.checkedSetProperty(made, property.getKey(), false, false, Types.ASSIGN, property.getValue());
            }
            return made;
        }
        return super.onNewInstance(invoker, receiver, args);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void onSuperConstructor(Invoker invoker, Class receiver, Object... args) throws Throwable {
        // A loaded script is made inside the sandbox; its base class has nothing to hide.
        if (receiver != PipelineScript.class) {
            onNewInstance(invoker, receiver, args);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Object onSuperCall(Invoker invoker, Class sender, Object receiver, String method, Object... args)
            throws Throwable {
        Method found = Members.method(receiver.getClass(), method, args);
        if (found == null) {
            throw new RejectedAccessException("No such method found: super.method "
                    + receiver.getClass().getName() + " " + method + Members.typeNames(args));
        }
        demand(found);
        return super.onSuperCall(invoker, sender, receiver, method, args);
    }

    @Override
    public Object onGetProperty(Invoker invoker, Object receiver, String property) throws Throwable {
        if (receiver instanceof Script script && script.getBinding().hasVariable(property)
                || receiver instanceof Map
                || receiver.getClass().isArray() && property.equals("length")) {
            return super.onGetProperty(invoker, receiver, property);
        }
        if (receiver instanceof PipelineScript script && script.hasGlobal(property)) {
            return super.onGetProperty(invoker, receiver, property);
        }
        String name = MetaClassHelper.capitalize(property);
        Class<?> type = receiver.getClass();
        Executable refused = null;
        for (Method getter : new Method[] {
            Members.method(type, "get" + name, NONE),
            booleanOnly(Members.method(type, "is" + name, NONE)),
            addedMethod(receiver, "get" + name),
            receiver instanceof Class<?> c ? Members.staticMethod(c, "get" + name, NONE) : null,
            overriddenPropertyAccess(type, "getProperty", property)
        }) {
            if (getter != null && rules.permits(getter)) {
                return super.onGetProperty(invoker, receiver, property);
            } else if (refused == null) {
                refused = getter;
            }
        }
        Field field = field(receiver, property);
        if (field != null && rules.permitsRead(field)) {
            return super.onGetProperty(invoker, receiver, property);
        }
        if (refused != null && refused.getDeclaringClass() == PipelineScript.class) {
            throw new MissingPropertyException(property, Binding.class);
        }
        throw refusal(refused, field, receiver, property);
    }

    @Override
    public Object onSetProperty(Invoker invoker, Object receiver, String property, Object value) throws Throwable {
        if (receiver instanceof Script && !property.equals("binding") && !property.equals("metaClass")
                || receiver instanceof Map) {
            return super.onSetProperty(invoker, receiver, property, value);
        }
        Class<?> type = receiver.getClass();
        Executable refused = null;
        for (Method setter : new Method[] {
            Members.method(type, "set" + MetaClassHelper.capitalize(property), value),
            overriddenPropertyAccess(type, "setProperty", property, value)
        }) {
            if (setter != null && rules.permits(setter)) {
                return super.onSetProperty(invoker, receiver, property, value);
            } else if (refused == null) {
                refused = setter;
            }
        }
        Field field = field(receiver, property);
        if (field != null && rules.permitsWrite(field)) {
            return super.onSetProperty(invoker, receiver, property, value);
        }
        throw refusal(refused, field, receiver, property);
    }

    @Override
    public Object onGetAttribute(Invoker invoker, Object receiver, String attribute) throws Throwable {
        Field field = field(receiver, attribute);
        if (field != null && rules.permitsRead(field)) {
            return super.onGetAttribute(invoker, receiver, attribute);
        }
        throw refusal(null, field, receiver, attribute);
    }

    @Override
    public Object onSetAttribute(Invoker invoker, Object receiver, String attribute, Object value) throws Throwable {
        Field field = field(receiver, attribute);
        if (field != null && rules.permitsWrite(field)) {
            return super.onSetAttribute(invoker, receiver, attribute, value);
        }
        throw refusal(null, field, receiver, attribute);
    }

    @Override
    public Object onGetArray(Invoker invoker, Object receiver, Object index) throws Throwable {
        if (!(receiver.getClass().isArray() && index instanceof Integer)) {
            demandIndex(receiver, "getAt", index);
        }
        return super.onGetArray(invoker, receiver, index);
    }

    @Override
    public Object onSetArray(Invoker invoker, Object receiver, Object index, Object value) throws Throwable {
        if (!(receiver.getClass().isArray() && index instanceof Integer)) {
            demandIndex(receiver, "putAt", index, value);
        }
        return super.onSetArray(invoker, receiver, index, value);
    }

    private void demandIndex(Object receiver, String method, Object... args) {
        Method found = Members.method(receiver.getClass(), method, args);
        if (found == null) {
            found = addedMethod(receiver, method, args);
        }
        if (found == null) {
            throw new RejectedAccessException("No such " + method + " method found: method "
                    + receiver.getClass().getName() + "["
                    + Members.typeNames(args).trim() + "]");
        }
        demand(found);
    }

    private static Method booleanOnly(Method method) {
        return method != null && method.getReturnType() == boolean.class ? method : null;
    }

    /** {@code getProperty} or {@code setProperty}, where a class has one of its own and not just every Groovy class's. */
    private static Method overriddenPropertyAccess(Class<?> type, String name, Object... args) {
        for (Class<?> c = type; c != null && !c.getName().startsWith("groovy.lang."); c = c.getSuperclass()) {
            Method found = Members.declared(c, name, args);
            if (found != null && !found.isSynthetic()) {
                return found;
            }
        }
        return null;
    }

    private static Field field(Object receiver, String name) {
        Field field = Members.field(receiver.getClass(), name);
        return field == null && receiver instanceof Class<?> c ? Members.field(c, name) : field;
    }

    private void demand(Executable member) {
        if (!rules.permits(member)) {
            throw SandboxRules.refuse(member);
        }
    }

    private static RuntimeException refusal(Executable method, Field field, Object receiver, String name) {
        if (method != null) {
            return SandboxRules.refuse(method);
        } else if (field != null) {
            String kind = Modifier.isStatic(field.getModifiers()) ? "staticField" : "field";
            return new RejectedAccessException(kind, field.getDeclaringClass().getName() + " " + field.getName());
        }
        return new MissingPropertyException(
                "No such field found: field " + receiver.getClass().getName() + " " + name);
    }
}
