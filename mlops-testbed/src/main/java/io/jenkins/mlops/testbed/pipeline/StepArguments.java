package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Closure;
import groovy.lang.GString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** The arguments of a call in a script: all named, with interpolated strings made plain, and the body apart. */
record StepArguments(
        Map<String, Object> named, @CheckForNull Closure<?> body) {

    static StepArguments of(Object packed, StepDescriptor descriptor) {
        String sole = null;
        boolean onlyOne = false;
        try {
            DescribableModel<?> model = DescribableModel.of(descriptor.clazz);
            DescribableParameter required = model.getSoleRequiredParameter();
            sole = required == null ? null : required.getName();
            onlyOne = required != null && model.getParameters().size() == 1;
        } catch (IllegalArgumentException x) {
            // A step that is not data-bound, as parallel is, takes named arguments only.
            sole = null;
        }
        return parse(packed, descriptor.takesImplicitBlockArgument(), sole, onlyOne);
    }

    static StepArguments parse(Object packed, boolean takesBody, @CheckForNull String sole, boolean onlyOne) {
        List<Object> list = packed instanceof Object[] array ? Arrays.asList(array) : List.of(packed);
        Closure<?> body = null;
        if (takesBody && !list.isEmpty() && list.get(list.size() - 1) instanceof Closure<?> last) {
            body = last;
            list = list.subList(0, list.size() - 1);
        }
        if (list.isEmpty()) {
            return new StepArguments(Map.of(), body);
        }
        Object first = list.get(0);
        if (list.size() == 1 && first instanceof Map<?, ?> map && !map.containsKey(DescribableModel.CLAZZ)) {
            if (!onlyOne || map.size() == 1 && map.containsKey(sole)) {
                Map<String, Object> named = new LinkedHashMap<>();
                map.forEach((key, value) -> named.put(String.valueOf(key), plain(value)));
                return new StepArguments(named, body);
            }
        }
        if (list.size() > 1 || sole == null) {
            throw new IllegalArgumentException("Expected named arguments but got " + (list.size() > 1 ? list : first));
        }
        Map<String, Object> named = new LinkedHashMap<>();
        named.put(sole, plain(first));
        return new StepArguments(named, body);
    }

    private static Object plain(Object value) {
        if (value instanceof GString) {
            return value.toString();
        } else if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(plain(item)));
            return copy;
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(plain(key), plain(item)));
            return copy;
        }
        return value;
    }
}
